"""An amendment by articles of the plan of 2020: what it changes, whose answers stay, and what is asked, not guessed."""

from datetime import date
from pathlib import Path

import pytest

from app.office_settings import office_of
from app.settings import Settings
from intake.draft import Draft
from intake.read import read
from intake.settled import codes
from intake.settled.values import Directory, Given
from plan import loader
from plan.amendment import Amendment, Op, amend
from plan.model import Kind, Plan
from progress import amending
from progress.importing import wording
from tests.intake.amendments import amendment

DATA = Path(__file__).parents[2] / "data"
PLAN = loader.load(DATA / "plan_2020.json")
PLANS = {PLAN.id: PLAN}
KNOWN = Directory(PLAN.agencies, PLAN.groups, plans=frozenset(PLANS))
TODAY = date(2020, 6, 8)
WORDING = wording(office_of(Settings(_env_file=None)))


def drafted(*points: str) -> Draft:
    """The draft of an amendment that orders the points."""
    return codes.coded(read(amendment(*points)))


def asked(draft: Draft, given: dict[str, Given] | None = None) -> list[str]:
    """The kinds of questions that it puts."""
    return [each.doubt.kind for each in amending.questions(PLANS, draft, given or {}, KNOWN, TODAY)]


def made(*points: str, given: dict[str, Given] | None = None) -> Plan:
    """The plan as it is amended."""
    return amending.plan_of(PLAN, drafted(*points), given or {}, KNOWN, TODAY, WORDING)


def changes(plan: Plan) -> Amendment:
    """The way there from the plan that serves."""
    return amend(PLAN, plan)


@pytest.mark.parametrize(
    "point",
    [
        "Bãi bỏ điểm b khoản 2 Mục II.",
        "Điểm b khoản 2 Mục II được bãi bỏ.",
        "Bãi bỏ nhiệm vụ 2b.",
        "Bãi bỏ nhiệm vụ có mã số 2b tại Phụ lục.",
        "Đưa ra khỏi Kế hoạch nhiệm vụ “Xây dựng và triển khai thực hiện kế hoạch rà soát, đánh giá”.",
    ],
)
def test_work_is_withdrawn(point: str) -> None:
    assert asked(drafted(point)) == []
    found = changes(made(point))
    assert [(step.op, step.code) for step in found.steps] == [(Op.WITHDRAW, "2b")]
    assert {each.key for task in found.plan.all_tasks for each in task.milestones} == {
        each.key for task in PLAN.all_tasks for each in task.milestones if task.code != "2b"
    }


def test_several_letters_are_withdrawn_and_d_is_not_dd() -> None:
    found = changes(made("Bãi bỏ các điểm d và e khoản 1 Mục II."))
    assert [(step.op, step.code) for step in found.steps] == [(Op.WITHDRAW, "1d"), (Op.WITHDRAW, "1e")]
    found = changes(made("Bãi bỏ điểm đ khoản 1 Mục II."))
    assert [(step.op, step.code) for step in found.steps] == [(Op.WITHDRAW, "1đ")]


@pytest.mark.parametrize(
    ("point", "code", "due"),
    [
        ("Thời hạn thực hiện tại điểm c khoản 1 Mục II được điều chỉnh thành “trước ngày 15/7/2020”.", "1c", "14/07"),
        ("Điều chỉnh thời gian thực hiện nhiệm vụ 4a thành Quý III năm 2020.", "4a", "30/09"),
        ("Gia hạn thời gian thực hiện điểm a khoản 4 Mục II đến ngày 20/8/2020.", "4a", "20/08"),
        ("Sửa đổi thời hạn tại điểm a khoản 4 Mục II từ “Quý I năm 2020” thành “Quý II năm 2020”.", "4a", "30/06"),
    ],
)
def test_a_deadline_moves_and_its_work_stays(point: str, code: str, due: str) -> None:
    assert asked(drafted(point)) == []
    found = changes(made(point))
    assert {(step.op, step.code) for step in found.steps} == {(Op.DEADLINE, code)}
    moved = found.plan.task(code).milestones[0]
    assert moved.due is not None
    assert (moved.kind, f"{moved.due:%d/%m}", moved.key) == (Kind.DATED, due, f"{code}.1")


def test_lead_words_new_work_and_a_task_written_anew() -> None:
    plan = made(
        "Sửa đổi cơ quan chủ trì tại điểm a khoản 3 Mục II thành “Phòng Tư pháp”.",
        "Cụm từ “Đài Truyền thanh - Phát lại truyền hình” được thay bằng cụm từ “Trung tâm Truyền thông”.",
        "Bổ sung điểm e khoản 4 Mục II như sau:\n“e) Công khai kết quả giải quyết.\n- Cơ quan chủ trì: Phòng Nội vụ\n"
        "- Sản phẩm: Báo cáo\n- Thời gian: trước ngày 30/9/2020.”",
        "Sửa đổi, bổ sung điểm a khoản 4 Mục II như sau:\n“a) Xây dựng kế hoạch đào tạo.\n"
        "- Thời gian: Quý III năm 2020.”",
        "Sửa đổi điểm b khoản 4 Mục II như sau: “b) Thực hiện chế độ công vụ”.",
    )
    before = PLAN.task("4a")
    assert plan.task("3a").lead == ("tuphap",)
    renamed = next(each for each in plan.agencies if each.name == "Trung tâm Truyền thông")
    assert "Đài Truyền thanh - Phát lại truyền hình" in renamed.aliases
    new, again = plan.task("4e"), plan.task("4a")
    assert (new.section, new.lead, new.milestones[0].due) == ("4", ("noivu",), date(2020, 9, 29))
    assert (again.title, again.lead, again.milestones[0].due) == (
        "Xây dựng kế hoạch đào tạo", before.lead, date(2020, 9, 30),
    )  # fmt: skip
    assert plan.task("4b").title == "Thực hiện chế độ công vụ"
    assert plan.task("4b").milestones[0].kind is Kind.ONGOING
    assert again.milestones[0].uid == "4a.1"


