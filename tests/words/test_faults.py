"""What a platform says of a message that it does not take is for the log: people read a sentence of ours."""

import ast
from pathlib import Path

import pytest

from words import catalogue
from words.faults import Fault, fault_of, kept

ROOT = Path(__file__).parents[2]
# Who may look at what the row keeps: the store, which keeps it, and who sends.
KEEPERS = ("store", "delivery")
ROOMS = ("bot", "progress", "reports", "scheduler", "cli", "app", "words")


@pytest.mark.parametrize("fault", Fault, ids=str)
def test_a_word_stands_before_what_the_log_says(fault: Fault) -> None:
    assert fault_of(kept(fault, "400 Bad Request: closed: x")) is fault


def test_what_an_earlier_version_kept_has_no_word() -> None:
    assert [fault_of(each) for each in ("", "403 Forbidden: bot was blocked", "in doubt: x")] == [Fault.OTHER] * 3


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_has_a_sentence(language: str) -> None:
    sentences = catalogue.load(ROOT / "data" / f"texts_{language}.toml")
    said = [sentences(f"fault.{fault}", in_group=in_group) for fault in Fault for in_group in (True, False)]
    assert all(said)


def _reads_of(name: str, path: Path) -> list[ast.Attribute]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked = {
        id(call.args[0])
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "fault_of"
    }
    return [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.Attribute) and each.attr == name and id(each) not in asked
    ]


def test_nobody_but_its_keepers_reads_what_a_row_keeps_save_for_its_word() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{each.lineno}"
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        for each in _reads_of("last_error", path)
    ]
    assert not found, f"an error's own text may reach a person here: take words.faults.fault_of ({found})"
