"""Dumps of a PostgreSQL database: made by pg_dump at one instant, believed only after they were read again to the end.

pg_dump's own archive (`--format=custom`) is read by pg_restore, as the script that it would run; nothing of that script
ever runs. What proves a dump stands in it: every row of every table to its end, the bytes of each file against their
SHA-256, the triggers that guard the history. A restore makes the schema by our own migrations and takes rows alone out
of the dump, into tables and columns that we know: whoever made it, nothing in it acts.

PostgreSQL: "pg_dump", "pg_restore", and "COPY", "File Formats: Text Format".
"""

import errno
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, inspect
from sqlalchemy.engine import make_url

from store.engines.copies import GUARDED, BackupError, Facts, digest_of, flush

MAGIC = b"PGDMP"
INSTALL = "install PostgreSQL's programs for clients (Debian: postgresql-client), as new as the server or newer"
COPY = re.compile(rb"COPY (?:\w+\.)?(\w+) \(([\w, \"]+)\) FROM stdin;\n")
TRIGGER = re.compile(rb"CREATE TRIGGER \w+ BEFORE [A-Z ]+ ON (?:\w+\.)?(\w+) ")
TOC_DATA = re.compile(r"\d+; \d+ \d+ TABLE DATA \S+ (\w+) ")
SHOWN, QUOTE = 300, "'"
END, VERSION = b"\\.\n", "alembic_version"


@dataclass
class _Read:
    """What was met in a dump so far."""

    rows: dict[str, int] = field(default_factory=dict)
    guarded: set[str] = field(default_factory=set)
    revision: str = ""
    newest: bytes = b""
    evidence_bytes: int = 0


def is_dump(path: Path) -> bool:
    """Whether a file is an archive of pg_dump."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def is_possible() -> bool:
    """Whether the programs that make and read dumps are here."""
    return all(shutil.which(each) for each in ("pg_dump", "pg_restore"))


def copy(url: str, target: Path) -> None:
    """Dumps a database that is in use into an empty file, as it stood at one instant; writers are not held up.

    Raises OSError for a full disk, BackupError for all else.
    """
    options = ["--format=custom", "--no-owner", "--no-privileges", "--lock-wait-timeout=15s", f"--file={target}"]
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as secret:
        done = subprocess.run(  # noqa: S603 -- our own
            [_program("pg_dump"), *options, f"--dbname={_address(url, secret)}"],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        if os.strerror(errno.ENOSPC) in done.stderr:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        raise BackupError(f"the database could not be dumped ({_said(done.stderr)}): look at `nhacviec doctor`")
    flush(target)


def _address(url: str, secret: IO[str]) -> str:
    """A connection in libpq's words; the password stands in a file for our eyes alone: arguments are read by everybody.

    Instants are written in UTC, as `verify` reads them.
    """
    parsed = make_url(url)
    words = {name: value if isinstance(value, str) else ",".join(value) for name, value in parsed.query.items()}
    named = {"host": parsed.host, "port": parsed.port, "user": parsed.username, "dbname": parsed.database}
    words |= {name: str(value) for name, value in named.items() if value}
    words["options"] = f"{words.get('options', '')} -c timezone=UTC".strip()
    words.setdefault("connect_timeout", "10")
    if parsed.password:
        secret.write(f"*:*:*:*:{_escaped(parsed.password, ':')}\n")
        secret.flush()
        words["passfile"] = secret.name
    return " ".join(f"{name}='{_escaped(value, QUOTE)}'" for name, value in words.items())


def _escaped(value: str, sign: str) -> str:
    return value.replace("\\", "\\\\").replace(sign, f"\\{sign}")


def verify(path: Path) -> Facts:
    """Reads a dump from its first row to its last; raises BackupError at the first fault."""
    if not is_dump(path):
        raise BackupError(f"{path.name} is damaged or no dump of PostgreSQL; take another backup")
    found = _Read()
    with _script(path) as script:
        for line in script:
            if copied := COPY.fullmatch(line):
                _read_table(script, path, copied[1].decode(), _columns(copied[2]), found)
            elif trigger := TRIGGER.match(line):
                found.guarded.add(trigger[1].decode())
    if VERSION not in found.rows or "obligation_event" not in found.rows:
        raise BackupError(f"{path.name} is not a database of Nhắc Việc")
    bare = [name for name in GUARDED if name in found.rows and name not in found.guarded]
    if bare:
        raise BackupError(f"{path.name}: the triggers that guard {bare[0]} are missing")
    newest = datetime.fromisoformat(found.newest.decode()) if found.newest else None
    return Facts(found.revision, dict(sorted(found.rows.items())), found.evidence_bytes, newest, digest_of(path))


def load(path: Path, new: Connection) -> None:
    """Copies the rows of a verified dump into the empty tables of the dump's revision; nothing is committed.

    Raises BackupError for what is not a row of a table of ours.
    """
    ours = {name: {each["name"] for each in inspect(new).get_columns(name)} for name in inspect(new).get_table_names()}
    ordered = [name for name, _ in inspect(new).get_sorted_table_and_fkc_names() if name and name != VERSION]
    driver: Any = new.connection.dbapi_connection
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as listed:
        listed.write(_in_order(path, ordered))
        listed.flush()
        with _script(path, "--data-only", f"--use-list={listed.name}") as script, driver.cursor() as cursor:
            for line in script:
                if copied := COPY.fullmatch(line):
                    table, columns = copied[1].decode(), _columns(copied[2])
                    if not set(columns) <= ours.get(table, set()):
                        raise BackupError(f"{path.name}: {table} is not as the program makes it; take another backup")
                    _copy_table(script, cursor, table, columns)


def _copy_table(script: IO[bytes], cursor: Any, table: str, columns: Sequence[str]) -> None:
    # Both are names that our own schema has.
    listed = '", "'.join(columns)
    into = f'COPY "{table}" ("{listed}") FROM STDIN'
    with cursor.copy(into) as rows:
        for line in _lines(script):
            rows.write(line)


def _in_order(path: Path, tables: Sequence[str]) -> str:
    """The archive's own list of its tables, each after those that its rows name."""
    listed = subprocess.run(  # noqa: S603 -- our own
        [_program("pg_restore"), "--list", str(path)], capture_output=True, text=True, check=False
    )
    if listed.returncode:
        raise BackupError(f"{path.name} is damaged ({_said(listed.stderr)}); take another backup")
    lines = {found[1]: line for line in listed.stdout.splitlines() if (found := TOC_DATA.match(line))}
    if strange := sorted(lines.keys() - {*tables, VERSION}):
        raise BackupError(f"{path.name}: the table {strange[0]!r} is not ours; take another backup")
    return "\n".join(lines[name] for name in tables if name in lines)


