"""Addresses of the list of tasks with its filters, and of one task: what a figure or a name on a page leads to."""

from typing import Any

from desk.lists.wanted import Wanted, address

LIST = "/nhiem-vu"


def of_list(**filters: Any) -> str:
    """The list narrowed by fields of `desk.lists.wanted.Wanted`."""
    query = address(Wanted(), **filters)
    return f"{LIST}?{query}" if query else LIST


def of_task(number: int) -> str:
    """One obligation by its number."""
    return f"{LIST}/{number}"
