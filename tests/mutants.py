"""Breaks plan/ and words/ one place at a time and says which breaks their own tests do not see.

`python -m tests.mutants` tries a sample of 60; `--sample 0` all of them, `--seed` another sample, paths only those
files. It works on copies; a mutant that lives is no fault where the program means the same with it.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("plan", "words")
LEFT_OUT = shutil.ignore_patterns(".venv", ".git", "var", "__pycache__", ".*_cache")
LONGEST = 600
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One break: the file with it, its line, and what stands there now."""

    path: Path
    line: int
    now: str
    source: str


def places(path: Path) -> list[tuple[Path, int]]:
    """What can be broken in a file: the numbers of the nodes, as a walk through its tree counts them."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return [(path, number) for number, node in enumerate(ast.walk(tree)) if _changed(node)]


def mutant(path: Path, number: int) -> Mutant:
    """The file with one node changed: an operator swapped, a number one more, a condition turned round."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    node = list(ast.walk(tree))[number]
    line = getattr(node, "lineno", 0)
    place = _changed(node)
    assert place is not None
    return Mutant(path, line, ast.unparse(place), ast.unparse(tree))


def _changed(node: ast.AST) -> ast.AST | None:
    """The node, changed; None where it is none that is changed."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in SWAPS:
            node.ops = [SWAPS[type(op)]()]  # type: ignore[list-item]
        case ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in SWAPS:
            node.op = SWAPS[type(op)]()  # type: ignore[assignment]
        case ast.Constant(value=int() as value) if not isinstance(value, bool):
            node.value = value + 1
        case ast.IfExp(test=test) | ast.If(test=test):
            node.test = ast.copy_location(ast.UnaryOp(ast.Not(), test), test)
            return test
        case _:
            return None
    return node


def lives(broken: Mutant, house: Path) -> bool:
    """Whether the tests of its folder pass with it: those of the file itself first, as they see most."""
    (house / broken.path).write_text(broken.source, "utf-8")
    folder = Path("tests") / broken.path.parts[0]
    own = folder / f"test_{broken.path.stem}.py"
    try:
        return not any(_fails(house, each) for each in (own, folder) if (house / each).exists())
    finally:
        shutil.copy(ROOT / broken.path, house / broken.path)


def _fails(house: Path, tests: Path) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(tests)]
    command += [f"--confcutdir={tests.parent if tests.suffix else tests}", "--hypothesis-seed=0"]
    try:
        run = subprocess.run(command, cwd=house, capture_output=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return True
    return run.returncode != 0


def main() -> None:
    """Writes the mutants that live, and the score."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.mutants")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    files = asked.files or [
        each.relative_to(ROOT) for folder in FOLDERS for each in sorted((ROOT / folder).glob("*.py"))
    ]
    where = [each for path in files for each in places(path)]
    if asked.sample and asked.sample < len(where):
        where = random.Random(asked.seed).sample(where, asked.sample)
    found = [mutant(*each) for each in where]
    with tempfile.TemporaryDirectory() as folder:
        houses = [Path(folder) / str(number) for number in range(os.cpu_count() or 1)]
        for house in houses:
            shutil.copytree(ROOT, house, ignore=LEFT_OUT)
        for tests in sorted({Path("tests") / each.path.parts[0] for each in found}):
            if _fails(houses[0], tests):
                sys.exit(f"{tests} does not pass as it is: mend it first")
        tried = killed = 0
        for each, alive in _each(found, houses):
            tried, killed = tried + 1, killed + (not alive)
            if alive:
                _say(f"lives: {each.path}:{each.line}: {each.now}")
        _say(f"{killed} of {tried} killed")


def _each(found: list[Mutant], houses: list[Path]) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant in turn with whether it lives, as many tried at once as there are copies of the house."""
    free = list(houses)

    def tried(broken: Mutant) -> bool:
        house = free.pop()
        try:
            return lives(broken, house)
        finally:
            free.append(house)

    with ThreadPoolExecutor(len(houses)) as pool:
        yield from zip(found, pool.map(tried, found), strict=True)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