def _read_table(script: IO[bytes], path: Path, table: str, columns: Sequence[str], found: _Read) -> None:
    count = 0
    place = {name: number for number, name in enumerate(columns)}
    for line in _lines(script):
        count += 1
        if table == "blob":
            values = line.rstrip(b"\n").split(b"\t")
            found.evidence_bytes += _check_blob(path, *(values[place[name]] for name in ("sha256", "size", "data")))
        elif table == "obligation_event":
            found.newest = max(found.newest, line.rstrip(b"\n").split(b"\t")[place["recorded_at"]])
        elif table == VERSION:
            found.revision = line.strip().decode()
    found.rows[table] = count


def _check_blob(path: Path, sha256: bytes, size: bytes, data: bytes) -> int:
    """The size of a file's bytes, which stand as \\\\x and two digits each."""
    content = bytes.fromhex(data.removeprefix(b"\\\\x").decode("ascii"))
    if hashlib.sha256(content).hexdigest() != sha256.decode() or len(content) != int(size):
        raise BackupError(
            f"{path.name}: the bytes of the file {sha256.decode()[:12]}… are damaged; take another backup"
        )
    return len(content)


def _lines(script: IO[bytes]) -> Iterator[bytes]:
    """The rows of a table, to its end."""
    for line in script:
        if line == END:
            return
        yield line


def _columns(listed: bytes) -> list[str]:
    return [each.strip().strip('"') for each in listed.decode().split(",")]


@contextmanager
def _script(path: Path, *options: str) -> Iterator[IO[bytes]]:
    """What pg_restore would say to a server, read to its end; raises BackupError where it cannot read the archive."""
    command = [_program("pg_restore"), "--no-owner", "--no-privileges", *options, "--file=-", str(path)]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said) as process,  # noqa: S603 -- our own
    ):
        assert process.stdout is not None
        try:
            yield process.stdout
        except BaseException:
            process.kill()
            raise
        if process.wait():
            said.seek(0)
            raise BackupError(f"{path.name} is damaged ({_said(said.read().decode())}); take another backup")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(f"{name} is not to be found: {INSTALL}")
    return found


def _said(words: str) -> str:
    """What a program said, in one line and not too long."""
    return " ".join(words.split())[:SHOWN] or "it says nothing"
