"""Công văn đôn đốc: the draft of the letter to an agency that is late, for the compiling agency to sign."""

from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.responses import Response

from desk.desk import Asked
from desk.pages.report_downloads import KINDS, one_at_a_time
from plan.joint import members
from reports.attachments.attach import letter_name
from reports.attachments.report_files import File
from reports.word import letter

PATH = "/don-doc/cong-van"


def show(asked: Asked) -> Response:
    """The letter as Word, in the office's language; raises HTTPException(404) for who may not, and where nothing is
    late."""
    agency = asked.request.path_params["agency"]
    if not asked.viewer.is_admin or agency not in _addressed(asked, (agency,)):
        raise HTTPException(404)
    with one_at_a_time():
        found = letter.build(asked.session, asked.office.speaking(None), agency, asked.now)
        if found is None:
            raise HTTPException(404)
        data = letter.letter_docx(asked.office.speaking(None), found, asked.desk.templates)
    headers = {"Content-Disposition": f'attachment; filename="{letter_name(agency)}"'}
    return Response(data, media_type=KINDS[File.DOCX], headers=headers)


def offered(asked: Asked, agencies: Iterable[str]) -> list[tuple[str, str]]:
    """For agencies that are late, those who owe together each by itself: its name and where its letter is."""
    if not asked.viewer.is_admin:
        return []
    return [(asked.office.agency_short(each), f"{PATH}/{each}") for each in _addressed(asked, agencies)]


def _addressed(asked: Asked, agencies: Iterable[str]) -> list[str]:
    """To whom the compiling agency writes: to everybody who owes but itself."""
    office = asked.office
    known = {agency for each in office.owing() for agency in members(each)} - {office.compiler}
    return [each for each in dict.fromkeys(one for agency in agencies for one in members(agency)) if each in known]
