"""The decision of 2020 read is the plan of 2020, but for what a person decided; this says what that is."""

from functools import cache
from pathlib import Path

from intake.draft import Draft, MilestoneDraft, TaskDraft
from intake.read import read
from plan import loader
from plan.due import read as read_time
from plan.model import Milestone, Plan, Task

ROOT = Path(__file__).parents[2]

# What a person decided, by code: everything else is read. A person splits 1c's words at a comma that is not printed,
# and names the codes and the products of the duties, which the decision does not print.
DECIDED = {
    "1c": {"milestones"},
    "bc": {"code", "title", "product", "timing"},
    "kh": {"code", "title", "product", "timing", "milestones"},
    "th": {"code", "title", "product", "timing"},
    "kp": {"code", "product", "timing"},
}


@cache
def draft() -> Draft:
    return read((ROOT / "data" / "decision_2020.txt").read_bytes())


@cache
def plan() -> Plan:
    return loader.load(ROOT / "data" / "plan_2020.json")


def times(task: Task | TaskDraft) -> list[tuple[object, ...]]:
    """What each milestone is: its kind, its day, how often, of which part; its words may be quoted shorter."""
    return [_time(each) for each in task.milestones]


def _time(each: Milestone | MilestoneDraft) -> tuple[object, ...]:
    if isinstance(each, MilestoneDraft):
        return each.kind, each.due, each.every, each.part or None
    due = read_time(each.printed, plan().decision.date).due if each.kind == "dated" else None
    return each.kind, due, each.every, each.part


def differences(task: Task, found: TaskDraft) -> set[str]:
    """The fields in which the reader and the plan differ."""
    pairs = {
        "code": (task.code, found.code),
        "section": (task.section, found.section),
        "title": (task.title, found.title),
        "lead_printed": (task.lead_printed, found.lead_printed),
        "coordinating_printed": (task.coordinating_printed, found.coordinating_printed),
        "product": (task.product, found.product),
        "timing": (task.timing, found.timing),
        "parts": (
            [(each.title, each.lead_printed, each.coordinating_printed) for each in task.parts],
            [(each.title, each.lead_printed, each.coordinating_printed) for each in found.parts],
        ),
        "assigned": (task.code_assigned, found.code_assigned),
        "milestones": (times(task), times(found)),
    }
    return {name for name, (wanted, got) in pairs.items() if wanted != got}


def test_all_thirty_six_tasks_are_read_as_the_plan_has_them() -> None:
    assert [each.code for each in draft().tasks] == [each.code for each in plan().tasks]
    found = {each.code: differences(plan().task(each.code), each) for each in draft().tasks}
    assert {code: names for code, names in found.items() if names} == {"1c": {"milestones"}}


def test_the_head_is_read_but_for_the_spelling_of_a_word() -> None:
    head, decision = draft().head, plan().decision
    assert (head.number, head.date, head.title, head.year) == (decision.number, decision.date, decision.title, 2020)
    # «Ủy ban Nhân dân» with a capital in the title of the plan: a person writes it as it is written.
    assert (head.issuer or "").casefold() == decision.issuer.casefold()
    assert [(each.id, each.title) for each in draft().sections] == [(each.id, each.title) for each in plan().sections]


def test_the_duties_are_found_and_a_person_names_them() -> None:
    places = {each.code: each for each in draft().duties}
    assert set(places) == {"III.1", "III.4", "III.5"}
    for duty in plan().duties:
        found = places[duty.section]
        assert differences(duty, found) <= DECIDED[duty.code] | {"section"} | {"coordinating_printed"}, duty.code


def test_what_is_asked_is_what_the_plan_asks() -> None:
    """Seven questions for 39 pieces of work; each stands in the plan's own questions too, none of them is needless."""
    asked = [(each.kind, each.about) for each in draft().doubts]
    assert asked == [
        ("group", "1a"), ("group", "1a"), ("group", "1g"), ("time", "1c"), ("time", "2f"),
        ("numbers", "plan"), ("unnumbered", "1g"),
    ]  # fmt: skip


def test_nothing_of_the_decision_is_lost() -> None:
    """Every word of the decision stands in a field, a heading or what was left out; markers and labels say where."""
    kept = [each.words for each in draft().left_out] + [each.title for each in draft().sections]
    for task in (*draft().tasks, *draft().duties):
        kept += [task.title, task.lead_printed, task.coordinating_printed, task.product, task.timing]
        kept += [part.title for part in task.parts]
    said = set(" ".join(kept).replace("(", " ").replace(")", " ").split())
    text = (ROOT / "data" / "decision_2020.txt").read_text("utf-8").replace("**", "").replace("~~253~~", "")
    lost = {word for word in text.replace("(", " ").replace(")", " ").split() if bare(word) not in set(map(bare, said))}
    assert {word for word in lost if bare(word).isalpha() and len(bare(word)) > 1} <= {"Cơ", "Sản", "Thời"}


def bare(word: str) -> str:
    return word.strip(".;:,/")
