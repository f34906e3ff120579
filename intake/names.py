"""What a document explains of its own abbreviations, and everybody whom it names, each once."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from intake import bodies
from intake.draft import Body, FilledIn, TaskDraft
from intake.letters import one_line, plain
from intake.source import Source

ABBREVIATION = r"[A-ZĐ][A-ZĐa-z]*(?:[ &.-]*[A-ZĐ][A-ZĐa-z]*)*"
# «Trung tâm Phục vụ hành chính công (sau đây viết tắt là TTPVHCC)»
CALLED = re.compile(
    rf"(?P<full>[A-ZĐ][^.;:()]{{5,80}}?)\s*\(\s*(?:sau đây\s+)?(?:được\s+)?(?:viết tắt|gọi tắt"
    rf"|gọi chung|gọi)(?:\s+tắt)?\s*(?:là|:)\s*[«“\"]?(?P<short>{ABBREVIATION})"
)
IN_BRACKETS = re.compile(rf"(?P<full>[A-ZĐ][^.;:()]{{5,80}}?)\s*\(\s*(?P<short>{ABBREVIATION})\s*\)")
# «Ghi chú: TTPVHCC: Trung tâm Phục vụ hành chính công; …»
LISTED = re.compile(
    r"(?:^|[;,.:(]\s*"
    r"|-\s+)(?:\(?\d\)?\s*)?(?P<short>[A-ZĐ][A-ZĐ&. -]*[A-ZĐ](?:[A-ZĐa-z]*))\s*(?::|=|là"
    r"|-)\s*(?P<full>[A-ZĐ][^:=;.]{5,80})"
)
LINKING = frozenset({"va", "cua", "cac", "xa", "phuong", "huyen", "tinh"})


def explained(source: Source) -> dict[str, str]:
    """The abbreviations that the document explains in a note or in brackets, with what they stand for."""
    found: dict[str, str] = {}
    for text, _ in source.every_text():
        for form in (CALLED, LISTED, IN_BRACKETS):
            for match in form.finditer(text):
                short, full = match["short"].strip(" -."), one_line(match["full"])
                full = full[_last_name(full) :]
                if len(short) > 1 and bodies.starts_a_name(full) and fits(short, full):
                    found.setdefault(short, full)
    return found


def _last_name(text: str) -> int:
    """Where the last name in a clause begins: the words before it are no part of it."""
    starts = [
        match.start()
        for match in re.finditer(r"(?:^|(?<=[\s,]))(?=[A-ZĐ])", text)
        if bodies.starts_a_name(text[match.start() :])
    ]
    return starts[0] if starts else 0


def fits(short: str, full: str) -> bool:
    """Whether an abbreviation can stand for a name: its letters begin the words of the name, in their order."""
    wanted = [char for char in plain(short) if char.isalnum()]
    words = [word for word in re.split(r"[^\w]+", plain(full)) if word]
    return bool(wanted) and _fits("".join(wanted), words)


def _fits(letters: str, words: list[str]) -> bool:
    """Each word gives its first letter, itself as it stands (HĐND), or nothing where it links."""
    if not letters:
        return all(word in LINKING for word in words)
    if not words:
        return False
    word, rest = words[0], words[1:]
    if word in LINKING and _fits(letters, rest):
        return True
    if letters.startswith(word) and _fits(letters[len(word) :], rest):
        return True
    if word == "van" and letters.startswith("vp") and rest[:1] == ["phong"] and _fits(letters[2:], rest[1:]):
        return True
    return letters[0] == word[0] and _fits(letters[1:], rest)


def named(drafts: Iterable[TaskDraft], known: Mapping[str, str]) -> tuple[tuple[Body, ...], list[FilledIn]]:
    """Everybody whom the tasks name, each once under its full name, and what was filled in for an abbreviation.

    An abbreviation that nothing explains is the one full name of the document that it fits; where it fits two or none
    it stays as printed. A commune is never found by its likeness.
    """
    printed: dict[str, FilledIn | None] = {}
    places: dict[str, TaskDraft] = {}
    for draft in drafts:
        for name in (*draft.lead, *draft.coordinating, *draft.monitor):
            printed.setdefault(name, None)
            places.setdefault(name, draft)
    full = {name: _full(name, list(printed), known) for name in printed}
    filled = [
        FilledIn(places[name].code, places[name].place, "abbreviation", name, stands_for)
        for name, stands_for in full.items()
        if stands_for != name
    ]
    # «hoá» and «hóa», «Phòng nội vụ» and «Phòng Nội vụ» are one name.
    found: dict[str, list[str]] = {}
    for name, stands_for in full.items():
        found.setdefault(plain(stands_for), []).extend(dict.fromkeys((stands_for, name)))
    return tuple(_body(forms[0], list(dict.fromkeys(forms))) for forms in found.values()), filled


def _full(name: str, names: list[str], known: Mapping[str, str]) -> str:
    if name in known:
        return known[name]
    if not re.search(r"[A-ZĐ]{2,}|\bP\.", name) or bodies.is_group(name):
        return name
    candidates = {
        other for other in names if len(other) > len(name) and not bodies.is_group(other) and fits(name, other)
    }
    return candidates.pop() if len(candidates) == 1 else name


def _body(name: str, forms: list[str]) -> Body:
    kind: Literal["body", "group", "position"] = "body"
    if bodies.is_group(name):
        kind = "group"
    elif bodies.is_position(name):
        kind = "position"
    return Body(name, kind, tuple(form for form in forms if form != name))
