"""What waits for the viewer: each thing a card with its forms, by kind and by pages; and whether something changed."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import JSONResponse, Response

from desk import forms
from desk.desk import Asked
from desk.page import render
from desk.queue import of_people, of_work
from desk.queue.card import Card
from progress.waiting import Kind, Waiting

PATH, NEWS = "/cho-xu-ly", "/cho-xu-ly/moi"
KIND, PAGE = "loai", "trang"
ON_A_PAGE = 40
# What is about people's rows rather than about an obligation's.
ABOUT_PEOPLE = (Kind.INQUIRY, Kind.PEOPLE, Kind.FILE, Kind.UNREACHED)


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
    kind = asked.query.get(KIND, "")
    chosen = [each for each in found if each.kind == kind] if kind in set(Kind) else found
    pages = max(1, -(-len(chosen) // ON_A_PAGE))
    number = min(max(1, forms.number_or_none(asked.query.get(PAGE, "")) or 1), pages)
    cards = [_card(asked, each) for each in chosen[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]]
    return render(
        asked,
        "queue.html",
        tabs=_tabs(found, kind),
        groups=_groups(cards),
        number=number,
        pages=[(each, _path(kind, each)) for each in range(1, pages + 1)],
        mark=_mark(found),
        news=NEWS,
    )


def news(asked: Asked) -> Response:
    """What an open page asks for by itself: a mark that differs once something came or went."""
    found = asked.waiting
    return JSONResponse({"mark": _mark(found), "count": len(found)})


def _tabs(found: Sequence[Waiting], kind: str) -> list[Tab]:
    counts = Counter(each.kind for each in found)
    kinds = [Tab(each, _path(each, 1), counts[each], each == kind) for each in Kind if counts[each] or each == kind]
    return [Tab("all", PATH, len(found), kind not in set(Kind)), *kinds]


def _groups(cards: Sequence[Card]) -> list[Group]:
    """Together what is alike: of one kind, and where many may be decided at once, by the same act."""
    found: dict[tuple[str, str], list[Card]] = {}
    for each in cards:
        found.setdefault((each.kind, each.many), []).append(each)
    return [Group(kind, many if len(own) > 1 else "", tuple(own)) for (kind, many), own in found.items()]


def _card(asked: Asked, waits: Waiting) -> Card:
    if waits.kind in ABOUT_PEOPLE or waits.row is None:
        return of_people.card(asked, waits)
    return of_work.card(asked, waits, waits.row)


def _mark(found: Sequence[Waiting]) -> str:
    """The same for the same things that wait; says nothing of what they are."""
    names = ",".join(f"{each.name}@{each.since.isoformat() if each.since else ''}" for each in found)
    return hashlib.sha256(names.encode()).hexdigest()[:16]


def _path(kind: str, number: int) -> str:
    asked = ({KIND: kind} if kind in set(Kind) else {}) | ({PAGE: str(number)} if number > 1 else {})
    return PATH + (f"?{urlencode(asked)}" if asked else "")
