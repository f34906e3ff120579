"""The summary as it goes to a chat: a screen and a half of it at once, and its lists a press away."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from progress.items import period
from reports.figures.boxes import DONE, NOT_COUNTED, Box, Figures, Line
from reports.figures.in_words import code_of, grouped, identity, words
from reports.figures.summary import Summary, section_key
from words.message import Button, Message, say
from words.office import Office
from words.render import clip

SECTION = 34
# So many of what comes due next stand in the summary itself.
NEAREST = 3
# A list is read more easily with a line between every so many of its rows.
ROWS = 12


class Part(StrEnum):
    """A list of the summary that is asked for by itself."""

    SECTIONS = "sections"
    AGENCIES = "agencies"
    NEAR = "near"


def messages(
    office: Office, figures: Summary, *, about: str = "", note: str = "", asked: str = ""
) -> tuple[Message, Message]:
    """The words with a button for each list, and the picture with its caption.

    `about` names the part of the plan that the figures are of, `note` is a sentence under the heading, `asked` what
    stood behind the command.
    """
    caption = office.text("summary.picture", plans=figures.plan_names, about=about, as_of=figures.as_of)
    near = lines(office, figures, Part.NEAR)
    shown = [office.text("summary.near"), *near[:NEAREST]] if near else []
    parts = [part for part in Part if lines(office, figures, part)]
    if len(near) <= NEAREST:
        parts = [part for part in parts if part is not Part.NEAR]
    buttons = [_button(office, part, asked, len(near)) for part in parts]
    said = say(*words(office, figures, about=about, note=note), "\n".join(shown), buttons=[buttons[:2], buttons[2:]])
    return said, say(caption, picture=figures.picture)


def _button(office: Office, part: Part, asked: str, count: int) -> Button:
    words = " ".join(filter(None, (asked, office.text(f"summary.ask_{part}"))))
    return Button(office.text(f"summary.button_{part}", count=count), f"/summary {words}", f"/tonghop {words}")


def lines(office: Office, figures: Summary, part: Part) -> list[str]:
    """The rows of a list; none where there is nothing to be told apart."""
    if part is Part.SECTIONS:
        return _of_sections(office, figures)
    return _of_agencies(office, figures) if part is Part.AGENCIES else _near(office, figures)


def blocks(office: Office, figures: Summary, part: Part) -> list[str]:
    """The same in pieces of a few rows, as a list is sent."""
    rows = lines(office, figures, part)
    return ["\n".join(rows[i : i + ROWS]) for i in range(0, len(rows), ROWS)]


def _row(office: Office, name: str, figures: Figures) -> str:
    return office.text("summary.row", name=name, done=figures.done, total=figures.total, overdue=figures[Box.OVERDUE])


def _of_sections(office: Office, figures: Summary) -> list[str]:
    found = []
    for plan in office.plans.values():
        for section in plan.sections:
            key = section_key(office, plan.id, section.id)
            if key in figures.sections:
                name = f"{section.id}. {clip(section.title, SECTION)}"
                shown = name if key == section.id else f"{plan.label} – {name}"
                found.append(_row(office, shown, figures.sections[key]))
    return found if len(figures.sections) > 1 else []


def _of_agencies(office: Office, figures: Summary) -> list[str]:
    """The agencies in the order of the plan."""
    if len(figures.agencies) < 2:
        return []
    ids = office.in_order(figures.agencies)
    return [_row(office, office.agency_short(agency), figures.agencies[agency]) for agency in ids]


def _near(office: Office, figures: Summary) -> list[str]:
    """What comes due next, with how many of its agencies have done it."""
    groups = grouped([line for line in figures.lines if line.box is Box.NEAR])
    return [_near_line(office, figures, group) for group in sorted(groups, key=lambda group: group[0].due or date.max)]


def _near_line(office: Office, figures: Summary, group: Sequence[Line]) -> str:
    first = group[0]
    same = [line for line in figures.lines if identity(line) == identity(first)]
    counted = [line for line in same if line.box not in NOT_COUNTED]
    return office.text(
        "summary.near_line",
        code=code_of(first),
        period=period(office, first.occurrence) if first.occurrence else "",
        done=sum(1 for line in counted if line.box in DONE),
        total=len(counted),
        days=first.days,
        due=first.due,
        last=office.calendar.late_after(first.due) if first.due else None,
    )
