"""What the sandbox itself says: the catalogue's part `sandbox`. The page takes the whole of it."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from app.settings import ROOT
from words.catalogue import environment_of
from words.message import plain

FILE = ROOT / "data" / "texts_vi.toml"


@cache
def of_page() -> Mapping[str, str]:
    """The sentences as they are written, with {{ names }} that the page fills in."""
    found: Mapping[str, str] = tomllib.loads(FILE.read_text("utf-8"))["sandbox"]
    return found


def say(key: str, **values: Any) -> str:
    """One sentence, filled in."""
    return plain(_filled(key)(**values))


# The page's first answer does not wait until some thousand sentences of others are read.
@cache
def _filled(key: str) -> Callable[..., str]:
    return environment_of("vi").from_string(of_page()[key]).render
