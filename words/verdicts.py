"""Reads what a reviewer answers to "Đề nghị xác nhận": that it is confirmed, or why it is given back.

Somebody's result hangs on it, so only words of the two lists decide; all others are asked about.
"""

from collections.abc import Iterable
from enum import StrEnum

from words import courtesies, short_words
from words.codes import fold, normalise
from words.short_words import WORD


class Verdict(StrEnum):
    """What is decided about an answer."""

    CONFIRM = "confirm"
    RETURN = "return"
    RETURN_WHY = "return_why"  # "trả lại", and no reason
    UNCLEAR = "unclear"


def read(text: str) -> Verdict:
    """What a whole message decides: "xác nhận nhé", "thiếu dấu của Chủ tịch"; "ok" and "đồng ý nhưng …" are unclear."""
    known = short_words.lists()
    if "?" in text:
        return Verdict.UNCLEAR
    bare = short_words.bare(text, known.beside_confirming)
    if bare in known.confirms:
        return Verdict.CONFIRM
    if bare in known.returns_bare:
        return Verdict.RETURN_WHY
    if begins_with_no(text):
        return Verdict.RETURN
    # "Xác nhận, nhưng lần sau gửi sớm hơn" says both, "không sai sót, nhất trí" the one alone.
    both = _says(text, known.unclear) or any(f" {each} " in f" {bare} " for each in known.confirms)
    return Verdict.RETURN if not both and _says(text, known.returns) else Verdict.UNCLEAR


def begins_with_no(text: str) -> bool:
    """Whether a text begins with words that refuse, and a reason follows: "không đồng ý vì còn đủ thời gian"."""
    return short_words.begins_with(text, short_words.lists().returns_bare)


def decides_alone(text: str) -> bool:
    """Whether a message that replies to nothing decides what was asked last: its words name the decision."""
    return read(text) in (Verdict.CONFIRM, Verdict.RETURN_WHY) or begins_with_no(text)


def is_bare(text: str) -> bool:
    """Whether a message is nothing but the name of a decision: "xác nhận", "trả lại"."""
    return " ".join(short_words.words(text)) in short_words.lists().names_decision


def is_reason(text: str) -> bool:
    """Whether words that name no decision may be the reason of one: "ok" and "cảm ơn" are none."""
    says_something = bool(short_words.words(text)) and not short_words.says_nothing(text)
    return says_something and not courtesies.is_one(text) and "?" not in text


def _says(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in a text, with its accents where the text has any: "mở được" is not "mờ"."""
    typed = normalise(text).lower()
    plain = fold(typed) == typed
    said = f" {' '.join(WORD.findall(typed))} "
    return any(f" {fold(each) if plain else each} " in said for each in phrases)