def test_what_cannot_be_placed_is_asked_and_what_is_not_understood_too() -> None:
    draft = drafted(
        "Bãi bỏ điểm y khoản 2 Mục II.",
        "Bãi bỏ điểm b Mục II.",
        "Thay đổi một số nội dung khác cho phù hợp với tình hình.",
        "Điều chỉnh thời hạn tại điểm a khoản 4 Mục II thành “cuối tháng 6, đầu tháng 7”.",
        "Sửa đổi cơ quan chủ trì tại điểm b khoản 4 thành “Các thôn”.",
    )
    assert asked(draft) == ["unclear_article", "which_task", "which_task", "time", "group"]
    which = [each for each in amending.questions(PLANS, draft, {}, KNOWN, TODAY) if each.doubt.kind == "which_task"]
    assert [each.key for each in which[1].options] == [
        "task-1b", "task-2b", "task-3b", "task-4b", "task-6b", "pass_over",
    ]  # fmt: skip
    # Nothing of it is guessed: the plan waits.
    assert all(each.blocks for each in which)
    given = {which[0].key: Given(option="pass_over"), which[1].key: Given(option="task-6b")}
    assert asked(draft, given).count("which_task") == 2
    plan = made("Bãi bỏ điểm b Mục II.", given={"which_task:s1": Given(option="task-6b")})
    assert [(step.op, step.code) for step in changes(plan).steps] == [(Op.WITHDRAW, "6b")]
    assert changes(made("Bãi bỏ điểm b Mục II.", given={"which_task:s1": Given(option="pass_over")})).steps == ()


def test_which_of_two_deadlines_moves_is_asked_and_stays_with_its_work_under_another_code() -> None:
    points = (
        "Bãi bỏ điểm b khoản 2 Mục II.",
        "Các điểm c, d, e, g, h khoản 2 Mục II được chuyển thành các điểm b, c, d, e, g.",
        "Điều chỉnh thời hạn tại điểm e khoản 2 Mục II thành “trước ngày 15/7/2020”.",
    )
    two = [each.id for each in PLAN.task("2e").milestones]
    assert len(two) > 1
    kinds = asked(drafted(*points))
    if "which_deadline" not in kinds:
        # One dated deadline is the one that is meant.
        assert kinds == []
    plan = made(*points, given={"which_deadline:s7": Given(option=f"deadline-{two[1]}")})
    moved = [each for each in plan.task("2d").milestones if each.due == date(2020, 7, 14)]
    assert [each.uid for each in moved] == [PLAN.task("2e").milestones[1].key]


def test_a_written_code_answers_and_dd_is_not_d() -> None:
    (question,) = amending.questions(PLANS, drafted("Bãi bỏ điểm y khoản 2 Mục II."), {}, KNOWN, TODAY)
    assert amending.accepted(PLAN, question, "1đ") == Given(option="task-1đ")
    assert amending.accepted(PLAN, question, "1d") == Given(option="task-1d")
    assert amending.accepted(PLAN, question, "không biết") is None


def test_the_plan_is_known_by_the_number_that_is_cited() -> None:
    other = PLAN.model_copy(update={"id": "khac", "decision": PLAN.decision.model_copy(update={"number": "9/QĐ-UBND"})})
    two = {other.id: other, PLAN.id: PLAN}
    draft = drafted("Bãi bỏ điểm b khoản 2 Mục II.")
    assert amending.plan_meant(two, draft, {}) == PLAN
    assert amending.plan_meant({other.id: other}, draft, {}) is None
    (question,) = amending.questions({other.id: other}, draft, {}, KNOWN, TODAY)
    assert question.doubt.kind == "which_plan"


def test_an_ordinary_plan_is_no_amendment() -> None:
    assert read((DATA / "decision_2020.txt").read_bytes()).revision is None


def test_the_day_before_or_the_very_day_is_as_the_plan_was_read() -> None:
    task = PLAN.task("4a")
    milestone = task.milestones[0].model_copy(update={"printed": "trước ngày 31/03/2020", "due": date(2020, 3, 31)})
    tasks = tuple(
        each.model_copy(update={"milestones": (milestone, *each.milestones[1:]), "timing": milestone.printed})
        if each is task
        else each
        for each in PLAN.tasks
    )
    plan = PLAN.model_copy(update={"tasks": tasks})
    draft = drafted("Điều chỉnh thời hạn nhiệm vụ 1c thành “trước ngày 15/7/2020”.")
    amended = amending.plan_of(plan, draft, {}, KNOWN, TODAY, WORDING)
    assert amended.task("1c").milestones[0].due == date(2020, 7, 15)
