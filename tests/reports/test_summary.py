"""The figures: what is counted where, when an answer is in time, and what was true at a past moment."""

from dataclasses import replace
from datetime import date, timedelta

from plan.model import Kind, Plan
from plan.status import EventKind
from reports.figures import in_words
from reports.figures.boxes import Box, Figures, is_dated
from reports.figures.in_words import by_occurrence, milestone_words
from reports.figures.summary import Summary
from store import plan_sync
from tests.reports.book import Book, at
from words.message import plain

OFFICIAL = (Box.DONE_IN_TIME, Box.DONE_LATE, Box.OPEN, Box.NEAR, Box.OVERDUE)
APRIL = at(2020, 4, 1, 8)


def box_of(summary: Summary, milestone: str, agency: str) -> Box:
    return next(line.box for line in summary.lines if (line.milestone, line.agency) == (milestone, agency))


def test_with_nobody_answering_85_of_139_have_fallen_due_on_the_first_of_april(book: Book) -> None:
    found = book.summary(APRIL)
    assert (found.tasks, found.dated.total) == (36, 139)
    assert (found.dated.fallen, found.dated.fallen_done, found.dated[Box.OVERDUE]) == (85, 0, 85)
    assert (found.dated.open, found.dated.rate) == (54, 0)


def test_before_the_first_deadline_nothing_is_late_and_there_is_no_rate(book: Book) -> None:
    found = book.summary(at(2020, 1, 2, 7))
    assert (found.dated.total, found.dated.open, found.dated.fallen, found.dated.rate) == (139, 139, 0, None)
    assert found.overdue == ()


def test_what_stands_apart(book: Book) -> None:
    found = book.summary(APRIL)
    assert (found.ongoing_tasks, found.undated_tasks, found.unconfirmed_tasks) == (12, 3, 1)
    assert [line.milestone for line in found.lines if line.box is Box.UNCONFIRMED and not line.duty] == ["2f.1"]


def test_tasks_stay_apart_when_some_have_answered_and_when_the_year_has_closed_the_rest(book: Book) -> None:
    book.record("1b.1", "sondung", at(2020, 3, 2, 9))
    book.record_all("1a.1", at(2021, 1, 1, 0, 5), EventKind.CLOSED)
    found = book.summary(at(2021, 1, 4, 8))
    assert (found.ongoing_tasks, found.undated_tasks) == (12, 3)


def test_the_boxes_add_up_by_section_and_by_agency(book: Book) -> None:
    book.record("2b.1", "sondung", at(2020, 1, 20, 8))
    book.record("2b.1", "sonlong", at(2020, 2, 3, 8))
    book.record("4c.1", "sonlap", at(2020, 3, 3, 8))
    for moment in (at(2020, 1, 22, 8), APRIL, at(2021, 3, 1, 8)):
        found = book.summary(moment)
        assert sum(found.dated[box] for box in OFFICIAL) == found.dated.total == 139
        for parts in (found.sections, found.agencies):
            for box in Box:
                assert sum(each[box] for each in parts.values()) == found.dated[box]
            for name in ("total", "done", "open", "fallen", "fallen_done"):
                assert sum(getattr(each, name) for each in parts.values()) == getattr(found.dated, name)
    assert (len(found.sections), len(found.agencies)) == (8, 23)


def test_in_time_is_judged_by_the_moment_of_the_message_until_midnight(book: Book) -> None:
    book.record("2b.1", "sondung", at(2020, 1, 30, 23, 59))
    book.record("2b.1", "sonlong", at(2020, 1, 31, 0, 0))
    # Written on the last evening, received after the network came back.
    book.record("2b.1", "sontan", at(2020, 1, 30, 22, 0), recorded=at(2020, 2, 3, 8))
    found = book.summary(APRIL)
    assert box_of(found, "2b.1", "sondung") is Box.DONE_IN_TIME
    assert box_of(found, "2b.1", "sonlong") is Box.DONE_LATE
    assert box_of(found, "2b.1", "sontan") is Box.DONE_IN_TIME
    assert (found.dated[Box.DONE_IN_TIME], found.dated[Box.DONE_LATE], found.dated.fallen_done) == (2, 1, 3)
    assert found.dated.rate == 4


def test_a_deadline_on_a_sunday_is_kept_on_monday(book: Book) -> None:
    assert box_of(book.summary(at(2021, 2, 1, 23, 59)), "8d.1", "noivu") is Box.NEAR
    assert box_of(book.summary(at(2021, 2, 2, 0, 0)), "8d.1", "noivu") is Box.OVERDUE
    book.record("8d.1", "noivu", at(2021, 2, 1, 23, 59))
    assert box_of(book.summary(at(2021, 2, 2, 8)), "8d.1", "noivu") is Box.DONE_IN_TIME


def test_near_begins_seven_working_days_before(book: Book) -> None:
    # Tết from 23 to 29 January: the seventh working day before 30 January is the 14th.
    assert box_of(book.summary(at(2020, 1, 13, 8)), "2b.1", "sondung") is Box.OPEN
    assert box_of(book.summary(at(2020, 1, 14, 8)), "2b.1", "sondung") is Box.NEAR


