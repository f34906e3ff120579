"""An admin adopts what a plan is to become; the officers whose work it touches hear what changes for them."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from plan.amendment import Amendment, Op, Step
from plan.model import Plan
from progress import recipients, results_told
from progress.acts.decisions import AdoptPlan
from progress.acts.outcomes import Outcome, ToPerson
from progress.acts.scene import Scene
from progress.acts.telling import officers, untold_words
from store import plan_drafts
from store.plan_drafts import Adopter
from store.plan_tables import PlanDraft
from store.postings import Identity
from words.message import say
from words.office import Office
from words.render import clip

WORDS, TOLD = 110, 12


def adopt(scene: Scene, act: AdoptPlan) -> Outcome:
    """Done once, and only where nothing about it has changed since it was shown."""
    session, office = scene.session, scene.office
    draft = plan_drafts.get(session, act.draft)
    if draft is None or draft.state != plan_drafts.WAITING:
        return Outcome((say(office.text("amend.over")),), is_over=True)
    if seen(plan_drafts.amendment(session, draft)) != act.seen:
        return Outcome((say(office.text("amend.changed")),), is_over=True)
    by = Adopter(scene.actor.person_id, act.said.via)
    found, notices, untold = adopted(session, office, draft, by, scene.now)
    now = replace(scene, office=replace(office, plans={**office.plans, found.plan.id: found.plan}))
    recorded, unsure = results_told.of_change(now, act.said, draft.import_id, found.plan)
    done = office.text("amend.done", plan=found.plan.label, count=len(found.steps))
    told = office.text("amend.results", recorded=recorded, unsure=list(unsure)) if recorded or unsure else ""
    return Outcome((say(done, told, untold_words(office, untold)),), notices, is_over=True)


def adopted(
    session: Session, office: Office, draft: PlanDraft, by: Adopter, now: datetime
) -> tuple[Amendment, tuple[ToPerson, ...], list[str]]:
    """Makes a waiting draft the plan that serves; gives its steps, what officers hear, and the agencies nobody reaches.

    Raises ValueError where the draft's plan was never adopted.
    """
    before = plan_drafts.adopted(session, draft.plan_id)
    if before is None:
        raise ValueError(f"{draft.plan_id} was never adopted")
    found = plan_drafts.adopt(session, draft, office.calendar, office.today(now), now, by)
    notices, untold = officers(
        recipients.who_hear(session, office.today(now)),
        office,
        _concerned(before, found),
        lambda own: _told(office, before, found, own),
        "a plan was amended",
        Identity("amended", draft.id),
    )
    return found, notices, untold


def seen(found: Amendment) -> str:
    """What was shown of an amendment, as one number that a button can bear."""
    return hashlib.sha256(repr(found.steps).encode()).hexdigest()[:12]


def in_words(office: Office, step: Step, answers: int = 0, unanswered: int = 0, *, ask: bool = False) -> str:
    """A step in one line: with how many results are answered for it, how many are not and are reminded of, and how to
    say that it is read wrongly."""
    return office.text(
        f"amend.{step.op}",
        code=step.code,
        was=step.was,
        before=clip(step.before, WORDS),
        after=clip(step.after, WORDS),
        answers=answers,
        unanswered=unanswered,
        ask=ask and step.asked,
    )


def _concerned(before: Plan, found: Amendment) -> list[str]:
    agencies = {agency for step in found.steps for agency in _owners(before, found.plan, step)}
    return sorted(agencies)


def _owners(before: Plan, after: Plan, step: Step) -> Collection[str]:
    """The agencies whose work a step touches: those of before and those of from now on."""
    owned: set[str] = set()
    if step.op is Op.SUCCEED:
        return {step.code, *after.agency(step.code).successors}
    if step.op is not Op.WITHDRAW:
        task = after.task(step.code)
        owned |= {agency for each in task.milestones for agency in after.owners(task, each)}
    if step.was:
        task = before.task(step.was)
        owned |= {agency for each in task.milestones for agency in before.owners(task, each)}
    return owned


def _told(office: Office, before: Plan, found: Amendment, own: Sequence[str]) -> str:
    steps = [step for step in found.steps if set(own) & set(_owners(before, found.plan, step))]
    lines = [in_words(office, step) for step in steps[:TOLD]]
    named = {"plan": found.plan.label, "decision": found.plan.decision.number}
    return office.text("amend.notice", **named, lines=lines, more=len(steps) - len(lines))
