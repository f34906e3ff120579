"""Breaks the program one place at a time and says which breaks its own tests do not see.

`python -m tests.mutants` tries a sample of 60 of plan/ and words/, each with the tests of its folder; paths name other
files or folders, `--tests` other tests for all of them, asked in this order; `--sample 0` tries every mutant, `--seed`
another sample. It works on copies, `--jobs` at once. A mutant that lives is no fault where the program means the same.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).parent.parent
FOLDERS = (Path("plan"), Path("words"))
LEFT_OUT = shutil.ignore_patterns(".venv", ".git", "var", "__pycache__", ".*_cache", ".hypothesis")
PYTEST = ("pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0", "-m", "not long")
LONGEST_S = 600.0
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
}  # fmt: skip
# Their own break turns a condition round.
COMPARED = (ast.Compare, ast.UnaryOp)


@dataclass(frozen=True)
class Mutant:
    """One break: the file with it, its line, what stood there and what stands there now."""

    path: Path
    line: int
    change: str
    source: str


def places(path: Path) -> list[tuple[Path, int, int]]:
    """What can be broken in a file: the node, as a walk through its tree counts them, and which of its breaks."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return [(path, at, which) for at, node in enumerate(ast.walk(tree)) for which, _ in enumerate(breaks(node))]


def mutant(path: Path, at: int, which: int) -> Mutant:
    """The file with one break of one node."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    node = list(ast.walk(tree))[at]
    before = ast.unparse(node)
    setattr(node, *list(breaks(node))[which])
    change = " -> ".join(each.partition("\n")[0] for each in (before, ast.unparse(node)))
    return Mutant(path, getattr(node, "lineno", 0), change, ast.unparse(tree))


def breaks(node: ast.AST) -> Iterator[tuple[str, object]]:
    """What breaks a node, as a field and its value: another operator, a number one more or less, a condition turned
    round, nothing returned, a call left out.
    """
    match node:
        case ast.Compare(ops=[op]) if type(op) in SWAPS:
            yield "ops", [SWAPS[type(op)]()]
        case ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in SWAPS:
            yield "op", SWAPS[type(op)]()
        case ast.Constant(value=bool() as value):
            yield "value", not value
        case ast.Constant(value=int() | float() as value):
            yield from (("value", value + 1), ("value", value - 1))
        case ast.IfExp(test=test) | ast.If(test=test) | ast.While(test=test) if not isinstance(test, COMPARED):
            yield "test", ast.UnaryOp(ast.Not(), test)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "operand", ast.UnaryOp(ast.Not(), operand)
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and not value.value):
            yield "value", ast.Constant(None)
        case ast.Expr(value=ast.Call() | ast.Await() as call) if not ast.unparse(call).startswith("log."):
            yield "value", ast.Constant(None)


def tests_of(path: Path) -> list[Path]:
    """The tests of a file's folder, those of the file itself first, as they see most."""
    folder = Path("tests") / path.parts[0]
    return [each for each in (folder / f"test_{path.stem}.py", folder) if (ROOT / each).exists()]


def passes(house: Path, tests: Sequence[Path], longest_s: float) -> bool:
    """Whether tests pass in a copy of the house, within a time; on SQLite alone, as a server would outlive them."""
    command, environment = [sys.executable, "-m", *PYTEST, *map(str, tests)], os.environ | {"REQUIRE_POSTGRESQL": "0"}
    try:
        run = subprocess.run(command, cwd=house, env=environment, capture_output=True, timeout=longest_s)
    except subprocess.TimeoutExpired:
        return False
    return run.returncode == 0


def longest_for(house: Path, tests: Sequence[Path]) -> float:
    """How many seconds tests may take with a mutant: some times what they take without one."""
    started = time.monotonic()
    if not passes(house, tests, LONGEST_S):
        sys.exit(f"{' '.join(map(str, tests))}: do not pass as they are")
    return 4 * (time.monotonic() - started) + 30


def main() -> None:
    """Writes the mutants that live, and the score."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.mutants")
    parser.add_argument("paths", nargs="*", type=Path, default=FOLDERS)
    parser.add_argument("--tests", nargs="+", type=Path, default=[])
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    files = [file for path in asked.paths for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    found = [each for path in files for each in places(path)]
    if asked.sample and asked.sample < len(found):
        found = random.Random(asked.seed).sample(found, asked.sample)
    houses: SimpleQueue[Path] = SimpleQueue()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(asked.jobs) as pool:
        for number in range(asked.jobs):
            houses.put(house := shutil.copytree(ROOT, Path(folder) / str(number), ignore=LEFT_OUT))
        every = {tuple(asked.tests or tests_of(path)[-1:]) for path, *_ in found}
        longest_s = max(longest_for(house, tests) for tests in every)
        lived = 0
        for said in pool.map(lambda place: tried(mutant(*place), houses, asked.tests, longest_s), found):
            lived += said != ""
            sys.stdout.write(said)
            sys.stdout.flush()
    sys.stdout.write(f"{len(found) - lived} of {len(found)} killed\n")


def tried(broken: Mutant, houses: SimpleQueue[Path], tests: Sequence[Path], longest_s: float) -> str:
    """What is said of a mutant that lives in the next copy of the house that is free, "" when it does not."""
    file = (house := houses.get()) / broken.path
    whole = file.read_text("utf-8")
    file.write_text(broken.source, "utf-8")
    alive = passes(house, tests or tests_of(broken.path), longest_s)
    file.write_text(whole, "utf-8")
    houses.put(house)
    return f"lives: {broken.path}:{broken.line}: {broken.change}\n" if alive else ""


if __name__ == "__main__":
    main()
