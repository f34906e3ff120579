"""The tables. Every rule that can stand in the schema stands there; instants are UTC, dates are local."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Date, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from plan.causes import Cause
from plan.model import Kind
from plan.status import EventKind, Judgement, State
from store.types import (
    DeliveryKind,
    DeliveryState,
    InboxState,
    instant,
    one_of,
)

# Word for word in the index and in what asks by it: SQLite takes a partial index by the words of its condition.
UNREPORTED = "state = 'failed' AND NOT reported"
AT_REVIEW = "state IN ('at_head', 'in_review')"
IS_OPEN = "state = 'open'"
IS_BLOCKED = "blocked <> ''"
IS_FLAGGED = "judged = 'flagged'"
GIVEN_UP = "state = 'failed' AND person_id IS NOT NULL"


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
    __table_args__ = (Index(None, "subject", "id"),)
    id: int = Field(primary_key=True)
    at: datetime = instant()
    actor: int | None = Field(default=None, foreign_key="person.id")
    via: str
    action: str
    subject: str
    detail: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    previous: str
    hash: str


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
        Index(None, "due"),
        Index(
            "obligation_open", "kind", "due", "agency_id", sqlite_where=text(IS_OPEN), postgresql_where=text(IS_OPEN)
        ),
        # It holds all that is asked of it: otherwise SQLite would go through a whole index that does.
        Index(
            "obligation_at_review",
            "id",
            "state",
            "agency_id",
            sqlite_where=text(AT_REVIEW),
            postgresql_where=text(AT_REVIEW),
        ),
        Index("obligation_blocked", "id", sqlite_where=text(IS_BLOCKED), postgresql_where=text(IS_BLOCKED)),
        Index("obligation_flagged", "id", sqlite_where=text(IS_FLAGGED), postgresql_where=text(IS_FLAGGED)),
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
    first_due: date | None = Field(default=None, sa_column=Column(Date, nullable=True))
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
            "not_before",
            "id",
            sqlite_where=text("state IN ('due', 'in_doubt', 'sending')"),
            postgresql_where=text("state IN ('due', 'in_doubt', 'sending')"),
        ),
        Index(None, "channel", "chat", "message_id"),
        Index("delivery_given_up", "id", sqlite_where=text(GIVEN_UP), postgresql_where=text(GIVEN_UP)),
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
    # The channels by which it was to go before and did not, with commas between, the last one last.
    moved_from: str = Field(default="", sa_column_kwargs={"server_default": ""})
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

    __table_args__ = (
        UniqueConstraint("person_id", "obligation_id", "due", "step"),
        # Whole, so that a beat reads of the last steps of all that is near nothing but this.
        Index("reminder_step", "step", "due", "obligation_id", "person_id", "delivery_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    # An empty string stands for "no date", because NULLs are distinct in a unique key.
    due: str
    step: str
    rung: int | None = None
    delivery_id: int | None = Field(default=None, foreign_key="delivery.id", index=True)
    skipped: str = ""


class Outage(SQLModel, table=True):
    """A time in which the service heard nobody for longer than the platform keeps what people send."""

    id: int | None = Field(default=None, primary_key=True)
    since: datetime = instant()
    until: datetime = instant()


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
