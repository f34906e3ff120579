"""Reads what words are about, once for every command: #57, S12, R3, Y4, H5, 2b.2, 2b @cchc-2021 sondung, the rest."""

import re
from dataclasses import dataclass, replace

from plan.model import milestone_number
from reports.figures.scope import find_agency
from store.tables import Obligation
from words import codes
from words.codes import fold
from words.office import Office
from words.reach import joined, parted

MARKED = re.compile(r"^([#SRYH])\s*(\d{1,12})(?!\w)[\s.,:;–-]*(.*)$", re.DOTALL | re.IGNORECASE)
# The plan is named where two of them have the code: 2b @cchc-2021.
PLAN = re.compile(r"(?:^|\s)@([a-z0-9][a-z0-9-]{0,31})(?!\S)")
WORD_ENDS = re.compile(r"(?=[\s,;:.]|$)")
# No name of an agency has more words.
MOST_WORDS = 14
BETWEEN = " .,:;-–"


@dataclass(frozen=True)
class Reference:
    """What stood at the start of a text: a row's number (`obligation`, `submission`, `request`, `opinion`, `inquiry`)
    or a task's `code`.

    `words` follow it as they were said; `agencies` are those that the words begin with, and `rest` is what follows
    them, without the name of the `plan`. `wanted` looked like a code and is none. `text` is the whole.
    """

    text: str
    obligation: int | None = None
    submission: int | None = None
    request: int | None = None
    opinion: int | None = None
    inquiry: int | None = None
    code: str | None = None
    milestone: int | None = None
    wanted: str = ""
    words: str = ""
    plan: str | None = None
    agencies: tuple[str, ...] = ()
    rest: str = ""

    @property
    def label(self) -> str:
        """The code as it was meant: 2b, or 2b.2 where a milestone was named; empty for none."""
        return labelled(self.code or "", self.milestone)

    def covers(self, row: Obligation) -> bool:
        """Whether an obligation is of the task, the milestone and the agencies that were named."""
        return (
            row.task == self.code
            and self.milestone in (None, milestone_number(row.milestone))
            and (not self.agencies or row.agency_id in self.agencies)
        )

    @property
    def agency(self) -> str | None:
        """The one agency that was named."""
        return self.agencies[0] if len(self.agencies) == 1 else None


def labelled(code: str, milestone: int | None) -> str:
    """A code with a milestone's number, where there is one: 2b, 2b.2."""
    return code if milestone is None else f"{code}.{milestone}"


def read(office: Office, text: str, *, several: bool = False) -> Reference:
    """What a text is about. `several` takes more than one agency, with commas, and groups of them; else one is read.

    Of a long text the beginning is read; what follows belongs to its words.
    """
    head, tail = parted(text)
    found = _read(office, head, several=several)
    return replace(found, text=text, words=joined(found.words, tail), rest=joined(found.rest, tail))


def _read(office: Office, text: str, *, several: bool) -> Reference:
    if match := MARKED.match(text.strip()):
        mark, number, words = match[1].upper(), int(match[2]), match[3].strip()
        return Reference(
            text,
            obligation=number if mark == "#" else None,
            submission=number if mark == "S" else None,
            request=number if mark == "R" else None,
            opinion=number if mark == "Y" else None,
            inquiry=number if mark == "H" else None,
            words=words,
            rest=words,
        )
    plan, without = split_plan(office, text)
    typed = codes.read(without, office.codes())
    said = codes.read(text, office.codes()) if plan else typed
    agencies, rest = leading_agencies(office, typed.rest) if several else _leading_one(office, typed.rest)
    return Reference(
        text,
        code=typed.code,
        milestone=typed.milestone,
        wanted=typed.wanted,
        # A plan's name among the words is one of them: only what counts agencies takes it out.
        words=said.rest if said.code == typed.code else typed.rest,
        plan=plan,
        agencies=agencies,
        rest=rest,
    )


def near_codes(office: Office, wanted: str, limit: int = 4) -> list[str]:
    """The codes of the plans that are most like a mistyped one; none where nothing like one was typed."""
    known = sorted(office.codes(), key=codes.sort_key)
    return list(codes.nearest(codes.normalise(wanted).lower(), known, limit)) if wanted else []


def split_plan(office: Office, text: str) -> tuple[str | None, str]:
    """The plan of the office that a text names, and the text without it."""
    for match in PLAN.finditer(text):
        if match[1] in office.plans:
            return match[1], f"{text[: match.start()]} {text[match.end() :]}".strip()
    return None, text


def leading_agencies(office: Office, text: str) -> tuple[tuple[str, ...], str]:
    """The agencies and groups at the start of a text, with commas between them, and what follows."""
    found: list[str] = []
    while (hit := first_body(office, text)) is not None:
        found += [each for each in hit[0] if each not in found]
        text = hit[1]
        if not text.startswith(","):
            break
        text = text[1:].lstrip()
    return tuple(found), text.lstrip(BETWEEN)


def _leading_one(office: Office, text: str) -> tuple[tuple[str, ...], str]:
    """The one agency at the start of a text, and what follows; none where it begins with a group."""
    hit = first_body(office, text)
    if hit is None or len(hit[0]) != 1:
        return (), text
    return hit[0], hit[1].lstrip(BETWEEN)


def first_body(office: Office, text: str) -> tuple[tuple[str, ...], str] | None:
    """The agency or the group's members that a text begins with, the longest name first, and what follows."""
    text = text.lstrip()
    ends = [match.start() for match in WORD_ENDS.finditer(text)][:MOST_WORDS]
    for end in reversed(ends):
        name = text[:end].strip()
        members = _body(office, name) if name else ()
        if members:
            return members, text[end:].lstrip()
    return None


def _body(office: Office, name: str) -> tuple[str, ...]:
    if (agency := find_agency(office, name)) is not None:
        return (agency,)
    for plan in office.plans.values():
        for group in plan.groups:
            if fold(name) in {fold(each) for each in (group.id, group.name, *group.aliases)}:
                return plan.expand(group.members)
    return ()
