"""Column types and the states of rows, shared by the tables."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column, DateTime, MetaData
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database; a naive datetime raises ValueError when bound."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value!r}")
        return value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """One call for a value in the place of three, and none of them for nothing: figures read 100,000 of these."""
        read = self.impl_instance.result_processor(dialect, coltype)

        def aware(value: Any) -> datetime | None:
            if value is None:
                return None
            found = value if read is None else read(value)
            assert isinstance(found, datetime)
            return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)

        return aware


class InboxState(StrEnum):
    """An update that came in."""

    NEW = "new"
    DONE = "done"
    FAILED = "failed"  # three attempts ended in an error; kept for the operator


class DeliveryState(StrEnum):
    """A message on its way out."""

    DUE = "due"  # committed, waiting for its moment
    SENDING = "sending"  # claimed under a lease
    IN_DOUBT = "in_doubt"  # perhaps sent: the answer was lost, or the process died inside the send
    SENT = "sent"  # a receipt is here
    FAILED = "failed"  # given up, on the admin's list
    DROPPED = "dropped"  # there was nothing left to say when its moment came


class DeliveryKind(StrEnum):
    """Why a message exists; decides its priority, and whether it keeps to the sending windows."""

    ANSWER = "answer"  # to what a person just did
    CONFIRMATION = "confirmation"  # of a submission, made when it is sent
    NOTICE = "notice"  # to an admin
    DIGEST = "digest"  # the day's reminders
    SNOOZE = "snooze"  # one extra reminder that the officer asked for
    URGE = "urge"  # đôn đốc: an admin's word to those who owe
    HEAD = "head"  # the head's list of a Monday, and what is late
    WEEKLY = "weekly"  # the summary of a Monday in a group


# What reminds of an obligation, so that an answer after it is an answer to it.
REMINDING = (DeliveryKind.DIGEST, DeliveryKind.SNOOZE, DeliveryKind.URGE, DeliveryKind.HEAD)


class RequestKind(StrEnum):
    """What an officer asked for and an admin decides."""

    EXTENSION = "extension"  # gia hạn
    NOT_OURS = "not_ours"  # không thuộc đơn vị
    WITHDRAWAL = "withdrawal"  # to take an answer back after the ten minutes
    CORRECTION = "correction"  # to correct it after the ten minutes
    CAUSE = "cause"  # lý do chậm: to have what made it late confirmed as nobody's fault


class RequestState(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    VOID = "void"  # there is nothing left to decide


class EvidenceState(StrEnum):
    """A file that a person sent."""

    WAITING = "waiting"  # known, its bytes not fetched yet
    STORED = "stored"
    TOO_BIG = "too_big"  # the platform does not hand it over
    REFUSED = "refused"  # more than one person may send in a day; who sent it was told
    FAILED = "failed"  # not to be had any more; who sent it is asked to send it again
    REMOVED = "removed"  # taken out by its sender or an admin: its bytes are gone


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """A check in the schema that the column holds one of the enum's values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


# Names for every constraint, so that a migration can find them again on both databases.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


def instant(*, nullable: bool = False, index: bool = False) -> Any:
    """A column of an instant in UTC; required unless nullable."""
    if nullable:
        return Field(default=None, sa_column=Column(UtcDateTime, nullable=True, index=index))
    return Field(sa_column=Column(UtcDateTime, nullable=False, index=index))
