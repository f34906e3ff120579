"""The list as functions: any address gives a list, and it shows no line that the conditions or the viewer leave out."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.office_settings import office_of
from app.settings import Settings
from desk.lists import chat_text, choices, wanted
from desk.lists.chosen import ROWS, choose
from desk.lists.columns import CHOICES, USUAL, Cells, chosen
from desk.lists.line import Line, Lines
from desk.lists.seen import Seen
from desk.lists.tabs import BOXES, Tab, counts
from desk.lists.wanted import NAMES, Sort, View, Wanted, window
from desk.lists.widths import FIRST
from plan.due import Occurrence, occurrences
from plan.joint import concerns
from plan.model import Milestone
from plan.status import State
from reports.figures.boxes import DONE, Box
from store.listing import Beside, Listed
from words.office import Office

TODAY, KEPT = date(2020, 3, 24), datetime(2020, 1, 21, tzinfo=UTC)


@cache
def office() -> Office:
    return office_of(Settings())


@cache
def lines() -> tuple[Line, ...]:
    """The plan of 2020 in the middle of March, its states drawn: the same for every run."""
    draw, maker = Random(7), Lines(office(), TODAY)
    owed = [
        (plan.id, milestone, at, agency)
        for plan in office().plans.values()
        for task in plan.all_tasks
        for milestone in task.milestones
        for at in occurrences(plan, milestone, office().calendar)
        for agency in plan.owners(task, milestone)
    ]
    drawn = (_drawn(number, *each, draw) for number, each in enumerate(owed, start=1))
    return tuple(line for each in drawn if (line := maker.line(each)) is not None)


def _drawn(number: int, plan: str, milestone: Milestone, at: Occurrence, agency: str, draw: Random) -> Listed:
    state = draw.choice([State.OPEN] * 4 + [*State])
    is_open = state is State.OPEN
    return Listed(
        id=number, plan=plan, work=milestone.key, task="", milestone=milestone.id, occurrence=at.key, agency=agency,
        kind=milestone.owed_kind, due=at.due, planned=at.due, state=state,
        done_at=None if is_open else datetime(2020, 1, 20, tzinfo=UTC) + timedelta(days=draw.randrange(60)),
        kept_at=KEPT if is_open and draw.random() < 0.1 else None, returned_at=KEPT, judged="", extensions=0,
        blocked=draw.random() < 0.1,
    )  # fmt: skip


WORDS = st.text(max_size=120) | st.sampled_from(
    [*Tab, *Sort, *View, *Box, "2020-Q1", "2020-13", "1", "0", "thu tuc", "đ"]
)


@given(st.dictionaries(st.sampled_from([*NAMES.values(), "x"]), WORDS, max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_address_gives_a_list_and_is_written_as_it_was_read(query: dict[str, str]) -> None:
    of = wanted.read(query, office())
    found = choose(Seen(lines()), of, office())
    assert len(found.shown) <= ROWS
    assert 1 <= found.page <= found.pages
    assert set(found.shown) <= set(lines())
    again = wanted.read(dict(parse_qsl(wanted.address(of, page=of.page))), office())
    assert wanted.address(again, page=again.page) == wanted.address(of, page=of.page)
    assert {*of.unknown} <= {*NAMES}


@given(
    st.sampled_from(Tab), st.sampled_from([None, *Box]), st.sampled_from(["", "2020-Q1", "2020-03", "2020"]),
    st.sampled_from(["", "sondung", "tuphap"]), st.sampled_from(["", "thu tuc", "son dung", "2b"]),
)  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_what_is_shown_is_what_was_asked_for_and_nothing_of_it_is_missing(
    tab: Tab, box: Box | None, period: str, agency: str, words: str
) -> None:
    of = Wanted(tab=tab, box=box, period=period, agency=agency, words=words)

    def is_wanted(line: Line) -> bool:
        first, last = window(period) if period else (date.min, date.max)
        within = not period or (line.due is not None and first <= line.due <= last)
        said = all(word in line.found for word in words.split())
        of_agency = not agency or concerns(line.agency, [agency])
        under = line.is_blocked if tab is Tab.BLOCKED else line.box in BOXES[tab]
        return under and box in (None, line.box) and within and said and of_agency

    found = choose(Seen(lines()), of, office())
    assert {*found.lines} == {line for line in lines() if is_wanted(line)}
    assert found.counts[tab] == len(found.lines)


def test_words_find_who_carries_it_out() -> None:
    first, second, *_ = lines()
    mine = Seen([first._replace(assignee=7), second._replace(assignee=8)])
    found = choose(mine, Wanted(tab=Tab.ALL, words="NGUYEN dung"), office(), {7: "Nguyễn Thị Dũng", 8: "Lê Dung"})
    assert [line.id for line in found.lines] == [first.id]
    both = choose(mine, Wanted(tab=Tab.ALL, words=f"{first.code} dung"), office(), {7: "Dũng"})
    assert [line.id for line in both.lines] == [first.id]
    assert not choose(mine, Wanted(tab=Tab.ALL, words="dũng nguyễn"), office()).lines


def test_every_line_stands_under_all_and_each_box_under_the_tab_that_asks_for_it() -> None:
    found = counts(lines())
    assert found[Tab.ALL] == len(lines())
    for tab, boxes in BOXES.items():
        assert found[tab] == sum(line.box in boxes for line in lines()), tab
    assert found[Tab.BLOCKED] == sum(line.is_blocked for line in lines()) > 0
    assert all(found.values()), found


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("down", [False, True])
def test_an_order_loses_nothing_and_what_has_no_day_stands_last(sort: Sort, down: bool) -> None:
    shuffled = list(lines())
    Random(3).shuffle(shuffled)
    found = Seen(shuffled).in_order(sort, down=down)
    assert sorted(found) == sorted(lines())
    if sort is Sort.DUE:
        days = [line.due for line in found]
        known = [day for day in days if day is not None]
        assert days[: len(known)] == sorted(known, reverse=down)
        assert all(line.due is None for line in found[len(known) :])
    values = [_valued(line, sort) for line in found]
    for value in set(values):
        places = [line.place for line, its in zip(found, values, strict=True) if its == value]
        assert places == sorted(places, reverse=down and sort is Sort.PLAN), "within one value it is the plan's order"


def _valued(line: Line, sort: Sort) -> object:
    values = {Sort.DUE: line.due, Sort.LEFT: line.days, Sort.STATE: line.box, Sort.AGENCY: line.place[-1]}
    return values.get(sort)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [("2020", "2020-01-01", "2020-12-31"), ("2020-Q1", "2020-01-01", "2020-03-31"),
     ("2020-Q4", "2020-10-01", "2020-12-31"), ("2020-H2", "2020-07-01", "2020-12-31"),
     ("2020-02", "2020-02-01", "2020-02-29"), ("2020-12", "2020-12-01", "2020-12-31")],
)  # fmt: skip
def test_a_period_is_of_the_calendar(period: str, first: str, last: str) -> None:
    assert window(period) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("period", ["", "2020-Q5", "2020-00", "2020-13", "1999", "2020-", "20200", "٢٠٢٠"])
def test_what_is_no_period_is_refused_and_left_out_of_a_list(period: str) -> None:
    with pytest.raises(ValueError, match="no year"):
        window(period)
    assert wanted.read({"ky": period}, office()).period == ""


def test_columns_are_kept_in_the_order_of_the_table_and_what_is_none_is_left_out() -> None:
    assert chosen(None) == (*FIRST, *(key for key in CHOICES if key in USUAL))
    assert chosen("state,burn,agency") == (*FIRST, "agency", "state")
    assert chosen("") == FIRST
    cells, beside = Cells(office()), Beside()
    for line in lines()[:60]:
        empty = {key for key in CHOICES if cells.value(key, line, beside) == ""}
        assert empty <= {"left", "blocked", "result", "coordinating"}


def test_days_over_and_days_left_are_never_mistaken_for_each_other() -> None:
    cells, line = Cells(office()), lines()[0]
    over = [cells.left(line._replace(box=Box.OVERDUE, days=days)) for days in (0, -3)]
    ahead = [cells.left(line._replace(box=Box.NEAR, days=days)) for days in (0, 3)]
    assert (over, ahead) == (["vừa quá", "quá 3 ngày"], ["ngày cuối", "còn 3 ngày"])


def test_each_box_has_words_and_a_sign_of_its_own() -> None:
    cells = Cells(office())
    assert len({office().text(f"desk_list.sign_{box}") for box in Box}) == len(Box)
    assert all(cells.of_box(box) for box in Box)
    assert {cells.shade(lines()[0]._replace(box=box)) for box in DONE} == {"done"}


def test_what_is_pasted_into_a_chat_fits_and_says_what_it_leaves_out() -> None:
    found = chat_text.pieces(office(), "Tất cả", lines())
    assert len(found) == chat_text.MOST
    assert all(len(piece) <= chat_text.FITS + 60 for piece in found)
    told = sum(piece.count("\n- ") for piece in found)
    assert f"còn {len(lines()) - told} việc" in found[-1]
    few = chat_text.pieces(office(), "Vài việc", lines()[:3])
    assert [few[0].count("\n- "), len(few)] == [3, 1]


def test_one_can_choose_what_is_there_alone() -> None:
    own = [line for line in lines() if line.agency == "sondung"]
    fields = choices.fields(office(), Seen(own), Wanted())
    found = {field.name: [choice.value for choice in field.choices] for field in fields}
    assert "don-vi" not in found
    assert {*found["tinh-trang"]} == {line.box for line in own}
