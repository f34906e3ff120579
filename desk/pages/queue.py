"""What waits for the viewer: each thing a card with its forms, by kind and by pages; and whether something changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import JSONResponse, Response

from desk import forms
from desk.desk import Asked
from desk.page import render
from desk.queue import of_people, of_plans, of_work
from desk.queue.card import Card
from progress.queue import Queue
from progress.waiting import Kind, Waiting

PATH, NEWS = "/cho-xu-ly", "/cho-xu-ly/moi"
KIND, PAGE = "loai", "trang"
ON_A_PAGE = 40
# What is about people's rows rather than about an obligation's.
ABOUT_PEOPLE = (Kind.INQUIRY, Kind.PEOPLE, Kind.FILE, Kind.LETTER, Kind.UNREACHED)


@dataclass(frozen=True)
class Tab:
    """A kind with how many wait; the first is all of them."""

    kind: str
    path: str
    count: int
    is_here: bool


@dataclass(frozen=True)
class Group:
    """Cards that are alike; `many` is the act that may be done to those that are ticked, empty for none."""

    kind: str
    many: str
    cards: tuple[Card, ...]


def show(asked: Asked) -> Response:
    """The queue; a leader reads the same and decides nothing."""
    found = asked.waiting
    kind = _kind_or_none(asked.query.get(KIND, ""))
    pages = max(1, -(-(found.counts.get(kind, 0) if kind else found.count) // ON_A_PAGE))
    number = min(max(1, forms.number_or_none(asked.query.get(PAGE, "")) or 1), pages)
    cards = [_card(asked, each) for each in found.page((number - 1) * ON_A_PAGE, ON_A_PAGE, kind)]
    return render(
        asked,
        "queue.html",
        tabs=_tabs(found, kind),
        groups=_groups(cards),
        number=number,
        pages=[(each, _path(kind, each)) for each in range(1, pages + 1)],
        mark=found.mark,
        news=NEWS,
    )


def news(asked: Asked) -> Response:
    """What an open page asks for by itself: a mark that differs once something came or went."""
    found = asked.waiting
    return JSONResponse({"mark": found.mark, "count": found.count})


def _tabs(found: Queue, kind: Kind | None) -> list[Tab]:
    counts = found.counts
    kinds = [
        Tab(each, _path(each, 1), counts.get(each, 0), each is kind) for each in Kind if each in counts or each is kind
    ]
    return [Tab("all", PATH, found.count, kind is None), *kinds]


def _kind_or_none(words: str) -> Kind | None:
    return Kind(words) if words in set(Kind) else None


def _groups(cards: Sequence[Card]) -> list[Group]:
    """Together what is alike: of one kind, and where many may be decided at once, by the same act."""
    found: dict[tuple[str, str], list[Card]] = {}
    for each in cards:
        found.setdefault((each.kind, each.many), []).append(each)
    return [Group(kind, many if len(own) > 1 else "", tuple(own)) for (kind, many), own in found.items()]


def _card(asked: Asked, waits: Waiting) -> Card:
    if waits.kind is Kind.DRAFT:
        return of_plans.card(asked, waits)
    if waits.kind in ABOUT_PEOPLE or waits.row is None:
        return of_people.card(asked, waits)
    return of_work.card(asked, waits, waits.row)


def _path(kind: Kind | None, number: int) -> str:
    asked = ({KIND: str(kind)} if kind else {}) | ({PAGE: str(number)} if number > 1 else {})
    return PATH + (f"?{urlencode(asked)}" if asked else "")
