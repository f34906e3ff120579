"""/assign: work that was given by word of mouth becomes work like any other, with a code of its own."""

import re
from datetime import date
from typing import Any

from bot import notify, reference
from bot.decide import two_steps
from bot.questions.decisions import Assignment
from bot.questions.wishes import AssignWish
from bot.turn import Turn
from bot.which import scope
from plan.model import Decision, Kind, Milestone, Plan, Section, Task
from plan.status import EventKind
from store import audit, current_office, obligations, plans
from store.postings import Identity
from store.tables import Obligation
from words import codes
from words.dates import read_day

SECTION = "gv"
BASIS = re.compile(r"\s*[;.,]?\s+(?=can cu\b)")


def assign(turn: Turn, rest: str) -> None:
    """/giaoviec tuphap[, yte] 15/02/2020 nội dung; căn cứ …."""
    two_steps.in_two_steps(turn, "assign", rest, _show, Assignment, _do)


def _show(turn: Turn, rest: str) -> None:
    agencies, after = reference.leading_agencies(turn.office, rest)
    typed, _, told = after.partition(" ")
    due = read_day(typed.strip(",;"), turn.office.today(turn.now))
    title, basis = _title_and_basis(told)
    if not agencies or due is None or not title:
        turn.answer(turn.text("assign.how"))
        return
    weigh(turn, AssignWish(agencies=agencies, due=due, title=title), basis)


def weigh(turn: Turn, wish: AssignWish, basis: str) -> None:
    """Shows the work that would be assigned, or asks for its basis; a day that is over is said."""
    due = wish.due
    if turn.office.calendar.late_after(due) < turn.office.today(turn.now):
        turn.answer(turn.text("dating.past", due=due))
        return
    if due > (last := turn.office.last_day(turn.office.today(turn.now))):
        turn.answer(turn.text("dating.too_far", due=due, last=last))
        return
    if not (basis := two_steps.basis_in(basis)):
        two_steps.ask_basis(turn, wish)
        return
    decision = Assignment(agencies=wish.agencies, due=due, title=wish.title, basis=basis)
    text = turn.text(
        Assignment.shows,
        agencies=scope.short_names(turn.office, wish.agencies),
        count=len(wish.agencies),
        title=wish.title,
        basis=basis,
        **_days(turn, due),
    )
    two_steps.propose(turn, decision, text)


def _title_and_basis(told: str) -> tuple[str, str]:
    """What is to be done, and what it rests on: that begins with the words "căn cứ"."""
    folded = codes.fold(told)
    match = BASIS.search(folded) if len(folded) == len(told) else None
    if match is None:
        return told.strip(), ""
    return told[: match.start()].strip(), told[match.end() :]


def _days(turn: Turn, due: date) -> dict[str, date]:
    calendar = turn.office.calendar
    return {"due": due, "anchor": calendar.anchor(due), "late_after": calendar.late_after(due)}


def _do(turn: Turn, shown: Assignment) -> None:
    due, title, basis, agencies = shown.due, shown.title, shown.basis, shown.agencies
    plan = _plan(turn, due.year)
    task = _task(turn, agencies, due, title, basis)
    plan = plan.model_copy(update={"tasks": (*plan.tasks, task), "agencies": _known(turn)})
    plans.keep(turn.session, plan, turn.now)
    obligations.keep_agencies(turn.session, plan)
    for agency in agencies:
        _owe(turn, plan.id, task, agency, due, basis)
    current_office.changed(turn.session)
    audit.record(
        turn.session,
        "work.assigned",
        f"task:{plan.id}:{task.code}",
        turn.now,
        via=turn.via,
        actor=turn.person_id,
        agencies=list(agencies),
        due=due.isoformat(),
        basis=basis,
    )
    untold = notify.officers(
        turn,
        agencies,
        lambda own: turn.text(
            "assign.notice",
            code=task.code,
            command=f"/done_{codes.typeable(task.code)}",
            agencies=scope.short_names(turn.office, own),
            title=title,
            basis=basis,
            **_days(turn, due),
        ),
        "work was assigned",
        identity=Identity("assigned", f"{plan.id}:{task.code}"),
    )
    turn.answer(
        turn.text("assign.done", code=task.code, agencies=scope.short_names(turn.office, agencies), due=due),
        turn.text("ending.untold", agencies=scope.short_names(turn.office, untold)) if untold else "",
    )


def _plan(turn: Turn, year: int) -> Plan:
    """The plan of the work assigned for a year, made when the first is."""
    plan_id = f"{current_office.ASSIGNED}{year}"
    row = plans.get(turn.session, plan_id)
    if row is not None:
        return Plan.model_validate_json(row.content)
    return Plan(
        id=plan_id,
        name=turn.text("assign.plan", year=year),
        short=turn.text("assign.plan", year=year),
        year=year,
        decision=Decision(
            number=turn.text("assign.section"),
            # Before any date of its year: a date before the signing would not count as one.
            date=date(year, 1, 1),
            issuer=turn.office.compiler_name,
            title=turn.text("assign.plan", year=year),
        ),
        compiler=turn.office.compiler,
        sections=(Section(id=SECTION, title=turn.text("assign.section")),),
        tasks=(),
        agencies=_known(turn),
    )


def _known(turn: Turn) -> tuple[Any, ...]:
    found = {agency.id: agency for plan in turn.office.plans.values() for agency in plan.agencies}
    return tuple(found.values())


def _task(turn: Turn, agencies: tuple[str, ...], due: date, title: str, basis: str) -> Task:
    code = f"gv{_next_number(turn)}"
    return Task(
        code=code,
        section=SECTION,
        title=title,
        lead=agencies,
        lead_printed=", ".join(turn.office.agency_name(agency) for agency in agencies),
        product=turn.text("assign.product"),
        timing=turn.text("assign.timing", due=due, basis=basis),
        milestones=(Milestone(id=f"{code}.1", kind=Kind.DATED, printed=f"ngày {due:%d/%m/%Y}"),),
    )


def _next_number(turn: Turn) -> int:
    """Numbers go on over the years, so that no code means two things."""
    assigned = [
        int(task.code.removeprefix("gv"))
        for row in plans.all_of(turn.session)
        if current_office.is_assigned(row.id)
        for task in Plan.model_validate_json(row.content).tasks
    ]
    return max(assigned, default=0) + 1


def _owe(turn: Turn, plan_id: str, task: Task, agency: str, due: date, basis: str) -> None:
    milestone = task.milestones[0]
    row = Obligation(
        plan_id=plan_id, task=task.code, milestone=milestone.id, agency_id=agency, kind=milestone.kind, origin="chat"
    )
    turn.session.add(row)
    turn.session.flush()
    obligations.record(
        turn.session,
        row,
        EventKind.CREATED,
        turn.now,
        turn.now,
        via=turn.via,
        person_id=turn.person_id,
        due=due,
        note=basis,
    )
