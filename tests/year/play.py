"""Plays the year, day by day, on phones against the real service, and keeps what the script itself knows to be true."""

import logging
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from sqlmodel import select

from reports.figures.boxes import Box
from sandbox.phone import Phone
from sandbox.world import World
from store.tables import Obligation
from tests.conftest import HANOI
from tests.year import calendar
from tests.year.cast import OFFICERS, OFFSETS, Habit, Player, everybody
from tests.year.events import BLOCKER, BLOCKS, EVENTS, RETURNS
from words.codes import fold

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """One thing that an agency owes, and the last day in time."""

    agency: str
    task: str
    milestone: str
    occurrence: str
    deadline: date

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same when its deadline moves."""
        return self.agency, self.milestone, self.occurrence


@dataclass
class Year:
    """The world, its people, and the truth: what was answered when."""

    world: World
    phones: dict[str, Phone] = field(default_factory=dict)
    answered: dict[tuple[str, str, str], datetime] = field(default_factory=dict)
    works: list[Work] = field(default_factory=list)
    by_agency: dict[str, Player] = field(default_factory=dict)
    erred: set[str] = field(default_factory=set)
    days_off: set[date] = field(default_factory=set)
    excused: set[tuple[str, str]] = field(default_factory=set)
    numbers: Counter[str] = field(default_factory=Counter)

    def begin(self) -> None:
        """Everybody presses Start on the morning of the first day."""
        for player in everybody():
            phone = self.phones.get(player.name) or self.world.officer(player.name, player.agency, role=player.role)
            self.phones[player.name] = phone
        self.group = self.world.group(self.phones["Nguyễn Thị Hương"], self.phones["Cao Phó"])
        self.by_agency = {player.agency: player for player in OFFICERS}
        with self.world.service.store.look() as session:
            for row in session.exec(select(Obligation).order_by(Obligation.id)):  # type: ignore[arg-type]
                last = calendar.deadline(row.milestone, row.occurrence)
                if last is not None:
                    self.works.append(Work(row.agency_id, row.task, row.milestone, row.occurrence, last))

    def play(self, last: date = calendar.LAST, first: date = calendar.FIRST) -> None:
        """Every day from `first` until `last`: the morning's reminders, what people do, the afternoon."""
        for day in calendar.days():
            if not first <= day <= last:
                continue
            if not calendar.is_working(day) or day in self.days_off:
                self.world.at(day.year, day.month, day.day, 9, 0)
                continue
            self.world.at(day.year, day.month, day.day, 7, 30)
            self.world.at(day.year, day.month, day.day, 8, 0)
            if (happens := EVENTS.get(day)) is not None:
                happens(self)
            self._work(day)
            self.world.at(day.year, day.month, day.day, 13, 30)

    def owes(self, agency: str, task: str, milestone: str, deadline: date) -> None:
        """Something with a date that was not there, or had none, on the first day."""
        self.works.append(Work(agency, task, milestone, "", deadline))

    def excuse(self, agency: str, milestone: str) -> None:
        """It leaves the count, and is not answered."""
        self.excused.add((agency, milestone))

    def was_answered(self, agency: str, milestone: str, at: datetime) -> None:
        """It came, in another way than through the agency's phone."""
        work = next(each for each in self.works if (each.agency, each.milestone) == (agency, milestone))
        self.answered[work.key] = at

    def _work(self, day: date) -> None:
        for work in self.works:
            player = self.by_agency.get(work.agency)
            if player is None or work.key in self.answered or not self._is_the_day(player, work, day):
                continue
            if (work.agency, work.milestone) in self.excused:
                continue
            if BLOCKS <= day < RETURNS and player.name == BLOCKER:
                continue
            self._answer(player, work)

    def _is_the_day(self, player: Player, work: Work, day: date) -> bool:
        offset = OFFSETS[player.habit]
        if offset is None:
            return False
        # Work of a day on which nobody was there is done on the first day on which somebody is.
        return day >= max(calendar.shift(work.deadline, offset), calendar.FIRST)

    def _answer(self, player: Player, work: Work) -> None:
        phone = self.phones[player.name]
        if player.errs and player.name not in self.erred:
            self.erred.add(player.name)
            phone.says("/done 9z")
            phone.says("/done 2h")
            phone.says("/hoantac")
        number = work.milestone.partition(".")[2]
        note = self._note(player, work)
        text = f"/done {work.task}.{number} {note}"
        if player.nfd:
            text = unicodedata.normalize("NFD", text)
        if not player.accents:
            text = f"xong {fold(work.task) if 'đ' not in work.task else work.task.replace('đ', 'dd')}.{number} {note}"
        at = self.world.now
        if player.photo:
            phone.sends_photo(text)
        else:
            phone.says(text)
        if "Đồng chí báo việc nào?" in phone.last:
            # Who owes both 1d and 1đ is asked which.
            phone.taps(work.task)
        self.answered[work.key] = at

    def _note(self, player: Player, work: Work) -> str:
        """Who is early names the document that came out, the others say that there is one."""
        if player.habit is Habit.EARLY and work.milestone not in calendar.REPORTS:
            self.numbers[player.agency] += 1
            return f"KH {self.numbers[player.agency]}/KH-UBND {self.world.now.astimezone(HANOI):%d/%m/%Y}"
        return "đã ban hành văn bản" if player.accents else "da ban hanh van ban"

    def box(self, work: Work) -> Box:
        """Where one thing stands on the last day played, as the script knows it."""
        if (work.agency, work.milestone) in self.excused:
            return Box.EXCUSED
        at = self.answered.get(work.key)
        if at is None:
            return Box.OVERDUE if work.deadline < self.world.now.astimezone(HANOI).date() else Box.OPEN
        return Box.DONE_IN_TIME if at <= datetime.combine(work.deadline, time.max, HANOI) else Box.DONE_LATE

    def truth(self) -> Counter[Box]:
        """The boxes of everything with a date that is no report and no duty, as the script knows them."""
        reports = (*calendar.REPORTS, *calendar.YEARLY, "th.1")
        return Counter(self.box(work) for work in self.works if work.milestone not in reports)


def morning(day: date) -> datetime:
    """Half an hour before a day's first reminder."""
    return datetime.combine(day, time(7, 0), HANOI)


def begin(folder: Path) -> World:
    """The world on the morning of the first day."""
    return World(folder, morning(calendar.FIRST))
