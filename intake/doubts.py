"""Puts the doubts of a draft together: what several tasks share is asked once, what blocks comes first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intake.collected import Collected
from intake.draft import Answer, Doubt, Place, TaskDraft
from intake.letterhead import Found
from intake.letters import plain
from intake.tasks import groups
from plan.times.values import Why

# What is asked once for all tasks alike, whatever their words; anything else is alike where its words are.
ONCE = frozenset({"leads", "no_time", "no_lead", "changed", "struck", "hidden", "cut", "aligned"})
ANSWERS = {
    "leads": ("each", "together"),
    "no_time": ("ongoing", "no_date"),
    "changed": ("accepted", "rejected"),
    "struck": ("void", "holds"),
    "hidden": ("holds", "void"),
    "unnumbered": ("own_task", "belongs_above"),
    "one_name": ("one_office", "several_offices"),
    "bare": ("is_task", "is_none"),
    "number": ("later",),
    "date": ("later",),
    "past": ("past_kept", "past_next", "no_date"),
}


def together(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """The doubts with those that one answer settles put into one, those that block first."""
    found: dict[tuple[str, str], Doubt] = {}
    for doubt in doubts:
        key = (doubt.kind, "" if doubt.kind in ONCE else plain(doubt.words))
        former = found.get(key)
        if former is None:
            found[key] = replace(doubt, answers=doubt.answers or _answers(doubt))
        elif doubt.about not in (former.about, *former.alike):
            found[key] = replace(former, alike=(*former.alike, doubt.about))
    return tuple(sorted(_past_as_one(list(found.values())), key=lambda doubt: not doubt.blocks))


def _past_as_one(doubts: list[Doubt]) -> list[Doubt]:
    """The doubts with the times of several tasks that lie before the signing put into one, whatever their words."""
    past = [each for each in doubts if each.time is not None and each.time.why is Why.PAST]
    codes = tuple(dict.fromkeys(code for each in past for code in (each.about, *each.alike)))
    if len(codes) <= 1:
        return doubts
    first = replace(past[0], kind="past", alike=codes[1:], time=None)
    first = replace(first, answers=_answers(first))
    return [first if each is past[0] else each for each in doubts if each is past[0] or each not in past]


def _answers(doubt: Doubt) -> tuple[Answer, ...]:
    return tuple(Answer(key) for key in ANSWERS.get(doubt.kind, ()))


def of_head(found: Found, lines_at: Place) -> Iterable[Doubt]:
    """What the head leaves open: its number and its date may wait, the year of the plan may not."""
    head = found.head
    # What was copied out of a chat or is a bare list has no number and no date, and nobody expects any.
    is_document = any((head.number, head.date, head.issuer, head.title))
    if head.number is None and is_document:
        yield Doubt("plan", "number", lines_at, "", blocks=False)
    numbers = list(dict.fromkeys(number for number, _ in found.numbers))
    if len(numbers) > 1:
        yield Doubt("plan", "numbers", found.numbers[1][1], numbers[1], {"numbers": numbers}, blocks=False)
    if found.impossible:
        yield Doubt("plan", "impossible_date", found.impossible[1], found.impossible[0])
    elif head.date is None and is_document:
        yield Doubt("plan", "date", lines_at, "", blocks=False)
    if head.year is None and found.span:
        first, last = found.span
        answers = tuple(Answer("year", {"year": year}) for year in range(first, min(last, first + 4) + 1))
        yield Doubt("plan", "span", lines_at, head.title or "", {"first": first, "last": last}, answers)
    elif head.year is None:
        yield Doubt("plan", "year", lines_at, head.title or "")


def of_groups(drafts: Sequence[TaskDraft]) -> Iterable[Doubt]:
    """Who belongs to each group that leads: once a group, however often and in whatever words it stands."""
    for named in groups(drafts).values():
        (name, first), codes = named[0], tuple(dict.fromkeys(draft.code for _, draft in named))
        yield Doubt(first.code, "group", first.place, name, {"name": name}, alike=codes[1:])


def of_collected(collected: Collected, drafts: Sequence[TaskDraft]) -> Iterable[Doubt]:
    """What the blocks leave open: tasks without a number beside numbered ones, codes given twice, bare words."""
    for task, draft in zip(collected.tasks, drafts, strict=True):
        if task.unsure:
            yield Doubt(draft.code, "unnumbered", draft.place, draft.title, {"code": draft.code}, blocks=False)
    first: dict[str, TaskDraft] = {}
    for draft in drafts:
        if first.setdefault(draft.code, draft) is not draft:
            yield Doubt(draft.code, "twice", draft.place, draft.title, {"first": first[draft.code].title})
    if collected.bare:
        words = [each.words for each in collected.bare]
        yield Doubt("plan", "bare", collected.bare[0].place, words[0], {"all": words}, blocks=False)
    for kind, found in (("hidden", collected.hidden), ("correction", collected.corrections)):
        yield from (Doubt("plan", kind, each.place, each.words) for each in found)
