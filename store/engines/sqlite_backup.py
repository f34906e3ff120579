"""Copies of an SQLite database: made in one piece while others write, and believed only after they were read again.

What proves a copy stands in the copy: every page, every reference, the bytes of each file against their SHA-256, the
triggers that guard the history. SQLite keeps no checksum of anything else, so the SHA-256 of the whole copy goes into
`FILE.json` beside it, with what the copy holds; a copy without it can be restored too. An encrypted copy needs no such
help against damage (age authenticates every piece and its end), its `FILE.json` speaks of the copy inside.
"""

import errno
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from store.engines.copies import CHUNK, GUARDED, BackupError, Facts, digest_of, flush
from store.engines.sqlite import BUSY_MS, sqlite_path


def source_of(url: str) -> Path:
    """The database file of an address; raises BackupError where there is none to copy."""
    path = sqlite_path(url)
    if path is None:
        raise BackupError("a database in memory cannot be backed up: name a file as DATABASE_URL")
    if not path.exists() or path.stat().st_size == 0:
        raise BackupError(f"{path} is not there or empty; is DATABASE_URL right?")
    return path


def copy(source: Path, target: Path) -> None:
    """Copies a database that is in use into an empty file, as it stood at one instant; writers are not held up.

    Raises OSError for a full disk, BackupError for all else.
    """
    try:
        with closing(sqlite3.connect(source, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
            connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target)) from error
        raise BackupError(f"{source.name} could not be copied ({error}): look at `nhacviec doctor`") from error
    flush(target)


def verify(path: Path) -> Facts:
    """Reads a copy that nobody writes from its first page to its last; raises BackupError at the first fault."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return _verify(connection, path)
    except (sqlite3.Error, ValueError) as error:
        raise BackupError(f"{path.name} is damaged or no database ({error}); take another backup") from error


def _verify(connection: sqlite3.Connection, path: Path) -> Facts:
    sound = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    if sound != ["ok"]:
        raise BackupError(f"{path.name} is damaged ({'; '.join(sound)}); take another backup")
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    if "alembic_version" not in tables or "obligation_event" not in tables:
        raise BackupError(f"{path.name} is not a database of Nhắc Việc")
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise BackupError(f"{path.name}: a row of {broken[0]} names a row of {broken[2]} that is not there")
    guards = {row[0] for row in connection.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")}
    bare = [name for name in GUARDED if name in tables and name not in guards]
    if bare:
        raise BackupError(f"{path.name}: the triggers that guard {bare[0]} are missing")
    revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    newest = connection.execute("SELECT max(recorded_at) FROM obligation_event").fetchone()[0]
    return Facts(
        revision=revision[0] if revision else "",
        rows={name: _count(connection, name) for name in tables},
        evidence_bytes=sum(_check_blobs(connection, path)),
        newest_event=datetime.fromisoformat(newest).replace(tzinfo=UTC) if newest else None,
        sha256=digest_of(path),
    )


def _count(connection: sqlite3.Connection, table: str) -> int:
    # The name stands in a file that anybody may have made: it is quoted, never believed.
    quoted = table.replace('"', '""')
    return int(connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])  # noqa: S608


def _check_blobs(connection: sqlite3.Connection, path: Path) -> Iterator[int]:
    """The size of each file's bytes, read piece by piece."""
    for rowid, wanted, size in connection.execute("SELECT rowid, sha256, size FROM blob"):
        digest = hashlib.sha256()
        with connection.blobopen("blob", "data", rowid, readonly=True) as blob:
            while piece := blob.read(CHUNK):
                digest.update(piece)
            if digest.hexdigest() != wanted or len(blob) != size:
                raise BackupError(f"{path.name}: the bytes of the file {wanted[:12]}… are damaged; take another backup")
        yield size


def compare_schema(path: Path, reference: Path) -> None:
    """Compares a copy with an empty database of the same revision, object by object.

    Raises BackupError for a table, index, trigger or view that is not ours, is missing, or says something else: a
    trigger of somebody else's would act with the service's rights as soon as it serves.
    """
    have, ours = _objects(path), _objects(reference)
    for key in sorted(have.keys() | ours.keys()):
        if have.get(key) != ours.get(key):
            what = "is missing" if key not in have else "is not ours" if key not in ours else "was changed"
            raise BackupError(
                f"{path.name}: the {key[0]} {key[1]!r} {what}. This is no backup as the program made it; take another "
                "one, and find out who wrote this one"
            )


def _objects(path: Path) -> dict[tuple[str, str], str]:
    """What a schema consists of, by kind and name; the words without their spacing and quoting."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
        return {
            (kind, name): f"{table}: {_plain(sql or '')}"
            for kind, name, table, sql in rows
            # SQLite's own: nobody can make a thing of such a name.
            if not name.startswith("sqlite_")
        }


def _plain(sql: str) -> str:
    """An object's words; a table's columns and constraints in an order of our own: rebuilding one shuffles them."""
    words = " ".join(sql.replace('"', " ").split())
    if not words.startswith("CREATE TABLE"):
        return words
    head, _, body = words.partition("(")
    inside, _, after = body.rpartition(")")
    return f"{head}({', '.join(sorted(_parts(inside)))}){after}"


def _parts(body: str) -> list[str]:
    """The pieces between the commas that stand in no bracket of their own."""
    parts, depth = [""], 0
    for letter in body:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [each.strip() for each in parts]
