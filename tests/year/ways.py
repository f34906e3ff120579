"""The first half of the year over three channels: who is where, Telegram away for a week, Zalo's month spent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import httpx

from app.settings import Settings
from channels.errors import ChannelError
from channels.telegram.channel import Telegram
from plan.status import ANSWERED
from reports.figures.boxes import Box
from sandbox.phone import Phone
from sandbox.world import TOKEN, World
from sandbox.zalo_api.assumptions import Assumptions
from store import obligations
from tests.channels import on_zalo
from tests.channels.on_mail import OnMail, on_mail
from tests.channels.on_zalo import OnZalo
from tests.conftest import HANOI
from tests.near import AtOnce, Near
from tests.year import play
from tests.year.calendar import FIRST
from tests.year.cast import Player, everybody
from tests.year.events import BOSS
from tests.year.hands import MailHand, PatientHand, TwoHands, ZaloHand

# Three days after the half year: what fell due on its last day is decided.
LAST = date(2020, 7, 3)
ON_ZALO = frozenset(
    {
        "Đinh Thị Lan", "Hồ Văn Long", "Phạm Mùa", "Nguyễn Bua", "Trần Tinh", "Mai Tư", "Vũ Văn", "Lý Lao", "Ngô Y",
        "Dương Thanh", "Kha Đài", "Đinh Thị Hoa", "Trưởng phòng Tài", "Trưởng phòng Nông", "Chủ tịch Tinh",
    }
)  # fmt: skip
# Whoever is on both, and whether they chose Zalo.
ON_BOTH = {BOSS: False, "Hà Môi": False, "Tạ Tài": True, "Chủ tịch Liên": True}
ON_MAIL = {
    "Cao Nội": "caonoi@noivu.example.vn", "Mai Tư Hai": "maituhai@tuphap.example.vn",
    "Chủ tịch Dung": "dung@sondung.example.vn",
}  # fmt: skip
# A week in which a report falls due, the letter of the late is written and results come early.
AWAY, BACK = date(2020, 3, 9), date(2020, 3, 16)
# In May Zalo takes no more after so many; in other months the office's own count keeps back what does not press.
SPENT, ANEW, MAY_GIVES, MONTH_MESSAGES = date(2020, 5, 1), date(2020, 6, 1), 5, 200
DAY = timedelta(days=1)


class Line(httpx.AsyncBaseTransport):
    """The way to Telegram: while `is_cut` no connection comes about."""

    def __init__(self, near: httpx.AsyncBaseTransport) -> None:
        self.near, self.is_cut = near, False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One call; raises httpx.ConnectError while the line is cut."""
        if self.is_cut:
            raise httpx.ConnectError("no route to host", request=request)
        return await self.near.handle_async_request(request)

    async def aclose(self) -> None:
        """Lets go of the connections."""
        await self.near.aclose()


class Office(World):
    """A world of which one platform may be away while the service serves the others."""

    def __init__(self, folder: Path, now: datetime, **settings: Any) -> None:
        super().__init__(folder, now, **settings)
        self._loop.get_loop().set_default_executor(AtOnce())
        self.line = Line(Near(self._app, lambda: False, self.listen))

    def cut(self) -> None:
        """Telegram takes and brings nothing from now on."""
        self.line.is_cut = True
        self.away.add(self.channel.name)

    def mend(self) -> None:
        """Telegram is there again."""
        self.line.is_cut = False
        self.away.clear()
        self.settle()

    def _connect(self, chosen: Settings) -> Telegram:
        return Telegram(TOKEN, self._server.url, transport=self.line)

    async def _hear(self) -> None:
        # As the service's polls: one that fails is tried again, and the others go on.
        for receiver in self.receivers:
            try:
                while await receiver.poll(0):
                    pass
            except ChannelError:
                assert self.line.is_cut


