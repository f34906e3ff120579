"""Who may see what: the chat's matrix, extended by pages. One function is asked for every page and every object."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from desk.viewer import Viewer
from plan.people import Role
from progress.reading_rights import may_read
from store.tables import Obligation
from words.office import Office

EVERYBODY = frozenset(Role)
WHO_READ_ALL = frozenset({Role.ADMIN, Role.LEADER})
WHO_CONFIRM = WHO_READ_ALL | {Role.HEAD}


class Page(StrEnum):
    """The pages, in the order of the navigation."""

    TASKS = "tasks"
    TASK = "task"
    QUEUE = "queue"
    ACCOUNT = "account"


# A leader reads what an admin reads; what somebody may do is asked of `progress.acts.may`, never of this table.
OPEN_TO: Mapping[Page, frozenset[Role]] = {
    Page.TASKS: EVERYBODY,
    Page.TASK: EVERYBODY,
    Page.QUEUE: WHO_CONFIRM,
    Page.ACCOUNT: EVERYBODY,
}


def may_see(viewer: Viewer, page: Page) -> bool:
    """Whether a page is open to somebody at all."""
    return not OPEN_TO[page].isdisjoint(viewer.roles)


def may_see_work(viewer: Viewer, office: Office, row: Obligation, today: date) -> bool:
    """Whether an obligation is theirs to look at; `today` is local. What is not is to be answered as if it were not
    there."""
    return may_read(office, viewer.roles, viewer.agencies, row, today)


def may_see_agency(viewer: Viewer, agency_id: str) -> bool:
    """Whether an agency's part is theirs to look at."""
    return viewer.reads_all or agency_id in viewer.agencies
