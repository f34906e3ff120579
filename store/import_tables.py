"""The tables of documents that an office brings in as a plan: the draft of each, and the answers to it."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.types import instant, one_of


class PlanImport(SQLModel, table=True):
    """A document of the office's; it does nothing until an admin adopts the plan that is made of it.

    It is `waiting` while its bytes are with the platform and not read, `asking` once it was read, and `refused` (`why`
    names the sentence) with nothing of it kept. `draft` is JSON as the reading process answers it.
    """

    __tablename__ = "plan_import"
    __table_args__ = (
        UniqueConstraint("source"),
        one_of("state", ("waiting", "asking", "adopted", "dropped", "refused")),
        Index(
            "plan_import_waiting",
            "not_before",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    source: str
    name: str
    made_at: datetime = instant()
    made_by: int | None = Field(default=None, foreign_key="person.id")
    via: str
    state: str
    channel: str = ""
    file_id: str = ""
    attempts: int = 0
    not_before: datetime | None = instant(nullable=True)
    why: str = ""
    sha256: str | None = Field(default=None, sa_column=Column(ForeignKey("blob.sha256"), nullable=True))
    draft: str = Field(default="", sa_column=Column(Text, nullable=False))
    plan_id: str | None = Field(default=None, foreign_key="plan.id")
    decided_at: datetime | None = instant(nullable=True)
    decided_by: int | None = Field(default=None, foreign_key="person.id")


class PlanAnswer(SQLModel, table=True):
    """One answer to a question of a draft, kept for good; the last one to each question holds.

    `choice` is the key of an offered answer, `words` what was written; both are empty for one that was put off.
    """

    __tablename__ = "plan_import_answer"
    __table_args__ = (Index(None, "import_id"),)
    id: int | None = Field(default=None, primary_key=True)
    import_id: int = Field(foreign_key="plan_import.id")
    question: str
    choice: str
    words: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = instant()
    via: str
    person_id: int | None = Field(default=None, foreign_key="person.id")
