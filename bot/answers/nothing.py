"""Nothing arose: a full answer to a duty that comes again, and none to work that has a day and a product."""

from dataclasses import replace

from bot.turn import Turn
from plan.status import ANSWERED
from progress.choose import RECURRING
from progress.items import code_of
from progress.submit import Said
from store import submissions
from store.tables import Obligation
from words.nothing import nothing_arose


def accepted(turn: Turn, row: Obligation, said: Said) -> Said | None:
    """What is to be recorded, None where the person was told why nothing is."""
    agency, compiler = turn.office.agency_name(row.agency_id), turn.office.compiler_name
    code = code_of(turn.office, row)
    if row.kind not in RECURRING:
        turn.answer(turn.text("nothing.refused", code=code, compiler=compiler))
        return None
    if row.state in ANSWERED:
        turn.answer(turn.text("progress.done_already", code=code, agency=agency))
        return None
    standing = submissions.standing_of(turn.session, row.id or 0)
    if standing and standing.nothing_arose and turn.office.today(standing.at) == turn.office.today(said.at):
        turn.answer(turn.text("nothing.already", code=code, agency=agency, at=standing.at))
        return None
    word = turn.text("nothing.note")
    if not said.note or nothing_arose(said.note):
        return replace(said, note=said.note or word, nothing_arose=True)
    return replace(said, note=f"{word}: {said.note}", nothing_arose=True)
