"""Which questions a draft puts: what blocks first, at most twelve, nothing that the office's directory knows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from intake import bodies, times
from intake.draft import Doubt, Draft, Place, Values
from intake.letters import plain
from intake.settled import head
from intake.settled.values import Answers, Directory, Given, Option, Question, Typed
from plan.milestone import Kind
from plan.times.values import Time, Why

MOST = 12
LISTED = "listed"
# How a question is kept by whom a plan compiles its reports, where no duty says it.
COMPILER = "compiler"
# A code given twice gets another one, and bare words are listed as left out: neither is asked.
NEVER_ASKED = frozenset({"twice", "bare"})
TYPED = {
    "year": Typed.YEAR, "span": Typed.YEAR, "date": Typed.DAY, "impossible_date": Typed.DAY, "number": Typed.NUMBER,
    "numbers": Typed.NUMBER, "time": Typed.TIME, "no_time": Typed.TIME, "group": Typed.NAMES, "no_lead": Typed.NAME,
    "name": Typed.NAME, COMPILER: Typed.NAME,
}  # fmt: skip
# What is offered where a doubt brings no answers: that it is as it was read, or that its task is left out.
OFFERED = {
    "name": ("is_name", "leave_out"),
    "no_lead": ("leave_out",),
    "changed": ("accepted", "leave_out"),
    "struck": ("void", "ask_later"),
    "hidden": ("seen", "leave_out"),
    "ditto": ("right", "leave_out"),
    "cut": ("right", "leave_out"),
    "aligned": ("right",),
    "past": ("past_kept", "past_next", "no_date"),
    "formula": ("as_read", "leave_out"),
    "error": ("as_read", "leave_out"),
    "correction": ("seen",),
    "date": (),
    "number": (),
}


def questions(
    draft: Draft, answers: Answers, directory: Directory, today: date, most: int | None = MOST
) -> tuple[Question, ...]:
    """The questions of a draft, answered or not, in the order in which they are put; `today` (local) for its year.

    Of those that do not block so many as leave `most` in all, all of them for None.
    """
    known = head.answered(draft, answers)
    doubts = [_needed(each, draft, today) for each in known.doubts if each.kind not in NEVER_ASKED]
    asked = [_question(each, known, today, directory) for each in doubts]
    first = [each for each in asked if each.doubt.kind in head.OF_HEAD and each.blocks]
    if head.is_open(draft, answers) or any(answers.get(each.key, Given()) == Given() for each in first):
        return tuple(first)
    asked = [each for each in asked if not _is_known(each.doubt, directory)]
    if (compiler := _compiler(known, directory)) is not None:
        asked.append(compiler)
    asked += _eve(draft)
    blocking = [each for each in asked if each.blocks]
    others = [each for each in asked if not each.blocks]
    return (*blocking, *(others if most is None else others[: max(0, most - len(blocking))]))


def waiting(found: Iterable[Question], answers: Answers) -> list[Question]:
    """The questions that nobody has answered or put off, in their order."""
    return [each for each in found if each.key not in answers]


def blocked(found: Iterable[Question], answers: Answers) -> list[Question]:
    """The questions that the plan waits for."""
    return [each for each in found if each.blocks and each.key not in answers]


def compilers(draft: Draft) -> list[str]:
    """Who may compile the plan's reports: who is told so in a duty, else the offices that lead most."""
    told = [
        name
        for duty in draft.duties
        for name in duty.lead
        if not bodies.is_group(name) and any(word in plain(duty.title) for word in ("tong hop", "theo doi", "don doc"))
    ]
    if told:
        return list(dict.fromkeys(told))[-1:]
    leads = [name for task in draft.tasks for name in task.lead if not bodies.is_group(name)]
    offices = sorted(dict.fromkeys(leads), key=lambda name: (not _is_office(name), -leads.count(name)))
    return offices[:3]


def _is_office(name: str) -> bool:
    return plain(name).startswith(("van phong", "vp ", "phong noi vu", "so noi vu"))


def _compiler(draft: Draft, directory: Directory) -> Question | None:
    found = compilers(draft)
    if len(found) == 1 or directory.agencies:
        return None
    options = tuple(Option(f"name-{at}", {"name": name}) for at, name in enumerate(found, 1))
    doubt = Doubt("plan", COMPILER, Place(), "", blocks=not found)
    return Question(COMPILER, doubt, options, Typed.NAME)


def _needed(doubt: Doubt, draft: Draft, today: date) -> Doubt:
    """The question of the day of the signing; it cannot wait where deadlines have passed that may lie before it."""
    if doubt.kind != "date":
        return doubt
    days = [each.due for task in (*draft.tasks, *draft.duties) for each in task.milestones if each.due]
    passed = sorted(day for day in days if day < today)
    values: Values = {"passed": len(passed), "first": passed[0], "last": passed[-1]} if passed else {"passed": 0}
    return replace(doubt, values=values, blocks=bool(passed))


BEFORE = re.compile(r"\btrước\s+(?:ngày\s+)?\d{1,2}\s*/", re.IGNORECASE)


