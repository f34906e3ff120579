"""What proves that a database is the one that served here: the same id and epoch stand in a file beside it.

On a server (PostgreSQL) nothing stands beside it: there the server's own number and the database's prove it.

Names of machines, paths and processes prove nothing: containers change them with every start, and copies keep them.
"""

import logging
import secrets
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from sqlmodel import Session, select

from app.wiring import Service
from store import serving, settings
from store.engines.sqlite import sqlite_path
from store.people_tables import Person
from store.serving import Why

log = logging.getLogger(__name__)


def marker_of(url: str) -> Path | None:
    """The file beside an SQLite database that says whose it is; None for another kind of database."""
    path = sqlite_path(url)
    return path.with_name(f"{path.name}.installation") if path is not None else None


def at_start(service: Service, now: datetime) -> None:
    """Compares the database with what stands beside it; one that is not of this place serves nobody before it is said.

    A database that nobody has used yet, or that an earlier version made, is of this place.
    """
    marker = marker_of(service.settings.database_url)
    with service.store.unit() as session:
        _seal(session, service)
        if settings.get(session, settings.PROGRAM) != (program := version("nhacviec")):
            settings.put(session, settings.PROGRAM, program)
        known, beside = serving.identity(session), _read(marker)
        moved = _has_moved(session, service)
        if known is None and (beside is None or _is_unused(session)):
            serving.put_identity(session, secrets.token_hex(6), 1)
            _write(serving.identity(session), marker)
        elif ((marker is not None and beside != known) or moved) and serving.held(session) is None:
            log.error("the database was not written here before: it asks the admins before it serves")
            serving.hold(session, Why.COPIED, now)


def _has_moved(session: Session, service: Service) -> bool:
    """Whether a server says that the database is not the one that served last; what an earlier version made is here."""
    here, before = service.store.kind.place(session.connection()), settings.get(session, serving.PLACE)
    if here and before is None:
        settings.put(session, serving.PLACE, here)
    return bool(here) and before not in (None, here)


def settle(service: Service) -> None:
    """Writes beside the database what an admin's word has changed in it; call it every minute."""
    with service.store.look() as session:
        if settings.get(session, serving.UNSEALED) is None:
            return
    with service.store.unit() as session:
        _seal(session, service)


def stand_beside(url: str, known: tuple[str, int]) -> None:
    """Writes beside a database whose record was moved there on purpose that it is of this place: the id and epoch."""
    _write(known, marker_of(url))


def place(service: Service) -> str:
    """What a copy does not share: the number that the file system gave the file beside the database, or a server's."""
    marker = marker_of(service.settings.database_url)
    if marker is None:
        with service.store.look() as session:
            return service.store.kind.place(session.connection())
    try:
        return str(marker.stat().st_ino)
    except OSError:
        return ""


def _seal(session: Session, service: Service) -> None:
    if settings.get(session, serving.UNSEALED) is None:
        return
    if here := service.store.kind.place(session.connection()):
        settings.put(session, serving.PLACE, here)
        settings.put(session, serving.CHOSEN, here)
    marker = marker_of(service.settings.database_url)
    _write(serving.identity(session), marker)
    settings.drop(session, serving.UNSEALED)
    if marker is not None and marker.exists():
        settings.put(session, serving.CHOSEN, str(marker.stat().st_ino))


def _is_unused(session: Session) -> bool:
    return session.exec(select(Person.id).limit(1)).first() is None


def _read(marker: Path | None) -> tuple[str, int] | None:
    try:
        installation, _, epoch = (
            marker.read_text("ascii").strip().partition(" ") if marker is not None else ("", "", "")
        )
        return (installation, int(epoch)) if installation else None
    except (OSError, ValueError):
        return None


def _write(known: tuple[str, int] | None, marker: Path | None) -> None:
    """A folder that cannot be written to is no reason not to serve: the next start asks once more."""
    if marker is None or known is None:
        return
    try:
        marker.write_text(f"{known[0]} {known[1]}\n", "ascii")
    except OSError as error:
        log.warning("%s cannot be written (%s): the next start asks whether this copy serves", marker, error)
