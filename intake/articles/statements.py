"""The lines of an amending document as statements: each order with all that it quotes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from intake.letters import plain
from intake.markers import marked
from intake.source import Line

OPENING, CLOSING, STRAIGHT = "“«„", "”»", '"'
QUOTED = re.compile(r"[“«„]([^”»]*)[”»]?|\"([^\"]*)\"?", re.DOTALL)
# What ends a statement whose words follow without quotes: the next order, the next article, the recipients.
ORDERS = re.compile(
    r"(?:dieu \d|sua doi|dieu chinh|bai bo|huy bo|bo sung|thay |cum tu|chuyen |rut |noi nhan|thoi (?:gian|han) )"
)
AS_FOLLOWS = re.compile(r"như sau\s*:?", re.IGNORECASE)
SLOT = "\ufffc"


@dataclass
class Statement:
    """One order: its `frame` with SLOT in the place of each quotation, the quotations, and the lines below it."""

    line: Line
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its lines, without the number that it stands under."""
        first, *rest = [each.text for each in self.lines]
        return "\n".join([_unnumbered(first), *rest])

    @property
    def quotes(self) -> list[str]:
        """What stands in quotation marks; where nothing does, what follows «như sau:»."""
        found = [(each[1] or each[2] or "").strip() for each in QUOTED.finditer(self.text)]
        if found:
            return found
        match = AS_FOLLOWS.search(self.text)
        rest = self.text[match.end() :].strip() if match else ""
        return [rest] if rest else []

    @property
    def frame(self) -> str:
        """What it says around its quotations."""
        text = QUOTED.sub(SLOT, self.text)
        if SLOT not in text and (match := AS_FOLLOWS.search(text)):
            text = text[: match.end()] + (SLOT if text[match.end() :].strip() else "")
        return " ".join(text.split())


def statements(lines: Iterable[Line]) -> Iterator[Statement]:
    """The statements in their order; a quotation belongs to the order above it, however many lines it has."""
    current: Statement | None = None
    for line in lines:
        if current is not None and _belongs(current, line):
            current.lines.append(line)
            continue
        if current is not None:
            yield current
        current = Statement(line, [line])
    if current is not None:
        yield current


def _belongs(current: Statement, line: Line) -> bool:
    text = "\n".join(each.text for each in current.lines)
    if _is_open(text) or line.text[:1] in (*OPENING, STRAIGHT):
        return True
    unquoted = not QUOTED.search(text) and AS_FOLLOWS.search(text) is not None
    return unquoted and not ORDERS.match(plain(_unnumbered(line.text))) and not _only_opens(current)


def _only_opens(current: Statement) -> bool:
    """«Điều 1. Sửa đổi, bổ sung Kế hoạch … như sau:» is followed by orders of its own."""
    return plain(current.line.text).startswith("dieu ")


def _is_open(text: str) -> bool:
    curly = sum(text.count(each) for each in OPENING) - sum(text.count(each) for each in CLOSING)
    return curly > 0 or text.count(STRAIGHT) % 2 == 1


def _unnumbered(text: str) -> str:
    """«1. Bãi bỏ …», «Điều 2. Thay …» without the number."""
    text = re.sub(r"^Điều\s+\d+\s*[.:]\s*", "", text)
    return marked(text).rest or text
