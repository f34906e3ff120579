"""Keeps that something of a plan was read wrongly, and lets the plan serve as it should have been read."""

from sqlmodel import Session

from plan.model import Plan
from store import audit, current_office, plans, putting_right
from store.audit_actions import Action
from store.plan_tables import PlanCorrection

ACTION = Action.PLAN_PUT_RIGHT


def keep(session: Session, correction: PlanCorrection, serves: Plan) -> Plan:
    """Keeps a correction; the plan as it serves from now on, with the milestone as it should have been read."""
    session.add(correction)
    session.flush()
    now = correction.at
    right = putting_right.put_right(serves, [correction])
    plans.keep(session, right, now)
    current_office.changed(session)
    audit.record(
        session, ACTION, f"plan:{correction.plan_id}", now, via=correction.via, actor=correction.person_id,
        correction=correction.id, code=correction.code, was=correction.was, becomes=correction.becomes,
        why=correction.why,
    )  # fmt: skip
    return right
