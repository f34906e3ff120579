"""How a milestone is numbered and called."""

import pytest
from pydantic import ValidationError

from plan.model import Agency, Plan, milestone_label, milestone_number


@pytest.mark.parametrize(
    ("milestone", "number", "label"), [("2b.1", 1, "2b"), ("2b.2", 2, "2b.2"), ("2b.12", 12, "2b.12")]
)
def test_only_a_tasks_first_milestone_goes_by_its_code_alone(milestone: str, number: int, label: str) -> None:
    assert milestone_number(milestone) == number
    assert milestone_label("2b", milestone) == label


def test_a_plans_label_names_its_year_once(plan: Plan) -> None:
    assert (plan.short, plan.label) == ("CCHC 2020", "CCHC 2020")
    assert plan.model_copy(update={"short": "Chuyển đổi số"}).label == "Chuyển đổi số 2020"


@pytest.mark.parametrize("name", ["\u200b", "\u3164", "…", "2020"])
def test_a_body_is_called_by_something_that_people_read(name: str) -> None:
    with pytest.raises(ValidationError, match="no letter"):
        Agency(id="x", name=name, short="Xã", basis="b")
