"""The key of what the screen may not keep in the clear: the secrets of authenticators' apps.

It stands in a file beside an SQLite database; on a server, beside which nothing stands, the file is `DESK_KEY_FILE`.
"""

from app.key_files import KeyFile, NoKeyError
from app.settings import Settings
from store.engines.sqlite import sqlite_path


class Nowhere:
    """The key of an installation that was told no place for it."""

    def there(self) -> bytes | None:
        """None: there is none."""

    def made(self) -> bytes:
        """Raises NoKeyError."""
        raise NoKeyError(
            "name a file outside of the database as DESK_KEY_FILE: it keeps the key of authenticators' apps"
        )


def of(chosen: Settings) -> KeyFile | Nowhere:
    """Where the key of an installation is."""
    path = sqlite_path(chosen.database_url)
    if chosen.desk_key_file is not None:
        return KeyFile(chosen.desk_key_file)
    if path is None:
        return Nowhere()
    path = path.resolve()
    return KeyFile(path.with_name(f"{path.name}.screen-key"))
