"""What the plans say and said: the newest content of each, and every version of it from one sync to the next."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter

from sqlalchemy import text
from sqlmodel import Session, col, select

from plan.model import Plan
from store.plan_tables import IS_ASKING, PlanRow, PlanVersion

# Asked at each beat and for every digest: the question is made once, and what the plans say is left where it is.
_ASKING = select(PlanRow.id, PlanRow.first_synced_at).where(text(IS_ASKING))


def get(session: Session, plan_id: str) -> PlanRow | None:
    """A plan that obligations belong to."""
    return session.get(PlanRow, plan_id)


def all_of(session: Session) -> list[PlanRow]:
    """The plans that were ever synced, in the order in which they came."""
    return list(session.exec(select(PlanRow).order_by(col(PlanRow.first_synced_at), col(PlanRow.id))).all())


def asking(session: Session) -> dict[str, datetime]:
    """The plans that were old when they were switched on, and when that was (UTC), until an admin says how to begin."""
    session.flush()
    return dict(session.connection().execute(_ASKING).all())


def keep(session: Session, plan: Plan, now: datetime) -> PlanRow:
    """Keeps what a plan says as of now (UTC), as a new version where that is something else than before.

    Looks before it adds (one writer: store.engine).
    """
    content = plan.model_dump_json()
    digest = hashlib.sha256(content.encode()).hexdigest()
    row = session.get(PlanRow, plan.id)
    if row is not None and row.digest == digest:
        return row
    if row is None:
        row = PlanRow(id=plan.id, digest=digest, content=content, first_synced_at=now, synced_at=now)
    row.digest, row.content, row.synced_at = digest, content, now
    session.add(row)
    session.flush()
    session.add(PlanVersion(plan_id=plan.id, digest=digest, content=content, synced_at=now))
    return row


def version(session: Session, plan_id: str, digest: str) -> Plan | None:
    """What a plan said in the version of that digest; None where it never said so."""
    query = select(PlanVersion).where(PlanVersion.plan_id == plan_id, PlanVersion.digest == digest)
    found = session.exec(query.order_by(col(PlanVersion.id)).limit(1)).first()
    return Plan.model_validate_json(found.content) if found is not None else None


def superseded(session: Session, moment: datetime) -> Mapping[str, Plan | None]:
    """The plans that said something else at an instant (UTC) than now: what they said; None where not known by then.

    Of the time before the first version that was kept, that one is all that is known.
    """
    found: dict[str, Plan | None] = {}
    # In order afterwards: SQLite would go through all in theirs rather than to these by their index.
    changed = session.exec(select(PlanRow).where(col(PlanRow.synced_at) > moment)).all()
    for row in sorted(changed, key=attrgetter("id")):
        if row.first_synced_at > moment:
            found[row.id] = None
            continue
        query = select(PlanVersion).where(PlanVersion.plan_id == row.id)
        held = query.where(col(PlanVersion.synced_at) <= moment).order_by(col(PlanVersion.id).desc())
        first = query.order_by(col(PlanVersion.id))
        version = session.exec(held.limit(1)).first() or session.exec(first.limit(1)).first()
        if version is not None and version.digest != row.digest:
            found[row.id] = Plan.model_validate_json(version.content)
    return found
