"""The tables of plans: those in force, their versions and drafts, the agencies, the days an office changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Date, Index, Text, text
from sqlmodel import Field, SQLModel

from store.types import (
    instant,
    one_of,
)

# Word for word in the index and in what asks by it, as in `store.tables`.
IS_ASKING = "start = 'ask'"


class PlanRow(SQLModel, table=True):
    """A plan that obligations belong to; `start` says how its past was taken up."""

    __tablename__ = "plan"
    __table_args__ = (
        one_of("start", ("normal", "ask", "today", "history")),
        Index(None, "synced_at"),
        Index("plan_asking", "id", sqlite_where=text(IS_ASKING), postgresql_where=text(IS_ASKING)),
    )
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
    """Another content of an adopted plan, which does nothing until an admin adopts it; `told` what they said of it.

    `basis` is the document that orders the change, `import_id` the one that it was read from, where there is one.
    """

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
    basis: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    import_id: int | None = Field(default=None, foreign_key="plan_import.id")


class PlanCorrection(SQLModel, table=True):
    """Something of a plan that was read wrongly and put right: it holds from the beginning, in every version of it.

    `work` is the identity of the milestone, `was` and `becomes` its fields before and after as a plan file holds them;
    kept for good.
    """

    __tablename__ = "plan_correction"
    __table_args__ = (Index(None, "plan_id"),)
    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(foreign_key="plan.id")
    work: str
    code: str
    was: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    becomes: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    why: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = instant()
    via: str
    person_id: int | None = Field(default=None, foreign_key="person.id")


class AgencyRow(SQLModel, table=True):
    """An agency that was ever named by a plan."""

    __tablename__ = "agency"
    id: str = Field(primary_key=True)
    name: str


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
