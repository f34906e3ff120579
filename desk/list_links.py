"""Addresses of the list of tasks with its filters, and of one task: what a figure or a name on a page leads to."""

from urllib.parse import urlencode

LIST = "/nhiem-vu"
STATE, AGENCY, PERIOD = "trang-thai", "don-vi", "ky"
LATE, RETURNED, NEAR, WAITING, BLOCKED = "qua-han", "tra-lai", "sap-den-han", "cho-xac-nhan", "vuong-mac"


def of_list(**filters: str) -> str:
    """The list with filters, named as in the address: state, agency, period; empty ones are left out."""
    names = {"state": STATE, "agency": AGENCY, "period": PERIOD}
    chosen = {names[key]: value for key, value in filters.items() if value}
    return f"{LIST}?{urlencode(chosen)}" if chosen else LIST


def of_task(number: int) -> str:
    """One obligation by its number."""
    return f"{LIST}/{number}"
