"""The documents that an office brings in as a plan: what was read, what was answered, which plan they became."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from store import audit
from store.audit_actions import Action
from store.import_tables import PlanAnswer, PlanImport
from store.submissions import blob, keep_blob

WAITING, ASKING, ADOPTED, DROPPED, REFUSED = "waiting", "asking", "adopted", "dropped", "refused"


def expect(session: Session, document: PlanImport) -> PlanImport:
    """Waits for the bytes of a document that came in a chat, once for its source (one writer: store.engine)."""
    found = session.exec(select(PlanImport).where(PlanImport.source == document.source)).first()
    if found is not None:
        return found
    session.add(document)
    session.flush()
    audit.record(session, Action.PLAN_IMPORT, f"import:{document.id}", document.made_at, via=document.via,
                 actor=document.made_by)  # fmt: skip
    return document


def new(session: Session, name: str, now: datetime, via: str, by: int | None) -> PlanImport:
    """A document whose bytes are at hand."""
    source = f"{via}:{secrets.token_hex(8)}"
    return expect(session, PlanImport(source=source, name=name, made_at=now, made_by=by, via=via, state=WAITING))


def next_to_fetch(session: Session) -> PlanImport | None:
    """The document that is to be fetched next from its platform, now or at its `not_before`."""
    return session.exec(_next_to_fetch()).first()


@cache
def _next_to_fetch() -> SelectOfScalar[PlanImport]:
    """Asked at every turn, so made once."""
    query = select(PlanImport).where(PlanImport.state == WAITING, col(PlanImport.not_before).is_not(None))
    return query.order_by(col(PlanImport.not_before), col(PlanImport.id)).limit(1)


def same(session: Session, data: bytes) -> PlanImport | None:
    """The same document where it is worked on or serves."""
    digest, states = hashlib.sha256(data).hexdigest(), (ASKING, ADOPTED)
    query = select(PlanImport).where(PlanImport.sha256 == digest, col(PlanImport.state).in_(states))
    return session.exec(query.order_by(col(PlanImport.id))).first()


def keep(session: Session, document: PlanImport, data: bytes, draft: str) -> None:
    """Keeps a document that was read, with its draft."""
    document.sha256, document.draft, document.state = keep_blob(session, data), draft, ASKING
    session.add(document)
    session.flush()


def refuse(session: Session, document: PlanImport, why: str) -> None:
    """Nothing of the document is kept but that it came, who sent it and why it was not read."""
    document.state, document.why, document.name, document.file_id = REFUSED, why, "", ""
    session.add(document)
    session.flush()


def put_off(session: Session, document: PlanImport, until: datetime) -> None:
    """The platform did not give its bytes: it is tried again."""
    document.attempts += 1
    document.not_before = until
    session.add(document)


def get(session: Session, import_id: int) -> PlanImport | None:
    """A document by its number."""
    return session.get(PlanImport, import_id)


def open_ones(session: Session) -> Sequence[PlanImport]:
    """The documents that were read and are worked on, the oldest first."""
    return session.exec(select(PlanImport).where(PlanImport.state == ASKING).order_by(col(PlanImport.id))).all()


def waits(session: Session) -> bool:
    """Whether a document is on its way or worked on."""
    query = select(PlanImport.id).where(col(PlanImport.state).in_((WAITING, ASKING))).limit(1)
    return session.exec(query).first() is not None


def document(session: Session, row: PlanImport) -> bytes | None:
    """The kept bytes of a document."""
    return blob(session, row.sha256) if row.sha256 else None


def answer(session: Session, given: PlanAnswer) -> None:
    """Keeps an answer beside those before it."""
    session.add(given)
    session.flush()


def answers(session: Session, import_id: int) -> Sequence[PlanAnswer]:
    """Every answer to a draft, in the order in which they came."""
    query = select(PlanAnswer).where(PlanAnswer.import_id == import_id)
    return session.exec(query.order_by(col(PlanAnswer.id))).all()


def settle(session: Session, row: PlanImport, state: str, by: int | None, now: datetime, plan_id: str = "") -> None:
    """The draft became a plan, or is given up."""
    row.state, row.decided_by, row.decided_at, row.plan_id = state, by, now, plan_id or None
    session.add(row)
    session.flush()


def adopted(session: Session) -> Sequence[str]:
    """The ids of the plans that came of documents, in the order in which they were adopted."""
    query = select(PlanImport.plan_id).where(PlanImport.state == ADOPTED, col(PlanImport.plan_id).is_not(None))
    return [each for each in session.exec(query.order_by(col(PlanImport.decided_at), col(PlanImport.id))) if each]


def name_of(session: Session, plan_id: str) -> str:
    """The name of the file that a plan came of; "" where it came of none."""
    query = select(PlanImport.name).where(PlanImport.state == ADOPTED, PlanImport.plan_id == plan_id)
    return session.exec(query.order_by(col(PlanImport.decided_at), col(PlanImport.id)).limit(1)).first() or ""


def let_go(session: Session, before: datetime) -> set[str]:
    """Takes document and draft from what was given up before an instant (UTC); the digests of the bytes."""
    due = select(PlanImport).where(
        PlanImport.state == DROPPED, col(PlanImport.decided_at) < before, col(PlanImport.sha256).is_not(None)
    )
    rows = session.exec(due).all()
    freed = {row.sha256 for row in rows if row.sha256}
    for row in rows:
        row.sha256, row.draft = None, ""
        session.add(row)
    session.flush()
    return freed


def retry_at(now: datetime, attempts: int) -> datetime:
    """When the bytes are asked for again: after half a minute, twice as long each time, an hour at most."""
    return now + timedelta(seconds=min(3600, 30 * 2**attempts))
