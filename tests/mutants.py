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
NEEDED = (*FOLDERS, "files", "data", "docs", "tests", "app", "pyproject.toml")
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


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a file: an operator swapped, a number one more, a condition turned round."""
    text = (ROOT / path).read_text("utf-8")
    for number, node in enumerate(ast.walk(ast.parse(text))):
        tree = ast.parse(text)
        if place := _changed(next(each for at, each in enumerate(ast.walk(tree)) if at == number)):
            yield Mutant(path, node.lineno, ast.unparse(place), ast.unparse(tree))  # type: ignore[attr-defined]


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


def lives(mutant: Mutant, house: Path) -> bool:
    """Whether the tests of its folder pass with it: those of the file itself first, as they see most."""
    (house / mutant.path).write_text(mutant.source, "utf-8")
    folder = Path("tests") / mutant.path.parts[0]
    own = folder / f"test_{mutant.path.stem}.py"
    try:
        return not any(_fails(house, each) for each in (own, folder) if (house / each).exists())
    finally:
        shutil.copy(ROOT / mutant.path, house / mutant.path)


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
    found = [each for path in files for each in mutants(path)]
    if asked.sample and asked.sample < len(found):
        found = random.Random(asked.seed).sample(found, asked.sample)
    with tempfile.TemporaryDirectory() as folder:
        living = _try_all(found, [Path(folder) / str(number) for number in range(os.cpu_count() or 1)])
    for each in sorted(living, key=lambda each: (each.path, each.line)):
        sys.stdout.write(f"lives: {each.path}:{each.line}: {each.now}\n")
    sys.stdout.write(f"{len(found) - len(living)} of {len(found)} killed\n")


def _try_all(found: list[Mutant], houses: list[Path]) -> list[Mutant]:
    """Tries all, as many at once as there are copies of the house."""
    for house in houses:
        house.mkdir()
        for name in NEEDED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, house / name)
    free = list(houses)

    def tried(mutant: Mutant) -> bool:
        house = free.pop()
        try:
            return lives(mutant, house)
        finally:
            free.append(house)

    with ThreadPoolExecutor(len(houses)) as pool:
        return [each for each, alive in zip(found, pool.map(tried, found), strict=True) if alive]


if __name__ == "__main__":
    main()
