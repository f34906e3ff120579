"""Every regular expression of what reads people, found in modules and in their text; run it to see the slowest."""

import ast
import importlib
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What reads what people type or send, and the documents of an office.
FOLDERS = (
    *("plan", "words", "files", "store", "channels", "delivery", "progress", "reports", "bot", "scheduler", "app"),
    "intake",
)
AT_BEGINNING = ("match", "fullmatch")
ONE_CALL = ("match", "search", "sub", "fullmatch", "findall", "split", "finditer", "subn", "compile")
# As long as a message is: what comes by other ways is cut or measured before it is read.
LETTERS = 4096
PIECES = (
    *("a", " ", "1", "\n", ".", "-", "_", "/", "a ", "1 ", "1/", "a.", "2b ", " ,", "xong ", "khong co ", "viec "),
    *("quy 1 nam 2020 ", "05/KH-UBND ", "ngay 1 thang 1 ", "<b>", "{{", "&amp;", "0912 ", "muc ", "\u1ea1", "(", "Đ"),
)


def modules() -> Iterator[tuple[str, Path]]:
    """The program's modules by name."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path


def patterns() -> dict[str, tuple[re.Pattern[str], str]]:
    """Each pattern over text by where it stands, with the way it is used: what a module holds, and what calls give."""
    trees = {name: ast.parse(path.read_text("utf-8")) for name, path in modules()}
    ways = _ways(trees.values())
    found: dict[str, tuple[re.Pattern[str], str]] = {}
    for name, tree in trees.items():
        for key, value in vars(importlib.import_module(name)).items():
            for number, each in enumerate(_held(value)):
                found[f"{name}.{key}[{number}]"] = each, ways.get(key, "search")
        for node in ast.walk(tree):
            if (text := _called_with(node)) is not None:
                found[f"{name}:{node.lineno}"] = re.compile(text[0]), text[1]  # type: ignore[attr-defined]
    return found


def _ways(trees: Iterable[ast.AST]) -> dict[str, str]:
    """How patterns are used, by their names: "search" where any use looks at each place of a text."""
    found: dict[str, str] = {}
    for node in (each for tree in trees for each in ast.walk(tree)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ONE_CALL:
            held = node.func.value.value if isinstance(node.func.value, ast.Subscript) else node.func.value
            name = held.id if isinstance(held, ast.Name) else held.attr if isinstance(held, ast.Attribute) else ""
            way = node.func.attr if node.func.attr in AT_BEGINNING else "search"
            found[name] = "search" if found.get(name, way) != way else way
    return found


def _held(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _held(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _held(each)


def _called_with(node: ast.AST) -> tuple[str, str] | None:
    """The letters of a pattern that a call of `re` gives, with the way it is used; one that is held is found held."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ONE_CALL):
        return None
    of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr != "compile"
    first = node.args[0] if node.args else None
    if not of_re or not isinstance(first, ast.Constant) or not isinstance(first.value, str):
        return None
    return first.value, node.func.attr if node.func.attr in AT_BEGINNING else "search"


def hostile(letters: int = LETTERS) -> Iterator[str]:
    """Long texts of one piece, each ending as nothing wants it and beginning as everything does."""
    for piece in PIECES:
        text = (piece * letters)[:letters]
        yield f"{text}!\x00"
        yield f"2b {text}"[:letters]


def try_all() -> None:
    """Every pattern, as it is used, on every hostile text; names the slowest on standard output."""
    texts, spent = list(hostile()), {}
    for where, (each, way) in patterns().items():
        began = time.process_time()
        for text in texts:
            getattr(each, way)(text)
        spent[where] = time.process_time() - began
    for where, seconds in sorted(spent.items(), key=lambda pair: -pair[1])[:12]:
        print(f"{seconds:.2f} s {where}")  # noqa: T201


if __name__ == "__main__":
    try_all()
