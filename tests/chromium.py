"""A real Chromium for tests that look at a page; REQUIRE_CHROMIUM=1 makes its absence a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
# A test must not depend on the network, nor wait for what the browser wants from it.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser; skips the test, or fails it when REQUIRE_CHROMIUM=1, where there is none."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("the package playwright is not installed")
    binary = next((place for place in PLACES if Path(place).is_file()), None) or shutil.which("chromium")
    if binary is None:
        _missing(f"no Chromium: looked for {', '.join(PLACES)} and on the PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, headless=True, args=ARGUMENTS)
        yield browser
        browser.close()


def _missing(why: str) -> None:
    if os.environ.get("REQUIRE_CHROMIUM") == "1":
        pytest.fail(f"{why}, and REQUIRE_CHROMIUM=1")
    pytest.skip(why)
