"""Restores a backup into a new place: all of it, verified and ready to serve, or nothing."""

import json
from dataclasses import dataclass
from pathlib import Path

from app import age, copies, wiring
from app.clock import machine_now
from store import restored, schema
from store.engine import Store
from store.engines import backup
from store.engines.backup import BackupError, Facts
from store.restored import Resumed


@dataclass(frozen=True)
class Restored:
    """What a restored database holds, whether its SHA-256 could be compared, and which schema the backup had."""

    facts: Facts
    compared: bool
    revision: str
    resumed: Resumed


def restore(source: Path, target: Path, identity: Path | None) -> Restored:
    """Makes a database at `target` from a backup; raises BackupError or SchemaError and then leaves nothing there."""
    if not source.is_file():
        raise BackupError(f"{source} is not there")
    for suffix in ("", "-wal", "-shm"):
        taken = target.with_name(target.name + suffix)
        if taken.exists() and (suffix or taken.stat().st_size):
            raise BackupError(f"{taken} is there already: restore into a new place, and look at it before you use it")
    with backup.scratch(target.parent) as path:
        if age.is_encrypted(source):
            age.decrypt(source, path, identity)
        else:
            _copy(source, path)
        facts = backup.verify(path)
        compared = _compare(source, facts)
        schema.refuse_newer(facts.revision)
        resumed = _make_ready(path)
        ready = backup.verify(path)
        backup.publish(path, target)
    return Restored(ready, compared, facts.revision, resumed)


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as reader, target.open("wb") as writer:
        while piece := reader.read(backup.CHUNK):
            writer.write(piece)


def _compare(source: Path, facts: Facts) -> bool:
    """Against the facts that were written down when the backup was made, where they are still beside it."""
    try:
        told = json.loads(copies.described(source).read_text("utf-8"))
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as error:
        raise BackupError(f"{copies.described(source)} cannot be read ({error})") from error
    if told.get("sha256") != facts.sha256 or told.get("rows") != facts.rows:
        raise BackupError(
            f"{source.name} is not what {copies.described(source).name} says: the file changed after it was made, "
            "or the two do not belong together; take another backup"
        )
    return True


def _make_ready(path: Path) -> Resumed:
    url = f"sqlite:///{path}"
    wiring.migrate(url, keep_former=False)
    store = Store(url)
    try:
        with store.unit() as session:
            return restored.resume(session, machine_now())
    finally:
        store.close()
