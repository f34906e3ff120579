"""/log: every message about an obligation, for admins: to whom, when, why, whether it arrived and was answered."""

from bot import reference
from bot.turn import Turn
from bot.which import readable
from progress.items import code_of
from reports.story.messages_sent import Told, messages
from store import people


def log(turn: Turn, rest: str) -> None:
    """/log 2b sondung."""
    found = readable.find_or_ask(turn, "log", reference.read(turn.office, rest), single=True)
    if found is None:
        return
    row = found.rows[0]
    code, agency = code_of(turn.office, row), turn.office.agency_name(row.agency_id)
    told = messages(turn.session, row)
    if not told:
        turn.answer(turn.text("history.log_none", code=code, agency=agency))
        return
    heading = turn.text("history.log_heading", code=code, agency=agency, count=len(told))
    turn.answer(heading, *(_line(turn, each) for each in told))


def _line(turn: Turn, told: Told) -> str:
    return turn.text(
        "history.log_line",
        at=told.at,
        person=people.named(turn.session, turn.office.agency_short, told.person_id) if told.person_id else told.to,
        what=turn.text(f"history.kind_{told.kind}"),
        rungs=list(told.rungs),
        state=turn.text(f"history.state_{told.state}"),
        why=turn.text(f"fault.{told.fault}", in_group=told.in_group) if told.fault else "",
        reminding=told.reminding,
        answered=told.answered,
    )
