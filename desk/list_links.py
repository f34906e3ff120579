"""Addresses of the list of tasks with its filters, and of one task: what a figure or a name on a page leads to."""

from typing import Any

from desk.lists.wanted import Wanted, address

LIST, USUAL = "/nhiem-vu", Wanted()


def of_list(of: Wanted = USUAL, **filters: Any) -> str:
    """The list as it is wanted, with fields of `desk.lists.wanted.Wanted` changed."""
    query = address(of, **filters)
    return f"{LIST}?{query}" if query else LIST


def of_task(number: int) -> str:
    """One obligation by its number."""
    return f"{LIST}/{number}"
