"""Every message of a played year accounted for: each row of the outbox against what arrived on the phones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from sqlmodel import col, select

from sandbox.mailbox.person import said
from sandbox.phone import text_of
from sandbox.zalo_api.platform import BOT
from store.people_tables import Person
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState
from tests.conftest import HANOI
from tests.year.calendar import DAYS_OFF
from tests.year.ways import Ways

TELEGRAM, ZALO, MAIL = CHANNELS = "telegram", "zalo", "mail"
NAMES = {TELEGRAM: "Telegram", ZALO: "Zalo", MAIL: "thư điện tử"}
TET = frozenset(day for day in DAYS_OFF if day.year == 2020 and day.month == 1 and day.day > 1)
ASKED_FOR = (DeliveryKind.ANSWER, DeliveryKind.CONFIRMATION)
WAITS = (DeliveryState.DUE, DeliveryState.SENDING, DeliveryState.IN_DOUBT)


@dataclass(frozen=True)
class Arrival:
    """A message of ours on somebody's phone; `at` is UTC."""

    channel: str
    chat: str
    message_id: str
    at: datetime
    text: str

    @property
    def place(self) -> tuple[str, str, str]:
        """By what its row is found."""
        return self.channel, self.chat, self.message_id


@dataclass(frozen=True)
class Month:
    """What left in one month, by channel, and the messages to one person on Zalo: the middle and the most."""

    name: str
    by_channel: Counter[str]
    zalo_median: int
    zalo_worst: int
    whose: str


