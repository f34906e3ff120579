"""How the command line speaks: tables for people, stable JSON for programs."""

import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table


def console(*, stderr: bool = False) -> Console:
    """The terminal."""
    return Console(stderr=stderr)


def say(words: str) -> None:
    """A sentence as it is, on standard output; a path or command in it is not broken into lines."""
    console().print(words, markup=False, highlight=False, soft_wrap=True)


def print_json(value: Any) -> None:
    """JSON on standard output, in UTF-8, with dates as the caller wrote them."""
    Console(soft_wrap=True).out(json.dumps(value, ensure_ascii=False, indent=2), highlight=False)


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A table as wide as the terminal."""
    table = Table(title=title, title_justify="left", show_lines=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console().print(table, markup=False)
