"""`plan import`, `drafts`, `questions`, `answer`, `export`: the office's own document as a plan, without the chat."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from app import reading, settings, wiring
from app.wiring import Service
from cli import told_results
from cli.output import console, print_json, print_table, say
from cli.plan_steps import show
from cli.reading import content_of
from intake.draft import OwnSheet
from intake.errors import RefusedError
from intake.said import refusal
from intake.settled import asking, said
from intake.settled.values import Given, Question
from plan.errors import NhacViecError
from progress import importing, revising, revising_words
from progress.importing import Work
from store import plan_imports
from store.import_tables import PlanAnswer
from words.agency_lists import lists
from words.codes import fold
from words.message import plain

LATER = frozenset({"later", "de sau", "-"})
Json = Annotated[bool, typer.Option("--json", help="Stable JSON instead of a table.")]
Number = Annotated[int | None, typer.Argument(help="The draft's number; the only one that waits where none is given.")]


LISTS = ", ".join(each.key for each in lists())


class NoSuchDraftError(NhacViecError):
    """No draft of an imported document bears the number, or several wait and none was named."""


class DraftAnswerError(NhacViecError):
    """What was written answers no question of the draft, or one that must be answered first is not."""


def import_(
    file: Annotated[Path, typer.Argument(help="The office's document, as for `plan read`.")],
    agencies: Annotated[str, typer.Option(help=f"A list for «các phòng, ban»: {LISTS}.")] = "",
) -> None:
    """Reads the office's own document and keeps it with its draft; nothing is followed before `plan adopt`."""
    if agencies and all(each.key != agencies for each in lists()):
        raise DraftAnswerError(f"No list is called {agencies}; there are {LISTS}.")
    # The first document of a new office may come before its first start.
    service = _agreeing(wiring.open_service(settings.read()))
    text = service.office.text
    try:
        data = content_of(file)
        draft = reading.read(data, service.settings)
    except RefusedError as error:
        console(stderr=True).print(refusal(text, error), style="red", markup=False, highlight=False)
        raise typer.Exit(2) from error
    now = service.clock()
    with service.store.unit() as session:
        if draft.revision is not None and draft.revision.sheet is not None:
            _take_sheet(service, session, file.name, data, draft.revision.sheet)
            return
        if (known := plan_imports.same(session, data)) is not None:
            say(f"The same document is draft {known.id} already ({known.state}); nothing was changed.")
            return
        row = plan_imports.new(session, file.name, now, "cli", None)
        importing.read(session, row, data, draft)
        if agencies:
            _take_list(session, importing.work(session, service.live.of(session), row, now), agencies, now)
        found = importing.work(session, service.live.of(session), row, now)
        say(plain(f"Draft {row.id}: {said.figures(text, found.draft)}."))
        say(f"{len(found.waiting)} questions, {len(found.blocked)} come first: nhacviec plan questions {row.id}")


def _take_sheet(service: Service, session: Session, name: str, data: bytes, sheet: OwnSheet) -> None:
    """The plan's own sheet that came back: what it changes waits to be adopted."""
    now, office = service.clock(), service.live.of(session)
    if (known := plan_imports.same(session, data)) is not None:
        say(f"The same file came as document {known.id} already ({known.state}); nothing was changed.")
        return
    row = plan_imports.new(session, name, now, "cli", None)
    try:
        found = revising.take_sheet(session, office, row, data, sheet, now)
    except revising_words.REFUSED as error:
        for line in revising_words.refusal(office, error):
            console(stderr=True).print(plain(line), style="red", markup=False, highlight=False)
        raise typer.Exit(2) from error
    if found is None:
        say(plain(office.text("own_sheet.same", name=name)))
        return
    show(found)
    say("It waits to be adopted: nhacviec plan adopt")


def _take_list(session: Session, found: Work, agencies: str, now: datetime) -> None:
    """Answers with a list of agencies every question to which it is an answer."""
    for question in found.asked:
        if (offered := question.option(f"{asking.LISTED}-{agencies}")) is not None:
            by = PlanAnswer(import_id=0, question="", choice="", words="", at=now, via="cli")
            importing.give(session, found, question, Given(option=offered.key), by)
        elif question.doubt.kind == "group" and asking.may_be_offices(question.doubt):
            names = next(each.agencies for each in lists() if each.key == agencies)
            by = PlanAnswer(import_id=0, question="", choice="", words="", at=now, via="cli")
            importing.give(session, found, question, Given(words="; ".join(names)), by)


def drafts(json: Json = False) -> None:
    """Lists the documents that were read and do not serve yet."""
    service = wiring.open_existing(settings.read())
    with service.store.look() as session:
        office = service.live.of(session)
        found = [importing.work(session, office, row, service.clock()) for row in plan_imports.open_ones(session)]
        if json:
            print_json([_draft_json(each) for each in found])
            return
        rows = [
            (each.row.id, each.row.name, each.draft.head.title or "", len(each.draft.tasks), len(each.draft.duties),
             len(each.waiting), len(each.blocked))
            for each in found
        ]  # fmt: skip
        print_table("Drafts", ("draft", "file", "title", "tasks", "duties", "questions", "to be answered first"), rows)


