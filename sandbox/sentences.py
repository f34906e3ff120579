"""What the sandbox itself says: the catalogue's part `sandbox`. The page takes the whole of it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from app.settings import ROOT
from words.catalogue import load
from words.message import plain

FILE = ROOT / "data" / "texts_vi.toml"


@cache
def of_page() -> Mapping[str, str]:
    """The sentences as they are written, with {{ names }} that the page fills in."""
    found: Mapping[str, str] = tomllib.loads(FILE.read_text("utf-8"))["sandbox"]
    return found


def say(key: str, **values: Any) -> str:
    """One sentence, filled in."""
    return plain(load(FILE)(f"sandbox.{key}", **values))
