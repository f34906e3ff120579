"""The tables of what people say and send: answers, requests, what is unclear, what is contributed, files."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.report_tables import Opinion
from store.types import (
    EvidenceState,
    RequestKind,
    RequestState,
    instant,
    one_of,
)

# Word for word in the index and in what asks by it: SQLite takes a partial index by the words of its condition.
UNSETTLED = "settled_at IS NULL"
UNDECIDED = "state = 'waiting'"
OF_NOTHING = (
    "submission_id IS NULL AND contribution_id IS NULL AND request_id IS NULL AND opinion_id IS NULL "
    "AND obligation_id IS NULL"
)


class Submission(SQLModel, table=True):
    """An answer "done" for one obligation; `at` is the moment of the person's own message."""

    __table_args__ = (
        UniqueConstraint("source"),
        Index(None, "obligation_id", "withdrawn_at"),
        Index(None, "person_id", "recorded_at"),
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
        Index("request_waiting", "state", "id", sqlite_where=text(UNDECIDED), postgresql_where=text(UNDECIDED)),
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


class Blob(SQLModel, table=True):
    """Bytes, once, by their SHA-256."""

    sha256: str = Field(primary_key=True)
    size: int
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Evidence(SQLModel, table=True):
    """A file a person sent: who, when, what the platform calls it, and once fetched its bytes.

    It belongs to an answer, to a contribution, or to the `obligation_id` about which it was sent without an answer
    (progress, words that are not clear; with a request, a cause or an opinion to that as well); to none of them it is
    loose, and its sender's until it is placed.
    """

    __table_args__ = (
        UniqueConstraint("source"),
        one_of("state", EvidenceState),
        Index(
            "evidence_waiting",
            "not_before",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        # Led by a column that is asked for: SQLite would take the index of an owner, which nearly all files lack.
        Index("evidence_loose", "left_at", "sent_at", sqlite_where=text(OF_NOTHING), postgresql_where=text(OF_NOTHING)),
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
    obligation_id: int | None = Field(default=None, foreign_key="obligation.id", index=True)
    request_id: int | None = Field(default=None, foreign_key="request.id", index=True)
    opinion_id: int | None = Field(default=None, foreign_key=f"{Opinion.__tablename__}.id", index=True)
    # Its sender said that it is not to be recorded: it is kept, and no code takes it by itself.
    left_at: datetime | None = instant(nullable=True)
    # Its sender was told that it goes unless it is placed.
    told_at: datetime | None = instant(nullable=True)
    # Taken out, by whom and why; what its bytes were is kept as their SHA-256.
    removed_at: datetime | None = instant(nullable=True)
    removed_by: int | None = Field(default=None, foreign_key="person.id")
    removed_why: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    removed_hash: str = Field(default="", sa_column_kwargs={"server_default": ""})
