"""The tables of the office's screen: what people sign in with, who is signed in, and what a form did."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.types import instant, one_of

LIVE_KEY = "ended_at IS NULL AND confirmed_at IS NOT NULL"


class CodeFor(StrEnum):
    """What a code is typed for."""

    CHAT = "chat"  # from the person's own chat: says who sits at the computer
    MACHINE = "machine"  # from the server itself, in place of a second admin
    RESERVE = "reserve"  # printed, for the day on which the platforms are away


class Stage(StrEnum):
    """How far somebody has come who signs in."""

    SECOND = "second"  # the passphrase was right; the second thing is wanted
    IN = "in"


class DeskKey(SQLModel, table=True):
    """A passphrase, as argon2id keeps it; it opens nothing before somebody else confirmed it."""

    __tablename__ = "desk_key"
    __table_args__ = (
        Index("one_live_key", "person_id", unique=True, sqlite_where=text(LIVE_KEY), postgresql_where=text(LIVE_KEY)),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    secret: str
    made_at: datetime = instant()
    confirmed_at: datetime | None = instant(nullable=True)
    # None where the machine confirmed it.
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = instant(nullable=True)


class DeskAuthenticator(SQLModel, table=True):
    """The secret that an authenticator's app shares with us, encrypted; it counts once a code of it was typed.

    The key stands beside the database (desk.door.sealed); what earlier versions kept is encrypted at a start.
    """

    __tablename__ = "desk_authenticator"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    secret: str
    made_at: datetime = instant()
    proven_at: datetime | None = instant(nullable=True)
    # The step of time of the last code that was taken: none is taken twice.
    last_step: int = 0


class DeskCode(SQLModel, table=True):
    """A code that is typed once at the computer, kept as a keyed hash; `tries` counts the wrong ones."""

    __tablename__ = "desk_code"
    __table_args__ = (one_of("purpose", CodeFor),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    purpose: str
    salt: str
    code_hash: str
    made_at: datetime = instant()
    expires_at: datetime | None = instant(nullable=True)
    tries: int = 0
    used_at: datetime | None = instant(nullable=True)


class DeskSession(SQLModel, table=True):
    """Somebody at a computer: the token's SHA-256, the device's, and the moments that locks are reckoned from."""

    __tablename__ = "desk_session"
    __table_args__ = (one_of("stage", Stage),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    stage: str
    token_hash: str = Field(unique=True)
    device_hash: str = ""
    # What the browser calls itself, in a few words.
    browser: str = ""
    address: str = ""
    made_at: datetime = instant()
    # When the person last did something; what the page asks by itself is none.
    seen_at: datetime = instant()
    second_at: datetime | None = instant(nullable=True)
    ended_at: datetime | None = instant(nullable=True)
    ended_why: str = ""


class DeskFailure(SQLModel, table=True):
    """Wrong attempts for a name from an address, since the last right one."""

    __tablename__ = "desk_failure"
    __table_args__ = (UniqueConstraint("person_id", "address"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    address: str
    count: int = 0
    last_at: datetime = instant()
    # Until then nothing of this pair is looked at.
    until: datetime | None = instant(nullable=True)


class DeskPress(SQLModel, table=True):
    """A form that was sent, by its nonce, with what was answered: sent again it shows the same and does nothing."""

    __tablename__ = "desk_press"
    id: int | None = Field(default=None, primary_key=True)
    nonce: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime = instant()
    replies: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
