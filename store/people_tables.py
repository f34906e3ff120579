"""The tables of people: who is linked, through which chat, in which role, invited and agreed how."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, Date, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from plan.people import Role
from store.types import instant, one_of


class Person(SQLModel, table=True):
    """Somebody linked to the installation; the telephone that an agency's people share when they are on duty; or who
    reported on such a telephone, of whom there is a name and no way."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    created_at: datetime = instant()
    # Until then no reminder is sent: the person asked for quiet.
    quiet_until: datetime | None = instant(nullable=True)
    erased_at: datetime | None = instant(nullable=True)
    # The language of the catalogue; None is the installation's.
    language: str | None = None
    # The local hours in which what others caused may come, "08:00-17:00"; None is the office's.
    hours: str | None = None
    # Whose shared telephone this is, by the agency's id; None for a person.
    duty_of: str | None = Field(default=None, foreign_key="agency.id")
    # The shared telephone on which this one reported; and who they are where they are linked themselves.
    reports_on: int | None = Field(default=None, foreign_key="person.id", index=True)
    same_as: int | None = Field(default=None, foreign_key="person.id", index=True)


class Address(SQLModel, table=True):
    """Where a person is reached on a channel; `user` is the platform's id of the person, `chat` of the private chat."""

    __table_args__ = (UniqueConstraint("channel", "user"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    channel: str
    user: str
    chat: str
    linked_at: datetime = instant()
    unreachable_since: datetime | None = instant(nullable=True)
    unreachable_why: str = ""
    # The name after the @, by which colleagues know them; changes with the account.
    handle: str = ""
    # Which way comes first: the least that takes messages (store/ways.py).
    rank: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class Membership(SQLModel, table=True):
    """A role of a person in an agency, from one instant to another; never deleted."""

    __table_args__ = (
        one_of("role", Role),
        Index(
            "one_live_membership",
            "person_id",
            "agency_id",
            "role",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    role: str
    since: datetime = instant()
    until: datetime | None = instant(nullable=True)


class Invite(SQLModel, table=True):
    """A one-time code, of which only the SHA-256 is kept, and of one that is typed the HMAC."""

    __table_args__ = (one_of("role", Role),)
    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(unique=True)
    agency_id: str = Field(foreign_key="agency.id")
    role: str
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = instant()
    expires_at: datetime = instant()
    # The platform's id of whoever opened the link last: only they can agree and use it up.
    shown_to: str | None = None
    # The channel on which that was.
    shown_on: str | None = None
    used_at: datetime | None = instant(nullable=True)
    used_by: int | None = Field(default=None, foreign_key="person.id")
    revoked_at: datetime | None = instant(nullable=True)
    # Whom it is for, as the office calls them; empty where nobody said.
    label: str = ""
    # Who is linked already and gets a further way by it, and no role; None for who comes new.
    person_id: int | None = Field(default=None, foreign_key="person.id")


class Nomination(SQLModel, table=True):
    """A role that somebody agreed to and that an admin has to confirm: until then it gives no right at all."""

    __table_args__ = (one_of("role", Role),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    agency_id: str = Field(foreign_key="agency.id")
    role: str
    # Who invited them, or hands the role over; None is the machine.
    named_by: int | None = Field(default=None, foreign_key="person.id")
    # Whose role ends when this one begins.
    instead_of: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = instant()
    via: str
    decided_at: datetime | None = instant(nullable=True)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    granted: bool = False


class Consent(SQLModel, table=True):
    """The personal-data notice that a person agreed to: its words, its edition and the moment."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    notice: str = Field(sa_column=Column(Text, nullable=False))
    agreed_at: datetime = instant()
    # Which edition of the notice it was: who agreed to an older one is told once of the newer.
    edition: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class GroupChat(SQLModel, table=True):
    """A group that an admin bound to the office."""

    __tablename__ = "group_chat"
    __table_args__ = (UniqueConstraint("channel", "chat"),)
    id: int | None = Field(default=None, primary_key=True)
    channel: str
    chat: str
    title: str
    linked_by: int = Field(foreign_key="person.id")
    linked_at: datetime = instant()
    unlinked_at: datetime | None = instant(nullable=True)
    # Groups or agencies of the plan that this chat is about; empty is the whole office.
    scope: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]"))
    # The forum topic that /link was said in.
    topic: str | None = None


class Absence(SQLModel, table=True):
    """A time in which somebody stands in for a person; local dates, both included."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    stand_in_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    # Somebody of another agency, who stands in once an admin has confirmed it.
    wanted_id: int | None = Field(default=None, foreign_key="person.id")
    first: date = Field(sa_column=Column(Date, nullable=False))
    last: date = Field(sa_column=Column(Date, nullable=False))
    made_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)


class Assignee(SQLModel, table=True):
    """Who carries a task out for an agency from a moment on, the newest row of the three saying so; never changed.

    `work` is the task's identity (plan.milestone.task_of_work), so that another code changes nothing. Nobody in
    `person_id`: nobody from then on; nobody in `named_by`: the one before left the agency.
    """

    __table_args__ = (Index("assignee_of_task", "plan_id", "work", "agency_id", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(foreign_key="plan.id")
    work: str
    agency_id: str = Field(foreign_key="agency.id")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    named_by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = instant()
    via: str
