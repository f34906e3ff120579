"""What a check found, as a sentence of the catalogue, and how an error of a check is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from words.catalogue import Catalogue
from words.message import plain


@dataclass(frozen=True)
class Finding:
    """One check: `ok` True, False, or None for a warning; `key` and `values` make its sentence, under `check`.

    `together`: the office is one of several, which others serve, and who is to be started has another name.
    """

    name: str
    ok: bool | None
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    together: bool = False

    def said(self, text: Catalogue) -> str:
        """The sentence in a catalogue's language, as plain text."""
        return plain(text(f"check.{self.key}", together=self.together, **self.values))


def whole(error: Exception) -> str:
    """An error with its kind, for the machine's owner."""
    return f"{type(error).__name__}: {error}"


def broken(name: str, why: str) -> Finding:
    """A check that could not be made."""
    return Finding(name, False, "broken", {"why": why})
