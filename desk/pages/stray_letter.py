"""One letter that is nobody's, whole, with the work as whose answer it can be placed; for admins alone."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from desk.desk import Asked
from desk.page import render
from desk.queue.of_people import letter_words
from plan.status import State
from progress.choose import in_order
from progress.items import code_of, deadline, item_of
from store import obligations, stray_letters
from store.tables import Obligation
from words.render import clip

QUEUE = "/cho-xu-ly"
PATH = f"{QUEUE}/thu"
AGENCY = "don-vi"
TITLE = 70


def show(asked: Asked) -> Response:
    """The letter; what the agency `don-vi` owes and has not answered is offered, of the one to which the address
    belongs where none is named. Changes nothing.

    Raises HTTPException(404) for who is no admin, and for a letter that is not there or was looked at.
    """
    row = stray_letters.get(asked.session, asked.number("number")) if asked.viewer.is_admin else None
    if row is None or row.settled_at is not None:
        raise HTTPException(404)
    office = asked.office
    theirs = stray_letters.agencies_of(asked.session, row)
    agencies = office.in_order({*office.owing(), *theirs})
    agency = asked.query.get(AGENCY) or (theirs[0] if theirs else "")
    owed = obligations.of_agencies(asked.session, [agency], states=(State.OPEN,)) if agency in agencies else ()
    return render(
        asked,
        "stray_letter.html",
        letter=row,
        about=letter_words(asked, row),
        agencies=[(each, office.agency_name(each)) for each in agencies],
        agency=agency,
        owed=[(each.id, _option(asked, each)) for each in in_order(office, owed, asked.now)],
        path=f"{PATH}/{row.id}",
        way_back=f"{QUEUE}?loai=letter",
    )


def _option(asked: Asked, row: Obligation) -> str:
    item, code = item_of(asked.office, row), code_of(asked.office, row)
    if item is None:
        return code
    return f"{code} – {clip(item.task.title, TITLE)} ({deadline(asked.office, item)})"
