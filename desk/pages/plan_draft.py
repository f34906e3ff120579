"""One document that is to become a plan: its figures, its questions, its work as a table, and taking it over."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from desk import acting, forms, pressing
from desk.desk import Asked, Desk
from desk.drafts import questions, table
from desk.page import render
from desk.pages.plans import CHANGES, PATH
from desk.requests import posted
from desk.viewer import Viewer
from intake.draft import Place
from intake.said import left_out
from intake.said import place as placed
from intake.settled import said
from intake.settled.becoming import StillAskedError
from intake.settled.values import Given, Question
from plan.errors import PlanError
from plan.model import Plan
from progress import amending, importing
from progress.acts.decisions import TakeOver
from progress.importing import Work
from progress.preview import PreviewMessage
from reports.attachments import attach
from reports.story.events_in_words import ON_SCREEN
from reports.word import opinion
from store import plan_drafts, plan_imports
from store.import_tables import PlanAnswer, PlanImport
from words.message import Message, say
from words.office import Office

FAULTS, NAMES, AGENCIES = 8, 40, 12
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Outlook:
    """What a draft would be as it stands: the plan, whether it changes one that serves, or why it is none yet."""

    plan: Plan | None = None
    former: Plan | None = None
    faults: tuple[str, ...] = ()


def routes(desk: Desk) -> list[Route]:
    """Where the forms go."""
    return [
        Route(f"{PATH}/{{number}}/tra-loi", posted(desk, answer), methods=["POST"]),
        Route(f"{PATH}/{{number}}/bo", posted(desk, drop), methods=["POST"]),
        Route(f"{PATH}/{{number}}/dua-vao", posted(desk, take_over), methods=["POST"]),
    ]


def work_of(asked: Asked) -> Work:
    """The draft of the number in the address; raises HTTPException(404) for one that is not worked on."""
    row = open_draft(asked.session, asked.number("number"))
    if row is None:
        raise HTTPException(404)
    return importing.work(asked.session, asked.office, row, asked.now)


def open_draft(session: Session, number: int) -> PlanImport | None:
    """A document that is worked on; None where it became a plan, was given up or never came."""
    row = plan_imports.get(session, number)
    return row if row is not None and row.state == plan_imports.ASKING else None


def show(asked: Asked) -> Response:
    """The draft; raises HTTPException(404) for one that is not worked on."""
    found = work_of(asked)
    outlook = outlook_of(asked, found)
    return render(
        asked,
        "plan_draft.html",
        path=f"{PATH}/{found.row.id}",
        row=found.row,
        head=found.draft.head,
        figures=said.figures(asked.office.text, found.draft),
        articles=[(placed(asked.office.text, where), words) for where, words in _articles(found)],
        amends=found.amends,
        questions=questions.groups(asked.office, found),
        left_out=_left_out(asked, found),
        columns=table.COLUMNS,
        rows=table.rows(asked.office, found),
        outlook=outlook,
        may=asked.viewer.is_admin,
        seen=importing.seen(outlook.plan) if outlook.plan else "",
        **_first_month(asked, outlook),
    )


def taking_over(asked: Asked) -> Response:
    """The second look before a plan is followed; raises HTTPException(404) for who may not, and while there is none."""
    found = work_of(asked)
    outlook = outlook_of(asked, found)
    if not asked.viewer.is_admin or outlook.plan is None or outlook.former is not None:
        raise HTTPException(404)
    names = [each.short for each in outlook.plan.agencies]
    late = importing.late(asked.office, outlook.plan, asked.now)
    return render(
        asked,
        "plan_taking_over.html",
        path=f"{PATH}/{found.row.id}",
        figures=importing.figures(outlook.plan),
        names=", ".join(names[:NAMES]) + ("…" if len(names) > NAMES else ""),
        late=asked.t("plan_import.late", count=late) if late else "",
        seen=importing.seen(outlook.plan),
        open_questions=len(found.waiting),
        **_first_month(asked, outlook),
    )


def opinion_sheet(asked: Asked) -> Response:
    """What is open, to print and to ask a leader with; raises HTTPException(404) where nothing is."""
    number = asked.number("number")
    made = opinion.build(asked.session, asked.office, number, asked.now)
    if made is None:
        raise HTTPException(404)
    data = opinion.opinion_docx(made, asked.desk.templates)
    name = f'attachment; filename="{attach.opinion_name(number)}"'
    return Response(data, media_type=WORD, headers={"Content-Disposition": name})


def outlook_of(asked: Asked, found: Work) -> Outlook:
    """The plan as it would be now."""
    if found.blocked:
        return Outlook()
    try:
        plan = importing.plan_of(asked.office, found)
    except StillAskedError:
        return Outlook()
    except PlanError as error:
        return Outlook(faults=tuple(each.what for each in error.faults[:FAULTS]))
    return Outlook(plan, importing.served(asked.office, plan, found.draft))


def answer(asked: Asked) -> Response:
    """Keeps an answer: one that is offered, words, or «để sau»."""
    number = asked.number("number")

    def give(session: Session, office: Office, by: Viewer) -> list[Message]:
        row = open_draft(session, number)
        if row is None:
            return [say(office.text("desk_plan.over"))]
        found = importing.work(session, office, row, asked.now)
        question = next((each for each in found.asked if each.key == forms.word(asked.form, "question")), None)
        if question is None:
            return [say(office.text("desk_plan.question_over"))]
        given = _given(asked, found, question)
        if given is None:
            hint = said.hint(office.text, question)
            return [say(office.text("plan_import.not_an_answer", number=found.number(question), hint=hint))]
        importing.give(session, found, question, given, by_whom(asked, by))
        if given == Given():
            return [say(office.text("plan_import.noted_later"))]
        return [say(office.text("plan_import.noted", answer=importing.answered(office, found, question, given)))]

    nonce = pressing.once(asked, give)
    return RedirectResponse(forms.with_said(f"{PATH}/{number}", nonce), 303)


def drop(asked: Asked) -> Response:
    """Gives a document up."""
    number = asked.number("number")

    def give_up(session: Session, office: Office, by: Viewer) -> list[Message]:
        row = open_draft(session, number)
        if row is None:
            return [say(office.text("desk_plan.over"))]
        importing.drop(session, row, asked.now, by=by.person_id, via=ON_SCREEN)
        return [say(office.text("plan_import.dropped", name=row.name))]

    return RedirectResponse(forms.with_said(PATH, pressing.once(asked, give_up)), 303)


def take_over(asked: Asked) -> Response:
    """The plan is followed as it was shown; another version of one that serves waits as its change, which is shown."""
    number, nonce = asked.number("number"), pressing.nonce_of(asked)
    made = TakeOver(acting.said_here(asked.viewer, nonce, asked.now), number, forms.word(asked.form, "seen"))
    try:
        acting.carry_out(asked.desk, asked.viewer, made, nonce, asked.now)
    except (PlanError, StillAskedError):
        # It changed since it was shown, and says on its page what is wrong with it now.
        return RedirectResponse(f"{PATH}/{number}", 303)
    with asked.anew() as again:
        if open_draft(again.session, number) is not None:
            return RedirectResponse(forms.with_said(f"{PATH}/{number}", nonce), 303)
        change = next((each for each in plan_drafts.waiting(again.session) if each.import_id == number), None)
    if change is not None:
        return RedirectResponse(f"{CHANGES}/{change.id}", 303)
    return RedirectResponse(forms.with_said(PATH, nonce), 303)


def by_whom(asked: Asked, by: Viewer) -> PlanAnswer:
    """Who answers, when and by which way."""
    return PlanAnswer(
        import_id=0, question="", choice="", words="", at=asked.now, via=ON_SCREEN, person_id=by.person_id
    )


def _given(asked: Asked, found: Work, question: Question) -> Given | None:
    """The answer of a form; None for words that answer nothing. Raises HTTPException(400) for no form of ours."""
    choice, words = forms.word(asked.form, "choice"), forms.word(asked.form, "words")
    if forms.word(asked.form, "later") and not question.blocks:
        return Given()
    if choice and question.option(choice) is not None:
        return Given(option=choice)
    if not words:
        raise HTTPException(400)
    return importing.accepted(found, question, words)


def _left_out(asked: Asked, found: Work) -> list[tuple[str, list[tuple[str, str]]]]:
    """What became nothing of the plan, by why."""
    text = asked.office.text
    ordered = sorted(found.draft.left_out, key=lambda each: each.why)
    return [
        (left_out(text, why), [(placed(text, each.place), each.words) for each in them])
        for why, them in groupby(ordered, lambda each: each.why)
    ]


def _first_month(asked: Asked, outlook: Outlook) -> dict[str, Any]:
    """What would be sent in the next thirty days, by day; nothing of what changes a plan that serves."""
    plan = outlook.plan
    if plan is None or outlook.former is not None:
        return {"messages": [], "message_count": 0, "message_agencies": 0}
    first = importing.first_month(asked.office, plan, asked.office.today(asked.now))
    shorts = {each: plan.agency(each).short for each in plan.owing()}
    lines = []
    for day, them in groupby(first, lambda each: each.day):
        said = [f"{shorts[each.agency]} – {_codes(each)}" for each in them]
        lines.append((day, said[:AGENCIES], len(said[AGENCIES:])))
    return {
        "messages": lines,
        "message_count": len(first),
        "message_agencies": len({each.agency for each in first}),
    }


def _codes(message: PreviewMessage) -> str:
    return ", ".join(dict.fromkeys(item.code for item in message.items))


def _articles(found: Work) -> list[tuple[Place, str]]:
    """The points of an amendment, each once, though it orders several things."""
    revision = found.draft.revision
    if revision is None or not amending.is_by_articles(found.draft):
        return []
    return list(dict.fromkeys((each.place, each.words) for each in revision.articles))
