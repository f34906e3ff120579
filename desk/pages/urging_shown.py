"""What was chosen to be urged, before anything is sent: who would hear it, and the form for what was said by hand."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from desk import forms
from desk.desk import Asked
from desk.page import render
from desk.pages.urging import AGENCY, MOST, WHICH, line_of
from progress.acts.decisions import Way
from progress.items import code_of
from progress.urging import Addressee, of_rows, reach
from store.tables import Obligation


def show(asked: Asked) -> Response:
    """The obligations named in the address (`viec`, several), each looked at by the viewer's own right."""
    rows = [asked.work(number) for number in _numbers(asked)]
    office, now = asked.office, asked.now
    wanted = of_rows(asked.session, office, [row.id or 0 for row in rows])
    whom = reach(asked.session, office, wanted, now, asker=asked.viewer.person_id)
    return render(
        asked,
        "urging_shown.html",
        rows=",".join(str(row.id) for row in rows),
        lines=[(line, office.agency_short(row.agency_id)) for row in rows if (line := line_of(asked, row))],
        addressees=[(each.person.name, _owed(asked, each)) for each in whom.addressees],
        urged=[f"{person.name} ({office.agency_short(agency)})" for person, agency in whom.urged],
        nobody=[office.agency_short(each) for each in office.in_order(whom.nobody)],
        later=None if office.may_send(now) else office.next_sending(now),
        ways=tuple(Way),
        today=office.today(now),
        may=asked.viewer.is_admin,
        # What was done is shown on the page of all of it: this one is about what is still to be done.
        done=_back(rows),
    )


def _numbers(asked: Asked) -> list[int]:
    """The numbers in the address, each once; raises HTTPException 404 or 400 for what is none, or too many."""
    found = asked.request.query_params.getlist(WHICH)
    if len(found) > MOST:
        raise HTTPException(400)
    return list(dict.fromkeys(map(forms.number_of, found)))


def _owed(asked: Asked, to: Addressee) -> str:
    return ", ".join(dict.fromkeys(code_of(asked.office, row) for row in to.rows))


def _back(rows: list[Obligation]) -> str:
    agencies = {row.agency_id for row in rows}
    return f"/don-doc?{AGENCY}={agencies.pop()}" if len(agencies) == 1 else "/don-doc"
