"""Whether this copy of an installation serves: what it begins by itself leaves only then; answers go on in any case.

A database bears the installation's id and an epoch. Outside of it the same stands in a file beside the database
(app.installation): one that was restored or copied meets none, or another, at its first start, and asks. On a server
that is the place which the server gives the database and which a copy of it does not share. A folder, or a server, that
was copied whole is found when both copies poll, and asks then.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, func, select

from store import audit, settings
from store.audit_actions import Action
from store.tables import ObligationEvent

INSTALLATION, HELD, CODES, CHOSEN, UNSEALED = "installation", "held", "copy_codes", "chosen_at_place", "unsealed"
# Where the database itself knows a place, the one at which it served last.
PLACE = "place"
CODES_KEPT = 20
CLEAR, ALONE_FOR = "no_rival_since", timedelta(minutes=5)


class Why(StrEnum):
    """Why nobody knows whether this copy is the one that serves."""

    RESTORED = "restored"  # its database comes out of a backup
    COPIED = "copied"  # its database was brought from elsewhere
    MOVED = "moved"  # its record went into another database, which serves in its stead
    RIVAL = "rival"  # another program receives the same bot's messages
    ASIDE = "aside"  # an admin said that another copy serves: this one does not even receive


@dataclass(frozen=True)
class Held:
    """Since when (UTC) nothing leaves that this copy begins by itself, why, and the code by which people name it."""

    why: Why
    since: datetime
    code: str


def held(session: Session) -> Held | None:
    """Whether this copy waits for an admin to say which one serves; None where it serves."""
    why, _, since = (settings.get(session, HELD) or "").partition(" ")
    return Held(Why(why), datetime.fromisoformat(since), codes(session)[-1]) if why else None


def codes(session: Session) -> list[str]:
    """The codes that this copy had, the newest last; whatever was copied of it had the earlier ones too."""
    return (settings.get(session, CODES) or "").split()


def hold(session: Session, why: Why, now: datetime) -> Held:
    """Nothing leaves from now on that this copy begins by itself; it gets a code that no other copy has."""
    known = [*codes(session), secrets.token_hex(2).upper()]
    settings.put(session, CODES, " ".join(known[-CODES_KEPT:]))
    settings.put(session, HELD, f"{why} {now.isoformat()}")
    session.flush()
    return Held(why, now, known[-1])


def serve(session: Session, now: datetime, *, via: str, actor: int | None = None) -> None:
    """Somebody said that this copy serves: under a new epoch, so that whatever was copied before is known as such."""
    installation, epoch = identity(session) or drawn()
    was = held(session)
    settings.drop(session, HELD)
    put_identity(session, installation, epoch + 1)
    settings.put(session, UNSEALED, now.isoformat())
    if was is not None and was.why in (Why.RESTORED, Why.COPIED, Why.MOVED):
        # What is said from now on was perhaps said before, and what people sent meanwhile may be elsewhere.
        settings.put(session, settings.BEGAN_AGAIN, now.isoformat())
        if settings.get(session, settings.OUTAGE_UNTIL) is not None:
            settings.put(session, settings.OUTAGE_UNTIL, now.isoformat())
    why = str(was.why) if was else ""
    audit.record(session, Action.INSTALLATION_SERVES, "database", now, via=via, actor=actor, epoch=epoch + 1, held=why)


def is_alone(session: Session, met: datetime | None, now: datetime) -> bool:
    """Whether the other copy is gone: for five minutes in which we polled nobody took our messages; asked at each beat.

    `met` is when one did last (UTC).
    A copy that wakes up after hours does not know it at once: its count begins when it looks first.
    """
    polled = settings.last_beat(session, "poll")
    since = settings.get(session, CLEAR)
    is_near = met is not None and now - met <= ALONE_FOR
    if is_near or polled is None or now - polled > ALONE_FOR:
        settings.drop(session, CLEAR)
        return False
    if since is None:
        settings.put(session, CLEAR, now.isoformat())
        return False
    return now - datetime.fromisoformat(since) >= ALONE_FOR


def resume_alone(session: Session, now: datetime) -> None:
    """There is one copy again, so that it serves without being asked about."""
    for key in (HELD, CLEAR):
        settings.drop(session, key)
    audit.record(session, Action.INSTALLATION_ALONE, "database", now, via="service")


def step_aside(session: Session, now: datetime, *, via: str, actor: int | None, code: str) -> None:
    """Somebody said that the copy of another code serves: this one neither sends by itself nor receives."""
    if (was := held(session)) is None:
        was = hold(session, Why.ASIDE, now)
    settings.put(session, HELD, f"{Why.ASIDE} {now.isoformat()}")
    settings.drop(session, CHOSEN)
    audit.record(session, Action.INSTALLATION_ASIDE, "database", now, via=via, actor=actor, serves=code, code=was.code)


def identity(session: Session) -> tuple[str, int] | None:
    """The installation's id and epoch; None before the first start."""
    installation, _, epoch = (settings.get(session, INSTALLATION) or "").partition(" ")
    return (installation, int(epoch)) if installation else None


def drawn() -> tuple[str, int]:
    """What an installation is called that has no id yet, before its first epoch."""
    return secrets.token_hex(6), 0


def put_identity(session: Session, installation: str, epoch: int) -> None:
    """Keeps the installation's id and epoch."""
    settings.put(session, INSTALLATION, f"{installation} {epoch}")
    session.flush()


def restored(session: Session, now: datetime) -> None:
    """A backup becomes a database: it is another epoch's, and serves nobody before an admin has said so."""
    installation, epoch = identity(session) or drawn()
    put_identity(session, installation, epoch + 1)
    for key in (CHOSEN, UNSEALED):
        settings.drop(session, key)
    hold(session, Why.RESTORED, now)


def newest(session: Session) -> datetime | None:
    """When something was recorded last (UTC), by which people tell copies apart."""
    return session.exec(select(func.max(ObligationEvent.recorded_at))).one()
