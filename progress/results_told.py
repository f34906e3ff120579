"""The results that a plan's document brings along: each as told by the office on paper, of its true day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from intake import results
from intake.draft import Draft
from intake.letters import plain
from intake.results import Result
from plan.model import Plan
from plan.status import State
from progress import importing
from progress.acts.decisions import RecordPaper
from progress.acts.on_paper import moment, take_in
from progress.acts.scene import Scene
from progress.importing import Work
from progress.submit import Statement
from store import obligations, plan_imports
from store.import_tables import PlanImport
from store.tables import Obligation


@dataclass(frozen=True)
class Told:
    """What a document says is done: by code what can be recorded, and the codes of what an admin has to say more of.

    A result without a day has no moment to be judged by, and one that several agencies owe is not said to be all of
    theirs.
    """

    certain: dict[str, Result]
    open: tuple[str, ...] = ()


def told(found: Work, plan: Plan) -> Told:
    """The results of a draft by the codes of its plan."""
    certain, unsure = {}, []
    titles = {each.code: plain(each.title) for each in found.draft.tasks}
    for code, result in _read(found.draft, found):
        task = next((each for each in plan.tasks if each.code == code), None)
        if task is None:
            continue
        # A change may leave codes as they were: the words say whether it is the work that the document means.
        alone = (
            plain(task.title) == titles[code]
            and len(task.milestones) == 1
            and len(plan.owners(task, task.milestones[0])) == 1
        )
        if alone and result.day is not None and task.milestones[0].rule is None and task.milestones[0].every is None:
            certain[code] = result
        else:
            unsure.append(code)
    return Told(certain, tuple(unsure))


def take(scene: Scene, act: RecordPaper, plan: Plan, what: Told) -> int:
    """Records the certain ones in the agencies' place; how many. `act` says who, from what and by which way."""
    count = 0
    for code, result in what.certain.items():
        task = plan.task(code)
        rows = obligations.of_work(scene.session, plan.id, task.milestones[0].key)
        for row in rows:
            if row.state == State.OPEN and result.day is not None:
                _take(scene, act, row, result)
                count += 1
    return count


def _take(scene: Scene, act: RecordPaper, row: Obligation, result: Result) -> None:
    assert result.day is not None
    said = replace(act.said, note=f"{result.words} ({act.said.note})")
    each = replace(act, said=said, rows=(row.id or 0,), day=result.day)
    take_in(scene, each, row, moment(scene.office, result.day, scene.now), confirmed=False)


def _read(draft: Draft, found: Work) -> Iterator[tuple[str, Result]]:
    for task in draft.tasks:
        result = results.read(task.result, found.today) if task.result else None
        if result is not None:
            yield task.code, result


def of_change(scene: Scene, said: Statement, import_id: int | None, plan: Plan) -> tuple[int, tuple[str, ...]]:
    """What the document of an adopted change tells: how many results were recorded, the codes of those that are open.

    Work that is answered already keeps its answer.
    """
    row = _document(scene, import_id)
    if row is None:
        return 0, ()
    what = told(importing.work(scene.session, scene.office, row, scene.now), plan)
    words = replace(said, note=scene.office.text("plan_import.told_by", name=row.name))
    act = RecordPaper(words, (), scene.office.today(scene.now))
    return take(scene, act, plan, what) if what.certain else 0, _still_open(scene, plan, what.open)


def is_any(scene: Scene, import_id: int | None, plan: Plan) -> bool:
    """Whether the document of a change tells results that nobody has recorded yet."""
    row = _document(scene, import_id)
    what = told(importing.work(scene.session, scene.office, row, scene.now), plan) if row is not None else Told({})
    return bool(_still_open(scene, plan, tuple(what.certain)))


def _document(scene: Scene, import_id: int | None) -> PlanImport | None:
    row = plan_imports.get(scene.session, import_id) if import_id is not None else None
    return row if row is not None and row.draft else None


def _still_open(scene: Scene, plan: Plan, named: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        code
        for code in named
        if any(
            row.state == State.OPEN
            for milestone in plan.task(code).milestones
            for row in obligations.of_work(scene.session, plan.id, milestone.key)
        )
    )
