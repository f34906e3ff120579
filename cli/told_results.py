"""The results that an adopted document tells, kept by the command line in an admin's name."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from cli.output import say
from plan.errors import NhacViecError
from plan.model import Plan
from plan.people import Role
from progress import results_told
from progress.acts.decisions import RecordPaper
from progress.acts.scene import Actor, Scene
from progress.importing import Work
from progress.submit import Statement
from store import people
from store.plan_tables import PlanDraft
from store.postings import Destination
from words.office import Office


class NoAdminError(NhacViecError):
    """Who is named to answer for results is no admin."""


def keep(session: Session, office: Office, found: Work, now: datetime, person: int | None) -> None:
    """Keeps what is certain, in the name of an admin; says what was not kept, and what to do.

    `office` follows the adopted plan as its newest.
    """
    plan = office.newest
    assert plan is not None
    told = results_told.told(found, plan)
    if told.certain and person is None:
        say(
            f"{len(told.certain)} results that the document tells were not kept: they need an admin who answers for "
            "them (--by P1 at the adoption). Record them in the chat by /giayto."
        )
    elif told.certain and person is not None:
        words = office.text("plan_import.told_by", name=found.row.name)
        act = RecordPaper(Statement(person, now, f"cli:import:{found.row.id}", "cli", words), (), office.today(now))
        actor = Actor(person, "", frozenset({Role.ADMIN}), (), Destination("cli", ""))
        count = results_told.take(Scene(session, office, actor, now), act, plan, told)
        say(f"{count} results that the document tells were kept, of the days that it gives.")
    if told.open:
        say(f"Done without a day, or owed by several: {', '.join(told.open)}. Record them in the chat by /giayto.")


def keep_of_change(
    session: Session, office: Office, change: PlanDraft, plan: Plan, now: datetime, person: int | None
) -> None:
    """The same of the document of an adopted change: what is answered already keeps its answer."""
    followed = {key: each for key, each in office.plans.items() if key != plan.id} | {plan.id: plan}
    actor = Actor(person or 0, "", frozenset({Role.ADMIN}), (), Destination("cli", ""))
    scene = Scene(session, replace(office, plans=followed), actor, now)
    if person is None:
        if results_told.is_any(scene, change.import_id, plan):
            say("Results that the document tells were not kept: they need an admin who answers for them (--by P1).")
        return
    said = Statement(person, now, f"cli:change:{change.id}", "cli", "")
    recorded, unsure = results_told.of_change(scene, said, change.import_id, plan)
    if recorded:
        say(f"{recorded} results that the document tells were kept, of the days that it gives.")
    if unsure:
        say(f"Done without a day, or owed by several: {', '.join(unsure)}. Record them in the chat by /giayto.")


def admin(session: Session, named: str) -> int:
    """The number of an admin as `nhacviec people` names them (P1); raises NoAdminError."""
    digits = named.strip("Pp")
    number = int(digits) if digits.isdecimal() else 0
    if all(each.role != Role.ADMIN for each in people.memberships(session, number)):
        raise NoAdminError(f"{named} is no admin; `nhacviec people` lists who is")
    return number
