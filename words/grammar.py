"""Reads what people type: /done 2b, /xong@bot 2b, /done_2b, /việc, "xong 2b", "2b đã xong"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from words.codes import fold, normalise
from words.nothing import nothing_arose
from words.reach import joined, parted

GLUED = re.compile(r"^([^\W\d]+)(\d.*)$")
NUMBER = re.compile(r"[0-9]{1,12}")
SLASH = re.compile(r"^/([^\s@]+)(?:@\w+)?\s*", re.UNICODE)
# Without a slash, folded; the longest first, so that "da hoan thanh" is not "hoan thanh" with a stray word.
PHRASES: tuple[tuple[str, str], ...] = (
    ("da hoan thanh", "done"),
    ("da nhan viec", "acknowledge"),
    ("bao cao xong", "done"),
    ("da lam xong", "done"),
    ("nguyen nhan cham", "cause"),
    ("ly do qua han", "cause"),
    ("ly do cham", "cause"),
    ("hoan thanh", "done"),
    ("lam xong", "done"),
    ("da xong", "done"),
    ("nhan viec", "acknowledge"),
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
    "dong y": "agree",
    "toi dong y": "agree",
}
# A command that there is not.
UNKNOWN = "unknown"
# A yes to a question, folded.
YES = frozenset({"co", "yes", "dong y"})
# As a button says it: "/end co 3fa2b1", "/revoke P12 co".
CONFIRMS = re.compile(r"(?:^|\s)co(?:\s+[0-9a-f]{6})?$")
# All of what follows is matched on folded text: people type "hoan thanh", "hòan thành" and "hoàn thành".
PHRASE = {phrase: re.compile(phrase.replace(" ", r"\s+") + r"(?![^\W_])") for phrase, _ in PHRASES}
TRAILING = re.compile(
    r"(?P<code>(?:gv)?\d\S*(?:\s+[a-z](?![^\W_]))?)[\s.,:;–-]+(?:da\s+)?(?:lam\s+)?(?:xong|hoan\s+thanh)\b[\s.,:;–-]*"
)
TASK_WORD = re.compile(r"(?:(?:cong\s+)?viec|nhiem\s+vu|muc|ma)\s+(?=(?:gv)?\d)")
CODE = r"(?P<code>\d\S*(?:\s+[a-z](?![^\W_]))?|[a-z]{2,4})"
NOTHING_FIRST = re.compile(rf"(?:khong|ko)\s+(?:co\s+)?phat\s+sinh[\s.,:;–-]+(?:viec\s+|nhiem\s+vu\s+)?{CODE}[\s.]*$")
NOTHING_LAST = re.compile(rf"{CODE}[\s.,:;–-]+(?=\D)")
# Only with whom it goes to behind the code: "phân công cán bộ làm 2b" tells of progress.
ASSIGNS = re.compile(rf"phan\s+cong[\s:]+(?:viec\s+|nhiem\s+vu\s+)?{CODE}[\s,:–-]+(?=(?:cho\s|@|p\d))")
# "2b xong chưa?" asks, and must never be taken for an answer.
QUESTION = re.compile(r"(?:\?|\b(?:chua|khong)(?:\s+(?:a|nhi|vay|the))?)[\s.]*$")
# So many letters at the end of a text say whether it asks.
LAST = 60


@dataclass(frozen=True)
class Phrase:
    """A command and its arguments; `verb` is None for a text that names none."""

    verb: str | None
    rest: str
    slash: bool = False


def confirms(rest: str) -> bool:
    """Whether what a button says is the yes to what stands above it."""
    return CONFIRMS.search(rest) is not None


def number(text: str) -> int | None:
    """A row's number as a button names it; None for anything else, digits of other scripts and huge ones included."""
    return int(text) if NUMBER.fullmatch(text) else None


def read(text: str, verbs: Mapping[str, str]) -> Phrase:
    """What a text says; `verbs` maps every folded name and alias to its verb.

    Of a long text the beginning is read, and its end for a question; what follows the beginning belongs to the rest.
    """
    head, tail = parted(normalise(text).strip())
    found = _read(head, verbs, asks=_asks(tail))
    return replace(found, rest=joined(found.rest, tail))


def _asks(text: str) -> bool:
    return QUESTION.search(fold(text[-LAST:])) is not None


def _read(text: str, verbs: Mapping[str, str], *, asks: bool) -> Phrase:
    if match := SLASH.match(text):
        return _command(match[1], text[match.end() :].strip(), verbs)
    folded = fold(text)
    if (verb := ALONE.get(folded.strip(" .!?"))) is not None:
        return Phrase(verb, "")
    if len(folded) != len(text):
        # Letters that fold to several or none: places in the two texts no longer agree.
        folded = text.lower()
    if (rest := _nothing(text, folded)) is not None:
        return Phrase("nothing", rest)
    if match := ASSIGNS.match(folded):
        return Phrase("assignee", f"{text[slice(*match.span('code'))]} {text[match.end() :]}")
    asks = asks or QUESTION.search(folded[-LAST:]) is not None
    for phrase, verb in PHRASES:
        if (match := PHRASE[phrase].match(folded)) and not (asks and verb == "done"):
            return Phrase(verb, without_task_word(text[match.end() :].lstrip(" .,:;-–\n")))
    start = len(text) - len(without_task_word(text))
    if (match := TRAILING.match(folded, start)) and not asks:
        return Phrase("done", f"{text[slice(*match.span('code'))]} {text[match.end() :]}".strip())
    return Phrase(None, text)


def is_alone(text: str) -> bool:
    """Whether a text is a command in words, and nothing else: "việc", "tổng hợp"."""
    return fold(normalise(text)).strip(" .!?") in ALONE


def _nothing(text: str, folded: str) -> str | None:
    """The code and the words of "2g không phát sinh", "không phát sinh 2g", or of the words alone; None for others."""
    if nothing_arose(text):
        return text
    if match := NOTHING_FIRST.match(folded):
        return text[slice(*match.span("code"))]
    start = len(text) - len(without_task_word(text))
    if (match := NOTHING_LAST.match(folded, start)) and nothing_arose(text[match.end() :]):
        return f"{text[slice(*match.span('code'))]} {text[match.end() :]}"
    return None


def without_task_word(text: str) -> str:
    """Without the "việc" or "nhiệm vụ" before a code."""
    folded = fold(text)
    match = TASK_WORD.match(folded) if len(folded) == len(text) else None
    return text[match.end() :] if match else text


def _command(name: str, rest: str, verbs: Mapping[str, str]) -> Phrase:
    """The name may carry its argument: /done_2b_2 and /done2b.2 are /done 2b.2."""
    word, _, argument = name.partition("_")
    verb = verbs.get(fold(word))
    if verb is None and (match := GLUED.match(word)):
        word, argument = match[1], name[match.start(2) :]
        verb = verbs.get(fold(word))
    if verb is None:
        return Phrase(UNKNOWN, f"{name} {rest}".strip(), slash=True)
    return Phrase(verb, f"{argument.replace('_', '.')} {rest}".strip(), slash=True)
