"""Who may see what: the chat's matrix, extended by pages. One function is asked for every page and every object."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from desk.lists.seen import Seen
from desk.viewer import Viewer
from plan.people import Role
from progress.reading_rights import followed, may_read
from store.tables import Obligation
from words.office import Office

EVERYBODY = frozenset(Role)
WHO_READ_ALL = frozenset({Role.ADMIN, Role.LEADER})
WHO_CONFIRM = WHO_READ_ALL | {Role.HEAD}


class Page(StrEnum):
    """The pages, in the order of the navigation."""

    TODAY = "today"
    TASKS = "tasks"
    TASK = "task"
    QUEUE = "queue"
    URGING = "urging"
    PEOPLE = "people"
    PLANS = "plans"
    REPORTS = "reports"
    OWN_REPORTS = "own_reports"
    AGENCY_REPORT = "agency_report"
    SETTINGS = "settings"
    ACCOUNT = "account"


# A leader reads what an admin reads; what somebody may do is asked of `progress.acts.may`, never of this table.
OPEN_TO: Mapping[Page, frozenset[Role]] = {
    Page.TODAY: EVERYBODY,
    Page.TASKS: EVERYBODY,
    Page.TASK: EVERYBODY,
    Page.QUEUE: WHO_CONFIRM,
    Page.URGING: WHO_READ_ALL,
    Page.PEOPLE: WHO_READ_ALL,
    Page.PLANS: WHO_READ_ALL,
    Page.REPORTS: WHO_READ_ALL,
    # Who reads all comes to an agency's report from the whole one.
    Page.OWN_REPORTS: frozenset({Role.HEAD, Role.OFFICER}),
    Page.AGENCY_REPORT: EVERYBODY,
    Page.SETTINGS: WHO_READ_ALL,
    Page.ACCOUNT: EVERYBODY,
}


def may_see(
    viewer: Viewer,
    page: Page,
    thing: Obligation | str | None = None,
    office: Office | None = None,
    today: date | None = None,
) -> bool:
    """Whether somebody may see a page, and on it a thing: an obligation (with the office and the local day), an
    agency by its id, or nothing in particular.

    What they may not is answered as if it were not there.
    """
    if OPEN_TO[page].isdisjoint(viewer.roles):
        return False
    match thing:
        case Obligation():
            assert office is not None
            assert today is not None
            return may_read(office, viewer.roles, viewer.agencies, thing, today)
        case str():
            return viewer.reads_all or thing in viewer.agencies
        case None:
            return True


def seen(viewer: Viewer, lines: Seen, office: Office, today: date) -> Seen:
    """Of the list's lines those whose obligations somebody may see: `may_see` of each of them, asked of all at once."""
    if viewer.reads_all:
        return lines
    beside = followed(office, viewer.agencies, today)
    return Seen(line for line in lines.lines if line.agency in viewer.agencies or (line.plan, line.task) in beside)