class Accounts:
    """What the outbox says of a year beside what the phones show."""

    def __init__(self, year: Ways) -> None:
        self.year = year
        with year.world.service.store.look() as session:
            self.rows: Sequence[Delivery] = session.exec(select(Delivery).order_by(col(Delivery.id))).all()
            self.names = {each.id: each.name for each in session.exec(select(Person)).all()}

    @cached_property
    def arrivals(self) -> Sequence[Arrival]:
        """All that came onto any phone, group or mailbox."""
        return [*self._on_telegram(), *self._on_zalo(), *self._on_mail()]

    def _on_telegram(self) -> Iterator[Arrival]:
        platform = self.year.world.platform
        for chat in platform.chats.values():
            for number, message in chat.messages.items():
                if message["from"]["id"] == platform.bot["id"]:
                    at = datetime.fromtimestamp(message["date"], UTC)
                    yield Arrival(TELEGRAM, str(chat.id), str(number), at, text_of(message))

    def _on_zalo(self) -> Iterator[Arrival]:
        for person in self.year.zalo.platform.people.values():
            for message in person.messages:
                if message["from"]["id"] == BOT["id"]:
                    at = datetime.fromtimestamp(message["date"] / 1000, UTC)
                    yield Arrival(ZALO, person.id, message["message_id"], at, message.get("text", ""))

    def _on_mail(self) -> Iterator[Arrival]:
        for address, box in self.year.mail.post.people.items():
            for letter in box.letters:
                yield Arrival(MAIL, address, str(letter.message["Message-ID"]), letter.at, said(letter.message))

    def wrong(self) -> Iterator[str]:
        """Whatever is not accounted for, or came when nothing should."""
        yield from self._unmatched()
        yield from self._unfinished()
        yield from self._unmarked()
        yield from self._twice_a_day()
        yield from self._at_tet()

    def _unmatched(self) -> Iterator[str]:
        """A row is sent where one message arrived, and nothing arrived without a row.

        Whose account is linked is a stranger no more: the chat of what was said to them before is forgotten, and its
        rows are as many as such messages.
        """
        sent = Counter((row.channel, row.chat, row.message_id or "") for row in self.rows if row.state == "sent")
        came = Counter(each.place for each in self.arrivals)
        lost, alone = sent - came, came - sent
        yield from (f"sent, and not one arrival: {place}" for place in sorted(lost.elements()) if place[1])
        for channel in CHANNELS:
            forgotten = lost[channel, "", ""]
            found = sorted(place for place in alone.elements() if place[0] == channel)
            if len(found) != forgotten:
                yield f"{forgotten} rows on {channel} for whom nobody knows, and without a row: {found}"

    def _unfinished(self) -> Iterator[str]:
        """What neither left nor has a reason why it did not."""
        for row in self.rows:
            if row.state in WAITS:
                yield f"row {row.id} ({row.kind}) to {self._who(row)} waits on {row.channel}: {row.last_error}"
            elif row.state == DeliveryState.FAILED and not row.last_error:
                yield f"row {row.id} ({row.kind}) to {self._who(row)} was given up without a reason"
            elif row.state == DeliveryState.DROPPED and row.body is not None:
                yield f"row {row.id} ({row.kind}) to {self._who(row)} was dropped with words in it"

    def _unmarked(self) -> Iterator[str]:
        """What came by another way than it was to come says so."""
        for row in self.rows:
            if row.state != DeliveryState.SENT or not row.moved_from:
                continue
            text, former = self._text(row), NAMES[row.moved_from.rpartition(",")[2]]
            if f"Gửi qua {NAMES[row.channel]} vì {former} không nhận được tin" not in text and row.first_id is None:
                yield f"row {row.id} came by {row.channel} in the place of {row.moved_from} and does not say so: {text}"

    def _twice_a_day(self) -> Iterator[str]:
        """One digest a person and day, over all channels together; a message in several pages is one.

        Nor is anybody, or a group, told the same twice on a day; what is in doubt says so itself.
        """
        told = [row for row in self.rows if row.sent_at is not None and not row.doubts]
        digests = Counter(
            (self._who(row), local_day(row.sent_at))
            for row in told
            if row.kind == DeliveryKind.DIGEST and row.first_id is None and row.sent_at is not None
        )
        yield from (f"{who} was reminded {count} times on {day}" for (who, day), count in digests.items() if count > 1)
        texts = Counter(
            (self._who(row), local_day(row.sent_at), self._text(row))
            for row in told
            if row.kind not in ASKED_FOR and row.sent_at is not None
        )
        yield from (
            f"{who} was told the same {count} times on {day}: {text}"
            for (who, day, text), count in texts.items()
            if count > 1
        )

    def _text(self, row: Delivery) -> str:
        return self._texts.get((row.channel, row.chat, row.message_id or ""), "")

    @cached_property
    def _texts(self) -> dict[tuple[str, str, str], str]:
        return {each.place: each.text for each in self.arrivals}

    def _at_tet(self) -> Iterator[str]:
        for each in self.arrivals:
            if local_day(each.at) in TET:
                yield f"at Tết, to {each.chat} on {each.channel}: {each.text}"

    def _who(self, row: Delivery) -> str:
        return self.names.get(row.person_id) or row.chat

    def ends(self) -> Counter[tuple[str, str]]:
        """How many rows of each channel came to which end."""
        return Counter((row.channel, self._end(row)) for row in self.rows)

    def _end(self, row: Delivery) -> str:
        if row.state == DeliveryState.SENT:
            return f"sent in the place of {row.moved_from}" if row.moved_from else "sent"
        if row.state == DeliveryState.DROPPED:
            return f"dropped, nothing left to say: {row.kind}"
        return f"{row.state}, {row.kind}: {row.last_error}"

    def months(self) -> Sequence[Month]:
        """Each month of the story, the first first."""
        by_month: dict[str, list[Arrival]] = {}
        for each in self.arrivals:
            by_month.setdefault(f"{each.at.astimezone(HANOI):%Y-%m}", []).append(each)
        return [self._month(name, by_month[name]) for name in sorted(by_month)]

    def _month(self, name: str, came: Sequence[Arrival]) -> Month:
        people = {each.id: each.name for each in self.year.zalo.platform.people.values()}
        each_on_zalo = Counter(one.chat for one in came if one.channel == ZALO)
        counts = sorted(each_on_zalo[who] for who in people)
        who, worst = max(each_on_zalo.items(), key=lambda item: item[1], default=("", 0))
        by_channel = Counter(one.channel for one in came)
        return Month(name, by_channel, counts[len(counts) // 2], worst, people.get(who, ""))


def local_day(moment: datetime) -> date:
    """The day in Viet Nam."""
    return moment.astimezone(HANOI).date()
