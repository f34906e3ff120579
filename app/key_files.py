"""Keys that stand in files of their own: beside the database, and never in it or in a backup of it."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from plan.errors import NhacViecError


class NoKeyError(NhacViecError):
    """What a key is for can be neither made nor read; the message says what to do."""


@dataclass(frozen=True)
class KeyFile:
    """A key of 256 bits in a file that its owner alone may read."""

    path: Path

    def there(self) -> bytes | None:
        """The key; None where its file is not there. Raises NoKeyError for one that cannot be read."""
        try:
            return bytes.fromhex(self.path.read_text("ascii").strip())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise NoKeyError(f"{self.path} cannot be used: {error}; make it readable, or remove it") from error

    def made(self) -> bytes:
        """The key, made where it is not there; raises NoKeyError."""
        found = self.there()
        if found is not None:
            return found
        try:
            self._make()
        except OSError as error:
            raise NoKeyError(f"{self.path} cannot be made: {error}; make its folder writable") from error
        return self.made()

    def _make(self) -> None:
        """Makes the file, whole from the first moment on; another process may be faster, and its file stays."""
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{secrets.token_hex(32)}\n")
        try:
            os.link(draft, self.path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
