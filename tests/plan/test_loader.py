"""A broken plan file gives all its faults at once, each with its place and what to do."""

import copy
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.check import check
from plan.errors import Fault, PlanError
from plan.loader import LIMIT_BYTES, load, loads, schema_text
from plan.model import Plan

ROOT = Path(__file__).parents[2]
GOOD = (ROOT / "data" / "plan_2020.json").read_bytes()
RAW: dict[str, Any] = json.loads(GOOD)


def refused(data: bytes) -> tuple[Fault, ...]:
    with pytest.raises(PlanError) as caught:
        loads(data)
    faults = caught.value.faults
    assert faults
    assert all(fault.what and fault.do for fault in faults)
    return faults


def broken(change: Callable[[dict[str, Any]], object]) -> tuple[Fault, ...]:
    raw = copy.deepcopy(RAW)
    change(raw)
    return refused(json.dumps(raw).encode())


def put(path: str, value: object) -> Callable[[dict[str, Any]], object]:
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]

    def change(raw: dict[str, Any]) -> None:
        target: Any = raw
        for step in way:
            target = target[step]
        target[last] = value

    return change


@pytest.mark.parametrize(
    ("path", "value", "place", "what"),
    [
        ("tasks.0.lead.0", "phongla", "tasks[0].lead[0]", "unknown agency or group"),
        ("tasks.0.lead", [], "tasks[0].lead", "nobody"),
        ("tasks.0.lead", ["xa", "xa"], "tasks[0].lead[1]", "twice"),
        ("tasks.11.parts.1.coordinating.0", "x", "tasks[11].parts[1].coordinating[0]", "unknown"),
        ("groups.1.members.8", "sonx", "groups[1].members[8]", "unknown agency"),
        ("groups.0.members", [], "groups[0].members", "nobody"),
        ("compiler", "xa", "compiler", "unknown agency"),
        ("tasks.1.code", "1a", "tasks[1].code", "before, at tasks[0]"),
        ("tasks.1.code", "1A!", "tasks[1].code", "not allowed"),
        ("tasks.2.milestones.1.id", "1c.1", "tasks[2].milestones[1].id", "before"),
        ("tasks.2.milestones.1.id", "1d.9", "tasks[2].milestones[1].id", "not of task 1c"),
        ("tasks.2.milestones", [], "tasks[2].milestones", "no milestone"),
        ("agencies.1.id", "vanphong", "agencies[1].id", "before"),
        ("agencies.1.aliases", ["Phòng Tư pháp"], "agencies[2]", "also names"),
        ("decision.date", "2019-02-30", "decision.date", "no date"),
        ("decision.date", 20191231, "decision.date", "no date"),
        ("tasks.0.section", "9", "tasks[0].section", "unknown section"),
        ("tasks.11.milestones.0.part", 3, "tasks[11].milestones[0].part", "part 3 of 2"),
        ("tasks.0.milestones.0.part", 1, "tasks[0].milestones[0].part", "part 1 of 0"),
        ("tasks.0.milestones.0.kind", "dated", "tasks[0].milestones[0].kind", "are ongoing"),
        ("tasks.0.milestones.0.kind", "often", "tasks[0].milestones[0].kind", "unknown kind"),
        ("tasks.2.milestones.0.printed", "ngày 31/02/2020", "tasks[2].milestones[0].printed", "does not exist"),
        ("tasks.2.milestones.1.every", "year", "tasks[2].milestones[1].every", "means period"),
        ("tasks.2.milestones.1.every", None, "tasks[2].milestones[1]", "every is None"),
        ("tasks.0.milestones.0.due_override", "2020-05-05", "tasks[0].milestones[0]", "belong together"),
        ("tasks.0.leed", ["xa"], "tasks[0].leed", "unknown key"),
        ("tasks.0.lead", "xa", "tasks[0].lead", "no list"),
        ("tasks.0.title", "", "tasks[0].title", "empty"),
        ("year", "2020", "year", "whole number"),
        ("questions.0.about", "9z", "questions[0].about", "unknown task"),
        ("report_days.report_day", 20, "report_days", "after compile_day"),
        ("tasks.0.title", "Kế hoạch (MẬT)", "tasks[0].title", "MẬT"),
        ("decision.title", "Độ mật: Tối mật", "decision.title", "MẬT"),
    ],
)
def test_a_fault_has_its_place(path: str, value: object, place: str, what: str) -> None:
    faults = broken(put(path, value))
    assert [fault for fault in faults if fault.place == place and what in fault.what], faults


