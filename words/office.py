"""What every part must know to speak for the office: its plans, its calendar, its words, its hours."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from plan import lateness
from plan.defaults import DEFAULT_LADDER, DEFAULT_WINDOWS
from plan.joint import is_joint, members
from plan.lateness import Lateness
from plan.model import Agency, Milestone, Plan, Task
from plan.weekly import sending_day
from plan.workdays import Calendar
from words.catalogue import Catalogue
from words.hours import Hours
from words.month import Month
from words.render import OFFICE_ZONE

# How long after a plan's years work may still be put off; beyond it the year was mistyped.
YEARS_AHEAD = 2
# What somebody does between the two is told to others when the first sending window opens.
NIGHT, MORNING = time(21), time(6)
# Whose the admins are before the office has a plan that names its agencies.
UNNAMED = "donvi"


@dataclass(frozen=True)
class Office:
    """One installation. `ladder` in working days before the anchor; `windows` in local time, end excluded.

    `review` says whose answers the office confirms, `head_confirms` whether an agency's head does so first.
    `weekly_day` is the English name of the weekday and `weekly_at` the local time of what goes out once a week.
    `files_per_day` and `bytes_per_day` are what one person may send as evidence in a local day, `bytes_per_person` in
    all, and `letters_per_day` what they may write in a day. Files are fetched while the database is below `most_bytes`
    and `free_bytes` are free on its disk.
    A file that belongs to nothing is kept for `loose_days`.
    `admins` are the accounts of the first admins as (channel, user).
    """

    plans: Mapping[str, Plan]
    calendar: Calendar
    text: Catalogue
    zone: ZoneInfo = OFFICE_ZONE
    ladder: tuple[int, ...] = DEFAULT_LADDER
    windows: tuple[tuple[time, time], ...] = DEFAULT_WINDOWS
    admins: frozenset[tuple[str, str]] = frozenset()
    review: Literal["none", "product", "all"] = "none"
    head_confirms: bool = False
    files_per_day: int = 60
    bytes_per_day: int = 300 * 1024 * 1024
    bytes_per_person: int = 10 * 1024**3
    loose_days: int = 90
    letters_per_day: int = 200_000
    most_bytes: int = 100 * 1024**3
    # Above so many in a month the admins are told, and nothing is stopped; 0 is no end.
    most_messages: int = 0
    free_bytes: int = 500 * 1024 * 1024
    # What the notice of personal data says: who answers for it, on which legal basis the record may be used to evaluate
    # people (none: it may not), and how long things are kept.
    contact: str = ""
    evaluation_basis: str = ""
    # Where the office's screen is opened; empty where there is none.
    desk_address: str = ""
    # Where officers answer without a chat, and what leaves as a link is read; empty where nothing of it is public.
    public_url: str = ""
    person_months: int = 12
    inbox_days: int = 30
    outbox_days: int = 400
    weekly_day: str = "monday"
    weekly_at: time = time(8)
    # The key of invites that are typed, which is no part of the database.
    invite_key: Callable[[], bytes] = field(default=bytes, compare=False, repr=False)
    # The names by which people call the channels on which an invite is typed, folded, and what the record calls them.
    typed_on: Mapping[str, str] = field(default_factory=dict, compare=False)
    # The channel of letters, on which one can be written to at an address before one wrote; empty where there is none.
    letters_on: str = field(default="", compare=False)
    # The channels that are set up, and in which order they are used for who chose none; empty: as people were linked.
    channels: tuple[str, ...] = ()
    channel_order: tuple[str, ...] = ()
    # How long a channel takes nothing until what waits goes by another way.
    route_after: timedelta = timedelta(hours=2)
    # What platforms give in a month, by channel; a channel that is not there has no end.
    months: Mapping[str, Month] = field(default_factory=dict, compare=False)
    # The name by which people know each command: confirm is xacnhan.
    command_names: Mapping[str, str] = field(default_factory=dict, compare=False)
    # The files' calendar where days set in the chat lie over it.
    files_calendar: Calendar | None = field(default=None, compare=False)

    def speaking(self, language: str | None) -> "Office":
        """The same office in another language; None is the installation's."""
        text = self.text.speaking(language)
        return self if text is self.text else replace(self, text=text)

    def local(self, moment: datetime) -> datetime:
        """An instant in the office's zone."""
        return moment.astimezone(self.zone)

    def closes(self, day: date) -> datetime:
        """When what came by hand, or by another system, on a local day counts as handed in (UTC): 17:00.

        A register of incoming letters knows the day and no hour; 24:00, the last moment in time, would be a moment at
        which nobody can have received it.
        """
        return datetime.combine(day, time(17), self.zone).astimezone(UTC)

    def today(self, now: datetime) -> date:
        """The office's date at an instant."""
        return self.local(now).date()

    def lateness(self, owed: lateness.Owed, today: date) -> Lateness:
        """How an obligation stands in time on a local day."""
        return lateness.lateness(owed, self.calendar, today, self.today)

    def in_time(self, due: date | None, moment: datetime) -> bool | None:
        """Whether what comes at an instant comes in time, until 24:00 of the last day; None where there is no date."""
        return lateness.in_time(due, self.calendar, self.today(moment))

    def day_of(self, moment: datetime) -> tuple[datetime, datetime]:
        """The instants at which the office's day of an instant begins and ends (UTC, end excluded)."""
        midnight = self.local(moment).replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight.astimezone(UTC), (midnight + timedelta(days=1)).astimezone(UTC)

    def month_of(self, moment: datetime) -> tuple[datetime, datetime]:
        """The instants at which the office's month of an instant begins and ends (UTC, end excluded)."""
        first = self.local(moment).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        following = (first + timedelta(days=31)).replace(day=1)
        return first.astimezone(UTC), following.astimezone(UTC)

    def may_send(self, now: datetime) -> bool:
        """Whether reminders may leave at this instant: a working day, inside a sending window."""
        return self.sending_since(now) is not None

    def sending_since(self, now: datetime) -> datetime | None:
        """When the sending window opened that this instant is in, in local time; None outside of all."""
        local = self.local(now)
        if not self.calendar.is_working(local.date()):
            return None
        opened = [start for start, end in self.windows if start <= local.time() < end]
        return datetime.combine(local.date(), min(opened), self.zone) if opened else None

    def is_first_day_since(self, since: datetime, now: datetime) -> bool:
        """Whether today is the first day, from an instant on, on which reminders may leave."""
        local = self.local(since)
        after_hours = local.time() >= self.windows[-1][1]
        return self.today(now) == self.calendar.on_or_after(local.date() + timedelta(days=after_hours))

    def next_sending(self, now: datetime) -> datetime:
        """The first instant from now on at which reminders may leave, in local time."""
        local = self.local(now)
        if self.may_send(now):
            return local
        day = self.calendar.on_or_after(local.date())
        later = [start for start, _ in sorted(self.windows) if day > local.date() or start > local.time()]
        if not later:
            day, later = self.calendar.shift(day, 1), [min(start for start, _ in self.windows)]
        return datetime.combine(day, later[0], self.zone)

    def weekly_moment(self, now: datetime) -> datetime | None:
        """When this week's messages leave or left, in local time; None in a week without a working day."""
        day = sending_day(self.weekly_day, self.calendar, self.today(now))
        return datetime.combine(day, self.weekly_at, self.zone) if day else None

    def may_tell(self, hours: Hours | None, made: datetime, now: datetime) -> bool:
        """Whether somebody may be told at this instant of what another one did at the instant `made`: in the hours that
        they chose; without them what was done in the night waits for the first sending window's time of day."""
        if hours is not None:
            return hours[0] <= self.local(now).time() < hours[1]
        then = self.local(made)
        if MORNING <= then.time() < NIGHT:
            return True
        day = then.date() + timedelta(days=then.time() >= NIGHT)
        return self.local(now) >= datetime.combine(day, self.begins_at, self.zone)

    @property
    def begins_at(self) -> time:
        """The local time at which the first sending window opens."""
        return min(start for start, _ in self.windows)

    def told_since(self, now: datetime) -> datetime | None:
        """When today's first window opened (local), from when on all of the night may be told; None before it."""
        opened = datetime.combine(self.today(now), self.begins_at, self.zone)
        return opened if opened <= self.local(now) and self.local(now).time() < NIGHT else None

    def in_hours(self, now: datetime) -> bool:
        """Whether people are at work: a working day, between the first window's start and the last one's end."""
        local = self.local(now)
        return self.windows[0][0] <= local.time() < self.windows[-1][1] and self.calendar.is_working(local.date())

    def codes(self) -> frozenset[str]:
        """Every task code of every plan, duties included."""
        return frozenset(task.code for plan in self.plans.values() for task in plan.all_tasks)

    def milestone(self, plan_id: str, milestone: str) -> tuple[Task, Milestone]:
        """The task and the milestone of an obligation; raises KeyError where the plan no longer has it."""
        return self.plans[plan_id].milestone(milestone)

    def agency(self, agency_id: str) -> Agency | None:
        """The agency in the newest plan that knows it, or those that owe together under a joint identity."""
        for plan in reversed(list(self.plans.values())):
            for agency in plan.agencies:
                if agency.id == agency_id:
                    return agency
            if is_joint(agency_id) and {*members(agency_id)} <= {each.id for each in plan.agencies}:
                return plan.agency(agency_id)
        return None

    def agency_name(self, agency_id: str) -> str:
        """The full name; the id where no plan knows it any more."""
        agency = self.agency(agency_id)
        if agency is None and agency_id == UNNAMED:
            return self.text("office.unnamed")
        return agency.name if agency else agency_id

    def agency_short(self, agency_id: str) -> str:
        """The short name for lists."""
        agency = self.agency(agency_id)
        return agency.short if agency else agency_id

    def owing(self) -> list[str]:
        """The agencies that owe something under any plan, in the order of the plans."""
        return self.in_order(
            {each for plan in self.plans.values() for owner in plan.owing() for each in members(owner)}
        )

    def in_order(self, agencies: Iterable[str]) -> list[str]:
        """Agencies in the order of the plans, joint ones behind their first; what no plan knows comes last."""
        places = {agency.id: place for plan in self.plans.values() for place, agency in enumerate(plan.agencies)}

        def place(agency: str) -> tuple[int, bool]:
            return min(places.get(each, len(places)) for each in members(agency)), is_joint(agency)

        return sorted(agencies, key=place)

    @property
    def newest(self) -> Plan | None:
        """The newest plan; None before the first one is taken over."""
        return next(reversed(list(self.plans.values())), None)

    @property
    def compiler(self) -> str:
        """The id of the agency that compiles, from the newest plan; UNNAMED before the first one."""
        return self.newest.compiler if self.newest is not None else UNNAMED

    def last_day(self, today: date) -> date:
        """The last day for a deadline: two years after the plans' last year, or after the year of `today` if later."""
        return date(max([today.year, *(plan.years[-1] for plan in self.plans.values())]) + YEARS_AHEAD, 12, 31)

    @property
    def compiler_name(self) -> str:
        """The full name of the compiling agency."""
        return self.agency_name(self.compiler)
