"""Phiếu xin ý kiến lãnh đạo: what a document leaves open and no admin can answer, on paper, with room for the word of
who can."""

from datetime import datetime
from pathlib import Path

from pydantic import Field
from sqlmodel import Session

from intake.settled import said
from plan.model import Value
from progress import importing
from reports.word import letterhead, templates
from reports.word.letterhead import Head
from reports.word.prose import day
from store import plan_imports
from store.current_office import is_assigned
from words.office import Office

OPINION = "opinion.docx"


class OpinionItem(Value):
    """One question of the sheet's table."""

    number: int = Field(description="STT")
    place: str = Field(description="the task and the place in the document")
    question: str = Field(description="what is asked, with the document's own words")
    answers: str = Field(description="the answers that are offered; empty where none is")


class OpinionWords(Value):
    """Everything that opinion.docx can say."""

    head: Head = Field(description="the letterhead, from the plan's data or the document's issuer")
    day: str = Field(description="the day of the sheet")
    title: str = Field(description="the title of the document")
    number: str = Field(description="its number; empty where it has none yet")
    document: str = Field(description="the name of the file")
    count: int = Field(description="how many questions there are")
    questions: tuple[OpinionItem, ...] = Field(description="the questions that wait, those that block first")


def build(session: Session, office: Office, draft: int, now: datetime) -> OpinionWords | None:
    """The sheet of a draft that is worked on; None where there is none, or nothing of it is open."""
    row = plan_imports.get(session, draft)
    if row is None or row.state != plan_imports.ASKING:
        return None
    found = importing.work(session, office, row, now)
    open_ones = importing.all_open(found)
    if not open_ones:
        return None
    plan = next((each for each in reversed(list(office.plans.values())) if not is_assigned(each.id)), None)
    given = plan.letterhead.letter if plan else letterhead.NOTHING
    today, head = office.today(now), found.draft.head
    issuer = head.issuer or (office.compiler_name if plan else "")
    return OpinionWords(
        head=letterhead.head(office, given, today.year, issuer=issuer),
        day=day(today),
        title=head.title or row.name,
        number=head.number or "",
        document=row.name,
        count=len(open_ones),
        questions=tuple(
            OpinionItem(
                number=number,
                place=said.place(office.text, each),
                question=said.question(office.text, each),
                answers="; ".join(said.option(office.text, offered) for offered in each.options),
            )
            for number, each in enumerate(open_ones, 1)
        ),
    )


def opinion_docx(sheet: OpinionWords, folder: Path) -> bytes:
    """The sheet as .docx from the template in `folder`; raises TemplateError."""
    return templates.render(folder / OPINION, sheet)
