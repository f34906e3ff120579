"""The tree of errors in `plan.errors` is whole: every error of the program, under its parent, with its module."""

import ast
import re
from pathlib import Path

from plan import errors

ROOT = Path(__file__).parent.parent
BRANCH = re.compile(r"^(?P<lead>[ │├└─]*)(?P<name>[A-Z]\w+)\s{2,}(?:(?P<module>[a-z]\w*(?:\.\w+)+): )?")
HERE = "plan.errors"


def written() -> dict[str, tuple[str, str]]:
    """By name its parent and module, as the docstring draws them; what names no module stands in `plan.errors`."""
    found: dict[str, tuple[str, str]] = {}
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if match := BRANCH.match(line.removeprefix("    ")):
            depth = len(match["lead"]) // 4
            above[depth:] = [match["name"]]
            found[match["name"]] = (above[depth - 1] if depth else "", match["module"] or HERE)
    return found


def defined() -> dict[str, tuple[str, str]]:
    """The same as the program's files have it, the bases that are only shared code left out."""
    bases: dict[str, tuple[str, str]] = {}
    for path in ROOT.glob("[a-z]*/**/*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        # A package's own file bears its name.
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        if parts[0] in ("tests", "sandbox"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and node.bases and isinstance(node.bases[0], ast.Name):
                bases[node.name] = (node.bases[0].id, ".".join(parts).removesuffix(".__init__"))

    def parent(name: str) -> str:
        base = bases[name][0] if name in bases else ""
        return parent(base) if base.startswith("_") else base

    def is_ours(name: str) -> bool:
        return name == "NhacViecError" or (name in bases and is_ours(bases[name][0]))

    ours = {name: (parent(name), module) for name, (_, module) in bases.items() if is_ours(name)}
    ours["NhacViecError"] = ("", HERE)
    return {name: place for name, place in ours.items() if not name.startswith("_")}


def test_every_error_is_drawn_where_it_is() -> None:
    assert written() == defined()
