"""A task while its fields are collected, line by line or cell by cell."""

import re
from dataclasses import dataclass, field

from intake.draft import Place
from intake.letters import joined, one_line
from intake.roles import Role
from intake.source import Mark

MARKER_KEPT = ("+",)


@dataclass
class Fields:
    """The printed words of a task or of a part of one, by role; `used` are the places that they were taken from."""

    title: str
    place: Place
    words: dict[Role, str] = field(default_factory=dict)
    marks: dict[Mark, str] = field(default_factory=dict)

    def add(self, role: Role, text: str, *, code: str = "") -> None:
        """Puts words behind what the field holds already; a «+» before them is kept, it parts two results."""
        text = f"{code} {text}" if code in MARKER_KEPT else text
        former = self.words.get(role, "")
        self.words[role] = f"{former}\n{text}" if former and text else former or text

    def go_on(self, role: Role, text: str) -> None:
        """Puts the rest of a cell that a page cut behind what the field holds."""
        self.words[role] = joined(self.words.get(role, ""), text)

    def mark(self, marks: frozenset[Mark], words: str) -> None:
        """Notes what was odd where words stood."""
        for mark in marks:
            self.marks.setdefault(mark, words)

    def value(self, role: Role) -> str:
        """A field's words, its own end of sentence left out; its lines stay apart."""
        return ended(self.words.get(role, ""))

    @property
    def has_lead(self) -> bool:
        """Whether somebody is named who leads."""
        return bool(self.words.get(Role.LEAD) or self.words.get(Role.BOTH))


@dataclass
class OpenTask(Fields):
    """A task being read: `code` as printed or "", `section` where its heading stands (chapter, number).

    `time_head` are the words at the head of the column of its time; `unsure` says that it bears no number where those
    beside it do, so that it may belong to the one above.
    """

    code: str = ""
    section: tuple[str, str] = ("", "")
    time_head: str = ""
    unsure: bool = False
    parts: list[Fields] = field(default_factory=list)


def ended(text: str) -> str:
    """Words without the mark that ends their sentence; «…» and «...» belong to them."""
    text = re.sub(r"\s*\./\.?\s*$", "", text).rstrip(" ;,\n")
    return text if text.endswith(("...", "…")) else text.rstrip(" .;,\n")


def title_of(text: str) -> str:
    """A title on one line without its end."""
    return ended(one_line(text)).rstrip(" :")