class Ways(play.Year):
    """The year's people over three channels; the truth is the same as where all of them are on Telegram."""

    def __init__(self, world: Office, zalo: OnZalo, mail: OnMail) -> None:
        super().__init__(world)
        self.office, self.zalo, self.mail = world, zalo, mail
        self.sent_again = self.judged = 0
        self.in_vain: set[tuple[str, str, str]] = set()

    def begin(self) -> None:
        """Everybody is linked on the morning of the first day, each where they are."""
        for player in everybody():
            self.phones[player.name] = cast(Phone, self._linked(player))
        super().begin()

    def _linked(self, player: Player) -> PatientHand | TwoHands | ZaloHand | MailHand:
        name, agency, role = player.name, player.agency, player.role
        if name in ON_ZALO:
            return ZaloHand(self.zalo.linked(name, agency, role))
        if name in ON_MAIL:
            return MailHand(self.mail.linked(name, ON_MAIL[name], agency, role))
        phone = self.world.officer(name, agency, role=role)
        if name not in ON_BOTH:
            return PatientHand(phone, self._is_away)
        phone.says("/kenh zalo")
        code = re.search(r"\d{4} \d{4}", phone.last)
        assert code is not None
        there = self.zalo.phone(name).says(code[0]).says("đồng ý")
        if ON_BOTH[name]:
            there.says("/kenh zalo")
        phone.forgets()
        return TwoHands(phone, ZaloHand(there.forgets()))

    def _is_away(self) -> bool:
        return self.office.line.is_cut

    def play_all(self, last: date = LAST) -> None:
        """Every day until `last`, with a week without Telegram and a month of which Zalo gives little."""
        first = FIRST
        turns = {AWAY: self.office.cut, BACK: self.office.mend, SPENT: self._spend, ANEW: self._begin_anew}
        for day, turn in turns.items():
            if day <= last:
                self.play(day - DAY, first)
                first = day
                # Nobody asked a platform that was away until now.
                self.world.now = play.morning(day).astimezone(UTC)
                turn()
        self.play(last, first)

    def box(self, work: play.Work) -> Box:
        """As the year's; what fell due while people could not be heard, and is not answered, waits for a decision."""
        found = super().box(work)
        is_apart = found is Box.OVERDUE and AWAY <= work.deadline < BACK <= self.world.now.astimezone(HANOI).date()
        return Box.FLAGGED if is_apart else found

    def fell_in_the_outage(self) -> set[tuple[str, str, str]]:
        """What fell due while people could not be heard, and what they wrote in vain: it came when they were."""
        return self.in_vain | {work.key for work in self.works if AWAY <= work.deadline < BACK}

    def _answer(self, player: Player, work: play.Work) -> None:
        if self._is_away() and isinstance(self.phones[player.name], PatientHand):
            self.in_vain.add(work.key)
        super()._answer(player, work)

    def _spend(self) -> None:
        self.zalo.platform.assumes.most_messages = MAY_GIVES

    def _begin_anew(self) -> None:
        self.zalo.platform.assumes.most_messages = Assumptions().most_messages

    def _work(self, day: date) -> None:
        for hand in self.phones.values():
            if isinstance(hand, PatientHand):
                self.sent_again += hand.sends_again()
        super()._work(day)
        self._judge()

    def _judge(self) -> None:
        """What the service could not hear in time is counted as the admin knows it to have been."""
        with self.world.service.store.look() as session:
            rows = [
                (row.id, (row.agency_id, row.milestone, row.occurrence))
                for row in obligations.flagged(session)
                if row.state in ANSWERED
            ]
        for number, key in rows:
            work = next(each for each in self.works if each.key == key)
            word = "dung" if self.box(work) is Box.DONE_IN_TIME else "qua"
            boss = self.phones[BOSS]
            boss.says(f"/tinhhan {word} #{number} căn cứ nhật ký mất kết nối Telegram").taps("Xác nhận")
            self.judged += 1


@contextmanager
def begin(folder: Path, **settings: Any) -> Iterator[Ways]:
    """The office on the morning of the first day, everybody linked; it ends with the block."""
    zalo = OnZalo()
    # A world that has something to send lets seconds pass without a poll, as no service does.
    zalo.platform.assumes.kept_s = 600.0
    named = {"zalo_bot_token": on_zalo.TOKEN, "zalo_api_url": on_zalo.ADDRESS, "zalo_month_messages": MONTH_MESSAGES}
    with on_mail() as mail:
        given = named | mail.settings | settings
        world = Office(folder, play.morning(FIRST), beside=(zalo.channel, mail.channel), **given)
        with world:
            zalo.world = mail.world = world
            # Zalo keeps nothing before it was asked once.
            world.settle()
            year = Ways(world, zalo, mail)
            year.begin()
            yield year


@contextmanager
def all_on_telegram(folder: Path) -> Iterator[play.Year]:
    """The same office on the same morning, as it is where there is one channel."""
    with Office(folder, play.morning(FIRST)) as world:
        year = play.Year(world)
        year.begin()
        yield year
