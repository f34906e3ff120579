"""The codes of a draft: as the document prints them, another one only where nobody could type or tell them apart."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from itertools import count

from pydantic import TypeAdapter, ValidationError

from intake.draft import Doubt, Draft, TaskDraft
from plan.model import Code

CODE = TypeAdapter(Code)


def coded(draft: Draft) -> Draft:
    """The draft with codes of its own for all its work, in its doubts too.

    The second one of two that bear one code gets another. A milestone is typed as 5.2, so work whose second milestone
    would be typed as other work is gets another code too.
    """
    work = (*draft.tasks, *draft.duties)
    printed = {_written(each.code) for each in work}
    most = _most_milestones(draft)
    found: list[TaskDraft] = []
    for each in work:
        code, taken = _written(each.code), {former.code for former in found}
        shared = any(f"{code}.{number}" in printed for number in range(2, most[each.code] + 1))
        if code in taken or not is_code(code) or shared:
            code = _free(each.section, taken | printed)
        found.append(replace(each, code=code, code_assigned=each.code_assigned or code != each.code))
    renamed = [(former, new) for former, new in zip(work, found, strict=True) if former.code != new.code]
    return replace(
        draft,
        tasks=tuple(found[: len(draft.tasks)]),
        duties=tuple(found[len(draft.tasks) :]),
        doubts=tuple(_renamed(each, renamed) for each in draft.doubts),
        filled_in=tuple(
            replace(each, about=_of(each.about, each.place, renamed)) if renamed else each for each in draft.filled_in
        ),
    )


def is_code(code: str) -> bool:
    """Whether people can type a code."""
    try:
        CODE.validate_python(code)
    except ValidationError:
        return False
    return True


def _most_milestones(draft: Draft) -> Counter[str]:
    """How many milestones each task may come to have, by its code as it was read."""
    found = Counter({each.code: len(each.milestones) for each in (*draft.tasks, *draft.duties)})
    for doubt in draft.doubts:
        if doubt.time is not None:
            for code in (doubt.about, *doubt.alike):
                found[code] += max((len(choice.times) for choice in doubt.time.choices), default=1)
    return found


def _renamed(doubt: Doubt, renamed: list[tuple[TaskDraft, TaskDraft]]) -> Doubt:
    if not renamed:
        return doubt
    alike = (_of(code, None, renamed) for code in doubt.alike)
    return replace(doubt, about=_of(doubt.about, doubt.place, renamed), alike=tuple(dict.fromkeys(alike)))


def _of(code: str, place: object, renamed: list[tuple[TaskDraft, TaskDraft]]) -> str:
    """The code that work has now: of two that bore one code, that of the place that is meant, else of the first."""
    found = [(former, new) for former, new in renamed if former.code == code]
    here = [new.code for former, new in found if former.place == place]
    if here:
        return here[0]
    # The first bearer of a code that people can type kept it.
    return found[0][1].code if found and not is_code(code) else code


def _written(code: str) -> str:
    """A printed code in the letters of codes: «1.A» is 1.a, «B2» is B.2."""
    places = code.strip(" .)").split(".")
    written = ".".join(place.lower() if at and len(place) == 1 else place for at, place in enumerate(places) if place)
    if is_code(written):
        return written
    parted = re.sub(r"^([A-ZĐ])(\d+)$", r"\1.\2", written)
    return parted if is_code(parted) else written.lower() if re.fullmatch(r"\d{1,3}[A-ZĐ]", written) else written


def _free(section: str, taken: Collection[str]) -> str:
    """The next number of the section, III.1, else the next one of all."""
    prefix = f"{section}." if section and is_code(f"{section}.1") else ""
    return next(code for number in count(1) if (code := f"{prefix}{number}") not in taken)
