"""Keeps the house in order: data flows down the list of folders, imports point back up it."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# From left to right; folders in one group never import each other.
ORDER: tuple[tuple[str, ...], ...] = (
    ("plan",),
    ("words",),
    ("files",),
    ("intake", "store", "channels"),
    ("delivery", "progress"),
    ("reports",),
    ("bot", "scheduler"),
    ("desk",),
    ("answer",),
    ("app",),
    ("sandbox",),
    ("cli",),
    ("tests",),
)
# The rooms of the larger folders, in the same way: a sub-folder, or a file that stands beside them.
ROOMS: dict[str, tuple[tuple[str, ...], ...]] = {
    "bot": (
        ("reference",),
        ("questions",),
        ("turn",),
        ("reporting",),
        ("carry_out",),
        ("which",),
        ("reading",),
        ("people", "decide"),
        ("papers", "answers"),
        ("help",),
        ("commands",),
        ("door",),
    ),
    "reports": (
        ("figures",),
        ("story",),
        ("pictures", "tables"),
        ("word",),
        ("archive",),
        ("attachments",),
    ),
}
RANK = {folder: rank for rank, group in enumerate(ORDER) for folder in group}
# Who may know a library: everybody else goes through them.
KNOWN_IN: dict[str, tuple[str, ...]] = {
    "telegram": ("channels/telegram", "sandbox/", "tests/"),
    "apscheduler": ("scheduler/runner.py", "tests/beat_bench.py"),
    "sqlalchemy": ("store/", "tests/"),
    "sqlite3": ("store/engines/", "store/heartbeat.py", "tests/"),
    "psycopg": ("store/heartbeat.py", "tests/"),
    "alembic": ("store/migrations/", "app/wiring.py", "tests/"),
    "matplotlib": ("reports/pictures/", "tests/intake/cases_pdf.py"),
    "axe_playwright_python": ("tests/",),
    # One place opens pictures that came from phones, and decodes none.
    "PIL": ("files/pictures.py", "reports/pictures/", "tests/"),
    "typer": ("cli/", "tests/cli/"),
    "rich": ("cli/", "tests/bench.py"),
    # Beside the sandbox: what Telegram brings to a webhook, what a monitor asks, and what leads to several offices.
    "starlette": (
        "desk/",
        "answer/",
        "app/desk_web.py",
        "app/answer_web.py",
        "app/web.py",
        "app/webhook.py",
        "app/health_web.py",
        "app/board_web.py",
        "app/rooms.py",
        "app/rooms_web.py",
        "app/rooted.py",
        "app/hooks.py",
        "sandbox/",
        "tests/",
    ),
    "uvicorn": ("app/web.py", "app/bounded.py", "app/bounded.py", "sandbox/", "tests/"),
    "prometheus_client": ("app/metrics.py", "tests/"),
    # Sentences, and the placeholders of the documents that an office changes in Word.
    "jinja2": (
        "words/",
        "desk/page.py",
        "answer/page.py",
        "reports/word/placeholders.py",
        "reports/word/templates.py",
        "tests/",
    ),
    "docxtpl": ("reports/word/templates.py",),
    "pydantic_settings": (
        "app/settings.py",
        "app/platform_settings.py",
        "app/public_settings.py",
        "app/setting_values.py",
        "app/installation_settings.py",
        "app/pages_settings.py",
    ),
    # Tables and pages that an office opens in its own programs.
    "openpyxl": ("intake/excel/", "tests/"),
    "xlsxwriter": ("reports/tables/sheet.py", "reports/tables/repeating.py", "reports/tables/plan_sheet.py", "tests/"),
    "docx": (
        "intake/word/",
        "reports/word/columns.py",
        "reports/word/invite_pages.py",
        "reports/word/templates.py",
        "tests/",
    ),
    "pdfplumber": ("intake/pdf/",),
    "segno": ("desk/door/authenticator.py", "desk/qr.py", "reports/word/invite_pages.py"),
    # What the office's screen asks of somebody who signs in.
    "argon2": ("desk/door/passphrase.py",),
    "cryptography": ("desk/door/sealed.py",),
    "pyotp": ("desk/door/authenticator.py", "tests/desk/"),
    "pyrage": ("app/age_encryption.py", "tests/"),
    # Letters: out, in, and the stand-in of the tests for a server that takes them.
    "aiosmtplib": ("channels/mail/",),
    "imaplib": ("channels/mail/reader.py", "tests/channels/mail/"),
    "aiosmtpd": ("tests/channels/mail/",),
}
# What one kind of database alone understands.
OF_ONE_DATABASE = re.compile(
    r"\b(PRAGMA|VACUUM|BEGIN IMMEDIATE|ON CONFLICT|SKIP LOCKED|sqlite_\w+|pg_(?!dump\b|restore\b)\w+)\b"
)
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}
# The clock, and what measures real seconds on purpose: the supervisor, what it starts, and the sandbox's servers.
READS_CLOCK = ("app/clock.py", "app/supervise.py", "app/forking.py", "sandbox/", "tests/")


def modules() -> Iterator[Path]:
    """Every module of the house."""
    for folder in RANK:
        yield from sorted((ROOT / folder).rglob("*.py"))


@cache
def tree_of(path: Path) -> ast.Module:
    """What a file says; each is read once for all rules."""
    return ast.parse(path.read_text("utf-8"))


def in_every_module(rule: Callable[[Path], None]) -> Callable[[], None]:
    """A test that holds a rule to every module: one test a rule, whose message names the place."""

    def test() -> None:
        for path in modules():
            rule(path)

    return test


def place(path: Path) -> str:
    """The path as it is written in this file."""
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            # `from bot import reference` names a module too.
            yield from (f"{node.module}.{each.name}" for each in node.names if node.module in ROOMS)


@in_every_module
def test_imports_point_back_up_the_list(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0]
    for name in imports(path):
        folder = name.split(".")[0]
        if folder in RANK and folder != own:
            where = "beside" if RANK[folder] == RANK[own] else "after"
            assert RANK[folder] < RANK[own], (
                f"{place(path)} imports {name}, but {folder} stands {where} {own} in the list: "
                "move what both need into a folder before them, or pass it in from app/wiring.py"
            )


@pytest.mark.parametrize("folder", ROOMS)
def test_rooms_import_back_up_their_list(folder: str) -> None:
    rank = {room: rank for rank, group in enumerate(ROOMS[folder]) for room in group}
    for path in sorted((ROOT / folder).rglob("*.py")):
        own = path.relative_to(ROOT / folder).parts[0].removesuffix(".py")
        if own == "__init__":
            continue
        assert own in rank, f"{place(path)} stands in no room of {folder}/: put it into one, or name the room here"
        for name in imports(path):
            parts = name.split(".")
            if parts[0] == folder and len(parts) > 1 and parts[1] != own:
                assert rank[parts[1]] < rank[own], f"{place(path)} imports {name}, whose room does not stand before"


@in_every_module
def test_a_library_is_known_in_one_place(path: Path) -> None:
    for name in imports(path):
        allowed = KNOWN_IN.get(name.split(".")[0])
        assert allowed is None or place(path).startswith(allowed), (
            f"{place(path)} imports {name}; only {', '.join(allowed)} may: give it a function there and call that"
        )


@in_every_module
def test_what_one_database_alone_understands_stands_in_its_engine(path: Path) -> None:
    if place(path).startswith(("store/engines/", "store/migrations/", "tests/")):
        return
    assert not any(name.startswith("sqlalchemy.dialects") for name in imports(path)), place(path)
    tree = tree_of(path)
    explained = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in explained:
            found = OF_ONE_DATABASE.search(node.value)
            assert found is None, (
                f"{place(path)}:{node.lineno} says {found[0]}: give store/engines a function for each kind of database"
            )


@in_every_module
def test_only_the_clock_reads_the_clock(path: Path) -> None:
    if place(path).startswith(READS_CLOCK):
        return
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            assert name not in ("datetime", "date", "time"), (
                f"{place(path)}:{node.lineno} reads the clock: take `now` as an argument, app/clock.py gives it"
            )


@in_every_module
def test_only_the_settings_read_the_environment(path: Path) -> None:
    if place(path).startswith(("app/settings.py", "app/supervise.py", "tests/")):
        return
    for node in ast.walk(tree_of(path)):
        assert not (isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")), (
            f"{place(path)}:{node.lineno} reads the environment: add a field to app/settings.py"
        )


# Where a platform may be named: its own folder, what stands in for it, and what puts the parts together and is set.
NAMES_PLATFORMS = ("channels/", "sandbox/", "tests/", "app/", "cli/", "store/migrations/")
PLATFORM = re.compile(r"telegram|t\.me/|zalo", re.IGNORECASE)
# Telegram's limits of a text, a caption and a button; beside an operator such a number is one of bytes.
PLATFORM_NUMBERS = (4096, 1024, 64)
SAYS_SOMETHING = ("delivery/", "progress/", "bot/", "scheduler/")


def said(tree: ast.AST) -> Iterator[tuple[int, object]]:
    """The names and constants of a module as (line, value); documentation and what is calculated with are left out."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    calculated = {
        id(each) for node in ast.walk(tree) if isinstance(node, ast.BinOp) for each in (node.left, node.right)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documented | calculated:
            yield node.lineno, node.value
        elif isinstance(node, ast.Name | ast.Attribute):
            yield node.lineno, node.id if isinstance(node, ast.Name) else node.attr
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


@in_every_module
def test_a_platform_is_known_in_its_own_folder(path: Path) -> None:
    if place(path).startswith(NAMES_PLATFORMS):
        return
    numbers = PLATFORM_NUMBERS if place(path).startswith(SAYS_SOMETHING) else ()
    for line, value in said(tree_of(path)):
        known = bool(PLATFORM.search(value)) if isinstance(value, str) else value in numbers
        assert not known, (
            f"{place(path)}:{line} knows {value!r} of a platform: a channel says what it can in its Abilities, and "
            "everybody else asks those"
        )


@in_every_module
def test_every_module_says_what_it_is(path: Path) -> None:
    if place(path).startswith("tests/"):
        return
    tree = tree_of(path)
    assert not tree.body or ast.get_docstring(tree), f"{place(path)} needs one sentence saying what it is"
