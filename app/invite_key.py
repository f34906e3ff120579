"""The key of typed invites: without it their eight digits are found in a second by whoever has the database.

It stands in a file beside an SQLite database, and in no backup of it. On a server nothing stands beside the database:
there it is made from the tokens, which the database does not hold either; processes that know no token are given it.
"""

import hashlib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from app.key_files import KeyFile, NoKeyError
from app.settings import Settings
from store.engines.sqlite import sqlite_path


def of(chosen: Settings) -> Callable[[], bytes]:
    """Who gives the key of an installation; raises NoKeyError where there is none, once it is asked."""
    if chosen.invite_key is not None:
        return partial(bytes.fromhex, chosen.invite_key.get_secret_value())
    path = sqlite_path(chosen.database_url)
    if path is not None:
        path = path.resolve()
        return partial(_of_file, path.with_name(f"{path.name}.invite-key"))
    return partial(_of_tokens, chosen)


def is_there(chosen: Settings) -> bool:
    """Whether this process can make typed invites: a screen that knows neither a token nor the key, beside a server,
    cannot."""
    return chosen.invite_key is not None or sqlite_path(chosen.database_url) is not None or chosen.has_bot


@cache
def _of_file(path: Path) -> bytes:
    return KeyFile(path).made()


def _of_tokens(chosen: Settings) -> bytes:
    token = chosen.zalo_bot_token or chosen.telegram_bot_token or chosen.smtp_url
    if token is None:
        raise NoKeyError(
            "this process knows no bot's token and no server for letters: make the invite in the chat, or on the server"
        )
    return hashlib.sha256(f"invites that are typed: {token.get_secret_value()}".encode()).digest()
