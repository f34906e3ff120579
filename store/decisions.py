"""Which events of an obligation somebody decided: each has its entry in the audit's chain, with the event's SHA-256.

The history itself is guarded by triggers alone; what was decided about an agency's work is found by the chain, too,
where somebody went around them.
"""

import hashlib
import json
from datetime import UTC

from sqlmodel import Session, col, select

from plan.status import EventKind
from store import audit
from store.answer_tables import Submission
from store.audit_actions import Action
from store.tables import AuditEntry, ObligationEvent

# Always an admin's or a head's word.
DECIDED = frozenset(
    {
        EventKind.CONFIRMED,
        EventKind.RETURNED,
        EventKind.REFUSED,
        EventKind.EXTENDED,
        EventKind.DATED,
        EventKind.MISREAD,
        EventKind.RETIMED,
        EventKind.JUDGED,
        EventKind.CAUSE_CONFIRMED,
        EventKind.CAUSE_REFUSED,
        EventKind.CAUSE_REOPENED,
        EventKind.SUSPENDED,
        EventKind.TRANSFERRED,
        EventKind.ENDED,
        EventKind.EXCUSED,
        EventKind.RESUMED,
    }
)
# An admin's word where a person stands behind it, otherwise the plan's or the clock's.
DECIDED_BY_SOMEBODY = frozenset({EventKind.CREATED, EventKind.RESTORED, EventKind.CLOSED})
# An admin's word where it is not the one who answered who says it, or the answer was given in an agency's place.
ABOUT_ANSWERS = frozenset(
    {
        EventKind.SUBMITTED,
        EventKind.PROGRESSED,
        EventKind.SUPPLEMENTED,
        EventKind.CORRECTED,
        EventKind.WITHDRAWN,
    }
)
# What an agency says of its own work, and what follows of itself.
NOT_DECIDED = frozenset(
    {
        EventKind.CHANGED,
        EventKind.RETIRED,
        EventKind.ACKNOWLEDGED,
        EventKind.BLOCKED,
        EventKind.FOR_SIGNATURE,
        EventKind.SAID,
        EventKind.HELD,
        EventKind.PROVEN,
        EventKind.TO_HEAD,
        EventKind.TO_REVIEW,
        EventKind.REQUESTED,
        EventKind.CAUSE_TOLD,
        EventKind.FLAGGED,
    }
)
ACTION = "obligation."


def chain(session: Session, event: ObligationEvent) -> None:
    """Gives an event that was decided its entry in the audit; nothing for another. The event is added already."""
    if not _is_decided(session, event):
        return
    session.flush()
    audit.record(
        session,
        Action(f"{ACTION}{event.kind}"),
        f"obligation:{event.obligation_id}",
        event.recorded_at,
        via=event.via,
        actor=event.person_id,
        event=event.id,
        sha256=digest_of(event),
    )


def _is_decided(session: Session, event: ObligationEvent) -> bool:
    kind = EventKind(event.kind)
    if kind in ABOUT_ANSWERS:
        answer = session.get(Submission, event.submission_id) if event.submission_id is not None else None
        return answer is not None and (answer.on_behalf or answer.person_id != event.person_id)
    return kind in DECIDED or (kind in DECIDED_BY_SOMEBODY and event.person_id is not None)


def digest_of(event: ObligationEvent) -> str:
    """SHA-256 over everything that an event says, as JSON with sorted keys, its moments in UTC."""
    told = {
        "id": event.id,
        "obligation": event.obligation_id,
        "kind": str(event.kind),
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "recorded_at": event.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "person": event.person_id,
        "via": event.via,
        "due": event.due.isoformat() if event.due else None,
        "note": event.note,
        "submission": event.submission_id,
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def verify(session: Session) -> str:
    """Compares what was decided with the chain, which the caller has walked; empty, or what does not fit.

    What was decided before the chain held such things is not looked at.
    """
    entries = session.exec(select(AuditEntry).where(col(AuditEntry.action).startswith(ACTION)))
    chained = {int(each.detail["event"]): str(each.detail["sha256"]) for each in entries}
    for number, digest in sorted(chained.items()):
        event = session.get(ObligationEvent, number)
        if event is None or digest_of(event) != digest:
            return f"event {number}, which somebody decided, was {'taken out' if event is None else 'changed'}"
    query = select(ObligationEvent.id).where(col(ObligationEvent.kind).in_([each.value for each in DECIDED]))
    later = session.exec(
        query.where(col(ObligationEvent.id) > min(chained, default=0)).order_by(col(ObligationEvent.id))
    )
    put_in = [number for number in later if number not in chained] if chained else []
    return f"event {put_in[0]} is somebody's decision, and the audit knows nothing of it" if put_in else ""
