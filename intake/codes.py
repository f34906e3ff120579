"""Gives every task a code of its own: as printed, with its section where numbers begin anew, assigned where none is."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import count

from intake.fields import OpenTask

# The alphabet by which official documents count: đ after d, no f, j, w, z.
LETTERS = "abcdđeghiklmnopqrstuvxy"
Key = tuple[str, str]


def section_ids(used: Sequence[Key]) -> dict[Key, str]:
    """The id of each section that holds a task: its printed number, with its chapter's where two bear the same."""
    times = Counter(code for _, code in used)
    return {(chapter, code): f"{chapter}.{code}" if times[code] > 1 and chapter else code for chapter, code in used}


def assign(tasks: Sequence[OpenTask], ids: Mapping[Key, str]) -> list[str]:
    """A code for each task, in their order; two share one only where the document gives it twice in one section."""
    found = [_printed(task, ids) for task in tasks]
    times = Counter(code for code in found if code)
    # Where one number comes twice, numbers begin anew in each section: all of them get their section's.
    anew = any(times[code] > 1 and code.isdigit() for code in times)
    found = [
        _with_section(code, task, ids) if times[code] > 1 or (anew and code.isdigit()) else code
        for code, task in zip(found, tasks, strict=True)
    ]
    beside: dict[Key, list[OpenTask]] = {}
    for task in tasks:
        beside.setdefault(task.section, []).append(task)
    taken = set(found)
    for at, task in enumerate(tasks):
        if not found[at]:
            found[at] = _assigned(ids.get(task.section, ""), beside[task.section], taken)
            taken.add(found[at])
    return found


def is_letter(code: str) -> bool:
    """Whether a printed number is a letter: a), đ)."""
    return len(code) == 1 and code.isalpha() and code.islower()


def _printed(task: OpenTask, ids: Mapping[Key, str]) -> str:
    """1a of «a)» in section 1, I.a in section I; a number stands for itself."""
    if not is_letter(task.code):
        return task.code
    section = ids.get(task.section, task.section[1])
    return f"{section}{task.code}" if section[-1:].isdigit() or not section else f"{section}.{task.code}"


def _with_section(code: str, task: OpenTask, ids: Mapping[Key, str]) -> str:
    section = ids.get(task.section, "")
    if is_letter(task.code) or code.startswith(f"{section}."):
        chapter = task.section[0]
        return code if not chapter or code.startswith(f"{chapter}.") else f"{chapter}.{code}"
    above = section or task.section[0]
    return f"{above}.{code}" if above else code


def _assigned(section: str, beside: Sequence[OpenTask], taken: Collection[str]) -> str:
    """A code for a task without a number: its section's own where it stands alone, the next letter, the next number."""
    if section and len(beside) == 1 and section not in taken:
        return section
    letters = [each.code for each in beside if is_letter(each.code)]
    joint = "" if section[-1:].isdigit() or not section else "."
    if letters or (section and not any(each.code for each in beside)):
        after = max((LETTERS.find(each) for each in letters), default=-1) + 1
        for letter in LETTERS[after:]:
            if (code := f"{section}{joint}{letter}") not in taken:
                return code
    prefix = f"{section}." if section else ""
    return next(code for number in count(1) if (code := f"{prefix}{number}") not in taken)
