"""Letters that are not proven to be anybody's, until an admin has looked at them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, text
from sqlmodel import Session, col, func, select

from store import audit, people
from store.audit_actions import Action
from store.letter_tables import UNSETTLED, AddressCode, StrayLetter


def agencies_of(session: Session, row: StrayLetter) -> Sequence[str]:
    """The agencies of whom its address belongs to; none where nobody here has it, or has a role."""
    known = people.by_user(session, channel_of(row), row.sender)
    return people.agencies_of(session, known[0].id or 0) if known is not None else ()


def keep(session: Session, letter: StrayLetter) -> StrayLetter:
    """Keeps a letter; the same one gives the row that is there (one writer: store.engine)."""
    found = session.exec(select(StrayLetter).where(StrayLetter.source == letter.source)).first()
    if found is not None:
        return found
    session.add(letter)
    session.flush()
    return letter


def waiting(session: Session, many: int) -> Sequence[StrayLetter]:
    """So many at most of those at which nobody has looked, the oldest first."""
    return session.exec(select(StrayLetter).where(text(UNSETTLED)).order_by(col(StrayLetter.id)).limit(many)).all()


def count(session: Session) -> int:
    """How many there are."""
    return session.exec(select(func.count()).select_from(StrayLetter).where(text(UNSETTLED))).one()


def get(session: Session, number: int) -> StrayLetter | None:
    """One letter."""
    return session.get(StrayLetter, number)


def channel_of(letter: StrayLetter) -> str:
    """The channel on which it came."""
    return letter.source.partition(":")[0]


def settle(
    session: Session, letter: StrayLetter, by: int, now: datetime, *, via: str, obligation: int | None = None
) -> bool:
    """Notes that an admin looked at it, and whose answer it was found to be; False where somebody did before."""
    if letter.settled_at is not None:
        return False
    letter.settled_at, letter.settled_by = now, by
    session.add(letter)
    detail = {"obligation": obligation} if obligation is not None else {}
    audit.record(session, Action.LETTER_SETTLED, f"letter:{letter.id}", now, via=via, actor=by, **detail)
    return True


def drop(session: Session, before: datetime) -> None:
    """Lets go of letters that came before an instant (UTC), looked at or not, and of codes that ended before it."""
    session.connection().execute(delete(StrayLetter).where(col(StrayLetter.at) < before))
    session.connection().execute(delete(AddressCode).where(col(AddressCode.expires_at) < before))
