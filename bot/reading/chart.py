"""/chart: progress over time, or one agency's year, as a picture with its words under it."""

from collections.abc import Iterable

from bot.reading.summary import refuse_if_outside, scope_here
from bot.turn import Turn
from channels.base import ChatKind
from plan.joint import is_joint
from plan.people import Role
from reports.attachments.paint import agency_name, progress_name, record_at
from reports.figures.scope import agencies_of, find_body
from reports.pictures.alt import agency_alt, progress_alt
from words.message import escape


def chart(turn: Turn, rest: str) -> None:
    """/chart: progress over time, of a group of agencies too (xa); of one agency (sondung) its year.

    In private, who is neither admin nor leader sees the year of the own agency.
    """
    body = find_body(turn.office, rest) if rest else None
    if rest and body is None:
        turn.answer(turn.text("picture.unknown", wanted=rest))
    elif turn.incoming.chat_kind is ChatKind.PRIVATE and not turn.roles & {Role.ADMIN, Role.LEADER}:
        _own(turn, body)
    elif not refuse_if_outside(turn, body):
        scope = (body,) if body else scope_here(turn)
        agencies = agencies_of(turn.office, scope)
        if len(agencies) == 1:
            _years(turn, agencies)
        else:
            _progress(turn, scope)


def _own(turn: Turn, body: str | None) -> None:
    if body is not None and body not in turn.agencies:
        turn.answer(turn.text("picture.not_yours"))
    else:
        # What is owed with others stands in the year of each.
        _years(turn, (body,) if body else [each for each in turn.agencies if not is_joint(each)])


def _progress(turn: Turn, scope: tuple[str, ...]) -> None:
    record = record_at(turn.session, turn.office, turn.now, scope)
    turn.answer(escape(progress_alt(turn.office, record)), picture=progress_name(record))


def _years(turn: Turn, agencies: Iterable[str]) -> None:
    for agency in agencies:
        record = record_at(turn.session, turn.office, turn.now, (agency,))
        turn.answer(escape(agency_alt(turn.office, record, agency)), picture=agency_name(record, agency))