def _eve(draft: Draft) -> list[Question]:
    """Once a plan: whether «trước 31/01» is the 30th, as it is read unless somebody says otherwise, or the 31st."""
    # What changes a plan that serves is read as that plan is.
    for task in () if draft.revision is not None else (*draft.tasks, *draft.duties):
        for each in task.milestones:
            if each.due is not None and BEFORE.search(each.printed):
                options = Option("eve", {"day": each.due}), Option("day", {"day": each.due + timedelta(days=1)})
                doubt = Doubt("plan", head.EVE, task.place, each.printed, blocks=False)
                return [Question(head.EVE, doubt, options)]
    return []


def _is_known(doubt: Doubt, directory: Directory) -> bool:
    if doubt.kind == "group":
        wanted = bodies.group_key(doubt.words)
        return any(wanted in map(bodies.group_key, (each.name, *each.aliases)) for each in directory.groups)
    if doubt.kind in ("name", "one_name"):
        names = {plain(name) for each in directory.agencies for name in (each.name, each.short, *each.aliases)}
        return plain(doubt.words) in names
    return False


def _question(doubt: Doubt, draft: Draft, today: date, directory: Directory) -> Question:
    kind = doubt.kind
    key = kind if doubt.about == "plan" and kind in head.OF_HEAD else f"{kind}:{doubt.about}:{_mark(doubt)}"
    options: tuple[Option, ...] = tuple(Option(each) for each in OFFERED.get(kind, ()))
    if doubt.time is not None:
        options = tuple(Option(f"t{at}", times=each.times) for at, each in enumerate(doubt.time.choices, 1))
        options += tuple(_although_past(doubt, draft))
        options += (Option("no_date"),) if len(options) < 2 else ()
    elif kind in ("year", "span"):
        options = _years(doubt, today)
    elif kind == "date" and doubt.blocks:
        new_year = date(min(draft.head.year or today.year, today.year), 1, 1)
        options = (Option(f"{head.SIGNED}{new_year}", {"day": new_year}),)
    elif kind == "numbers":
        options = tuple(Option(f"number-{at}", {"number": each}) for at, each in enumerate(doubt.numbers, 1))
    elif kind == "leads":
        options = (Option("each"), Option("together"))
    elif kind == "group":
        options = _members(doubt, draft, directory)
    elif kind not in OFFERED:
        options = tuple(Option(each.key) for each in doubt.answers)
    return Question(key, doubt, options, TYPED.get(kind, Typed.NOTHING))


def _although_past(doubt: Doubt, draft: Draft) -> Iterator[Option]:
    """The printed day itself, where it lies before the signing."""
    day = times.as_printed(doubt.words, draft.head.year)
    if doubt.time is not None and doubt.time.why is Why.PAST and day is not None:
        yield Option("past_kept", times=(Time(Kind.DATED, day),))


def _mark(doubt: Doubt) -> str:
    """What tells two doubts of one kind about one task apart."""
    return plain(doubt.words)[:40]


def _years(doubt: Doubt, today: date) -> tuple[Option, ...]:
    offered = [int(str(each.values["year"])) for each in doubt.answers] or [today.year, today.year + 1]
    found = tuple(Option(f"year-{year}", {"year": year}) for year in offered)
    # A plan over several years is followed whole, or one of its years alone.
    return (Option(head.ALL_YEARS, dict(doubt.values)), *found) if doubt.kind == "span" else found


def may_be_offices(doubt: Doubt) -> bool:
    """Whether a group may be the office's own bodies: «các phòng, ban», but not «các thôn, tổ dân phố»."""
    key = bodies.group_key(doubt.words)
    return any(word in key for word in ("co quan", "don vi", "phong", "ban", "nganh", "so ")) and "thon" not in key


def _members(doubt: Doubt, draft: Draft, directory: Directory) -> tuple[Option, ...]:
    """Who may be meant by a group: the offices that the document names, those of a list for such an issuer, or one that
    answers for all of it."""
    alone = (Option("one_body", {"name": doubt.words}),)
    if not may_be_offices(doubt):
        return alone
    all_named = list(named(draft))
    found = (Option("all_named", {"names": list(all_named)}),) if len(all_named) > 1 else ()
    return (*found, *_listed(draft, directory, all_named), *alone)


def _listed(draft: Draft, directory: Directory, all_named: list[str]) -> Iterator[Option]:
    """A list to take whole, the document's own name where it names one of it, and whoever else it names."""
    issuer = plain(draft.head.issuer or "").removeprefix("uy ban nhan dan ").removeprefix("ubnd ")
    for each in directory.lists:
        if issuer.startswith(tuple(f"{word} " for word in each.of)):
            own = {_bare(name): name for name in all_named}
            names = [own.pop(_bare(name), name) for name in each.agencies]
            yield Option(f"{LISTED}-{each.key}", {"title": each.title, "names": [*names, *own.values()]})


def _bare(name: str) -> str:
    """A name without the place that it is of: «Công an xã» is Công an."""
    return re.sub(r"\s(?:xa|phuong|tinh|so)\b.*$", "", plain(name)).replace(" & ", " va ")


def named(draft: Draft) -> Iterator[str]:
    """The single offices that the document names, in its order."""
    yield from (each.name for each in draft.bodies if each.kind == "body" and not bodies.is_strange(each.name))