def questions(draft: Number = None, json: Json = False) -> None:
    """Lists what a draft leaves open, with the answers that are offered, those that block first."""
    service = wiring.open_existing(settings.read())
    text = service.office.text
    with service.store.look() as session:
        found = work_of(service, session, draft)
        if json:
            print_json([_question_json(service, found, each) for each in found.asked])
            return
        rows = [
            (found.number(each), "yes" if each.blocks else "", said.place(text, each),
             " ".join(filter(None, (said.question(text, each), said.members(text, each)))),
             " / ".join([f"{at}: {said.option(text, offered)}" for at, offered in enumerate(each.options, 1)]
                        or [said.hint(text, each)]),
             _given(service, found, each))
            for each in found.asked
        ]  # fmt: skip
        columns = ("no.", "blocks", "place", "question", "answers", "answered")
        print_table(f"Draft {found.row.id}: {len(found.waiting)} questions are open", columns, rows)


def answer(
    draft: Annotated[int, typer.Argument(help="The draft's number.")],
    number: Annotated[int, typer.Argument(help="The question's number.")],
    choice: Annotated[str, typer.Argument(help="The number of an offered answer, written words, or later.")],
) -> None:
    """Answers a question of a draft; the last answer to each holds."""
    service = opened()
    with service.store.unit() as session:
        found = work_of(service, session, draft)
        if not 1 <= number <= len(found.asked):
            raise DraftAnswerError(f"Draft {draft} has {len(found.asked)} questions and no number {number}.")
        question = found.asked[number - 1]
        put_off = fold(choice) in LATER and not question.blocks
        given = Given() if put_off else importing.accepted(found, question, choice)
        if given is None:
            hint = said.hint(service.office.text, question)
            raise DraftAnswerError(f"«{choice}» does not answer question {number}. {hint}")
        by = PlanAnswer(import_id=0, question="", choice="", words="", at=service.clock(), via="cli")
        importing.give(session, found, question, given, by)
        say(plain(importing.answered(service.office, found, question, given)) if given != Given() else "later")


def adopt(service: Service, draft: int, *, yes: bool, by: str | None = None) -> None:
    """Makes a draft the plan that is followed, after a look at it; `by` answers for the results that it tells."""
    now = service.clock()
    with service.store.unit() as session:
        office, found = service.live.of(session), work_of(service, session, draft)
        if found.blocked:
            numbers = ", ".join(str(found.number(each)) for each in found.blocked)
            raise DraftAnswerError(f"Draft {draft} waits for the answers to {numbers}: nhacviec plan questions {draft}")
        plan = importing.plan_of(office, found)
        first = importing.first_month(office, plan, office.today(now))
        say(f"{plan.label}: {len(plan.all_tasks)} tasks, {len(plan.agencies)} agencies, {len(first)} reminders in the "
             "next 30 days.")  # fmt: skip
        if not yes and not typer.confirm("Follow it from now on?"):
            raise typer.Exit(1)
        person = told_results.admin(session, by) if by is not None else None
        adopted = importing.adopt(session, office, found, now, by=person, via="cli")
        if adopted is None:
            say("It is another version of a plan that is followed. See what changes and adopt it: nhacviec plan adopt")
        else:
            say(f"{plan.label} ({plan.id}) is followed from now on.")
            told_results.keep(session, replace(office, plans={**office.plans, plan.id: adopted}), found, now, person)


def opened() -> Service:
    """The service of a record that is there, with its obligations as its plans have them."""
    return _agreeing(wiring.open_existing(settings.read()))


def _agreeing(service: Service) -> Service:
    wiring.sync(service)
    return service


def work_of(service: Service, session: Session, draft: int | None) -> Work:
    """The draft of a number, or the only one; raises NoSuchDraftError."""
    rows = plan_imports.open_ones(session)
    chosen = [row for row in rows if draft is None or row.id == draft]
    if len(chosen) != 1:
        numbers = ", ".join(str(row.id) for row in rows) or "none"
        raise NoSuchDraftError(f"Name one of the drafts that wait: {numbers}.")
    return importing.work(session, service.live.of(session), chosen[0], service.clock())


def _given(service: Service, found: Work, question: Question) -> str:
    given = found.answers.get(question.key)
    if given is None:
        return ""
    return importing.answered(service.office, found, question, given) if given != Given() else "later"


def _draft_json(found: Work) -> dict[str, object]:
    return {
        "draft": found.row.id,
        "file": found.row.name,
        "title": found.draft.head.title,
        "tasks": len(found.draft.tasks),
        "duties": len(found.draft.duties),
        "left_out": len(found.draft.left_out),
        "questions": len(found.waiting),
        "blocking": len(found.blocked),
    }


def _question_json(service: Service, found: Work, question: Question) -> dict[str, object]:
    text = service.office.text
    return {
        "number": found.number(question),
        "kind": question.doubt.kind,
        "about": list(question.about),
        "place": said.place(text, question),
        "words": question.doubt.words,
        "question": said.question(text, question),
        "answers": [said.option(text, each) for each in question.options],
        "typed": str(question.typed),
        "blocks": question.blocks,
        "answered": _given(service, found, question) or None,
    }
