"""Turns the bytes of a plan file into JSON values, strictly: what Python would swallow in silence becomes a fault."""

import codecs
import json
import math
import re
import unicodedata
from collections import Counter
from typing import Any

from plan.errors import Fault, PlanError

DEEPEST = 12
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SECRET = re.compile(r"(?<!\w)(?<!BẢO )(?<!BÍ )MẬT(?!\w)")
SECRET_LINE = re.compile(r"\s*(?:độ mật\s*:?\s*)?(?:(?:tối|tuyệt)\s+)?mật\s*", re.IGNORECASE)


class _Object(dict[str, Any]):
    """A JSON object that remembers which of its keys came twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counts = Counter(key for key, _ in pairs)
        self.doubled = [key for key, count in counts.items() if count > 1]


class _Constant(str):
    """NaN, Infinity or -Infinity: Python reads them, JSON does not know them."""

    __slots__ = ()


def parse(data: bytes) -> tuple[Any, list[Fault]]:
    """The JSON values with every string in NFC, and the faults that leave them readable (a key given twice, NaN).

    Raises PlanError where nothing can be read (no UTF-8, no JSON) and where the text is marked MẬT, because a secret
    document must not be processed at all. Raises RecursionError for thousands of brackets.
    """
    text = _decode(data)
    try:
        raw = json.loads(text, object_pairs_hook=_Object, parse_constant=_Constant)
    except json.JSONDecodeError as error:
        what = f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        raise _unreadable(what, "Correct that line; look also at the line before it for a missing comma.") from error
    except ValueError as error:
        raise _unreadable("a number has too many digits", "A plan holds small numbers only.") from error
    cleaner = _Cleaner()
    cleaned = cleaner.clean(raw, "", 0)
    if cleaner.secret:
        raise PlanError([Fault(cleaner.secret, "the text is marked MẬT", "Secret documents must not be loaded here.")])
    return cleaned, cleaner.faults


def _decode(data: bytes) -> str:
    if data.startswith(UTF16_MARKS) or b"\0" in data[:4]:
        raise _unreadable("the file is UTF-16", "Save it as UTF-8 (in Notepad: Save as, Encoding, UTF-8).")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _unreadable(f"the file is not UTF-8 (line {line})", "Save it as UTF-8.") from error
    if not text.strip():
        raise _unreadable("the file is empty", "Check that the whole file was copied.")
    return text


def _unreadable(what: str, do: str) -> PlanError:
    return PlanError([Fault("", what, do)])


class _Cleaner:
    """Walks the values once: NFC for strings, a fault for what no plan may hold."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.secret = ""

    def clean(self, value: Any, place: str, depth: int) -> Any:
        if depth > DEEPEST:
            self._fault(place, "nested too deeply", "A plan needs six levels at most.")
            return None
        if isinstance(value, _Constant) or (isinstance(value, float) and not math.isfinite(value)):
            self._fault(place, "no JSON number", "Write a plain number or remove the key.")
            return None
        if isinstance(value, str):
            return self._text(value, place)
        if isinstance(value, list):
            return [self.clean(item, f"{place}[{index}]", depth + 1) for index, item in enumerate(value)]
        if isinstance(value, _Object):
            return self._object(value, place, depth)
        return value

    def _object(self, value: _Object, place: str, depth: int) -> dict[str, Any]:
        for key in value.doubled:
            self._fault(_join(place, key), "the key stands twice in one object", "Keep one of the two.")
        return {self._text(key, place): self.clean(item, _join(place, key), depth + 1) for key, item in value.items()}

    def _text(self, text: str, place: str) -> str:
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
            if any(0xD800 <= ord(char) <= 0xDFFF for char in text):
                self._fault(place, "half of a character stands in the text", "Type the text again.")
                return "?"
            if SECRET.search(text) or SECRET_LINE.fullmatch(text):
                self.secret = self.secret or place or "the file"
        return text

    def _fault(self, place: str, what: str, do: str) -> None:
        self.faults.append(Fault(place, what, do))


def _join(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key
