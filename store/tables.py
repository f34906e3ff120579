"""The tables. Every rule that can stand in the schema stands there; instants are UTC, dates are local."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from plan.causes import Cause
from plan.model import Kind
from plan.status import EventKind, Judgement, State
from store.types import (
    DeliveryKind,
    DeliveryState,
    EvidenceState,
    InboxState,
    RequestKind,
    RequestState,
    instant,
    one_of,
)

# Word for word in the index and in what asks by it: SQLite takes a partial index by the words of its condition.
UNSETTLED = "settled_at IS NULL"
UNREPORTED = "state = 'failed' AND NOT reported"


class Setting(SQLModel, table=True):
    """A small fact of the installation: the clock's offset, the last beat of a process."""

    key: str = Field(primary_key=True)
    value: str


class Lease(SQLModel, table=True):
    """A work that one process at a time does; `epoch` grows with each new holder."""

    name: str = Field(primary_key=True)
    holder: str
    epoch: int = 1
    until: datetime = instant()


class AuditEntry(SQLModel, table=True):
    """One thing that was decided about people or the installation; triggers refuse to change or delete it.

    `hash` is made of the row and of `previous`, the hash of the row before. It names people by their row only, so that
    erasing a person needs no change here.
    """

    __tablename__ = "audit"
    id: int = Field(primary_key=True)
    at: datetime = instant()
    actor: int | None = Field(default=None, foreign_key="person.id")
    via: str
    action: str
    subject: str
    detail: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    previous: str
    hash: str


class PlanRow(SQLModel, table=True):
    """A plan that obligations belong to; `start` says how its past was taken up."""

    __tablename__ = "plan"
    __table_args__ = (one_of("start", ("normal", "ask", "today", "history")),)
    id: str = Field(primary_key=True)
    digest: str
    content: str = Field(sa_column=Column(Text, nullable=False))
    first_synced_at: datetime = instant()
    synced_at: datetime = instant()
    start: str = "normal"


class PlanVersion(SQLModel, table=True):
    """What a plan said from one sync to the next, kept for good; triggers refuse to change or delete it."""

    __tablename__ = "plan_version"
    __table_args__ = (Index(None, "plan_id", "synced_at"),)
    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(foreign_key="plan.id")
    digest: str
    content: str = Field(sa_column=Column(Text, nullable=False))
    synced_at: datetime = instant()


class PlanDraft(SQLModel, table=True):
    """Another content of an adopted plan, which does nothing until an admin adopts it; `told` what they said of it."""

    __tablename__ = "plan_draft"
    __table_args__ = (one_of("state", ("waiting", "adopted", "dropped")), Index(None, "plan_id", "state"))
    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(foreign_key="plan.id")
    content: str = Field(sa_column=Column(Text, nullable=False))
    digest: str
    told: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    made_at: datetime = instant()
    via: str
    state: str = "waiting"
    decided_at: datetime | None = instant(nullable=True)
    decided_by: int | None = Field(default=None, foreign_key="person.id")


class AgencyRow(SQLModel, table=True):
    """An agency that was ever named by a plan."""

    __tablename__ = "agency"
    id: str = Field(primary_key=True)
    name: str


class Obligation(SQLModel, table=True):
    """What one agency owes: one milestone, at one occurrence. The row is the replay of its events.

    `work` is the identity of the milestone, never given to another; `task` and `milestone` are the codes that the
    adopted plan prints for it, of withdrawn work the last ones ("2b~1" where other work bears them now).
    """

    __table_args__ = (
        UniqueConstraint("plan_id", "work", "occurrence", "agency_id"),
        one_of("state", State),
        one_of("kind", Kind),
        one_of("judged", Judgement),
        one_of("origin", ("plan", "chat")),
        Index(None, "agency_id", "state"),
    )
    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(foreign_key="plan.id")
    work: str
    task: str
    milestone: str
    occurrence: str = ""
    agency_id: str = Field(foreign_key="agency.id")
    kind: str
    due: date | None = Field(default=None, sa_column=Column(Date, nullable=True))
    state: str = State.OPEN
    done_at: datetime | None = instant(nullable=True)
    progress: str = ""
    blocked: str = ""
    planned: date | None = Field(default=None, sa_column=Column(Date, nullable=True))
    returned: str = ""
    kept_at: datetime | None = instant(nullable=True)
    returned_at: datetime | None = instant(nullable=True)
    acknowledged_at: datetime | None = instant(nullable=True)
    extensions: int = 0
    judged: str = Judgement.RULE
    retired_from: str | None = None
    # The local day since which it waits for a signature.
    signing: date | None = Field(default=None, sa_column=Column(Date, nullable=True))
    said: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    # Of its lateness: where its cause stands, with which words it was told, and those of the decision about it.
    cause: str = Field(default=Cause.NONE, sa_column_kwargs={"server_default": ""})
    why_late: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    ruled: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    # What an admin made in the chat is not in the plan's file, and is not taken out because of that.
    origin: str = "plan"


