"""Tasks below a heading that is an agency: «2. Phòng Kinh tế», and what it is to do in the lines below."""

import re

from intake import bodies, sentences
from intake.fields import OpenTask
from intake.letters import one_line
from intake.markers import Level
from intake.outline import Entry, Piece
from intake.roles import Role

LEADING = re.compile(r"^(?:trách nhiệm(?: của)?|nhiệm vụ của|đối với|giao(?: cho)?|đề nghị)\s+", re.IGNORECASE)
LONGEST = 200


def owner(entry: Entry) -> str:
    """Who a heading names, as printed, where it names bodies and nothing else and what they do stands below it."""
    words = LEADING.sub("", entry.title).strip(" :.;")
    holds = entry.pieces or entry.below
    if not holds or entry.tables or len(words) > LONGEST or any(each.has_fields for each in entry):
        return ""
    named = bodies.names(words)
    if not named or not all(map(bodies.is_body, named)) or sentences.tells_work(words):
        return ""
    return words


def tasks(entry: Entry, lead: str) -> list[OpenTask]:
    """A task for each numbered line and each dash below the heading; what stands deeper belongs to the one above."""
    found: list[OpenTask] = []
    for piece in entry.pieces:
        if found and piece.level is Level.PLUS:
            found[-1].title = f"{found[-1].title} + {piece.text}"
        else:
            found.append(_task(entry, piece))
    for below in entry.below:
        words = " ".join(
            [
                below.title,
                *(_said(piece) for each in below for piece in each.pieces),
                *(each.title for each in below.below),
            ]
        )
        found.append(OpenTask(one_line(words), below.line.place, code=below.code, section=entry.section))
    for each in found:
        each.add(Role.LEAD, lead)
        if coordinating := sentences.coordinating_in(each.title):
            each.add(Role.COORDINATING, coordinating)
        if time := sentences.time_in(each.title):
            each.add(Role.TIME, time)
    return found


def _task(entry: Entry, piece: Piece) -> OpenTask:
    task = OpenTask(piece.text, piece.line.place, section=entry.section)
    task.mark(piece.line.marks, piece.text)
    return task


def _said(piece: Piece) -> str:
    return f"{piece.code} {piece.text}".strip()
