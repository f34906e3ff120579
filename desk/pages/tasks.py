"""The list of tasks: what the viewer's agencies owe, or all of it, each obligation a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from desk.desk import Asked
from desk.page import render
from plan.status import State
from progress.choose import in_order
from progress.items import code_of, item_of
from store import obligations
from store.tables import Obligation

# A state in a word and a shade: never the shade alone.
LATE, NEAR, RUNNING, DONE, APART = "late", "near", "running", "done", "apart"


@dataclass(frozen=True)
class Row:
    """One obligation as the list shows it; `days` are working days left, negative when late, None where neither."""

    id: int
    code: str
    title: str
    agency: str
    due: date | None
    printed: str
    days: int | None
    shade: str
    state: str


def show(asked: Asked) -> Response:
    """The list of what is open or answered."""
    rows = [row_of(asked, each) for each in in_order(asked.office, visible(asked), asked.now)]
    return render(asked, "tasks.html", rows=rows)


def visible(asked: Asked) -> Sequence[Obligation]:
    """What the viewer may see of what is in the plan: the whole office's, or their agencies'."""
    if asked.viewer.reads_all:
        found = obligations.all_of(asked.session)
    else:
        found = obligations.of_agencies(asked.session, asked.viewer.agencies, states=tuple(State))
    return [row for row in found if row.state != State.RETIRED]


def row_of(asked: Asked, row: Obligation) -> Row:
    """An obligation as a row of a list."""
    office, today = asked.office, asked.office.today(asked.now)
    item, time = item_of(office, row), office.lateness(row, today)
    if row.state == State.DONE:
        shade = DONE
    elif row.state != State.OPEN:
        shade = APART
    else:
        shade = LATE if time.is_late else NEAR if time.is_near else RUNNING
    return Row(
        id=row.id or 0,
        code=code_of(office, row),
        title=item.task.title if item else "",
        agency=office.agency_short(row.agency_id),
        due=row.due,
        printed=item.milestone.printed if item else "",
        days=time.days if row.state == State.OPEN else None,
        shade=shade,
        state=asked.t(f"state.{row.state}", at=row.done_at),
    )
