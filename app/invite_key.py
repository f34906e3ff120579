"""The key of typed invites: without it their eight digits are found in a second by whoever has the database.

It stands in a file beside an SQLite database, and in no backup of it. On a server nothing stands beside the database:
there it is made from the tokens, which the database does not hold either.
"""

import hashlib
import os
import secrets
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from app.settings import Settings
from plan.errors import NhacViecError
from store.engines.sqlite import sqlite_path


class NoKeyError(NhacViecError):
    """Invites that are typed can be neither made nor read; the message says what to do."""


def of(chosen: Settings) -> Callable[[], bytes]:
    """Who gives the key of an installation; raises NoKeyError where there is none, once it is asked."""
    path = sqlite_path(chosen.database_url)
    if path is not None:
        path = path.resolve()
        return partial(_of_file, path.with_name(f"{path.name}.invite-key"))
    return partial(_of_tokens, chosen)


@cache
def _of_file(path: Path) -> bytes:
    try:
        if not path.exists():
            _make(path)
        return bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise NoKeyError(f"{path} cannot be used: {error}; make it readable and writable, or remove it") from error


def _make(path: Path) -> None:
    """Makes the file, whole from the first moment on; another process may be faster, and its file stays."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{secrets.token_hex(32)}\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _of_tokens(chosen: Settings) -> bytes:
    token = chosen.zalo_bot_token or chosen.telegram_bot_token or chosen.smtp_url
    if token is None:
        raise NoKeyError(
            "this process knows no bot's token and no server for letters: make the invite in the chat, or on the server"
        )
    return hashlib.sha256(f"invites that are typed: {token.get_secret_value()}".encode()).digest()
