"""Counts what the reader makes of our own documents: right, asked, wrong without a word, lost without a word."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from intake.draft import Draft, TaskDraft
from intake.read import read
from tests.intake.cases import Case, T
from tests.intake.cases_letters import CASES as LETTERS
from tests.intake.cases_more import CASES as MORE
from tests.intake.cases_pdf import CASES as PDF
from tests.intake.cases_sheet import CASES as SHEET
from tests.intake.cases_text import CASES as TEXT
from tests.intake.cases_unruled import CASES as UNRULED
from tests.intake.cases_word import CASES as WORD

CASES = (*TEXT, *WORD, *SHEET, *PDF, *UNRULED, *MORE, *LETTERS)
COLUMNS = ("right", "asked", "wrong", "lost")
FIELDS = ("title", "lead", "coordinating", "monitor", "product")


@dataclass
class Figures:
    """The counts of one document by what became of its tasks, fields and milestones; `faults` names the bad ones."""

    tasks: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    milestones: Counter[str] = field(default_factory=Counter)
    needless: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def needless_per_task(self) -> float:
        return len(self.needless) / max(1, sum(self.tasks.values()))


@cache
def draft_of(name: str) -> Draft:
    return read(next(case for case in CASES if case.name == name).make())


def figures(case: Case) -> Figures:
    """What the reader makes of a document, counted against the truth beside it."""
    draft, counted = draft_of(case.name), Figures()
    found = {each.code: each for each in draft.tasks}
    doubted = {code for doubt in draft.doubts for code in (doubt.about, *doubt.alike)}
    for task in case.tasks:
        if (read_as := found.pop(task.code, None)) is None:
            counted.tasks["lost"] += 1
            counted.faults.append(f"{case.name}: {task.code} is lost")
            continue
        counted.tasks["right"] += 1
        _fields(case, task, read_as, doubted, counted)
        _milestones(case, task, read_as, doubted, counted)
    for code in found:
        counted.tasks["wrong"] += 1
        counted.faults.append(f"{case.name}: {code} «{found[code].title}» is no task")
    counted.needless = list(_needless(case.asked, [doubt.kind for doubt in draft.doubts]))
    return counted


def _fields(case: Case, task: T, found: TaskDraft, doubted: set[str], counted: Figures) -> None:
    for name in FIELDS:
        wanted, got = getattr(task, name), getattr(found, name)
        if wanted or got:
            _count(counted.fields, wanted, got, found.code in doubted)
            if wanted != got and found.code not in doubted:
                counted.faults.append(f"{case.name}: {task.code}.{name} is {got!r}, not {wanted!r}")


def _milestones(case: Case, task: T, found: TaskDraft, doubted: set[str], counted: Figures) -> None:
    got = [(str(each.kind), each.due) if each.kind else None for each in found.milestones]
    wanted = [each if isinstance(each, tuple) or each is None else ("dated", each) for each in task.times]
    for at in range(max(len(wanted), len(got))):
        one = wanted[at] if at < len(wanted) else ()
        other = got[at] if at < len(got) else ()
        asked = found.code in doubted and (other is None or not other)
        _count(counted.milestones, one, other, asked)
        if one != other and not asked:
            counted.faults.append(f"{case.name}: {task.code} milestone {at + 1} is {other}, not {one}")


def _count(into: Counter[str], wanted: object, got: object, asked: bool) -> None:
    if wanted == got:
        into["asked" if wanted is None else "right"] += 1
    elif asked:
        into["asked"] += 1
    else:
        into["wrong" if got else "lost"] += 1


def _needless(wanted: Iterable[str], got: Iterable[str]) -> Iterable[str]:
    return (Counter(got) - Counter(wanted)).elements()


def table() -> str:
    """The figures of all documents, one row each, and their sum."""
    lines = [f"{'document':44} {'tasks':>16} {'fields':>16} {'milestones':>16}  needless"]
    lines.append(f"{'':44} {' '.join(['right/asked/wrong/lost'[:16]] * 3)}")
    total = Figures()
    for case in CASES:
        counted = figures(case)
        for name in ("tasks", "fields", "milestones"):
            getattr(total, name).update(getattr(counted, name))
        total.needless += counted.needless
        lines.append(_line(case.name, counted))
    return "\n".join([*lines, _line(f"{len(CASES)} documents", total)])


def _line(name: str, counted: Figures) -> str:
    parts = [
        "/".join(str(each[column]) for column in COLUMNS)
        for each in (counted.tasks, counted.fields, counted.milestones)
    ]
    needless = f"{counted.needless_per_task:.2f} {' '.join(counted.needless)}"
    return f"{name:44} {parts[0]:>16} {parts[1]:>16} {parts[2]:>16}  {needless}"


if __name__ == "__main__":
    print(table())
    print("\n".join(fault for case in CASES for fault in figures(case).faults))
