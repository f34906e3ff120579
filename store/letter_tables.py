"""The tables of letters: addresses that are not proven yet, and letters of which nobody knows whose they are."""

from datetime import datetime

from sqlalchemy import Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.types import instant

# Word for word in the index and in what asks by it: SQLite takes a partial index by the words of its condition.
UNSETTLED = "settled_at IS NULL"


class AddressCode(SQLModel, table=True):
    """A code that went to an address which somebody named; `user` is the address, of the code its HMAC is kept."""

    __tablename__ = "address_code"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    channel: str
    user: str = Field(index=True)
    code_hash: str
    # Who named it: the person, or an admin.
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = instant()
    expires_at: datetime = instant()
    tries: int = 0
    # Typed, or made worthless by a later one or by too many wrong ones.
    ended_at: datetime | None = instant(nullable=True)


class StrayLetter(SQLModel, table=True):
    """A letter that is not proven to be anybody's, or that a server gave back: an admin looks at it."""

    __tablename__ = "stray_letter"
    __table_args__ = (
        UniqueConstraint("source"),
        Index("stray_waiting", "id", sqlite_where=text(UNSETTLED), postgresql_where=text(UNSETTLED)),
    )
    id: int | None = Field(default=None, primary_key=True)
    source: str
    at: datetime = instant()
    sender: str
    name: str
    subject: str
    words: str = Field(sa_column=Column(Text, nullable=False))
    files: int = 0
    # A letter of ours that came back; otherwise somebody wrote it.
    is_ours: bool = Field(default=False)
    settled_at: datetime | None = instant(nullable=True)
    settled_by: int | None = Field(default=None, foreign_key="person.id")
