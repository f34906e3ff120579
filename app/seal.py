"""The seal of a backup: a keyed code over its facts, its SHA-256 among them, by which we know our own.

The key stands beside the database, never with the backups and never in them: whoever can write the folder of backups
cannot make one that `restore` takes for ours. HMAC-SHA256 (RFC 2104).
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from store.engines.copies import PRIVATE, BackupError

FIELD = "seal"
KEY_BYTES = 32


def key_path(database: Path) -> Path:
    """Where the key of a database's backups stands."""
    return database.with_name(f"{database.name}.seal-key")


def sealed(told: Mapping[str, Any], database: Path) -> dict[str, Any]:
    """The facts with their seal; the key is made at the first backup, for the owner only."""
    path = key_path(database)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{secrets.token_hex(KEY_BYTES)}\n")
    return {**told, FIELD: _code(told, _key(path))}


def check(source: Path, told: Mapping[str, Any] | None, key: Path) -> None:
    """Raises BackupError unless the facts beside a backup bear the seal of the key in a file."""
    if told is None or not isinstance(told.get(FIELD), str):
        raise BackupError(
            f"{source.name} has no seal beside it ({source.name}.json): it proves nothing about who made it"
        )
    facts = {name: value for name, value in told.items() if name != FIELD}
    if not hmac.compare_digest(str(told[FIELD]), _code(facts, _key(key))):
        raise BackupError(
            f"the seal of {source.name} is not of the key in {key.name}: another service made it, or it was changed"
        )


def _code(told: Mapping[str, Any], key: bytes) -> str:
    return hmac.new(key, json.dumps(told, sort_keys=True).encode(), hashlib.sha256).hexdigest()


def _key(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise BackupError(f"{path} holds no key of a seal ({error})") from error
    if len(key) != KEY_BYTES:
        raise BackupError(f"{path} holds no key of a seal: it is {KEY_BYTES * 2} digits of 0-9a-f")
    return key
