"""Proves that a plan says what the decision says: kinds agree with the words, and every quoted word stands there."""

import unicodedata
from collections.abc import Iterator

from plan import references
from plan.errors import Fault
from plan.model import Plan, Task

REQUOTE = "Quote the decision word for word, its errors included, and put the doubt into questions."


def check(plan: Plan, source: str | None) -> tuple[Fault, ...]:
    """Every disagreement between a plan, its own printed words and the decision; empty when they agree.

    `source` is the text of the decision, None where there is none. White space, the composition of accents and the
    marks of a converted file (** and ~~) are set aside. A milestone's words stand in its own task's timing, product
    or title.
    """
    unquoted = _unquoted(plan, source) if source is not None else ()
    return (*references.faults(plan.model_dump(mode="json")), *_foreign_words(plan), *unquoted)


def _foreign_words(plan: Plan) -> Iterator[Fault]:
    for name, tasks in (("tasks", plan.tasks), ("duties", plan.duties)):
        for index, task in enumerate(tasks):
            own = _fold(f"{task.timing} {task.product} {task.title}")
            for number, milestone in enumerate(task.milestones):
                if _fold(milestone.printed) not in own:
                    what = f"«{milestone.printed}» stands neither in the timing nor in the product or title of its task"
                    yield Fault(f"{name}[{index}].milestones[{number}].printed", what, REQUOTE)


def _unquoted(plan: Plan, source: str) -> Iterator[Fault]:
    text = _fold(source)
    for place, quoted in _quotes(plan):
        if _fold(quoted) not in text:
            yield Fault(place, f"«{quoted}» does not stand in the decision", REQUOTE)


def _quotes(plan: Plan) -> Iterator[tuple[str, str]]:
    yield "decision.number", plan.decision.number
    yield "decision.title", plan.decision.title
    for index, section in enumerate(plan.sections):
        yield f"sections[{index}].title", section.title
    for index, question in enumerate(plan.questions):
        yield f"questions[{index}].place", question.place
    for name, tasks in (("tasks", plan.tasks), ("duties", plan.duties)):
        for index, task in enumerate(tasks):
            for key, quoted in _quotes_of(task):
                yield f"{name}[{index}].{key}", quoted


def _quotes_of(task: Task) -> Iterator[tuple[str, str]]:
    yield "title", task.title
    yield "product", task.product
    yield "timing", task.timing
    # The words of a task in parts are those of its parts, put together.
    if not task.parts:
        yield "lead_printed", task.lead_printed
        yield "coordinating_printed", task.coordinating_printed
    for index, part in enumerate(task.parts):
        yield f"parts[{index}].title", part.title
        yield f"parts[{index}].lead_printed", part.lead_printed
        yield f"parts[{index}].coordinating_printed", part.coordinating_printed
    for index, question in enumerate(task.questions):
        yield f"questions[{index}].place", question.place


def _fold(text: str) -> str:
    """NFC without any white space: a page break in the middle of «2579 /QĐ-UBND» is no difference."""
    return "".join(unicodedata.normalize("NFC", text).replace("**", "").replace("~~", "").split())
