"""/dinhchinh: a time that was read wrongly when a plan was taken over is put right, beside the document's own words."""

from datetime import date

from bot.carry_out import carry_out
from bot.decide import put_field_right, two_steps
from bot.questions.decisions import PuttingFieldRight, PuttingRight
from bot.turn import Turn
from bot.which import scope
from bot.which.owed import said_now
from plan.model import Kind, Milestone, Plan, milestone_number
from plan.status import OPEN_OR_ANSWERED
from progress.acts import decisions as acts
from store import obligations, plan_imports
from words.codes import fold
from words.dates import read_day

WITHOUT_A_DAY = {"thuong xuyen": Kind.ONGOING, "chua co han": Kind.UNDATED, "khong co han": Kind.UNDATED}


def put_right(turn: Turn, rest: str) -> None:
    """/dinhchinh 2b 30/01/2020 đọc nhầm ngày; 2b.2 thường xuyên …; 2b chủ trì: Phòng Tư pháp; …"""
    if two_steps.AGREED.match(fold(rest.strip())) and turn.question(PuttingFieldRight) is not None:
        two_steps.in_two_steps(turn, "putright", rest, _show, PuttingFieldRight, put_field_right.do)
        return
    two_steps.in_two_steps(turn, "putright", rest, _show, PuttingRight, _do)


def _show(turn: Turn, rest: str) -> None:
    found = scope.find_or_ask(turn, "putright", rest, "put_right.how")
    if found is None:
        return
    if (field := put_field_right.field_of(found.rest)) is not None:
        put_field_right.show(turn, found, field)
        return
    kind, due, why = _read(turn, found.rest)
    if kind is None or not why:
        turn.answer(turn.text("put_right.how"))
        return
    number = found.number or 1
    milestone = next((each for each in found.task.milestones if milestone_number(each.id) == number), None)
    if milestone is None or milestone.kind is Kind.PERIODIC:
        turn.answer(turn.text("put_right.none", code=found.code))
        return
    _propose(turn, found.plan, milestone, PuttingRight(plan=found.plan.id, milestone=milestone.id, due=due,
                                                      kind=kind, why=why))  # fmt: skip


def _propose(turn: Turn, plan: Plan, milestone: Milestone, decision: PuttingRight) -> None:
    """The document's own words beside what was read of them, and what is right."""
    rows = [row for row in obligations.of_work(turn.session, plan.id, milestone.key) if row.state in OPEN_OR_ANSWERED]
    text = turn.text(
        PuttingRight.shows,
        label=milestone.id,
        printed=milestone.printed,
        number=plan.decision.number,
        file=plan_imports.name_of(turn.session, plan.id),
        was=rows[0].planned if rows else milestone.due,
        due=decision.due,
        kind=decision.kind,
        count=len(rows),
        why=decision.why,
    )
    two_steps.propose(turn, decision, text)


def _read(turn: Turn, words: str) -> tuple[Kind | None, date | None, str]:
    """The kind and day that are right, and why; no kind where neither was said."""
    typed, _, why = words.strip().partition(" ")
    due = read_day(typed.strip(",;"), turn.office.today(turn.now))
    if due is not None:
        return Kind.DATED, due, two_steps.basis_in(why)
    folded = fold(words.strip())
    for said, kind in WITHOUT_A_DAY.items():
        if folded.startswith(said):
            return kind, None, two_steps.basis_in(words.strip()[len(said) :])
    return None, None, ""


def _do(turn: Turn, shown: PuttingRight) -> bool:
    act = acts.PutRight(said_now(turn, shown.why), shown.plan, shown.milestone, shown.due, shown.kind)
    return carry_out(turn, act).is_over
