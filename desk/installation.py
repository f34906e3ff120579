"""What the screen may know of the installation that serves it: plain values, given by who makes the screen.

The screen's process reads no setting of its own; a secret reaches this room as a word on whether it is set.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from words.catalogue import Catalogue


class Shown(StrEnum):
    """What a setting's value is to a page."""

    PLAIN = "plain"
    YES, NO = "yes", "no"
    NOTHING = "nothing"
    # How many people, and not who.
    PEOPLE = "people"
    SECRET_SET, SECRET_UNSET = "secret_set", "secret_unset"
    # The screen's process is not even told whether it is set.
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Setting:
    """One setting, by its name in the environment in small letters; `value` is empty where `shown` says it all.

    `given` says that the environment or .env holds it, and not the default.
    """

    name: str
    shown: Shown
    value: str = ""
    given: bool = False


@dataclass(frozen=True)
class Finding:
    """How one thing about the installation stands: `ok` True, False, or None for what should be known."""

    ok: bool | None
    text: str


def _none_yet(_text: Catalogue) -> Sequence[Finding]:
    return ()


@dataclass(frozen=True)
class Installation:
    """The settings as they hold, and what looks after the installation when it is asked, in a catalogue's language.

    `backup_dir` is where daily backups go, "" for nowhere.
    """

    settings: tuple[Setting, ...] = ()
    findings: Callable[[Catalogue], Sequence[Finding]] = _none_yet
    backup_dir: str = ""
