"""Reads what people type: /done 2b, /xong@bot 2b, /done_2b, /việc, "xong 2b", "2b đã xong"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from words.codes import fold, normalise

SLASH = re.compile(r"^/([^\s@]+)(?:@\w+)?\s*", re.UNICODE)
# Without a slash, folded; the longest first, so that "da hoan thanh" is not "hoan thanh" with a stray word.
PHRASES: tuple[tuple[str, str], ...] = (
    ("da hoan thanh", "done"),
    ("bao cao xong", "done"),
    ("da lam xong", "done"),
    ("hoan thanh", "done"),
    ("lam xong", "done"),
    ("da xong", "done"),
    ("vuong mac", "blocked"),
    ("dang lam", "progress"),
    ("tien do", "progress"),
    ("xong", "done"),
    ("done", "done"),
)
ALONE: Mapping[str, str] = {
    "viec": "tasks",
    "viec cua toi": "tasks",
    "tong hop": "summary",
    "qua han": "overdue",
    "tro giup": "help",
    "huong dan": "help",
    "help": "help",
    "hoan tac": "undo",
}
TRAILING = re.compile(
    r"^(\S+(?:\s+đ)?)\s+(?:đã\s+)?(?:xong|hoàn thành|làm xong)\b[\s.,:;-]*(.*)$", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True)
class Said:
    """A command and its arguments; `verb` is None for a text that names none."""

    verb: str | None
    rest: str
    slash: bool = False


def read(text: str, verbs: Mapping[str, str]) -> Said:
    """What a text says; `verbs` maps every folded name and alias to its verb."""
    text = normalise(text).strip()
    if match := SLASH.match(text):
        return _command(match[1], text[match.end() :].strip(), verbs)
    folded = fold(text)
    if (verb := ALONE.get(folded.strip(" .!?"))) is not None:
        return Said(verb, "")
    for phrase, verb in PHRASES:
        if re.match(rf"{phrase}(?![^\W_])", folded):
            # Folding keeps the length of a text in NFC, so the phrase ends at the same place.
            return Said(verb, text[len(phrase) :].lstrip(" .,:;-–\n"))
    if re.match(r"^\d", text) and (match := TRAILING.match(text)):
        return Said("done", f"{match[1]} {match[2]}".strip())
    return Said(None, text)


def _command(name: str, rest: str, verbs: Mapping[str, str]) -> Said:
    """The name may carry its argument: /done_2b_2 is /done 2b.2."""
    word, _, argument = name.partition("_")
    verb = verbs.get(fold(word))
    if verb is None:
        return Said("unknown", f"{name} {rest}".strip(), slash=True)
    return Said(verb, f"{argument.replace('_', '.')} {rest}".strip(), slash=True)
