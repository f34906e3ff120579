"""The names that settings have: what else stands in a file of settings does nothing, and nobody would be told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values

from app.installation_settings import SETTINGS, Installation
from app.settings import SECRETS, Settings

OF_FILES = frozenset(f"{name}_FILE" for name in SECRETS)
OF_OFFICE = OF_FILES.union(name.upper() for name in Settings.model_fields)
OF_INSTALLATION = frozenset(name.upper() for name in Installation.model_fields)
# A letter or two of a name; TZ and PGPASSFILE, which are for other programs, are like none of ours.
LIKE = 0.8


@dataclass(frozen=True)
class Unknown:
    """A name that no setting has, and the one that is nearest to it; empty where none is near."""

    name: str
    nearest: str

    def __str__(self) -> str:
        """As it is said to whoever gives commands."""
        meant = f", {self.nearest} is" if self.nearest else "; docs/settings.md names them all"
        return f"{self.name} is no setting{meant}"


def named(folder: Path) -> Iterable[str]:
    """The names that stand in the file of settings of a folder; none where there is no file."""
    return dotenv_values(folder / SETTINGS)


def unknown(names: Iterable[str], known: Collection[str] = OF_OFFICE) -> list[Unknown]:
    """Those of the names that are none of the known ones, in their order; capitals do not matter."""
    others = dict.fromkeys(name for name in names if name.upper() not in known)
    return [Unknown(name, next(iter(get_close_matches(name.upper(), sorted(known), 1, LIKE)), "")) for name in others]


def unknown_of_office(folder: Path) -> list[Unknown]:
    """Those in the file of an office of several, in which nothing else has a place."""
    return unknown(named(folder))


def unknown_of_installation(folder: Path) -> list[Unknown]:
    """Those in the file of a single office that are like a setting: other programs may read the same file."""
    return [each for each in unknown(named(folder), OF_OFFICE | OF_INSTALLATION) if each.nearest]
