"""What happened to an obligation, in a few words, the same in the chat, in a workbook and on a proof sheet."""

from plan.status import EventKind
from words.message import plain
from words.office import Office


def happened(office: Office, kind: str, note: str) -> tuple[str, str]:
    """An event's name and its words. A judgement's first word is the verdict, and goes into the name."""
    if kind == EventKind.JUDGED:
        verdict, _, note = note.partition(" ")
        return plain(office.text("history.verdict", verdict=verdict)), note
    return plain(office.text(f"history.event_{kind}")), note
