"""An amended plan: which work goes on, under whatever code and words, and what is never guessed in silence."""

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from plan.alike import Told
from plan.amendment import Op, amend, marked, unmarked
from plan.amendment_parts import Left, carried, without
from plan.loader import load
from plan.model import Kind, Plan, Task

ROOT = Path(__file__).parents[2]
PLAN = load(ROOT / "data" / "plan_2020.json")


def recoded(task: Task, code: str) -> Task:
    """A task under another code, as a document prints it."""
    milestones = tuple(
        each.model_copy(update={"id": f"{code}.{place}", "uid": ""}) for place, each in enumerate(task.milestones, 1)
    )
    return task.model_copy(update={"code": code, "milestones": milestones})


def with_tasks(plan: Plan, tasks: dict[str, Task | None], *more: Task) -> Plan:
    """A plan with some tasks changed or left out, by their code, and more of them behind."""
    kept = [tasks.get(task.code, task) for task in plan.tasks]
    return plan.model_copy(update={"tasks": (*(task for task in kept if task is not None), *more)})


def keys(plan: Plan, code: str) -> list[str]:
    return [each.key for each in plan.task(code).milestones]


def new_work(code: str) -> Task:
    task = recoded(PLAN.task("2b"), code)
    return task.model_copy(update={"title": "Tổ chức tập huấn nghiệp vụ cho công chức một cửa cấp xã"})


def test_the_same_plan_changes_nothing() -> None:
    found = amend(PLAN, PLAN)
    assert (found.steps, found.plan, found.moved) == ((), PLAN, {})


def test_a_new_task_takes_the_code_and_the_old_one_keeps_its_identity() -> None:
    """What must never happen: the answer to 2b becomes an answer to work that nobody did."""
    after = with_tasks(
        PLAN, {"2b": new_work("2b"), "2c": recoded(PLAN.task("2b"), "2c")}, recoded(PLAN.task("2c"), "2k")
    )
    found = amend(PLAN, after)
    assert found.moved == {"2b": "2c", "2c": "2k"}
    assert keys(found.plan, "2c") == keys(PLAN, "2b")
    assert keys(found.plan, "2k") == keys(PLAN, "2c")
    # The letter is given again, the identity is not.
    assert not set(keys(found.plan, "2b")) & {key for task in PLAN.all_tasks for key in keys(PLAN, task.code)}
    assert keys(found.plan, "2b") == ["2b~2.1", "2b~2.2"]
    assert [(step.op, step.was, step.code) for step in found.steps if step.op in (Op.RENUMBER, Op.ADD)] == [
        (Op.ADD, "", "2b"),
        (Op.RENUMBER, "2b", "2c"),
        (Op.RENUMBER, "2c", "2k"),
    ]
    assert unmarked(found.plan) == after


def test_withdrawn_work_leaves_its_identity_to_nobody() -> None:
    gone = amend(PLAN, with_tasks(PLAN, {"2b": None}))
    assert [(step.op, step.code) for step in gone.steps] == [(Op.WITHDRAW, "2b")]
    again = amend(gone.plan, with_tasks(PLAN, {"2b": new_work("2b")}), used=keys(PLAN, "2b"))
    assert keys(again.plan, "2b") == ["2b~2.1", "2b~2.2"]


def test_like_words_are_proposed_and_an_admin_can_say_otherwise() -> None:
    before = PLAN.task("2b")
    words = before.title.replace("Xây dựng", "Ban hành", 1)
    assert words != before.title
    after = with_tasks(PLAN, {"2b": before.model_copy(update={"title": words})})
    found = amend(PLAN, after)
    assert [(step.op, step.asked) for step in found.steps] == [(Op.REWORD, True)]
    assert keys(found.plan, "2b") == keys(PLAN, "2b")
    other = amend(PLAN, after, told=Told(other=frozenset({"2b"})))
    assert [(step.op, step.code) for step in other.steps] == [(Op.ADD, "2b"), (Op.WITHDRAW, "2b")]
    assert keys(other.plan, "2b") == ["2b~2.1", "2b~2.2"]


def test_other_words_under_a_code_are_other_work_until_an_admin_says_so() -> None:
    after = with_tasks(PLAN, {"2b": new_work("2b")})
    assert [step.op for step in amend(PLAN, after).steps] == [Op.ADD, Op.WITHDRAW]
    same = amend(PLAN, after, told=Told(same={"2b": "2b"}))
    assert [step.op for step in same.steps] == [Op.REWORD]
    assert keys(same.plan, "2b") == keys(PLAN, "2b")


