"""A cell's value as its sheet shows it: 1.10 stays 1.10, a day is day/month/year, a month has no day."""

import datetime
import re
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock

ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})
DECIMALS = re.compile(r"0[.,](0+)")


def is_error(value: Any) -> bool:
    """Whether a cell shows an error."""
    return isinstance(value, str) and value.strip() in ERRORS


def shown(value: Any, number_format: str, *, struck: bool) -> tuple[str, bool]:
    """The words of a value in its format, without what is struck out, and whether anything is."""
    if isinstance(value, CellRichText):
        return _rich(value, struck=struck)
    text = _text(value, number_format or "General")
    return ("", True) if struck and text.strip() else (text, False)


def _rich(value: CellRichText, *, struck: bool) -> tuple[str, bool]:
    kept, lost = [], False
    for part in value:
        is_struck = bool(part.font and part.font.strike) if isinstance(part, TextBlock) else struck
        text = part.text if isinstance(part, TextBlock) else str(part)
        if is_struck and text.strip():
            lost = True
        else:
            kept.append(text)
    return "".join(kept), lost


def _text(value: Any, number_format: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, datetime.datetime | datetime.date):
        return _day(value, number_format)
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


def _day(value: datetime.date, number_format: str) -> str:
    """A day as official documents write it; a format without a day is a month, one with hours keeps them out."""
    bare = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", number_format.lower())
    if "d" not in bare and "y" in bare:
        return f"{value:%m/%Y}" if "m" in bare else f"{value:%Y}"
    return f"{value:%d/%m/%Y}"


def _number(value: float, number_format: str) -> str:
    decimals = DECIMALS.search(number_format)
    if "%" in number_format:
        return f"{value * 100:.{len(decimals[1]) if decimals else 0}f}%"
    if decimals:
        return f"{value:.{min(len(decimals[1]), 6)}f}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    zeros = re.fullmatch(r"0{2,6}", number_format)
    return f"{value:0{len(number_format)}.0f}" if zeros else f"{value:.10g}"
