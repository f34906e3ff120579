"""An admin takes the plan of an office's own document over: it is followed from now on."""

from dataclasses import replace

from progress import importing, results_told
from progress.acts.decisions import RecordPaper, TakeOver
from progress.acts.outcomes import Outcome, ToAdmins
from progress.acts.scene import Scene
from store import plan_drafts, plan_imports
from store.postings import Identity
from words.message import say


def take_over(scene: Scene, act: TakeOver) -> Outcome:
    """Done once, and only where the plan is what was shown; another version of a plan that serves waits as its change.

    Raises PlanError where the plan contradicts itself.
    """
    text, session = scene.office.text, scene.session
    row = plan_imports.get(session, act.document)
    if row is None or row.state != plan_imports.ASKING:
        return Outcome((say(text("plan_import.over")),), is_over=True)
    found = importing.work(session, scene.office, row, scene.now)
    if found.blocked or importing.seen(importing.plan_of(scene.office, found)) != act.seen:
        return Outcome((say(text("plan_import.changed")),), is_over=True)
    by, via = scene.actor.person_id, act.said.via
    plan = importing.adopt(session, scene.office, found, scene.now, by=by, via=via)
    if plan is None:
        waits = plan_drafts.waiting(session, row.plan_id)
        words = text("plan_import.version") if waits else text("own_sheet.same", name=row.name)
        return Outcome((say(words),), is_over=True)
    told = results_told.told(found, plan)
    said = replace(act.said, note=text("plan_import.told_by", name=row.name))
    recorded = (
        results_told.take(scene, RecordPaper(said, (), scene.office.today(scene.now)), plan, told)
        if told.certain
        else 0
    )
    words = text("plan_import.adopted", **importing.figures(plan), recorded=recorded, unsure=list(told.open))
    notice = ToAdmins(words, "a plan was taken over", Identity("plan-imported", row.id), None)
    return Outcome((say(words),), (notice,), is_over=True)
