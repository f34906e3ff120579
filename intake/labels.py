"""The labels of a task's fields, in a line («- Cơ quan chủ trì:») and in a table's head: one list for both."""

import re
from dataclasses import dataclass

from intake import bodies
from intake.label_words import CODE, OF, PERSON, ROLES, START, TITLE, WEAK
from intake.letters import plain
from intake.roles import Role
from words.codes import fold


@dataclass(frozen=True)
class Labelled:
    """A piece of a line with its role, None for words before the first label; `label` as printed."""

    role: Role | None
    text: str
    label: str = ""


FIELD = [(role, re.compile(form)) for role, form in ROLES]
COLUMN = [(Role.CODE, re.compile(CODE)), (Role.START, re.compile(START)), *FIELD, (Role.TITLE, re.compile(TITLE))]
_ANY = "|".join(f"(?:{form})" for _, form in ROLES)
# A label in a line stands at its start or behind the end of another field.
_IN_LINE = re.compile(rf"(?:^|[.;,–-] ?(?:[-+] ?)?|\) )(?P<label>{_ANY}) ?:(?!//)")
_DASHED = re.compile(rf"^(?P<label>{OF}(?:chu tri|phoi hop)(?: thuc hien)?|thoi gian(?: thuc hien)?|san pham) [-–] ")
# «Hoàn thành trước ngày …» as a sentence of its own, or behind another field: a time without a colon.
_DONE = re.compile(
    r"(?:^|[.;] )(?P<label>(?:phai )?hoan thanh|xong)"
    r"(?= (?:truoc|trong|cham nhat|vao|ngay|thang|quy|nam|den|muon nhat) )"
)
LONGEST = 60


def labelled(text: str) -> list[Labelled]:
    """A line parted at its labels, «Cơ quan chủ trì: A. Thời gian: Quý I» in two; without any it is one piece.

    What reads as a label and has no colon behind it is none, and neither is «Thực hiện: …» that names nobody.
    """
    folded = fold(text)
    if len(folded) != len(text):
        return [_at_start(text)]
    found = _labels(text, folded)
    if not found:
        return [Labelled(None, text)]
    pieces = []
    if before := text[: found[0][0]].strip(" -+–"):
        pieces.append(Labelled(None, before))
    for (start, end, label), following in zip(found, [*found[1:], (len(text), 0, "")], strict=True):
        said = text[end : following[0]].strip(" ;–-").strip()
        pieces.append(Labelled(role_of(label), said, text[start:end].strip(" :")))
    return pieces


def _labels(text: str, folded: str) -> list[tuple[int, int, str]]:
    """Where each label begins, where its words begin, and the label."""
    found = [
        (match.start("label"), match.end(), match["label"])
        for match in _IN_LINE.finditer(folded)
        if not _is_weak(match["label"], text[match.end() :])
    ]
    if not found and (match := _DASHED.match(folded)):
        found = [(0, match.end(), match["label"])]
    done = _DONE.search(folded)
    if done and (found or done.start() == 0) and not any(role_of(label) is Role.TIME for _, _, label in found):
        # Its own words belong to the time.
        found = sorted([*found, (done.start("label"), done.start("label"), "hoan thanh")])
    return found


def _is_weak(label: str, behind: str) -> bool:
    return bool(WEAK.fullmatch(label.strip())) and not bodies.starts_a_name(behind.strip())


def _at_start(text: str) -> Labelled:
    label, colon, rest = text.partition(":")
    role = role_of(plain(label)) if colon and len(label) <= LONGEST else None
    if role is None or _is_weak(plain(label), rest):
        return Labelled(None, text)
    return Labelled(role, rest.strip(), label.strip())


def role_of(label: str) -> Role | None:
    """The role of a field by its folded label; None for words that are none."""
    label = " ".join(label.replace("*", " ").split()).strip(" ,.:;()")
    return next((role for role, form in FIELD if form.fullmatch(label)), None)


def names_a_person(label: str) -> bool:
    """Whether a label asks for a person: «Người chịu trách nhiệm», «Cán bộ phụ trách»."""
    return bool(PERSON.match(plain(label)))


def column_role(head: str) -> Role | None:
    """The role of a column by the words of its head; None for one that says something else."""
    words = plain(head).strip(" .:*")
    bare = re.sub(r"\s*\(.*?\)", "", words)
    return next((role for text in (words, bare) for role, form in COLUMN if form.fullmatch(text)), None)
