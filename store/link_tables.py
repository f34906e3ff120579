"""The tables of addresses of our own: to answer by, and to read what a platform does not carry."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.types import instant


class AnswerLink(SQLModel, table=True):
    """An address by which one person answers once for one obligation, as one message carries it.

    The token is made of `salt` with a key that is no part of the database; what is kept of it is its SHA-256. Nothing
    says whether it was opened.
    """

    __tablename__ = "answer_link"
    __table_args__ = (UniqueConstraint("delivery_id", "obligation_id"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    delivery_id: int = Field(foreign_key="delivery.id")
    salt: str
    token_hash: str = Field(unique=True)
    made_at: datetime = instant()
    expires_at: datetime = instant()
    # By the form that was recorded.
    used_at: datetime | None = instant(nullable=True)
    # The person's roles changed.
    ended_at: datetime | None = instant(nullable=True)


class FileLink(SQLModel, table=True):
    """A picture or file of a message that left as an address: its bytes as they were then."""

    __tablename__ = "file_link"
    id: int | None = Field(default=None, primary_key=True)
    # Whose message it was, None for a group's.
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    delivery_id: int = Field(foreign_key="delivery.id", unique=True)
    salt: str
    token_hash: str = Field(unique=True)
    name: str
    content: str
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    made_at: datetime = instant()
    expires_at: datetime = instant()
