"""Bytes of letters as text, whatever they say of themselves: Vietnamese came in several alphabets, and wrong labels."""

import unicodedata
from email.header import decode_header

from words.names import clean, one_line

# What a text without a label, or with a wrong one, is tried as; the last takes anything.
TRIED = ("utf-8", "cp1258")
LONGEST_LINE = 1000


def text_of(data: bytes, charset: str) -> str:
    """The text of bytes in the letters that they are said to be in, or in which they make sense; never raises."""
    for each in (charset, *TRIED):
        try:
            found = data.decode(each or "utf-8")
        except (LookupError, ValueError):
            continue
        # A program that knows no better calls everything Latin, or ASCII with marks of what it lost.
        if each.lower().replace("_", "-") in ("iso-8859-1", "latin-1", "us-ascii", "windows-1252"):
            found = _if_utf8(data) or found
        return unicodedata.normalize("NFC", clean(found))
    return unicodedata.normalize("NFC", clean(data.decode("latin-1")))


def _if_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except ValueError:
        return None


def header_text(value: str) -> str:
    """A header, given with a letter for a byte, as it is read: on one line, decoded; never raises."""
    raw = value.encode("latin-1", "replace")
    text = text_of(raw, "utf-8")
    if "=?" not in text:
        return one_line(text, LONGEST_LINE)
    try:
        pieces = decode_header(text)
    except Exception:
        return one_line(text, LONGEST_LINE)
    return one_line("".join(_piece(each, charset) for each, charset in pieces), LONGEST_LINE)


def _piece(piece: bytes | str, charset: str | None) -> str:
    return piece if isinstance(piece, str) else text_of(piece, charset or "utf-8")
