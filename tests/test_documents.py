"""What the documents say is what the program does."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.installation_settings import Installation
from app.settings import Settings
from bot.commands import COMMANDS
from cli.main import app
from tests import conversation, documents
from tests.cli.command import nhacviec

ROOT = documents.ROOT
ALL = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
COMPOSED = sorted(ROOT.glob("compose*.yaml"))


# The service says every command for this page; `make check` looks at it each time.
SAID_ANEW = "docs/commands.md"
PAGES = [pytest.param(name, marks=pytest.mark.long) if name == SAID_ANEW else name for name in documents.FILES]


@pytest.mark.parametrize("name", PAGES)
def test_generated_parts_are_what_they_describe(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "<!-- generated:" in text
    assert documents.fill(text) == text, f"{name} is out of date: run `make docs`"


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 150


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_links_to_files_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), f"{path.name} points to {target}, which is not there"


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_commands_in_documents_exist(path: Path) -> None:
    known = {command.name for command in app.registered_commands} | {group.name for group in app.registered_groups}
    for name in re.findall(r"`nhacviec ([a-z]+)", path.read_text("utf-8")):
        assert name in known, f"{path.name} names `nhacviec {name}`, which is no command"


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_make_targets_in_documents_exist(path: Path) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for name in re.findall(r"`make ([a-z-]+)`", path.read_text("utf-8")):
        assert name in targets, f"{path.name} names `make {name}`, which is no target"


def test_every_command_has_help() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    for command in app.registered_commands:
        assert str(command.name) in done.stdout


def test_each_of_the_27_failures_is_kept_by_tests_that_exist() -> None:
    page = (ROOT / "docs" / "failures.md").read_text("utf-8")
    rows = re.findall(r"^\| R(\d+) \|.*\| (.*) \|$", page, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 28))
    assert [number for number, tests in rows if "::" not in tests] == []
    for path, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page):
        assert re.search(rf"^def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), f"{path} has no {name}"


def test_what_always_holds_is_looked_at_by_a_method_of_that_name() -> None:
    page = (ROOT / "docs" / "states.md").read_text("utf-8").split("## What always holds")[1]
    parts = re.findall(r"\(`(tests/[a-z_/]+\.py)`\):\n(.*?)(?=\n\n[A-Z]|\Z)", page, re.DOTALL)
    assert len(parts) == 2
    for name, sentences in parts:
        methods = set(re.findall(r"def ([a-z_]+)\(self", (ROOT / name).read_text("utf-8")))
        named = re.findall(r"\(`([a-z_]+)`\)", sentences)
        assert named
        assert set(named) <= methods


def test_the_scripts_can_be_read_by_the_shell() -> None:
    for script in [ROOT / ".ci" / "run", *ROOT.glob("**/*.sh")]:
        if ".venv" not in script.parts:
            subprocess.run(["bash", "-n", str(script)], check=True)


def test_every_command_has_an_example_in_the_table_of_the_conversation() -> None:
    assert set(conversation.EXAMPLES) == {command.verb for command in COMMANDS}


@pytest.mark.parametrize("part", [0, 1, 2], ids=["the conversation", "the screen", "the page to answer on"])
def test_the_map_names_every_file_and_nothing_else(part: int) -> None:
    page = (ROOT / "docs" / "map.md").read_text("utf-8").split("\n## ")[part]
    head, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line[:1] == "|"
    ]
    folders = head[1:]
    named = {
        f"{folder}/{name}.py"
        for row in rows[1:]
        for folder, cell in zip(folders, row[1:], strict=True)
        for name in re.findall(r"[\w/]+", cell)
    }
    there = {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "__init__.py" and not {"migrations", "engines"} & set(path.parts)
    }
    assert named - there == set(), "the map names files that are not there"
    assert there - named == set(), "docs/map.md does not say what these files belong to"


def test_each_attack_of_the_page_on_security_is_tried_by_a_test_that_exists() -> None:
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+\.py)`", page))
    assert named == {path.name for path in (ROOT / "tests" / "attacks").glob("test_*.py")}


@pytest.mark.parametrize("path", COMPOSED, ids=lambda path: path.name)
def test_what_containers_run_are_commands_that_take_what_they_are_given(path: Path, tmp_path: Path) -> None:
    text = path.read_text("utf-8")
    checked = re.findall(r'test: \["CMD", "nhacviec", (.*)\]', text)
    lines = re.findall(r"^ +command: ([^\[\n]+)$", text, re.MULTILINE) + [re.sub('[",]', "", each) for each in checked]
    assert len(lines) >= 2
    for line in lines:
        nhacviec(tmp_path, *line.split(), "--help")


@pytest.mark.parametrize("path", COMPOSED, ids=lambda path: path.name)
def test_what_containers_are_given_are_settings(path: Path) -> None:
    known = {name.upper() for each in (Settings, Installation) for name in each.model_fields}
    named = re.findall(r"^ +([A-Z][A-Z_]+):", path.read_text("utf-8"), re.MULTILINE)
    # libpq's own, and that of the server's image.
    assert set(named) - known <= {"PGPASSFILE", "POSTGRES_PASSWORD_FILE"}


def test_units_of_systemd_run_commands_that_take_what_they_are_given(tmp_path: Path) -> None:
    units = [re.findall(r"^ExecStart=\S+/nhacviec (.+)$", each.read_text("utf-8"), re.MULTILINE) for each in ALL]
    lines = {line for found in units for line in found}
    assert lines >= {"run", "work", "pages"}
    for line in lines:
        nhacviec(tmp_path, *line.split(), "--help")