def test_all_faults_come_at_once() -> None:
    def change(raw: dict[str, Any]) -> None:
        del raw["short"]
        raw["tasks"][0]["lead"] = ["phongla"]
        raw["tasks"][3]["code"] = "1c"
        raw["tasks"][4]["surprise"] = 1
        raw["decision"]["date"] = "31/12/2019"
        raw["groups"][0]["members"] = []
        raw["tasks"][5]["milestones"][0]["kind"] = "ongoing"

    places = {fault.place for fault in broken(change)}
    assert places >= {
        "short",
        "tasks[0].lead[0]",
        "tasks[3].code",
        "tasks[4].surprise",
        "decision.date",
        "groups[0].members",
        "tasks[5].milestones[0].kind",
    }
    assert "tasks[12].milestones[0].kind" not in places, "2f is undated only by the date of signing"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (GOOD.decode().encode("utf-16"), "UTF-16"),
        (GOOD.decode().encode("utf-16-be"), "UTF-16"),
        ("{\n\n «é»".encode("latin-1"), "line 3"),
        (b'{\n  "id": 1,\n}', "line 3, column 1"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"id": ' * 50 + b"1" + b"}" * 50, "nested too deeply"),
        (b'{"year": 1' + b"0" * 5000 + b"}", "too many digits"),
        (b'{"year": NaN}', "no JSON number"),
        (b'{"year": 1e999}', "no JSON number"),
        (b'{"id": "a", "id": "b"}', "stands twice"),
        (b'{"id": "\\ud800"}', "half of a character"),
        (b" " * (LIMIT_BYTES + 1), "5.0 MB"),
        (b"[]", "no object"),
        (b"null", "no object"),
    ],
)
def test_a_file_that_is_no_plan_is_explained(data: bytes, what: str) -> None:
    faults = refused(data)
    assert any(what in fault.what for fault in faults), faults


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(PlanError, match=r"50\.0 MB"):
        load(path)


def test_a_missing_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="cannot be read"):
        load(tmp_path / "none.json")


def test_a_byte_order_mark_is_no_fault(plan: Plan) -> None:
    assert loads(b"\xef\xbb\xbf" + GOOD) == plan


def test_decomposed_accents_give_the_same_plan(plan: Plan) -> None:
    assert loads(unicodedata.normalize("NFD", GOOD.decode()).encode()) == plan


def test_secrets_are_told_from_words_about_secrets() -> None:
    raw = copy.deepcopy(RAW)
    raw["name"] = "KẾ HOẠCH BẢO VỆ BÍ MẬT NHÀ NƯỚC, BẢO MẬT thông tin, giữ bí mật"
    assert loads(json.dumps(raw).encode()).name.startswith("KẾ HOẠCH")


def test_words_without_a_time_may_be_declared_undated() -> None:
    raw = copy.deepcopy(RAW)
    raw["tasks"][1]["milestones"][0]["printed"] = "Sau khi tỉnh họp"
    assert loads(json.dumps(raw).encode()).task("1b").milestones[0].printed == "Sau khi tỉnh họp"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_value_anywhere_is_read_or_refused_in_words(data: st.DataObject) -> None:
    raw = copy.deepcopy(RAW)
    target: Any = raw
    while True:
        keys = list(target) if isinstance(target, dict) else list(range(len(target)))
        key = data.draw(st.sampled_from(keys))
        if not (isinstance(target[key], dict | list) and target[key]) or data.draw(st.integers(0, 4)) == 0:
            break
        target = target[key]
    target[key] = data.draw(st.sampled_from([None, True, 0, -1, 1.5, "", "x", "đ", [], [[]], [1], {}, {"a": 1}]))
    try:
        loads(json.dumps(raw).encode())
    except PlanError as error:
        if not error.faults:
            pytest.fail("refused without a fault")


def test_a_plan_that_misquotes_the_decision_is_found(plan: Plan, decision: str) -> None:
    task = plan.tasks[0].model_copy(update={"title": "Chủ động làm việc khác"})
    wrong = plan.model_copy(update={"tasks": (task, *plan.tasks[1:])})
    assert [fault.place for fault in check(wrong, decision)] == ["tasks[0].title"]
    assert check(wrong, None) == ()


def test_words_taken_from_another_task_are_found(plan: Plan) -> None:
    task = plan.task("4a")
    moved = task.model_copy(
        update={"milestones": (task.milestones[0].model_copy(update={"printed": "Quý II năm 2020"}),)}
    )
    wrong = plan.model_copy(update={"tasks": tuple(moved if one is task else one for one in plan.tasks)})
    assert [fault.place for fault in check(wrong, None)] == ["tasks[20].milestones[0].printed"]


def test_the_schema_in_docs_is_that_of_the_models() -> None:
    stored = (ROOT / "docs" / "plan.schema.json").read_text(encoding="utf-8")
    assert stored == schema_text(), "run: python -m plan.loader > docs/plan.schema.json"
