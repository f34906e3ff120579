"""Addresses of the list of tasks with its filters, and of one task: what a figure or a name on a page leads to."""

from urllib.parse import urlencode

LIST = "/nhiem-vu"
TAB, AGENCY, BOX = "muc", "don-vi", "tinh-trang"
ALL, LATE, RETURNED, NEAR, WAITING, BLOCKED = "all", "overdue", "returned", "near", "waiting", "blocked"


def of_list(**filters: str) -> str:
    """The list with filters: `tab`, `agency` by its id, `box` of the figures; empty ones are left out."""
    names = {"tab": TAB, "agency": AGENCY, "box": BOX}
    chosen = {names[key]: value for key, value in filters.items() if value}
    return f"{LIST}?{urlencode(chosen)}" if chosen else LIST


def of_task(number: int) -> str:
    """One obligation by its number."""
    return f"{LIST}/{number}"
