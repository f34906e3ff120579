"""The pictures of README and the guides, taken anew: `make pictures` (a few minutes, with a Chromium).

The sandbox's phone is the demo's own; the screen's pages are those of the day that a browser plays, and what they are
at 360 px and on paper stands in var/pictures.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chromium import chromium

ROOT = Path(__file__).parents[1]
PHONES = ROOT / "docs" / "phones.png"
DAY = "tests/desk/test_a_day_at_the_screen.py"
PATIENCE_MS = 120_000


def phones() -> None:
    """The officer's phone with an answer by photo and what it is recorded as, after two of the demo's steps."""
    with tempfile.TemporaryDirectory() as folder, sandbox(Path(folder)) as url, chromium() as browser:
        page = browser.new_page(viewport={"width": 1180, "height": 1000})
        page.set_default_timeout(PATIENCE_MS)
        page.goto(url)
        page.locator("[data-step=commune]").click()
        page.locator(".bubble", has_text="2b").last.wait_for()
        page.locator("#to-steps").click()
        page.locator("[data-step=photo]").click()
        page.locator(".bubble", has_text="Đã ghi nhận").last.wait_for()
        # It asks for news all the time, so the network is never idle.
        page.wait_for_function("[...document.images].every(each => each.complete)")
        page.screenshot(path=str(PHONES))


@contextmanager
def sandbox(folder: Path) -> Iterator[str]:
    """The sandbox on a database of its own: the address of its page."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM", "ZALO", "CLOCK"))}
    clean |= {"DATABASE_URL": f"sqlite:///{folder / 'town.db'}", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cli.main", "sandbox", "--port", "0"]
    process = subprocess.Popen(command, cwd=folder, env=clean, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        line = next(each for each in process.stdout if each.startswith("SANDBOX "))
        yield line.split()[1]
    finally:
        process.terminate()
        process.wait()


def screen() -> int:
    """The screen's pages; the exit code of the day that is played for them."""
    command = [sys.executable, "-m", "pytest", DAY, "-q", "-n", "0", "-m", "long"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "WRITE_PICTURES": "1"}, check=False).returncode


if __name__ == "__main__":
    phones()
    sys.exit(screen())
