"""The offices of one installation: each is a folder under OFFICES_DIR, in which its settings, its database and all of
its files stand as those of a single office do in theirs.

An office's settings are read from its own `.env` and from nothing of the process' environment: no token, database or
address of one office can become another's.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app import setting_names, settings
from app.addresses import placed
from app.installation_settings import SETTINGS, Installation, of_folder
from app.settings import Settings, SettingsError
from plan.errors import NhacViecError
from store.engines.sqlite import in_folder, sqlite_path

NAME = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = 40
STOPPED = "stopped"
# Where a removed office's folder goes: nothing of it is erased by this program.
REMOVED = ".removed"


class OfficeError(NhacViecError):
    """An office that is not there, or cannot be made or served; the message says what to do."""


@dataclass(frozen=True)
class Place:
    """An office's folder."""

    folder: Path

    @property
    def name(self) -> str:
        """By which the installation knows the office."""
        return self.folder.name

    @property
    def is_stopped(self) -> bool:
        """Whether it is not to be served for now."""
        return (self.folder / STOPPED).exists()

    def settings(self, **given: Any) -> Settings:
        """Its settings; what they name as files stands in its folder, unless they say the whole path.

        `given` ones come first. Raises SettingsError naming every fault.
        """
        found = of_folder(self.folder, **given)
        paths = {
            name: self._at_home(value)
            for name, value in found
            if isinstance(value, Path) or (isinstance(value, tuple) and value and isinstance(value[0], Path))
        }
        return found.model_copy(update=paths | {"database_url": in_folder(found.database_url, self.folder)})

    def has_record(self) -> bool:
        """Whether there is a database, as far as can be seen from here: a server's is there; one that wrong settings
        name too, so that somebody says what is wrong with them."""
        file = _file_of(self, (self.folder / SETTINGS).stat().st_mtime_ns)
        return file is None or file.exists()

    def stop(self) -> None:
        """Lets whoever serves it end that within some seconds."""
        (self.folder / STOPPED).touch()

    def start(self) -> None:
        """Lets it be served again."""
        (self.folder / STOPPED).unlink(missing_ok=True)

    def _at_home(self, value: Any) -> Any:
        return tuple(self.folder / each for each in value) if isinstance(value, tuple) else self.folder / value


# Asked every few seconds of every office; settings that were not changed are not read again.
@lru_cache(1000)
def _file_of(place: Place, _changed_at: int) -> Path | None:
    try:
        return sqlite_path(place.settings().database_url)
    except NhacViecError:
        return None


def all_in(root: Path) -> Iterator[Place]:
    """Every office of an installation, by name."""
    # Each worker looks every few seconds, and paths are compared part by part.
    for folder in sorted(root.iterdir() if root.is_dir() else (), key=attrgetter("name")):
        if NAME.fullmatch(folder.name) and (folder / SETTINGS).is_file():
            yield Place(folder)


def named(root: Path, name: str) -> Place:
    """The office of a name. Raises OfficeError."""
    found = [each for each in all_in(root) if each.name == name]
    if not found:
        raise OfficeError(f"there is no office «{name}» in {root}; `nhacviec office list` names those there are")
    return found[0]


def enter(name: str, *, alone: bool = False) -> None:
    """Makes this process one of an office's folder: its settings hold, with what the installation sets for all, unless
    it serves that office `alone`. Raises OfficeError.
    """
    to = Installation()
    place = Place(named(to.offices_dir, name).folder.absolute())
    settings.forget_environment()
    os.chdir(place.folder)
    if not alone:
        settings.read_by(lambda **given: placed(place.settings(**given), place.name, to))


def refuse_wrong(given: str) -> None:
    """Raises OfficeError where lines of settings name what is none, or give one a value that it cannot have.

    What they leave out may be completed later, and a file beside them be laid there.
    """
    with TemporaryDirectory() as draft:
        folder = Path(draft)
        (folder / SETTINGS).write_text(given, "utf-8")
        faults = [str(each) for each in setting_names.unknown_of_office(folder)]
        told = {name.upper() for name in setting_names.named(folder)} - setting_names.OF_FILES
        try:
            of_folder(folder)
        except SettingsError as error:
            faults += [line for line in str(error).splitlines() if line.partition(":")[0] in told]
    if faults:
        raise OfficeError("\n".join(faults))


def add(root: Path, name: str, given: str) -> Place:
    """Makes an office with these lines of settings. Raises OfficeError for a name that is none or taken."""
    if len(name) > LONGEST or not NAME.fullmatch(name):
        raise OfficeError(
            f"«{name}» is no name of an office: small letters a-z, digits and single hyphens, at most {LONGEST}"
        )
    place = Place(root / name)
    if place.folder.exists():
        raise OfficeError(f"there is an office «{name}» already: {place.folder}")
    place.folder.mkdir(parents=True)
    # A worker looks every few seconds: what it sees has all of its lines.
    draft = place.folder / f"{SETTINGS}.new"
    draft.write_text(given, "utf-8")
    draft.replace(place.folder / SETTINGS)
    return place
