"""What a word about work may mean where no code was said with it, and how each is named on its button."""

from collections.abc import Sequence

from bot.turn import Turn
from plan.status import ANSWERED, OPEN_OR_ANSWERED
from progress.causes import last_day
from progress.choose import RECURRING, in_order
from progress.items import item_of, label
from progress.open_work import next_of_each
from store import obligations
from store.tables import Obligation
from words.render import clip

BUTTON_LABEL, SHORT_TITLE = 60, 30
# What is said about an answer that stands, not about what is still open.
ABOUT_ANSWERS = ("undo", "correct")


def askable(turn: Turn, verb: str) -> list[Obligation]:
    """What is due first at the top, of what recurs the next occurrence; of answers and of what was late the newest."""
    office, today = turn.office, turn.office.today(turn.now)
    if verb in ABOUT_ANSWERS:
        return _newest(turn, obligations.of_agencies(turn.session, turn.agencies, states=ANSWERED))
    rows = in_order(office, obligations.of_agencies(turn.session, turn.agencies), turn.now)
    items = [item for row in rows if (item := item_of(office, row))]
    found = [item.row for item in next_of_each(office, items, today)]
    if verb == "cause":
        return [row for row in found if office.lateness(row, today).is_late] + _late_answers(turn)
    return [row for row in found if row.kind in RECURRING] if verb == "nothing" else found


def _late_answers(turn: Turn) -> list[Obligation]:
    """What was answered late, while its cause may still be told."""
    office, today = turn.office, turn.office.today(turn.now)
    rows = obligations.of_agencies(turn.session, turn.agencies, states=OPEN_OR_ANSWERED)
    late = [row for row in rows if row.state in ANSWERED and office.lateness(row, today).is_late]
    return _newest(turn, [row for row in late if today <= (last_day(turn.session, office, row) or today)])


def _newest(turn: Turn, rows: Sequence[Obligation]) -> list[Obligation]:
    return sorted(rows, key=lambda row: (row.done_at or turn.now, row.id or 0), reverse=True)


def which_time(row: Obligation, named: int) -> str:
    """Of a duty that recurs, where several of its times are offered, the day that tells one from the other."""
    return f" ({row.due:%d/%m/%Y})" if named > 1 and row.due and row.occurrence else ""


def option(turn: Turn, row: Obligation, by: str, *, several: bool, adds: bool) -> str:
    """A button's label; where the options are of several plans it says which, and whose it is.

    `adds` where what is said would add to an answer that stands.
    """
    item = item_of(turn.office, row)
    if item is None:
        return row.task
    if by == "title" and len(turn.agencies) > 1 and not several:
        agency = turn.office.agency_short(row.agency_id)
        return turn.text("ask.option_of", code=label(item), agency=agency, title=item.task.short(SHORT_TITLE))
    if several:
        agency = turn.office.agency_short(row.agency_id) if len(turn.agencies) > 1 else ""
        plan = turn.office.plans[row.plan_id].label
        return turn.text("ask.option_plan", code=label(item), plan=plan, agency=agency)
    if by == "agency":
        return turn.text("ask.option_agency", code=label(item), agency=turn.office.agency_short(row.agency_id))
    title = item.task.title if by == "title" else item.milestone.printed
    text = turn.text("ask.option", code=label(item), title=clip(title, BUTTON_LABEL))
    return turn.text("ask.option_done", title=text) if adds and row.state in ANSWERED else text
