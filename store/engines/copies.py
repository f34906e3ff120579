"""What copies of every kind of database have in common: what one holds, and how a finished file gets its name."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plan.errors import NhacViecError

CHUNK = 1024 * 1024
PRIVATE = 0o600
GUARDED = ("obligation_event", "audit")


class BackupError(NhacViecError):
    """A copy that could not be made, or that must not be believed."""


@dataclass(frozen=True)
class Facts:
    """What a verified copy holds: rows by table, bytes of evidence, the newest event's moment (UTC), the schema."""

    revision: str
    rows: dict[str, int]
    evidence_bytes: int
    newest_event: datetime | None
    sha256: str


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A new empty file in a folder, for the owner only; removed at the end unless it was moved away."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f".nhacviec-{os.getpid()}-{secrets.token_hex(4)}.tmp"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    try:
        yield path
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


@contextmanager
def named_as(path: Path, name: str) -> Iterator[None]:
    """What is found wrong with a working copy is said of the file that the operator knows, by its name."""
    try:
        yield
    except BackupError as error:
        raise BackupError(str(error).replace(path.name, name)) from error


def publish(path: Path, target: Path) -> None:
    """Gives a finished file its name: whoever looks sees all of it or nothing, after a power cut too."""
    flush(path)
    path.replace(target)
    flush(target.parent)


def flush(path: Path) -> None:
    """Waits until a file's or folder's content is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
