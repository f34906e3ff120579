"""What becomes of a document once its bytes are here and were read: a draft, a change of a plan, or nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from intake.draft import Draft
from intake.errors import RefusedError
from plan.amendment import Amendment
from plan.errors import NhacViecError
from progress import importing, revising, revising_words
from progress.importing import Work
from store import plan_imports
from store.import_tables import PlanImport
from words.office import Office


@dataclass(frozen=True)
class Known:
    """The same document is worked on, or `serves` as a plan: nothing changed."""

    serves: bool


@dataclass(frozen=True)
class SheetBack:
    """A plan's own sheet that came back; `found` is what it changes, None where it is the plan as it serves."""

    found: Amendment | None
    basis: str


# RefusedError and the errors of progress.revising_words.REFUSED are values here: why nothing was kept.
Came = NhacViecError | Known | SheetBack | Work


def take(
    session: Session, live: Office, row: PlanImport, came: tuple[bytes, Draft | RefusedError], now: datetime
) -> Came:
    """Keeps a document with its draft, or nothing of it; `row` is what was noted when it came, `now` is UTC.

    `live` is the office in its own language, in which a sheet of a plan is written.
    """
    data, read = came
    if isinstance(read, RefusedError):
        importing.refused(session, row, read)
        return read
    if (known := plan_imports.same(session, data)) is not None:
        importing.drop(session, row, now, by=row.made_by, via=row.via)
        return Known(known.state == plan_imports.ADOPTED)
    if read.revision is None or read.revision.sheet is None:
        importing.read(session, row, data, read)
        return importing.work(session, live, row, now)
    sheet = read.revision.sheet
    try:
        return SheetBack(revising.take_sheet(session, live, row, data, sheet, now), sheet.basis)
    except revising_words.REFUSED as error:
        plan_imports.refuse(session, row, "own_sheet")
        return error