class ObligationEvent(SQLModel, table=True):
    """One thing that happened to an obligation, kept for good; triggers refuse to change or delete it."""

    __tablename__ = "obligation_event"
    __table_args__ = (one_of("kind", EventKind), Index(None, "obligation_id", "id"))
    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id")
    kind: str
    at: datetime = instant()
    recorded_at: datetime = instant(index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    via: str
    due: date | None = Field(default=None, sa_column=Column(Date, nullable=True))
    note: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    submission_id: int | None = Field(default=None, foreign_key="submission.id")


class Inbox(SQLModel, table=True):
    """A raw update, committed before the platform is told that it arrived."""

    __table_args__ = (
        UniqueConstraint("channel", "key"),
        one_of("state", InboxState),
        Index(None, "channel", "message"),
        Index("inbox_new", "id", sqlite_where=text("state = 'new'"), postgresql_where=text("state = 'new'")),
    )
    id: int | None = Field(default=None, primary_key=True)
    channel: str
    key: str
    received_at: datetime = instant()
    raw: str = Field(sa_column=Column(Text, nullable=False))
    state: str = InboxState.NEW
    attempts: int = 0
    not_before: datetime | None = instant(nullable=True)
    error: str = ""
    # The message that it is of, the same for every edit, and whether this update had an effect.
    message: str = Field(default="", sa_column_kwargs={"server_default": ""})
    acted: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})


class Delivery(SQLModel, table=True):
    """One message on its way to one chat; `why` says in words why it exists.

    `identity` is made by `store.postings.Identity` and read by nobody; what it is made of stands beside it.
    """

    __table_args__ = (
        UniqueConstraint("identity"),
        one_of("state", DeliveryState),
        one_of("kind", DeliveryKind),
        Index(
            "delivery_due",
            "priority",
            "id",
            sqlite_where=text("state IN ('due', 'in_doubt', 'sending')"),
            postgresql_where=text("state IN ('due', 'in_doubt', 'sending')"),
        ),
        Index(None, "channel", "chat", "message_id"),
        Index("delivery_unreported", "id", sqlite_where=text(UNREPORTED), postgresql_where=text(UNREPORTED)),
    )
    id: int | None = Field(default=None, primary_key=True)
    created_at: datetime = instant()
    kind: str
    priority: int
    why: str
    identity: str | None = None
    # What it is for, in one word: digest, late, blocked.
    occasion: str = Field(default="", sa_column_kwargs={"server_default": ""})
    # The local day that it is about, where it is about one.
    day: date | None = Field(default=None, sa_column=Column(Date, nullable=True))
    # Of a message in several pages; `first_id` is the row of the first, which may be let go before the others.
    page: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    first_id: int | None = None
    # Whose own message caused it.
    caused_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    channel: str
    chat: str
    in_group: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    topic: str | None = None
    reply_to: str | None = None
    body: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    submission_id: int | None = Field(default=None, foreign_key="submission.id")
    # What the message is about, where that is one thing; a digest's steps name theirs.
    obligation_id: int | None = Field(default=None, foreign_key="obligation.id", index=True)
    state: str = DeliveryState.DUE
    not_before: datetime = instant()
    attempts: int = 0
    doubts: int = 0
    lease_token: str | None = None
    lease_until: datetime | None = instant(nullable=True)
    message_id: str | None = None
    sent_at: datetime | None = instant(nullable=True)
    last_error: str = ""
    reported: bool = False


