"""The plan's own sheet: whatever goes out reads back equal, and a cell that is edited says exactly what it says."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.office_settings import office_of
from app.settings import Settings
from intake.draft import OwnSheet, Place, SheetRow
from intake.errors import RefusedError
from intake.own_sheet.edited import Wording, edited
from intake.own_sheet.faults import SheetFaultsError
from intake.own_sheet.found import found
from intake.read import read
from intake.source import Cell, Row, Source, Table
from plan import loader
from plan.amendment import Op, amend, marked, unmarked
from plan.model import Kind, Plan
from progress.revising import said_in
from reports.tables import plan_sheet

DATA = Path(__file__).parents[2] / "data"
PLAN = loader.load(DATA / "plan_2020.json")
OFFICE = office_of(Settings(_env_file=None))
SAID = said_in(OFFICE)
WORDING = Wording("kết quả", "căn cứ")
AT = datetime(2020, 6, 1, tzinfo=UTC)
LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"))
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=9), min_size=1, max_size=6).map(" ".join)
WORDS |= st.sampled_from(["=1+1", "+84", "-", "@x", "1.10", "31/01/2020", "x;y"])


def out_and_back(plan: Plan) -> OwnSheet:
    """The sheet of a plan as it is read when it comes back."""
    draft = read(plan_sheet.xlsx(OFFICE, plan, "0" * 64, AT))
    assert draft.revision is not None
    assert draft.revision.sheet is not None
    return draft.revision.sheet


BACK = out_and_back(PLAN)


def made(*changes: tuple[str, dict[str, str]], new: tuple[dict[str, str], ...] = ()) -> Plan:
    """The plan of 2020 with cells changed by the code (and the number of the row of that code) they stand in."""
    rows = list(BACK.rows)
    for code, cells in changes:
        name, _, number = code.partition("#")
        at = [place for place, row in enumerate(BACK.rows) if row.cells["code"] == name][int(number or 1) - 1]
        rows[at] = replace(rows[at], cells={**rows[at].cells, **cells})
    rows += [SheetRow(900 + at, dict.fromkeys(rows[0].cells, "") | cells) for at, cells in enumerate(new)]
    return edited(marked(PLAN), replace(BACK, rows=tuple(rows)), SAID, WORDING)


def steps(plan: Plan) -> list[tuple[Op, str]]:
    """What a new version changes, by the code of the task."""
    return [(step.op, step.code) for step in amend(PLAN, plan).steps]


def test_the_plan_of_2020_reads_back_equal() -> None:
    assert unmarked(made()) == PLAN


@given(st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_goes_out_reads_back_equal(data: st.DataObject) -> None:
    """Any words in any of its cells, also those that look like formulas; tasks gone, and codes moved."""
    tasks: list[Any] = []
    for task in data.draw(st.lists(st.sampled_from(PLAN.tasks), min_size=1, max_size=6, unique=True)):
        words = {key: data.draw(WORDS) for key in ("title", "product", "lead_printed")}
        milestones = tuple(
            each.model_copy(update={"start": data.draw(st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 20)))})
            for each in task.milestones
        )
        tasks.append(task.model_copy(update={**words, "milestones": milestones}))
    plan = PLAN.model_copy(update={"tasks": tuple(tasks), "name": data.draw(WORDS)})
    assert unmarked(edited(marked(plan), out_and_back(plan), SAID, WORDING)) == plan


@pytest.mark.parametrize(
    ("change", "kind", "due", "printed"),
    [
        ({"due": "15/05/2020"}, Kind.DATED, date(2020, 5, 15), "ngày 15/05/2020"),
        ({"printed": "trước ngày 15/05/2020"}, Kind.DATED, date(2020, 5, 14), "trước ngày 15/05/2020"),
        ({"printed": "Quý III năm 2020", "due": "30/09/2020"}, Kind.DATED, date(2020, 9, 30), "Quý III năm 2020"),
        ({"printed": "Thường xuyên", "kind": "thường xuyên", "due": ""}, Kind.ONGOING, None, "Thường xuyên"),
        ({"printed": "Thường xuyên", "due": ""}, Kind.ONGOING, None, "Thường xuyên"),
        ({"printed": "trước ngày 05 hằng tháng", "kind": "định kỳ", "due": ""}, Kind.PERIODIC, None,
         "trước ngày 05 hằng tháng"),
    ],
)  # fmt: skip
def test_a_time_is_what_its_cells_say(change: dict[str, str], kind: Kind, due: date | None, printed: str) -> None:
    plan = made(("4a", change))
    (milestone, *_) = plan.task("4a").milestones
    assert (milestone.kind, milestone.due, milestone.printed) == (kind, due, printed)
    assert set(steps(plan)) == {(Op.DEADLINE, "4a")}
    assert printed in plan.task("4a").timing
    loader.loads(unmarked(plan).model_dump_json().encode())


@pytest.mark.parametrize(
    ("code", "change", "why", "column"),
    [
        ("4a", {"due": "31/6/2020"}, "no_day", "due"),
        ("4a", {"due": ""}, "no_due", "due"),
        ("4a", {"printed": "Quý III năm 2020", "due": "30/06/2020"}, "times_differ", "due"),
        ("4a", {"printed": "cuối tháng 6, đầu tháng 7"}, "words_unread", "due"),
        ("4a", {"printed": "khi nào xong thì thôi"}, "words_unread", "due"),
        ("4a", {"kind": "lúc nào cũng được"}, "unknown_kind", "kind"),
        ("4a", {"kind": "định kỳ"}, "no_rhythm", "printed"),
        ("4a", {"start": "01/12/2020"}, "start_after_due", "start"),
        ("4a", {"lead": "Phòng Không Có"}, "unknown_body", "lead"),
        ("4a", {"lead": ""}, "empty", "lead"),
        ("4a", {"title": ""}, "empty", "title"),
        ("4a", {"section": "Mục lạ"}, "unknown_section", "section"),
        ("4a", {"code": "số bốn"}, "no_code", "code"),
        ("4a", {"code": "4b"}, "twice", "code"),
        ("2e", {"lead": "Phòng Nội vụ"}, "parts", "lead"),
        ("4c", {"leads": "tùy"}, "unknown_leads", "leads"),
        ("4a", {"monitor": "Phòng Không Có"}, "unknown_body", "monitor"),
    ],
)  # fmt: skip
def test_what_is_wrong_names_its_row_and_column(code: str, change: dict[str, str], why: str, column: str) -> None:
    with pytest.raises(SheetFaultsError) as caught:
        made((code, change))
    assert (why, column) in {(each.why, each.column) for each in caught.value.faults}
    assert all(each.row for each in caught.value.faults)
    for fault in caught.value.faults:
        assert OFFICE.text(f"own_sheet.{fault.why}", **fault.values)


def test_undated_work_gets_a_day_with_its_basis_or_becomes_dated() -> None:
    by = made(("3d", {"due": "01/06/2020", "due_basis": "CV 12/UBND"})).task("3d").milestones[0]
    assert (by.kind, by.due_override, by.due_basis) == (Kind.UNDATED, date(2020, 6, 1), "CV 12/UBND")
    without = made(("3d", {"due": "01/06/2020"})).task("3d").milestones[0]
    assert (without.kind, without.due, without.printed) == (Kind.DATED, date(2020, 6, 1), "ngày 01/06/2020")


def test_who_follows_up_and_how_several_owe_go_out_and_come_back() -> None:
    together = PLAN.task("5").model_copy(
        update={
            "lead": ("taichinh", "noivu"),
            "leads": "together",
            "monitor": ("vanphong",),
            "monitor_printed": "Văn phòng",
        }
    )
    plan = PLAN.model_copy(update={"tasks": tuple(together if each.code == "5" else each for each in PLAN.tasks)})
    back = out_and_back(plan)
    assert unmarked(edited(marked(plan), back, SAID, WORDING)) == plan
    cells = next(row.cells for row in back.rows if row.cells["code"] == "5")
    assert (cells["leads"], cells["monitor"]) == ("cùng một kết quả", "Văn phòng HĐND&UBND huyện")
    changed = made(("4c", {"leads": "Cùng một kết quả", "monitor": "Phòng Tư pháp; Phòng Y tế"}))
    assert (changed.task("4c").leads, changed.task("4c").monitor) == ("together", ("tuphap", "yte"))
    assert steps(changed) == [(Op.REWORD, "4c"), (Op.LEAD, "4c")]


def test_a_sheet_that_went_out_before_a_column_came_says_nothing_of_it() -> None:
    watched = PLAN.task("5").model_copy(update={"monitor": ("vanphong",)})
    plan = PLAN.model_copy(update={"tasks": tuple(watched if each.code == "5" else each for each in PLAN.tasks)})
    rows = tuple(
        replace(row, cells={key: value for key, value in row.cells.items() if key not in ("leads", "monitor")})
        for row in out_and_back(plan).rows
    )
    assert unmarked(edited(marked(plan), replace(BACK, rows=rows), SAID, WORDING)) == plan


def test_letters_move_up_and_the_work_keeps_its_identity() -> None:
    moved = {"2c": "2b", "2d": "2c", "2e": "2d", "2g": "2e", "2h": "2g"}
    plan = made(("2b", {"drop": "x"}), *((was, {"code": code}) for was, code in moved.items()))
    found = amend(PLAN, plan)
    assert {step.was: step.code for step in found.steps if step.op is Op.RENUMBER} == moved
    assert [step.code for step in found.steps if step.op is Op.WITHDRAW] == ["2b"]
    assert found.plan.task("2b").milestones[0].key == "2c.1"


def test_one_deadline_goes_and_the_other_keeps_its_answers() -> None:
    first, second = PLAN.task("2b").milestones
    plan = made(("2b#2", {"drop": "x"}), ("2b", {"due": "20/02/2020"}))
    (kept,) = amend(PLAN, plan).plan.task("2b").milestones
    assert (kept.key, kept.due) == (first.key, date(2020, 2, 20))
    assert second.key not in {each.key for each in plan.task("2b").milestones}


def test_work_comes_in_with_what_its_row_says() -> None:
    plan = made(
        new=(
            {"code": "4e", "section": "4. x", "title": "Việc mới", "lead": "UBND các xã; Phòng Nội vụ",
             "printed": "trước ngày 15/6", "product": "Báo cáo"},
            {"code": "4e", "printed": "Thường xuyên"},
        )
    )  # fmt: skip
    task = plan.task("4e")
    assert (task.title, task.lead, task.product) == ("Việc mới", ("xa", "noivu"), "Báo cáo")
    assert [(each.id, each.kind, each.due) for each in task.milestones] == [
        ("4e.1", Kind.DATED, date(2020, 6, 14)), ("4e.2", Kind.ONGOING, None),
    ]  # fmt: skip
    loader.loads(unmarked(plan).model_dump_json().encode())


def test_a_row_that_was_copied_with_its_hidden_cell_is_new_work() -> None:
    copied = next(row for row in BACK.rows if row.cells["code"] == "4a")
    plan = made(new=({**copied.cells, "code": "4z", "title": "Việc chép lại"},))
    assert amend(PLAN, plan).plan.task("4a").milestones[0].key == "4a.1"
    assert steps(plan) == [(Op.ADD, "4z")]


def test_what_is_no_longer_whole_or_came_of_a_later_version_is_refused() -> None:
    def sheet(name: str, *rows: tuple[str, ...]) -> Table:
        return Table(tuple(Row(tuple(map(Cell, row)), Place(sheet=name)) for row in rows), Place(sheet=name))

    with pytest.raises(RefusedError, match="own_sheet_torn"):
        found(Source((sheet("nhacviec", ("nhacviec-plan", "1"), ("plan", "x")),)))
    with pytest.raises(RefusedError, match="own_sheet_later"):
        found(Source((sheet("nhacviec", ("nhacviec-plan", "2")),)))
    assert found(Source((sheet("nhacviec", ("một", "hai")),))) is None


CELLS = st.one_of(
    WORDS,
    st.sampled_from(
        ["", "x", "2b", "1đ", "4a", "II.1", "31/6/2020", "15/05/2020", "Quý III", "thường xuyên", "có hạn", "định kỳ",
         "trước ngày 05 hằng tháng", "Phòng Nội vụ", "Phòng Nội vụ; UBND các xã", "2. x", "9. Mục mới", "2b.1"]
    ),
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(sorted(BACK.rows[0].cells)), CELLS), max_size=8))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_written_into_cells_is_a_plan_or_a_fault_with_its_row(edits: list[tuple[int, str, str]]) -> None:
    """Never an error of ours, never a plan that contradicts itself, never an answer that moves to other work."""
    rows = [*BACK.rows, *[SheetRow(900 + at, dict.fromkeys(BACK.rows[0].cells, "")) for at in range(9)]]
    for at, key, words in edits:
        row = rows[at % len(rows)]
        rows[at % len(rows)] = replace(row, cells={**row.cells, key: words})
    shown = tuple(row for row in rows if any(row.cells.values()))
    try:
        plan = edited(marked(PLAN), replace(BACK, rows=shown), SAID, WORDING)
    except SheetFaultsError as error:
        for fault in error.faults:
            assert OFFICE.text(f"own_sheet.{fault.why}", **fault.values)
        return
    loader.loads(unmarked(plan).model_dump_json().encode())
    uids = [each.uid for task in plan.all_tasks for each in task.milestones if each.uid]
    assert len(set(uids)) == len(uids)
    assert amend(PLAN, plan)
