"""What a process that waits has in its memory, and what it must not have before somebody needs it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
# Pictures, documents, migrations, backups, pages: each is loaded by the function that makes one.
MADE_AT_TIMES = {
    "PIL", "alembic", "docx", "docxtpl", "lxml", "mako", "matplotlib", "numpy", "openpyxl", "prometheus_client",
    "pyrage", "segno", "starlette", "uvicorn", "xlsxwriter",
}  # fmt: skip
# What `nhacviec --help` draws with, and httpx would bring along.
OF_TERMINALS = {"click", "pygments", "rich"}
SERVICE = {"apscheduler", "httpx", "jinja2", "sqlalchemy", "sqlmodel", "telegram"}
OURS = {"bot", "channels", "plan", "reports", "scheduler", "store", "words"}


@pytest.mark.parametrize(
    ("modules", "never"),
    [
        # `nhacviec run --only desk`: it speaks to no platform, and beats no time. What `--only bot` and `--only
        # scheduler` load before they serve is a part of it.
        ("cli.main, cli.service, app.pages_process", MADE_AT_TIMES | OF_TERMINALS | {"apscheduler", "telegram"}),
        # The same once it serves: what a page makes is loaded for the page.
        (
            "cli.main, cli.service, app.pages_process, desk.site",
            (MADE_AT_TIMES - {"starlette", "uvicorn"}) | {"apscheduler", "cryptography", "telegram"},
        ),
        # What the processes of `nhacviec run` are forked from.
        ("cli.supervised", MADE_AT_TIMES | OF_TERMINALS),
        # What watches them, and what has their pages served.
        (
            "app.supervise, app.doorkeeper",
            MADE_AT_TIMES | OF_TERMINALS | SERVICE | OURS | {"asyncio", "pydantic", "typer"},
        ),
        # `nhacviec alive`, once a minute.
        ("cli.main, cli.alive", MADE_AT_TIMES | OF_TERMINALS | SERVICE | {"psycopg"}),
    ],
)
def test_what_an_idle_process_has_not_loaded(modules: str, never: set[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {modules}; print(*filter(sys.modules.get, sys.modules))"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "app" in loaded
    assert loaded & never == set(), f"{modules}: import them in the function that needs them, and say why there"
