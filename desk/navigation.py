"""The navigation: the pages that are open to somebody, with how much waits on each."""

from dataclasses import dataclass

from desk import access
from desk.access import Page
from desk.desk import Asked

PATHS = {
    Page.TODAY: "/",
    Page.TASKS: "/nhiem-vu",
    Page.QUEUE: "/cho-xu-ly",
    Page.URGING: "/don-doc",
    Page.PEOPLE: "/can-bo",
    Page.PLANS: "/ke-hoach",
    Page.REPORTS: "/bao-cao",
    Page.OWN_REPORTS: "/bao-cao-don-vi",
    Page.SETTINGS: "/thiet-lap",
    Page.ACCOUNT: "/tai-khoan",
}


@dataclass(frozen=True)
class Item:
    """A page in the navigation; `count` is None where nothing is counted."""

    page: Page
    path: str
    count: int | None
    is_here: bool


def of(asked: Asked) -> list[Item]:
    """The navigation of a request's viewer."""
    here = asked.request.url.path
    return [
        Item(page, path, asked.waiting.count if page is Page.QUEUE else None, here == path)
        for page, path in PATHS.items()
        if access.may_see(asked.viewer, page)
    ]
