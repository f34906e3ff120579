"""The tables of what was said in writing: reports as they were issued, remarks and opinions on the proof of an
obligation, questions with their answers, and what people were told, kept when the outbox lets it go."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Date, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.types import instant


class IssuedReport(SQLModel, table=True):
    """A report as it was issued, kept for good; triggers refuse to change or delete it.

    `scope` holds ids of agencies and groups joined by commas, empty for the whole office; `content` is the record as
    JSON and `sha256` its fingerprint; `corrects` is the number that this one replaces, with the `reason`.
    """

    __tablename__ = "issued_report"
    __table_args__ = (UniqueConstraint("key", "scope", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    key: str
    scope: str
    number: int
    issued_at: datetime = instant()
    issued_by: int | None = Field(default=None, foreign_key="person.id")
    content: str = Field(sa_column=Column(Text, nullable=False))
    sha256: str
    corrects: int | None = None
    reason: str = Field(sa_column=Column(Text, nullable=False))


class Remark(SQLModel, table=True):
    """What an admin adds to the proof of an obligation, kept for good; triggers refuse to change or delete it."""

    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    at: datetime = instant()
    person_id: int | None = Field(default=None, foreign_key="person.id")
    via: str
    text: str = Field(sa_column=Column(Text, nullable=False))


# Word for word in the index and in what asks by it: SQLite takes a partial index by the words of its condition.
UNANSWERED = "answered_at IS NULL"


class Opinion(SQLModel, table=True):
    """«Ý kiến của cán bộ»: what somebody says about the proof sheet of their own agency, and an admin's answer.

    `due` is the last local day in time for the answer.
    """

    __table_args__ = (
        UniqueConstraint("source"),
        Index("opinion_waiting", "id", sqlite_where=text(UNANSWERED), postgresql_where=text(UNANSWERED)),
    )
    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime = instant()
    source: str
    via: str
    words: str = Field(sa_column=Column(Text, nullable=False))
    due: date = Field(sa_column=Column(Date, nullable=False))
    answered_at: datetime | None = instant(nullable=True)
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answer: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))


class Inquiry(SQLModel, table=True):
    """A question that somebody had forwarded to the compiling agency, and an admin's answer.

    `code` is the printed code of what it is about (several with commas), empty for none; `due` the last local day in
    time for the answer.
    """

    __table_args__ = (
        UniqueConstraint("source"),
        Index("inquiry_waiting", "id", sqlite_where=text(UNANSWERED), postgresql_where=text(UNANSWERED)),
    )
    id: int | None = Field(default=None, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id")
    code: str = Field(default="", sa_column_kwargs={"server_default": ""})
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime = instant()
    source: str
    via: str
    words: str = Field(sa_column=Column(Text, nullable=False))
    due: date = Field(sa_column=Column(Date, nullable=False))
    answered_at: datetime | None = instant(nullable=True)
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answer: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))


class KeptMessage(SQLModel, table=True):
    """A message about obligations as the outbox had it when it let go of it: for an audit that comes years later.

    No chat, no number of a platform: `person_id`, or the `group_title` as it was, say whom it went to; `at` is when it
    left, or may have. Names in the `body` are marked, so that erasing renames them.
    """

    __tablename__ = "kept_message"
    id: int | None = Field(default=None, primary_key=True)
    # The number that the row had in the outbox.
    delivery_id: int = Field(unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    group_title: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    channel: str
    in_group: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    kind: str
    at: datetime = instant()
    sent_at: datetime | None = instant(nullable=True)
    state: str
    doubts: int = 0
    last_error: str = ""
    body: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))


class KeptAbout(SQLModel, table=True):
    """What a kept message is about: a digest has a row for each obligation, with the `rung` of the ladder."""

    __tablename__ = "kept_about"
    id: int | None = Field(default=None, primary_key=True)
    kept_id: int = Field(foreign_key="kept_message.id", index=True)
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    rung: int | None = None
