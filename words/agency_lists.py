"""The lists of data/agencies_2026.toml: who usually works in a commune, a ward, a department, a province of 2026."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "agencies_2026.toml"


@dataclass(frozen=True)
class AgencyList:
    """A list to tick: `of` are the plain first words of an issuer whose it is, `basis` says on what the list rests."""

    key: str
    title: str
    of: tuple[str, ...]
    basis: str
    agencies: tuple[str, ...]


@cache
def lists() -> tuple[AgencyList, ...]:
    """Every list, in the order of the file."""
    with FILE.open("rb") as file:
        found = tomllib.load(file)
    return tuple(
        AgencyList(key, each["title"], tuple(each["of"]), each["basis"], tuple(each["agencies"]))
        for key, each in found.items()
    )
