"""Which tasks of the decision end in a document, by its own words."""

import pytest

from plan.documents import is_document
from plan.model import Kind, Milestone, Plan

# Posted procedures, boards on walls, a system in use, a table of points, a meeting, money: nothing with a number.
WITHOUT = {"2d.1", "2e.1", "2e.2", "6c.1", "8b.1", "8d.1", "th.1", "kp.1"}


def test_which_milestones_of_the_36_tasks_and_the_duties_end_in_a_document(plan: Plan) -> None:
    found = {m.id for task in plan.all_tasks for m in task.milestones if not is_document(task, m)}
    assert found == WITHOUT
    assert len(plan.tasks) == 36


@pytest.mark.parametrize(
    ("words", "document"),
    [
        ("Quý I năm 2020 ban hành kế hoạch", True),
        ("báo cáo kết quả sau mỗi đợt kiểm tra", True),
        ("Theo Kế hoạch kiểm tra của UBND huyện", False),
        ("Thường xuyên trong năm và theo kế hoạch đề ra", False),
        ("Trong năm 2020", False),
        ("Tờ trình và công văn", True),
    ],
)
def test_the_milestones_own_words_count_too(plan: Plan, words: str, document: bool) -> None:
    meeting = next(task for task in plan.tasks if task.code == "8d")
    assert is_document(meeting, Milestone(id="8d.1", kind=Kind.UNDATED, printed=words)) is document
