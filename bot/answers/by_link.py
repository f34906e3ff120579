"""/sendfiles: the address of a page on which a piece of work is answered, with documents that no chat here carries."""

from collections.abc import Sequence

from bot import reference
from bot.reference import Reference
from bot.turn import Turn
from progress import answering
from progress.choose import Again, NotTheirs, One, SetAside, Which, by_code, in_order
from progress.items import Item, code_of, item_of
from store import obligations
from store.tables import Obligation

# As many addresses as one message holds on every platform.
MOST = 5
TITLE = 60


def give(turn: Turn, rest: str) -> None:
    """/sendfiles 2b: its address; alone those of what is open and due first. Without PUBLIC_URL where to hand it in."""
    text, office = turn.text, turn.office
    if not office.public_url:
        takes = "document" in turn.limits.kinds_in
        turn.answer(text("answer_link.none", compiler=office.compiler_name, takes=takes))
        return
    if turn.person is not None and turn.person.duty_of is not None:
        turn.answer(text("duty.no_link", name=turn.person.name))
        return
    meant = reference.read(office, rest)
    rows = _meant(turn, meant)
    items = [item for row in rows[:MOST] if (item := item_of(office, row))]
    if not items:
        turn.answer(text("answer_link.not_theirs" if meant.text.strip() else "answer_link.nothing_open"))
        return
    turn.about = items[0].row.id if len(items) == 1 else None
    several = len({item.row.agency_id for item in items}) > 1
    turn.answer(*(_line(turn, item, several=several) for item in items), text("answer_link.how", count=len(items)))


def _meant(turn: Turn, meant: Reference) -> Sequence[Obligation]:
    session, office = turn.session, turn.office
    if meant.obligation is not None:
        row = obligations.get(session, meant.obligation)
        return [row] if row is not None and row.agency_id in turn.agencies else []
    if meant.code is None:
        own = obligations.of_agencies(session, turn.agencies)
        return [] if meant.text.strip() else in_order(office, own, turn.now)
    match by_code(session, office, turn.agencies, meant.code, meant.milestone, turn.now, adding=True):
        case NotTheirs():
            return []
        case Which(options) | SetAside(_, options):
            return options
        case One(row) | Again(_, row):
            return [row]


def _line(turn: Turn, item: Item, *, several: bool) -> str:
    return turn.text(
        "answer_link.line",
        code=code_of(turn.office, item.row),
        agency=turn.office.agency_short(item.row.agency_id) if several else "",
        title=item.task.short(TITLE),
        link=answering.link(turn.office, item.row.id or 0),
    )
