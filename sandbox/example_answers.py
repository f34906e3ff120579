"""How the example officers answer while the clock runs: each agency has its habit, as in any year.

Nothing is drawn by lot: whoever shows the sandbox twice shows the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from plan.people import Role
from plan.status import State
from sandbox.example_people import MAIL, TELEGRAM, ZALO, Settler
from sandbox.sentences import say
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.values import Json
from sandbox.zalo_api.platform import Platform as ZaloPlatform
from store import obligations
from store.engine import Store
from store.tables import Obligation
from words.office import Office

# A page of example words that says so itself.
PICTURE = Path(__file__).with_name("sample.png")


@dataclass(frozen=True)
class Habit:
    """When somebody answers, in working days after the last day in time (below zero: before it; None: never), and with
    what: a photo, the document's number, or a note."""

    days: int | None
    photo: bool = False
    numbered: bool = False


# Numbers of documents as a small office has them.
HUNDRED = 100
EARLY, STEADY, LAST_DAY = Habit(-6, numbered=True), Habit(-2), Habit(0)
PHOTO, LATE, VERY_LATE, NEVER = Habit(-2, photo=True), Habit(3), Habit(14), Habit(None)
# Whoever is not named is steady.
HABITS: Mapping[str, Habit] = {
    "sondung": PHOTO,
    "sonlong": STEADY,
    "sontan": LAST_DAY,
    "sonmua": STEADY,
    "sonlien": LATE,
    "sonbua": PHOTO,
    "sontinh": STEADY,
    "sonlap": VERY_LATE,
    "sonmau": NEVER,
    "vanphong": EARLY,
    "noivu": PHOTO,
    "tuphap": EARLY,
    "taichinh": LATE,
    "vanhoa": STEADY,
    "tnmt": LAST_DAY,
    "giaoduc": EARLY,
    "nongnghiep": LATE,
    "dantoc": VERY_LATE,
}


def is_the_day(habit: Habit, due: date, today: date, office: Office) -> bool:
    """Whether somebody with a habit has answered by the end of a local day what was due on another."""
    last = office.calendar.anchor(due)
    return habit.days is not None and today >= office.calendar.shift(last, habit.days)


@dataclass
class ExampleOfficers:
    """The example officers' hands: what each answers, once, in their own chat."""

    platform: Platform
    settlers: Sequence[Settler]
    zalo: ZaloPlatform | None = None
    _said: set[int] = field(default_factory=set)
    _pressed: set[tuple[int, int]] = field(default_factory=set)

    def answer(self, store: Store, office: Office, today: date) -> int:
        """Sends what is to be answered by a local day; returns how many answers that were."""
        phones = self._phones()
        with store.look() as session:
            rows = obligations.all_of(session, states=(State.OPEN,))
        ripe = [row for row in rows if row.agency_id in phones and self._is_ripe(row, office, today)]
        for row in ripe:
            self._said.add(row.id or 0)
            self._send(phones[row.agency_id], row, today)
        return len(ripe)

    def choose(self, store: Store) -> int:
        """Presses the button where the service asked which task was meant, 1d or 1đ; returns how many presses."""
        phones = self._phones()
        with store.look() as session:
            rows = [row for row in obligations.all_of(session, states=(State.OPEN,)) if row.id in self._said]
        asked = [row for row in rows if phones[row.agency_id].channel == TELEGRAM]
        return sum(self._press(phones[row.agency_id].user, f"{row.task} – ") for row in asked)

    def _phones(self) -> dict[str, Settler]:
        """Whose phone answers for which agency: of two the one on which its officer is reminded."""
        on_phones = [each for each in self.settlers if each.role is Role.OFFICER and each.channel != MAIL]
        return {each.agency: each for each in on_phones if each.agency and not each.second_of}

    def _press(self, user: int, head: str) -> bool:
        """Presses the newest button of somebody's chat whose label begins so, once; whether there was one."""
        for message in reversed(self.platform.messages(user)):
            found = [each for each in _choices(message) if each.startswith(head)]
            place = user, int(message["message_id"])
            if found and place not in self._pressed:
                self._pressed.add(place)
                self.platform.tap(user, *place, found[0])
                return True
        return False

    def _is_ripe(self, row: Obligation, office: Office, today: date) -> bool:
        habit = HABITS.get(row.agency_id, STEADY)
        return row.due is not None and row.id not in self._said and is_the_day(habit, row.due, today, office)

    def _send(self, phone: Settler, row: Obligation, today: date) -> None:
        habit = HABITS.get(row.agency_id, STEADY)
        note = say("answerNumbered", number=(row.id or 0) % HUNDRED, day=today) if habit.numbered else say("answerNote")
        # The milestone is named: an agency may owe several of one task.
        text = f"/done {row.milestone} {note}"
        # The same picture from everybody would be one file: a few bytes behind its end make it each one's own.
        photo = PICTURE.read_bytes() + str(row.id).encode() if habit.photo else None
        if phone.channel == ZALO:
            self._type(phone, say("answerTyped", code=row.milestone, note=note), photo)
        elif photo is not None:
            self.platform.send_photo(phone.user, phone.user, photo, text)
        else:
            self.platform.say(phone.user, phone.user, text)

    def _type(self, phone: Settler, text: str, photo: bytes | None) -> None:
        """On Zalo, where nothing is pressed and no command is offered, it is said in words."""
        assert self.zalo is not None
        account = self.zalo.person(phone.name)
        if photo is not None:
            self.zalo.send_photo(account, photo, text)
        else:
            self.zalo.say(account, text)


def _choices(message: Json) -> list[str]:
    """The labels of a message's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [str(button["text"]) for row in rows for button in row]