class Reminder(SQLModel, table=True):
    """The memory of what was said: per person, obligation, its date at that time, and step."""

    __table_args__ = (UniqueConstraint("person_id", "obligation_id", "due", "step"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    # An empty string stands for "no date", because NULLs are distinct in a unique key.
    due: str
    step: str
    rung: int | None = None
    delivery_id: int | None = Field(default=None, foreign_key="delivery.id", index=True)
    # The same once the outbox has let it go: what was said stays in the office's archive.
    kept_id: int | None = Field(default=None, foreign_key="kept_message.id", index=True)
    skipped: str = ""


class Submission(SQLModel, table=True):
    """An answer "done" for one obligation; `at` is the moment of the person's own message."""

    __table_args__ = (
        UniqueConstraint("source"),
        Index(None, "obligation_id", "withdrawn_at"),
        Index(None, "album"),
    )
    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id")
    person_id: int = Field(foreign_key="person.id")
    at: datetime = instant()
    recorded_at: datetime = instant()
    note: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    via: str
    source: str
    album: str | None = None
    withdrawn_at: datetime | None = instant(nullable=True)
    # The document that came out: số/ký hiệu, ngày, trích yếu.
    product_number: str = ""
    product_date: date | None = Field(default=None, sa_column=Column(Date, nullable=True))
    product_title: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    # An admin answered in the agency's place.
    on_behalf: bool = False
    nothing_arose: bool = False
    # Handed in elsewhere, as it was told: by which way and on which local day. An admin confirms that it came.
    handed_way: str = Field(default="", sa_column_kwargs={"server_default": ""})
    handed_on: date | None = Field(default=None, sa_column=Column(Date, nullable=True))


class Unclear(SQLModel, table=True):
    """What somebody said about an obligation that was not understood whole, until it is said what it means.

    `says` is its likeliest meaning (words.reading.Said) with its `share` in per cent and its local `day`; `files` are
    rows of the evidence. `settled_as` is the meaning that was chosen, "none" where it is not to be recorded.
    """

    __table_args__ = (
        UniqueConstraint("source", "obligation_id"),
        Index("unclear_waiting", "id", sqlite_where=text(UNSETTLED), postgresql_where=text(UNSETTLED)),
    )
    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime = instant()
    source: str
    via: str
    note: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    album: str | None = None
    files: list[int] = Field(sa_column=Column(JSON, nullable=False))
    says: str
    share: int | None = None
    day: date | None = Field(default=None, sa_column=Column(Date, nullable=True))
    way: str = ""
    settled_at: datetime | None = instant(nullable=True)
    settled_by: int | None = Field(default=None, foreign_key="person.id")
    settled_as: str = ""


class Request(SQLModel, table=True):
    """What an officer asked for about one obligation, and what an admin decided. `wanted` is a local date."""

    __table_args__ = (
        UniqueConstraint("source"),
        one_of("kind", RequestKind),
        one_of("state", RequestState),
        Index(None, "obligation_id", "state"),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    obligation_id: int = Field(foreign_key="obligation.id")
    person_id: int = Field(foreign_key="person.id")
    submission_id: int | None = Field(default=None, foreign_key="submission.id")
    asked_at: datetime = instant()
    source: str
    wanted: date | None = Field(default=None, sa_column=Column(Date, nullable=True))
    reason: str = Field(sa_column=Column(Text, nullable=False))
    # It came after the deadline.
    late: bool = False
    state: str = RequestState.WAITING
    decided_at: datetime | None = instant(nullable=True)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    answer: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    # Who ruled about a cause, as the document says: an admin records it, and need not be who decides.
    ruled_by: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    ruled_post: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    ruled_number: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    ruled_on: date | None = Field(default=None, sa_column=Column(Date, nullable=True))


class Contribution(SQLModel, table=True):
    """What a coordinating agency adds to a task: it owes nothing, and is kept all the same."""

    __table_args__ = (UniqueConstraint("source"), Index(None, "plan_id", "task"))
    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(foreign_key="plan.id")
    task: str
    agency_id: str = Field(foreign_key="agency.id")
    person_id: int = Field(foreign_key="person.id")
    at: datetime = instant()
    source: str
    note: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))


class OfficeDay(SQLModel, table=True):
    """A day off, or a day off that is worked, which an admin added from the chat; it lies over the office's table.

    It holds from `set_at` until `undone_at`, where it was undone.
    """

    __tablename__ = "office_day"
    __table_args__ = (
        one_of("kind", ("off", "work")),
        Index(
            "one_live_day",
            "day",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    day: date = Field(sa_column=Column(Date, nullable=False))
    kind: str
    name: str
    basis: str = Field(sa_column=Column(Text, nullable=False))
    set_by: int | None = Field(default=None, foreign_key="person.id")
    set_at: datetime = instant()
    undone_at: datetime | None = instant(nullable=True)


class Outage(SQLModel, table=True):
    """A time in which the service heard nobody for longer than the platform keeps what people send."""

    id: int | None = Field(default=None, primary_key=True)
    since: datetime = instant()
    until: datetime = instant()


class Blob(SQLModel, table=True):
    """Bytes, once, by their SHA-256."""

    sha256: str = Field(primary_key=True)
    size: int
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Evidence(SQLModel, table=True):
    """A file a person sent: who, when, what the platform calls it, and once fetched its bytes."""

    __table_args__ = (
        UniqueConstraint("source"),
        one_of("state", EvidenceState),
        Index(
            "evidence_waiting",
            "not_before",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    source: str
    person_id: int = Field(foreign_key="person.id", index=True)
    submission_id: int | None = Field(default=None, foreign_key="submission.id", index=True)
    contribution_id: int | None = Field(default=None, foreign_key="contribution.id", index=True)
    channel: str
    file_id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    size: int | None = None
    album: str | None = Field(default=None, index=True)
    caption: str = ""
    sent_at: datetime = instant()
    sha256: str | None = Field(default=None, sa_column=Column(ForeignKey("blob.sha256"), nullable=True))
    state: str = EvidenceState.WAITING
    attempts: int = 0
    not_before: datetime = instant()
    asked_at: datetime | None = instant(nullable=True)
    error: str = ""
    # What the bytes are, whatever their name says; empty until they are here.
    content: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))


class Question(SQLModel, table=True):
    """What the bot asked a person last and what it needs to go on: at most one open per chat and person."""

    __table_args__ = (UniqueConstraint("person_id", "channel", "chat"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    channel: str
    chat: str
    kind: str
    data: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    asked_at: datetime = instant()


class Rate(SQLModel, table=True):
    """When the next message may leave, per limit; shared by all processes."""

    key: str = Field(primary_key=True)
    free_at: float
