"""How a reminder speaks of one obligation: whole the first time, short among others and when it repeats."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from channels.abilities import Abilities
from plan.model import Kind
from plan.tone import tone
from progress import answering, situation
from progress.items import Item, day_beside, deadline, label, period, product_of, typed, when
from store import assignees, people, requests
from store.answer_tables import Request
from words import codes
from words.mentions import mention
from words.office import Office
from words.render import clip

# In characters: about two lines of a phone, one, and what leaves room for a command beside it.
TITLE, TITLE_AGAIN, TITLE_ASKED = 60, 34, 18
PRODUCT, NAME = 25, 24
STANDINGS = ("late", "returned", "ahead", "ongoing")


class Beside(NamedTuple):
    """What is kept beside obligations and said with them: who carries them out by task and agency, and what was asked
    about each, the oldest first."""

    carriers: Mapping[assignees.Key, int]
    asked: Mapping[int, Sequence[Request]]


def beside(session: Session, items: Sequence[Item]) -> Beside:
    """What stands beside these, asked of all at once."""
    asked: dict[int, list[Request]] = defaultdict(list)
    for each in requests.of_obligations(session, [item.row.id or 0 for item in items]):
        asked[each.obligation_id].append(each)
    return Beside(assignees.of_works(session, {assignees.key_of(item.row) for item in items}), asked)


def reminder_item(
    session: Session,
    office: Office,
    item: Item,
    today: date,
    known: Beside,
    *,
    several: bool = False,
    repeats: bool = False,
    alone: bool = True,
) -> str:
    """One item of a reminder; a question on ongoing work is a line. `known` is what stands beside it.

    `several` agencies: each is named. `alone` in its message and for the first time it says the deadline as printed.
    """
    if item.milestone.kind is Kind.ONGOING:
        form, title = "question", TITLE_ASKED
    else:
        form, title = "item" if alone and not repeats else "again", TITLE_AGAIN if repeats else TITLE
    return office.text(
        f"digest.{form}",
        code=label(item),
        agency=office.agency_short(item.row.agency_id) if several else "",
        period=period(office, item.row.occurrence) if item.row.occurrence else "",
        when=when(office, item, today),
        assignee=_assignee(session, known.carriers.get(assignees.key_of(item.row))) if form != "question" else "",
        title=item.task.short(title),
        deadline=deadline(office, item),
        due=day_beside(office, item, today),
        product=clip(product_of(item), PRODUCT),
        story=situation.lines(session, office, item, known.asked.get(item.row.id or 0, ())),
        tone=office.text(f"digest.tone_{tone(office.lateness(item.row, today))}"),
        code_typed=typed(item),
        task_typed=codes.typeable(item.task.code),
    )


def answer_line(office: Office, item: Item, can: Abilities) -> str:
    """A line with the address to answer at, where nothing can be pressed; a question of one line has none."""
    found = answering.link(office, item.row.id or 0)
    if can.buttons or not found or item.milestone.kind is Kind.ONGOING:
        return ""
    return f"\n{office.text('answer_link.in_digest', link=found)}"


def _assignee(session: Session, carrier: int | None) -> str:
    person = people.get(session, carrier) if carrier is not None else None
    return mention(person.id or 0, clip(person.name, NAME)) if person is not None else ""


def counts(office: Office, items: Sequence[Item], today: date) -> list[str]:
    """How many of these are overdue, were returned, are not due yet, last all year; what is none is left out."""
    found = Counter(_standing(office, item, today) for item in items)
    return [office.text(f"digest.count_{each}", count=found[each]) for each in STANDINGS if found[each]]


def _standing(office: Office, item: Item, today: date) -> str:
    if item.milestone.kind is Kind.ONGOING:
        return "ongoing"
    found = office.lateness(item.row, today)
    return "late" if found.is_late else "returned" if found.is_returned else "ahead"