def test_a_date_that_moves_is_a_date_of_the_same_work() -> None:
    before = PLAN.task("2b")
    first, second = before.milestones
    later = first.model_copy(update={"printed": "Trước ngày 28/02/2020"})
    found = amend(PLAN, with_tasks(PLAN, {"2b": before.model_copy(update={"milestones": (later, second)})}))
    (step,) = found.steps
    assert (step.op, step.before, step.after) == (Op.DEADLINE, first.printed, "Trước ngày 28/02/2020")
    assert keys(found.plan, "2b") == keys(PLAN, "2b")


@given(st.permutations([task.code for task in PLAN.tasks if task.section == "2"]), st.data())
def test_whatever_moves_work_keeps_its_identity(order: list[str], data: st.DataObject) -> None:
    codes = [task.code for task in PLAN.tasks if task.section == "2"]
    gone = data.draw(st.sets(st.sampled_from(codes), max_size=3))
    now = dict(zip(codes, order, strict=True))
    after = with_tasks(PLAN, {code: None if code in gone else recoded(PLAN.task(code), now[code]) for code in codes})
    found = amend(PLAN, after)
    for code in codes:
        if code not in gone:
            assert keys(found.plan, now[code]) == keys(PLAN, code)
    all_keys = [each.key for task in found.plan.all_tasks for each in task.milestones]
    assert len(all_keys) == len(set(all_keys))
    assert unmarked(found.plan) == after


def test_what_else_people_read_of_their_work_is_a_step_too() -> None:
    task = PLAN.task("4a")
    changed = task.model_copy(update={"product": "Báo cáo", "coordinating": ("tuphap",), "leads": "together"})
    agencies = tuple(
        each.model_copy(update={"name": "Phòng Tư pháp và Hộ tịch"}) if each.id == "tuphap" else each
        for each in PLAN.agencies
    )
    tasks = tuple(changed if each is task else each for each in PLAN.tasks)
    found = amend(PLAN, PLAN.model_copy(update={"tasks": tasks, "agencies": agencies}))
    assert [(step.op, step.code) for step in found.steps] == [
        (Op.REWORD, "4a"), (Op.REWORD, "4a"), (Op.LEAD, "4a"), (Op.SUCCEED, "tuphap"),
    ]  # fmt: skip
    # Each of them, and all, may stay as they are.
    for left in ([Left("reword")], [Left("lead")], [Left("succeed")], [Left(code="4a")]):
        rest = amend(PLAN, without(PLAN, found, left)).steps
        kept = [step for step in found.steps if not any(each.holds(step) for each in left)]
        assert [(step.op, step.code) for step in rest] == [(step.op, step.code) for step in kept]
    assert unmarked(without(PLAN, found, [Left()])) == PLAN


def test_letters_that_moved_may_stay_only_together() -> None:
    up = {"2c": "2b", "2d": "2c", "2e": "2d", "2g": "2e", "2h": "2g"}
    tasks = []
    for task in marked(PLAN).tasks:
        if task.code == "2b":
            continue
        code = up.get(task.code, task.code)
        milestones = tuple(
            each.model_copy(update={"id": f"{code}.{each.id.rpartition('.')[2]}"}) for each in task.milestones
        )
        asked = tuple(each.model_copy(update={"about": code}) for each in task.questions)
        tasks.append(task.model_copy(update={"code": code, "milestones": milestones, "questions": asked}))
    found = amend(PLAN, marked(PLAN).model_copy(update={"tasks": tuple(tasks)}))
    both = without(PLAN, found, [Left("withdraw"), Left("renumber")])
    assert unmarked(both) == PLAN
    alone = without(PLAN, found, [Left("withdraw")])
    assert [task.code for task in alone.tasks].count("2b") == 2


def test_a_later_signing_does_not_undo_the_times_of_before() -> None:
    """«Quý I năm 2020», printed anew in June: it was owed by 31 March, and is."""
    task = PLAN.task("4a")
    (milestone, *_) = task.milestones
    undone = milestone.model_copy(update={"kind": Kind.UNDATED, "confirmed": True})
    moved = milestone.model_copy(update={"due": date(2020, 7, 31)})
    for new, due in ((undone, date(2020, 3, 31)), (moved, date(2020, 7, 31))):
        tasks = tuple(each.model_copy(update={"milestones": (new,)}) if each is task else each for each in PLAN.tasks)
        kept = carried(PLAN, PLAN.model_copy(update={"tasks": tasks})).task("4a").milestones[0]
        assert (kept.kind, kept.due) == (Kind.DATED, due)
