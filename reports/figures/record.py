"""What a report says, as one frozen value: everything its documents need, so that it can be kept and drawn again.

Each document (docx, xlsx, csv, json, picture) is made from a Record alone, never from the database: a report that was
issued is its Record, and gives the same documents whenever it is asked for. Names and words come from the plan and the
answers; no person is named, because a person may be erased and an issued report may not change.
"""

import hashlib
from datetime import date, datetime

from plan.causes import Cause
from plan.model import Kind, Value
from reports.figures.boxes import Box

CHECK = 8


class Window(Value):
    """A reporting period: `key` as 2020-Q1, local days, `as_of` (UTC) the last instant that counts.

    `ends` is the last local day of the quarter, half-year or year that people mean by its name; `over` says whether
    the window had closed when the record was made. `early` is the local day to which its figures are frozen while it
    runs («chốt đến ngày …»), None for those of its end and for a draft.
    """

    key: str
    first: date
    last: date
    ends: date
    as_of: datetime
    over: bool
    early: date | None = None


class PlanName(Value):
    """The plan that a record is about, as the decision names it; `assigned` where it is work given in the chat, which
    no one decision orders: each row has its own basis."""

    id: str
    name: str
    label: str
    year: int
    number: str
    signed: date
    issuer: str
    title: str
    assigned: bool = False


class Count(Value):
    """Obligations by box; `open` has those `near` in it, `fallen` and `fallen_done` are what `rate` (percent) is of.

    Of what is late, open or done, `cause_confirmed` had an objective cause that was confirmed, and of `cause_waiting`
    it waits to be; both stay in their boxes.
    """

    total: int = 0
    done_in_time: int = 0
    done_late: int = 0
    open: int = 0
    near: int = 0
    overdue: int = 0
    waiting: int = 0
    unproven: int = 0
    returned: int = 0
    flagged: int = 0
    suspended: int = 0
    transferred: int = 0
    ended: int = 0
    excused: int = 0
    closed: int = 0
    fallen: int = 0
    fallen_done: int = 0
    rate: int | None = None
    cause_confirmed: int = 0
    cause_waiting: int = 0

    @property
    def apart(self) -> int:
        """What is answered and in no rate yet, or late by what is not decided: four boxes."""
        return self.waiting + self.unproven + self.returned + self.flagged


class Part(Value):
    """The figures of one section, agency or group; `key` is its id, `name` how it is printed."""

    key: str
    name: str
    dated: Count
    periodic: Count = Count()


class Row(Value):
    """One obligation, in the columns of the official table.

    `code` as people say it (2b, 2b.2), `period` the name of a periodic one's period, `basis` the document that gave
    it. `due` is the nominal local date that holds, `planned` the plan's own, `last` the last local day in time; `days`
    in working days, negative when late, `returned_days` those since an answer that was in time was returned; instants
    UTC. `number`, `signed` and `subject` name the document that came out. `blocked` is what hinders, `overcome` what
    did within the window and does no longer, `reason` why it is not counted or waits, with its basis. `signing` is the
    local day since which it waits for a signature, `said` words that nobody has said the meaning of yet. Of what is
    late `cause` is where its cause stands, `why_late` the words it was told with, `ruled` the post and the document.
    """

    id: int
    plan: str
    code: str
    task: str
    milestone: str
    occurrence: str = ""
    period: str = ""
    section: str
    duty: bool = False
    kind: Kind
    title: str
    basis: str
    agency: str
    agency_name: str
    lead: str
    coordinating: str = ""
    product: str = ""
    printed: str
    due: date | None = None
    planned: date | None = None
    last: date | None = None
    extensions: int = 0
    box: Box
    days: int | None = None
    returned_days: int | None = None
    done_at: datetime | None = None
    number: str = ""
    signed: date | None = None
    subject: str = ""
    note: str = ""
    progress: str = ""
    blocked: str = ""
    overcome: str = ""
    signing: date | None = None
    said: str = ""
    reason: str = ""
    evidence: int = 0
    cause: Cause = Cause.NONE
    why_late: str = ""
    ruled: str = ""


class Entry(Value):
    """One thing that happened to an obligation (`row` is its id), for the history sheet; instants UTC."""

    row: int
    at: datetime
    recorded_at: datetime
    kind: str
    due: date | None = None
    note: str = ""


class Before(Value):
    """The figures at the end of the period before, to compare with."""

    key: str
    name: str
    as_of: datetime
    dated: Count


class Record(Value):
    """A whole report. `scope` are ids of agencies and groups, empty for the whole office, and `about` their names.

    `dated` counts the tasks' milestones that have a date, `periodic` the reports and other periodic duties; `between`
    are the rows due after the window and before the end of its quarter, which the figures do not count as fallen due;
    `uncounted` the rows that left the count, each with its reason. `known_at` (UTC) is up to when the record was read.
    """

    window: Window
    period: str
    compiler: str
    compiler_name: str
    plans: tuple[PlanName, ...]
    scope: tuple[str, ...] = ()
    about: str = ""
    known_at: datetime
    tasks: int
    ongoing_tasks: int
    undated_tasks: int
    unconfirmed_tasks: int
    dated: Count
    periodic: Count
    before: Before | None = None
    sections: tuple[Part, ...] = ()
    agencies: tuple[Part, ...] = ()
    groups: tuple[Part, ...] = ()
    rows: tuple[Row, ...] = ()
    between: tuple[int, ...] = ()
    uncounted: tuple[int, ...] = ()
    history: tuple[Entry, ...] = ()

    @property
    def canonical(self) -> str:
        """The record as JSON that is the same to the byte for the same figures.

        Fields at their default are left out: with a field that came later, whose default says what was true before it
        came, a record that was frozen is still the same to the byte. So a new field needs a default, and a default
        never changes.
        """
        return self.model_dump_json(exclude_defaults=True)

    @property
    def sha256(self) -> str:
        """The fingerprint of `canonical`, printed on what is made from the record."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    @property
    def check(self) -> str:
        """Its beginning, as it is said and printed."""
        return self.sha256[:CHECK]

    def row(self, row_id: int) -> Row:
        """The row of an obligation; raises KeyError."""
        for row in self.rows:
            if row.id == row_id:
                return row
        raise KeyError(row_id)


class Issue(Value):
    """The number under which a record was frozen: `number` counts the issues of one period and scope from 1.

    `corrects` is the number that this one replaces, with the `reason`; figures that were frozen early have one too, and
    `issued_at` is UTC.
    """

    id: int
    number: int
    issued_at: datetime
    corrects: int | None = None
    reason: str = ""
