"""Addresses of the list of tasks with its filters, and of one task: what a figure or a name on a page leads to."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from desk.lists.wanted import Wanted, address

# As many as one page of urging takes.
MOST_URGED = 500
LIST, USUAL = "/nhiem-vu", Wanted()


def of_list(of: Wanted = USUAL, **filters: Any) -> str:
    """The list as it is wanted, with fields of `desk.lists.wanted.Wanted` changed."""
    query = address(of, **filters)
    return f"{LIST}?{query}" if query else LIST


def of_urging(numbers: Iterable[int]) -> str:
    """Where obligations are urged, seen first; empty where there is none. Of very many the first are led to."""
    query = "&".join(f"viec={number}" for number in islice(numbers, MOST_URGED))
    return f"/don-doc/xem?{query}" if query else ""


def of_task(number: int) -> str:
    """One obligation by its number."""
    return f"{LIST}/{number}"
