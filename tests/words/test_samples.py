"""Examples in sentences are of the office's own plan: what they show can be typed there."""

import re
from pathlib import Path

import pytest

from plan import loader
from tests import second_plan
from words import catalogue, samples

DATA = Path(__file__).parents[2] / "data"
OF_2020 = re.compile(r"(?<![\w/.])(?:[1-8][a-hđ](?:\.\d)?|sondung|tuphap|yte)\b")


def test_the_plan_of_2020_names_work_that_most_owe() -> None:
    plan = loader.load(DATA / "plan_2020.json")
    assert samples.of({plan.id: plan}) == {
        "a_code": "2b",
        "another_code": "2c",
        "an_agency": "sondung",
        "another_agency": "vanphong",
    }


def test_another_plans_codes_and_agencies_are_named(tmp_path: Path) -> None:
    first, second = map(loader.load, second_plan.write(tmp_path))
    found = samples.of({first.id: first, second.id: second})
    task = next(each for each in second.tasks if each.code == found["a_code"])
    assert found["an_agency"] in second.owners(task, task.milestones[0])
    assert samples.of({}) == samples.ANY
    texts = catalogue.load_all(DATA, "vi").naming(found)
    # An office that speaks a language is made anew only where the catalogue is another: at most turns it is not.
    assert texts.speaking(None) is texts
    assert texts.speaking("en") is texts.speaking("en")
    assert texts.speaking("en").speaking(None) is texts
    for language in ("vi", "en"):
        assert found["a_code"] in texts.speaking(language)("error.not_understood")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_sentence_holds_a_code_or_an_agency_of_one_plan(language: str) -> None:
    # The sandbox plays the plan of 2020, and says so.
    before, _, sandbox = (DATA / f"texts_{language}.toml").read_text("utf-8").partition("\n[sandbox]\n")
    lines = [*before.splitlines(), *sandbox.partition("\n[")[2].splitlines()]
    assert sandbox
    # What only shows how a code is typed names shapes of codes.
    shown = ("#", "no_code")
    assert [line for line in lines if OF_2020.search(line.replace("1đ", "")) and not line.startswith(shown)] == []
