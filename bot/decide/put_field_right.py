"""/dinhchinh 2b chủ trì: Phòng Tư pháp; đọc nhầm cột: words, leads or a rhythm that were read wrongly are put right."""

import re

from bot.carry_out import carry_out
from bot.decide import two_steps
from bot.questions.decisions import PuttingFieldRight
from bot.turn import Turn
from bot.which.owed import said_now
from bot.which.scope import Scope
from plan.errors import PlanError
from plan.model import Task, milestone_number
from plan.status import ANSWERED
from progress import misread
from progress.acts.decisions import PutFieldRight
from progress.misread import Field, Misread
from reports.figures import moved_in_words, summary
from store import obligations, plan_imports, plan_sync
from words.codes import fold

FIELDS: dict[str, Field] = {
    "ten": "title", "noi dung": "title", "title": "title", "chu tri": "lead", "lead": "lead", "ky": "rhythm",
    "dinh ky": "rhythm", "rhythm": "rhythm",
}  # fmt: skip
FORM = re.compile(rf"({'|'.join(sorted(FIELDS, key=len, reverse=True))})\s?[:=]\s?")
FAULTS = 3


def field_of(words: str) -> Field | None:
    """Which field the words behind a code put right: «chủ trì: …»; None where they are about a day."""
    match = FORM.match(fold(words.strip()))
    return FIELDS[match[1]] if match else None


def show(turn: Turn, found: Scope, field: Field) -> None:
    """The document's words, what was read, what is right, and what becomes of what is owed."""
    _, _, said = re.split(r"([:=])", found.rest, maxsplit=1)
    right, _, why = said.rpartition(";")
    number = found.number or 1
    milestone = next((each for each in found.task.milestones if milestone_number(each.id) == number), None)
    if not right.strip() or not why.strip() or milestone is None:
        turn.answer(turn.text("put_right.how"))
        return
    try:
        read = misread.read(found.plan, found.task, milestone, field, right.strip())
    except PlanError as error:
        turn.answer(turn.text("plan_import.broken", faults="; ".join(each.what for each in error.faults[:FAULTS])))
        return
    if read is None:
        turn.answer(turn.text("put_right.no_field", code=found.code, words=right.strip()))
        return
    _propose(turn, found, read, two_steps.basis_in(why.strip()))


def _propose(turn: Turn, found: Scope, read: Misread, why: str) -> None:
    plan, task = found.plan, found.task
    calendar, today = turn.office.calendar, turn.office.today(turn.now)
    was, will = (plan_sync.wanted_by(each, calendar, today) for each in (plan, misread.right(plan, task, read)))
    gone = [row for key in was if key not in will for row in obligations.of_work(turn.session, plan.id, key[0])
            if (row.occurrence, row.agency_id) == key[1:]]  # fmt: skip
    text = turn.text(
        PuttingFieldRight.shows,
        code=found.code,
        field=read.field,
        number=plan.decision.number,
        file=plan_imports.name_of(turn.session, plan.id),
        printed=_printed(task, read),
        before=read.before,
        after=read.after,
        why=why,
        gone=len(gone),
        answered=sum(row.state in ANSWERED for row in gone),
        added=len(will.keys() - was.keys()),
    )
    decision = PuttingFieldRight(
        plan=plan.id, code=task.code, work=read.work, was=read.was, becomes=read.becomes, why=why
    )
    two_steps.propose(turn, decision, text)


def _printed(task: Task, read: Misread) -> str:
    return {"title": "", "lead": task.lead_printed, "rhythm": task.timing}[read.field]


def do(turn: Turn, shown: PuttingFieldRight) -> bool:
    """What was shown, and the figures from before it to after it."""
    before = summary.build(turn.session, turn.office, turn.now)
    said = said_now(turn, shown.why)
    act = PutFieldRight(said, shown.plan, shown.code, shown.work, shown.was, shown.becomes)
    outcome = carry_out(turn, act)
    turn.answer(*moved_in_words.explained(turn.session, turn.office, turn.now, before, shown.plan))
    return outcome.is_over
