"""Reads what a reviewer answers to "Đề nghị xác nhận": that it is confirmed, or why it is given back.

Somebody's result hangs on it, so only words of the two lists decide; all others are asked about.
"""

from collections.abc import Collection
from enum import StrEnum

from words import short_words


class Verdict(StrEnum):
    """What is decided about an answer."""

    CONFIRM = "confirm"
    RETURN = "return"
    RETURN_WHY = "return_why"  # "trả lại", and no reason
    UNCLEAR = "unclear"


def read(text: str) -> Verdict:
    """What a whole message decides: "xác nhận nhé", "thiếu dấu của Chủ tịch"; "ok" and "đồng ý nhưng …" are unclear."""
    known, said = short_words.lists(), f" {' '.join(short_words.words(text))} "
    if "?" in text:
        return Verdict.UNCLEAR
    bare = _without(text, known.beside_confirming)
    if bare in known.confirms:
        return Verdict.CONFIRM
    if bare in known.returns_bare:
        return Verdict.RETURN_WHY
    # "Xác nhận, nhưng lần sau gửi sớm hơn" says both.
    if any(bare.startswith(f"{each} ") for each in known.confirms):
        return Verdict.UNCLEAR
    return Verdict.RETURN if any(f" {each} " in said for each in known.returns) else Verdict.UNCLEAR


def begins_with_no(text: str) -> bool:
    """Whether a text begins with words that refuse, and a reason follows: "không đồng ý vì còn đủ thời gian"."""
    said = f"{short_words.bare(text)} "
    return any(said.startswith(f"{each} ") for each in short_words.lists().returns_bare)


def is_bare(text: str) -> bool:
    """Whether a message is nothing but the name of a decision: "xác nhận", "trả lại"."""
    return " ".join(short_words.words(text)) in short_words.lists().names_decision


def _without(text: str, beside: Collection[str]) -> str:
    """A text's words without particles, and "ok", at both ends."""
    found = short_words.bare(text).split()
    while found and found[0] in beside:
        found = found[1:]
    while found and found[-1] in beside:
        found = found[:-1]
    return short_words.bare(" ".join(found))
