"""Zalo in a run: it keeps nothing while nobody polls, and forgets what it handed out; photos stand for a minute."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from starlette.applications import Starlette

from channels.zalo.abilities import ABILITIES
from sandbox.telegram_api.values import Json
from sandbox.zalo_api.http import create_app
from sandbox.zalo_api.platform import NAME
from sandbox.zalo_api.values import Person
from store import people
from tests.faults.ledger import Update
from tests.faults.rows import WRITTEN_S
from tests.faults.sides import Wanted
from tests.faults.zalo_ledger import WatchedZalo

if TYPE_CHECKING:
    from tests.faults.run import Run

TOKEN = "1459232241454765289:faults-secret-of-nobody-at-all"
NOTICE = "Người mẫu của bản thử, không phải người thật."
PATIENCE_S = 30.0
NOT_POLLED, ON_THE_LINE = "nobody polled", "the answer that brought it was lost"
WITH_ITS_POLLER = "the process that had it ended before it could keep it"


class OnZalo:
    """See tests.faults.sides.Side."""

    name, token, abilities, closed = "zalo", TOKEN, ABILITIES, "closed: 410"
    weights: Mapping[str, float] = {
        "progress": 34,
        "photo": 20,
        "letter": 14,
        "blocked": 10,
        "text": 8,
        "done": 6,
        "start": 4,
        "overdue": 3,
        "block": 0.7,
        "summary": 0.3,
    }

    def __init__(self, run: Run) -> None:
        self.platform = WatchedZalo(TOKEN, run.now, run.sending, run.faults, run.random("replays"))
        self.phones = ZaloPhones(self.platform)

    def app(self) -> Starlette:
        """The fake platform."""
        return create_app(self.platform)

    def served_at(self, urls: Sequence[str]) -> None:
        """Photos are fetched by the bot, from its own address of the platform."""
        self.platform.address = urls[0]

    def settings(self, url: str) -> dict[str, str]:
        """The token, the address, and no end of a month."""
        return {"zalo_bot_token": TOKEN, "zalo_api_url": url, "zalo_month_messages": "0", "zalo_month_people": "0"}

    def update_of(self, key: str) -> Update:
        """An update has no number."""
        return key

    def addressed(self, words: str) -> str:
        """With the bot's whole name before it."""
        return f"@{NAME} {words}"

    def forget_updates(self) -> None:
        """Nobody polled, so that nothing was kept."""
        self.platform.told.clear()
        self.platform.dropped.clear()

    def settle(self, run: Run, wanted: Wanted) -> None:
        """As if linked before: one update a second would take a minute. The group by the bot's name."""
        from tests.faults.run import ADMINS, GROUP

        for user, (agency, role) in wanted.items():
            name = f"Cán bộ {user}"
            self.phones.add_person(user, name)
            with run.unit() as session:
                person = people.link(session, self.name, str(user), str(user), name, NOTICE, run.now())
                people.join(session, person.id or 0, agency, role, run.now())
        _wait_for_a_poll(self.platform)
        self.phones.say(ADMINS[0], GROUP, self.addressed("/link"))
        run.arrived(group(GROUP), "Đã gắn nhóm")

    def gone(self, run: Run) -> Mapping[Update, str]:
        """What was dropped, what an answer took with it, and what a process had that ended at once."""
        found: dict[Update, str] = dict.fromkeys(self.platform.dropped_keys(), NOT_POLLED)
        for key, handed in self.platform.handed.items():
            causes = {self._cause(run, call.who, call.life, call.fault, moment) for call, moment in handed}
            if "" not in causes:
                found[key] = max(causes)
        return found

    def _cause(self, run: Run, who: str, life: int, fault: str, moment: float) -> str:
        """Why what was handed out in a call need not have been kept; "" where there is no reason."""
        if fault.startswith("accepted"):
            return ON_THE_LINE
        ended = run.ends.get((who, life))
        if ended is None:
            return ""
        # A database that takes nothing keeps the process that has it waiting; what it has is tried again until it ends.
        kept_back = any(each.who in ("", who) and each.begun < ended and each.ended > moment for each in run.troubles)
        return WITH_ITS_POLLER if ended - moment < WRITTEN_S or kept_back else ""

    def rows(self, run: Run) -> Sequence[tuple[str, str]]:
        """What it dropped, and who was asked to send it again."""
        why = Counter(run.gone.values())
        figures = run.figures
        return [
            ("updates handed out twice", str(self.platform.replayed)),
            ("times in which nobody polled for minutes", str(figures["times nobody polled"])),
            ("dropped by the platform, because nobody polled", str(why[NOT_POLLED])),
            ("– in those minutes; said by people who had been written to that day, all asked to send it again",
             f"{figures['dropped in those minutes']}; {figures['of people who were asked again']}"),
            ("– in a restart or a pause of seconds, of which nobody is told", str(figures["dropped within seconds"])),
            ("consumed by a poll whose answer was lost / whose process ended before it could keep it",
             f"{why[ON_THE_LINE]} / {why[WITH_ITS_POLLER]}"),
        ]  # fmt: skip


class ZaloPhones:
    """Phones with Zalo, by the numbers of a run; a group's is below zero."""

    def __init__(self, platform: WatchedZalo) -> None:
        self.platform = platform

    def add_person(self, user_id: int, first_name: str) -> Json:
        """An account that wrote to the bot once."""
        person = Person(str(user_id), first_name, knows=True)
        self.platform.people[person.id] = person
        return {"id": person.id}

    def press_start(self, user_id: int, payload: str | None = None) -> Json:
        """There is nothing to press: whoever is not heard any more writes again."""
        return self.say(user_id, user_id, payload or "/viec")

    def say(self, user_id: int, chat_id: int, text: str) -> Json:
        """Types a text."""
        person = self._open(user_id)
        if chat_id < 0:
            place = self.platform.people.setdefault(group(chat_id), Person(group(chat_id), "nhóm", knows=True))
            self.platform.say_in(place, person, text)
            return newest(place, person)
        self.platform.say(person, text)
        return newest(person, person)

    def send_photo(self, user_id: int, chat_id: int, data: bytes, caption: str | None = None) -> Json:
        """Sends a photo, whose address serves for a minute."""
        person = self._open(user_id)
        self.platform.send_photo(person, data, caption or "")
        return newest(person, person)

    def send_album(self, user_id: int, chat_id: int, photos: list[bytes], caption: str | None = None) -> list[Json]:
        """Every photo is a message of its own."""
        return [self.send_photo(user_id, chat_id, each, caption) for each in photos]

    def tap(self, user_id: int, chat_id: int, message_id: int, label_or_data: str) -> Json:
        """Nothing can be tapped; raises ValueError."""
        raise ValueError(f"no button {label_or_data} under {message_id} for {user_id} in {chat_id}")

    def block(self, user_id: int) -> None:
        """Closes the chat to the bot."""
        self.platform.people[str(user_id)].has_closed = True

    def _open(self, user_id: int) -> Person:
        person = self.platform.people[str(user_id)]
        if person.has_closed:
            raise ValueError("blocked")
        return person


def _wait_for_a_poll(platform: WatchedZalo) -> None:
    until = time.monotonic() + PATIENCE_S
    while not platform.is_polled and time.monotonic() < until:
        time.sleep(0.02)


def newest(place: Person, person: Person) -> Json:
    """The last message of somebody in a chat, which the bot may have answered already."""
    return next(dict(each) for each in reversed(list(place.messages)) if each["from"]["id"] == person.id)


def group(number: int) -> str:
    """A group's id on the platform."""
    return f"zgr-{abs(number):020x}"