def test_a_past_moment_answers_what_was_true_then(book: Book) -> None:
    evening, morning = at(2020, 1, 30, 20), at(2020, 1, 31, 8)
    before = [book.summary(moment) for moment in (evening, morning)]
    book.record("2b.1", "sondung", at(2020, 1, 30, 19), recorded=at(2020, 2, 3, 8))
    book.record("2b.1", "sonlong", at(2020, 2, 4, 8))
    book.record("2b.1", "sonlong", at(2020, 2, 4, 8, 5), EventKind.WITHDRAWN)
    assert [book.summary(moment) for moment in (evening, morning)] == before
    assert box_of(book.summary(at(2020, 2, 3, 7, 59)), "2b.1", "sondung") is Box.OVERDUE
    assert box_of(book.summary(at(2020, 2, 3, 8)), "2b.1", "sondung") is Box.DONE_IN_TIME
    assert box_of(book.summary(at(2020, 2, 4, 8, 4)), "2b.1", "sonlong") is Box.DONE_LATE
    assert box_of(book.summary(at(2020, 2, 4, 8, 5)), "2b.1", "sonlong") is Box.OVERDUE


def test_before_the_plan_was_read_there_is_nothing(book: Book) -> None:
    found = book.summary(at(2020, 1, 1, 7, 59))
    assert (found.tasks, found.lines, found.dated) == (0, (), Figures())


def test_history_that_was_closed_is_not_counted(book: Book) -> None:
    book.record("2b.1", "sondung", at(2020, 3, 2, 8), EventKind.CLOSED)
    found = book.summary(APRIL)
    assert (found.dated.total, found.dated.fallen, found.dated[Box.CLOSED]) == (138, 84, 1)
    assert found.agencies["sondung"][Box.CLOSED] == 1
    assert all((line.milestone, line.agency) != ("2b.1", "sondung") for line in found.overdue)


def test_a_date_that_an_admin_sets_makes_an_undated_task_count(book: Book) -> None:
    with book.store.unit() as session:
        plan_sync.sync(session, _with_date(book, date(2020, 3, 20)), book.office.calendar, APRIL, APRIL.date())
    found = book.summary(APRIL)
    assert (found.dated.total, found.dated.fallen, found.dated[Box.OVERDUE]) == (140, 86, 86)
    assert (found.undated_tasks, found.unconfirmed_tasks) == (2, 0)
    assert book.summary(APRIL - timedelta(seconds=1)).dated.total == 139


def _with_date(book: Book, due: date) -> Plan:
    """The plan with a date for 2f, also in the office that the book asks."""
    (plan,) = book.office.plans.values()
    task, milestone = plan.milestone("2f.1")
    dated = milestone.model_copy(update={"due_override": due, "due_basis": "Công văn 12/UBND-NV"})
    changed = task.model_copy(update={"milestones": (dated,)})
    new = plan.model_copy(update={"tasks": tuple(changed if each is task else each for each in plan.tasks)})
    book.office = replace(book.office, plans={new.id: new})
    return new


def test_reports_are_counted_by_themselves(book: Book) -> None:
    quiet = book.summary(at(2020, 3, 11, 8))
    assert quiet.dated[Box.OVERDUE] == 24  # 2a and 2b
    assert quiet.periodic[Box.OVERDUE] == 26  # bc, 1c, 6a and 7a
    book.record("bc.1", "sondung", at(2020, 3, 10, 16), occurrence="2020-Q1")
    found = book.summary(at(2020, 3, 11, 8))
    assert (found.periodic[Box.OVERDUE], found.periodic.done, found.dated) == (25, 1, quiet.dated)
    assert found.periodic.total == sum(line.kind is Kind.PERIODIC for line in found.lines)


def test_the_longest_overdue_comes_first_in_working_days(book: Book) -> None:
    found = book.summary(APRIL)
    assert {line.task for line in found.overdue[:24]} == {"2a", "2b"}
    # From Friday 31 January to Wednesday 1 April, without a day off in between.
    assert found.overdue[0].days == -44
    dues = [line.due for line in found.overdue if line.due]
    assert dues == sorted(dues)
    assert len(found.overdue) == found.dated[Box.OVERDUE] + found.periodic[Box.OVERDUE]


def test_one_task_alone(book: Book) -> None:
    book.record("2b.1", "sondung", at(2020, 1, 20, 8))
    found = book.summary(APRIL, task="2b")
    assert {line.task for line in found.lines} == {"2b"}
    assert (found.tasks, found.dated.total, found.dated.done, found.dated[Box.OVERDUE]) == (1, 23, 1, 22)


def test_whose_date_was_extended_still_stands_in_the_tasks_words(book: Book) -> None:
    book.record("2b.1", "sondung", at(2020, 1, 20, 9), EventKind.EXTENDED, due=date(2020, 2, 14))
    lines = [line for line in book.summary(at(2020, 2, 4, 9)).lines if line.milestone == "2b.1"]
    (group,) = by_occurrence(lines)
    said = plain(milestone_words(book.office, group))
    assert f"0/{len(lines)} đơn vị" in said
    assert all(book.office.agency_short(line.agency) in said for line in lines)
    assert "thời hạn đến hết 14/02/2020: Xã Sơn Dung" in said


def test_a_figure_that_leaves_something_out_says_so(book: Book) -> None:
    found = book.summary(at(2020, 3, 20, 9))
    said = "\n".join(in_words.words(book.office, found))
    late = [line for line in found.lines if line.box is Box.OVERDUE]
    assert len(late) > found.dated[Box.OVERDUE]
    assert f"Quá hạn kể cả báo cáo định kỳ, nhiệm vụ chung: {len(late)} (/quahan)" in said
    dated = {line.task for line in found.lines if is_dated(line) and not line.duty}
    assert f"{found.dated.total} đầu việc có thời hạn, của {len(dated)} nhiệm vụ" in said
    assert len(dated) < found.tasks
