"""The tables of what was said in writing: reports as they were issued, and remarks on the proof of an obligation."""

from datetime import datetime

from sqlalchemy import Column, Text, UniqueConstraint
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
