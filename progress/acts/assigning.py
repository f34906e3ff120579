"""Work that was given by word of mouth becomes work like any other, with a code of its own."""

from datetime import date

from plan.model import Agency, Decision, Kind, Milestone, Plan, Section, Task
from plan.status import EventKind
from progress.acts.dating import days_of
from progress.acts.decisions import Assign
from progress.acts.outcomes import Outcome
from progress.acts.scene import Scene
from progress.acts.telling import hearers, officers, short_names, untold_words
from store import audit, current_office, obligations, plan_sync, plans
from store.audit_actions import Action
from store.obligations import NewEvent
from store.postings import Identity
from store.tables import Obligation
from words import codes
from words.message import say
from words.office import Office

SECTION = "gv"


def assign(scene: Scene, act: Assign) -> Outcome:
    """A task of the year's plan of assigned work, owed by each of the agencies."""
    plan = _plan(scene, act.due.year)
    task = _task(scene, act)
    plan = plan.model_copy(update={"tasks": (*plan.tasks, task), "agencies": _known(scene.office)})
    plans.keep(scene.session, plan, scene.now)
    plan_sync.keep_agencies(scene.session, plan)
    for agency in act.agencies:
        _owe(scene, act, plan, task, agency)
    current_office.changed(scene.session)
    audit.record(
        scene.session,
        Action.WORK_ASSIGNED,
        f"task:{plan.id}:{task.code}",
        scene.now,
        via=act.said.via,
        actor=scene.actor.known,
        agencies=list(act.agencies),
        due=act.due.isoformat(),
        basis=act.said.note,
    )
    return _told(scene, act, plan, task)


def _told(scene: Scene, act: Assign, plan: Plan, task: Task) -> Outcome:
    office = scene.office
    notices, untold = officers(
        hearers(scene),
        scene.office,
        act.agencies,
        lambda own: office.text(
            "assign.notice",
            code=task.code,
            code_typed=codes.typeable(task.code),
            agencies=short_names(office, own),
            title=act.title,
            basis=act.said.note,
            **days_of(office, act.due),
        ),
        "work was assigned",
        Identity("assigned", f"{plan.id}:{task.code}"),
    )
    done = office.text("assign.done", code=task.code, agencies=short_names(office, act.agencies), due=act.due)
    return Outcome((say(done, untold_words(office, untold)),), notices)


def _plan(scene: Scene, year: int) -> Plan:
    """The plan of the work assigned for a year, made when the first is."""
    plan_id, office = f"{current_office.ASSIGNED}{year}", scene.office
    row = plans.get(scene.session, plan_id)
    if row is not None:
        return Plan.model_validate_json(row.content)
    name = office.text("assign.plan", year=year)
    return Plan(
        id=plan_id,
        name=name,
        short=name,
        year=year,
        decision=Decision(
            number=office.text("assign.section"),
            # Before any date of its year: a date before the signing would not count as one.
            date=date(year, 1, 1),
            issuer=office.compiler_name,
            title=name,
        ),
        compiler=office.compiler,
        sections=(Section(id=SECTION, title=office.text("assign.section")),),
        tasks=(),
        agencies=_known(office),
    )


def _known(office: Office) -> tuple[Agency, ...]:
    found = {agency.id: agency for plan in office.plans.values() for agency in plan.agencies}
    return tuple(found.values())


def _task(scene: Scene, act: Assign) -> Task:
    code, office = f"gv{_next_number(scene)}", scene.office
    return Task(
        code=code,
        section=SECTION,
        title=act.title,
        lead=act.agencies,
        lead_printed=", ".join(office.agency_name(agency) for agency in act.agencies),
        product=office.text("assign.product"),
        timing=office.text("assign.timing", due=act.due, basis=act.said.note),
        milestones=(Milestone(id=f"{code}.1", kind=Kind.DATED, printed=f"ngày {act.due:%d/%m/%Y}"),),
    )


def _next_number(scene: Scene) -> int:
    """Numbers go on over the years, so that no code means two things."""
    assigned = [
        int(task.code.removeprefix("gv"))
        for row in plans.all_of(scene.session)
        if current_office.is_assigned(row.id)
        for task in Plan.model_validate_json(row.content).tasks
    ]
    return max(assigned, default=0) + 1


def _owe(scene: Scene, act: Assign, plan: Plan, task: Task, agency: str) -> None:
    milestone, said = task.milestones[0], act.said
    row = Obligation(
        plan_id=plan.id,
        work=milestone.key,
        task=task.code,
        milestone=milestone.id,
        agency_id=agency,
        kind=milestone.kind,
        origin="chat",
    )
    scene.session.add(row)
    scene.session.flush()
    person = scene.actor.known
    event = NewEvent(EventKind.CREATED, scene.now, via=said.via, person_id=person, due=act.due, note=said.note)
    obligations.record(scene.session, row, event, scene.now)
