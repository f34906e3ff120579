"""Restores a backup into a new place: all of it, verified and ready to serve, or nothing.

The copy of a file becomes a file, a dump of PostgreSQL a database of a server, which is empty before and, when anything
fails, afterwards.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import age_encryption, backup_files, seal, wiring
from app.clock import machine_now
from store import audit, decisions, restored, schema
from store.engine import Store
from store.engines import copies
from store.engines.copies import BackupError, Facts
from store.restored import Resumed


@dataclass(frozen=True)
class Restored:
    """What a restored database holds, and which schema the backup had.

    `compared` says whether its SHA-256 could be compared, `sealed` whether the seal beside it was checked with its key.
    """

    facts: Facts
    compared: bool
    sealed: bool
    revision: str
    resumed: Resumed


def restore(source: Path, target: Path, identity: Path | None, seal_key: Path | None = None) -> Restored:
    """Makes a database at `target` from a backup; raises BackupError or SchemaError and then leaves nothing there.

    With the seal's key a backup without its seal, or with another's, is refused: age hides what a backup holds and does
    not say who made it, anybody with the public key can.
    """
    if not source.is_file():
        raise BackupError(f"{source} is not there")
    for suffix in ("", "-wal", "-shm"):
        taken = target.with_name(target.name + suffix)
        if taken.exists() and (suffix or taken.stat().st_size):
            raise BackupError(f"{taken} is there already: restore into a new place, and look at it before you use it")
    # Loaded where used: an office has one kind of database.
    from store.engines import postgresql_backup, sqlite_backup

    with copies.scratch(target.parent) as path, copies.named_as(path, source.name):
        _plain(source, path, identity)
        if postgresql_backup.is_dump(path):
            raise BackupError(
                f"{source.name} is a dump of PostgreSQL: name an empty database, --to postgresql+psycopg://USER@HOST/NAME"
            )
        facts = sqlite_backup.verify(path)
        told = _believed(source, facts, seal_key)
        _refuse_strange(path, facts.revision)
        resumed = _make_ready(f"sqlite:///{path}")
        ready = sqlite_backup.verify(path)
        copies.publish(path, target)
    return Restored(ready, told, seal_key is not None, facts.revision, resumed)


def restore_dump(source: Path, url: str, identity: Path | None, seal_key: Path | None = None) -> Restored:
    """Makes the record in an empty database of a server from a dump, as `restore` does; raises the same, ServedError.

    The schema is made by our migrations, as it was at the dump's revision: of the dump nothing but rows is taken.
    """
    from store.engines import postgresql, postgresql_backup

    if not source.is_file():
        raise BackupError(f"{source} is not there")
    with copies.scratch(backup_files.home_of(url).parent) as path, copies.named_as(path, source.name):
        _plain(source, path, identity)
        facts = postgresql_backup.verify(path)
        told = _believed(source, facts, seal_key)
        if wiring.revision_of(url) is not None:
            raise BackupError("the database is not empty: restore into a new one, and look at it before you use it")
        try:
            wiring.make_empty(url, facts.revision)
            with postgresql.alone(url) as connection:
                postgresql_backup.load(path, connection)
                postgresql.count_on(connection)
                connection.commit()
            resumed = _make_ready(url)
            with copies.scratch(path.parent) as again:
                postgresql_backup.copy(url, again)
                ready = postgresql_backup.verify(again)
        except BaseException:
            postgresql.empty_again(url)
            raise
    return Restored(ready, told, seal_key is not None, facts.revision, resumed)


def _plain(source: Path, target: Path, identity: Path | None) -> None:
    if age_encryption.is_encrypted(source):
        age_encryption.decrypt(source, target, identity)
    else:
        _copy(source, target)


def _believed(source: Path, facts: Facts, seal_key: Path | None) -> bool:
    """Whether what was written down beside a backup could be compared with it; raises BackupError, SchemaError."""
    told = _told(source)
    if seal_key is not None:
        seal.check(source, told, seal_key)
    _compare(source, facts, told)
    schema.refuse_newer(facts.revision)
    return told is not None


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as reader, target.open("wb") as writer:
        while piece := reader.read(copies.CHUNK):
            writer.write(piece)


def _told(source: Path) -> dict[str, Any] | None:
    """The facts that were written down when the backup was made, where they are still beside it."""
    try:
        told = json.loads(backup_files.described(source).read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise BackupError(f"{backup_files.described(source)} cannot be read ({error})") from error
    if not isinstance(told, dict):
        raise BackupError(f"{backup_files.described(source)} does not say what the backup holds")
    return told


def _compare(source: Path, facts: Facts, told: Mapping[str, Any] | None) -> None:
    if told is not None and (told.get("sha256") != facts.sha256 or told.get("rows") != facts.rows):
        raise BackupError(
            f"{source.name} is not what {backup_files.described(source).name} says: the file changed after it was "
            "made, or the two do not belong together; take another backup"
        )


def _refuse_strange(path: Path, revision: str) -> None:
    """Raises BackupError where a copy's schema is not as the program makes it; nothing in it has run until then."""
    from store.engines import sqlite_backup

    with copies.scratch(path.parent) as reference:
        wiring.make_empty(f"sqlite:///{reference}", revision)
        sqlite_backup.compare_schema(path, reference)


def _make_ready(url: str) -> Resumed:
    wiring.migrate(url, keep_former=False)
    store = Store(url)
    try:
        with store.look() as session:
            why = audit.verify(session).why or decisions.verify(session)
        if why:
            raise BackupError(
                f"the audit in the backup does not hold ({why}): somebody changed what was decided; take another "
                "backup, and find out who wrote this one"
            )
        with store.unit() as session:
            return restored.resume(session, machine_now())
    finally:
        store.close()
