"""Telegram in a run: people come by invites in the conversation itself, and its updates come twice and out of order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from starlette.applications import Starlette

from channels.telegram.abilities import ABILITIES
from plan.people import Role
from sandbox.telegram_api.http import create_app
from sandbox.telegram_api.untidy import Untidy
from store import invites, nominations
from tests.faults.ledger import Update, Watched
from tests.faults.sides import Wanted

if TYPE_CHECKING:
    from tests.faults.run import Run

TOKEN = "1234567:faults-token-of-nobody-at-all-0000000"


class OnTelegram:
    """See tests.faults.sides.Side."""

    name, token, abilities, closed = "telegram", TOKEN, ABILITIES, "closed: 403"
    weights: Mapping[str, float] = {
        "progress": 34,
        "photo": 16,
        "tap": 14,
        "blocked": 10,
        "text": 8,
        "done": 6,
        "album": 4,
        "start": 4,
        "overdue": 3,
        "block": 0.7,
        "summary": 0.3,
    }

    def __init__(self, run: Run) -> None:
        self.platform = self.phones = Watched(TOKEN, run.now, run.sending)
        self.untidy = Untidy(run.random("untidy"), again=0.1, shuffle=0.15)
        self.platform.fault_source = run.faults.of_telegram
        self.platform.hand_out = self.untidy

    def app(self) -> Starlette:
        """The strict Bot API."""
        return create_app(self.platform)

    def served_at(self, urls: Sequence[str]) -> None:
        """Its files are where its methods are."""

    def settings(self, url: str) -> dict[str, str]:
        """The token and the address."""
        return {"telegram_bot_token": TOKEN, "telegram_api_url": url}

    def update_of(self, key: str) -> Update:
        """The update's number, with which the key begins."""
        return int(key.partition(":")[0])

    def addressed(self, words: str) -> str:
        """With the bot's name behind the command."""
        return f"{words}@{self.platform.bot['username']}"

    def forget_updates(self) -> None:
        """Confirms all of them."""
        pending = self.platform.pending_updates()
        self.platform.take_updates(self.platform.open_poll(), int(pending[-1]["update_id"]) + 1, 1, None)
        self.platform.told.clear()

    def settle(self, run: Run, wanted: Wanted) -> None:
        """By real invites, a confirmation of the second admin, and /link in the group."""
        from tests.faults.run import ADMINS, GROUP

        office, platform = run.office, self.platform
        for user, (agency, role) in wanted.items():
            with run.unit() as session:
                code = invites.make(session, agency, role, None, run.now())
            platform.add_person(user, f"Cán bộ {user}")
            platform.press_start(user, code)
        agree = office.text("button.agree")
        for user in wanted:
            asked = run.arrived(str(user), agree)
            platform.tap(user, user, int(asked.message_id), agree)
        waiting = [user for user, (_, role) in wanted.items() if role is Role.ADMIN][1:]
        for user in wanted:
            run.arrived(str(user), "Đồng chí chưa có quyền này" if user in waiting else "Đã gắn tài khoản")
        with run.unit() as session:
            for each in nominations.waiting(session, run.now()):
                nominations.decide(session, each, run.now(), granted=True, by=None, via="cli")
        platform.add_group(GROUP, "CCHC – nhóm thử", [*wanted])
        platform.add_bot_to_group(GROUP, ADMINS[0])
        run.arrived(str(GROUP), "/gannhom")
        platform.say(ADMINS[0], GROUP, self.addressed("/link"))
        run.arrived(str(GROUP), "Đã gắn nhóm")

    def gone(self, run: Run) -> Mapping[Update, str]:
        """None: it keeps what it was not told to forget."""
        return {}

    def rows(self, run: Run) -> Sequence[tuple[str, str]]:
        """How untidy it was."""
        return [
            ("updates handed out twice / batches out of order", f"{self.untidy.repeated} / {self.untidy.shuffled}"),
        ]
