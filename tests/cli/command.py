"""The command line as a test uses it: in this process, because starting Python anew takes two seconds each time."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from app import settings
from cli.main import main
from tests.databases import migrated

ROOT = Path(__file__).parents[2]
OURS = ("TELEGRAM", "ZALO", "DATABASE", "CLOCK")


def nhacviec(folder: Path, *arguments: str, code: int = 0, **environment: str) -> str:
    """Runs the command in a folder; gives what it says, and asserts how it ends."""
    said = io.StringIO()
    with _in(folder, environment), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        sys.argv = ["nhacviec", *arguments]
        try:
            main()
            ended: object = 0
        except SystemExit as ending:
            ended = ending.code or 0
    assert ended == code, said.getvalue()
    return said.getvalue()


def empty_office(folder: Path) -> None:
    """Makes a database there with nothing in it, as a first start does: what only reads makes none."""
    with _in(folder, {}):
        migrated(settings.read().database_url)


@contextlib.contextmanager
def _in(folder: Path, environment: dict[str, str]) -> Iterator[None]:
    """As if started in the folder, with nothing of this machine's settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    here, argv = Path.cwd(), sys.argv
    os.chdir(folder)
    try:
        with (
            mock.patch.dict(os.environ, {**clean, "COLUMNS": "200", **environment}, clear=True),
            # `--office` makes a process one of an office.
            mock.patch.object(settings, "_read", settings._read),
        ):
            yield
    finally:
        sys.argv = argv
        os.chdir(here)
