"""What one statement of an amending document orders: which work, what of it, and the words that replace it."""

import re
from dataclasses import dataclass
from typing import Literal

from intake.articles.statements import SLOT, Statement
from intake.letters import one_line, plain

Op = Literal["withdraw", "deadline", "lead", "coordinating", "product", "title", "words", "add", "rewrite", "renumber"]
LETTER = r"[a-zđ](?:\d|\.\d+)?"
POINTS = re.compile(
    rf"\bđiểm\s+({LETTER}(?:\s*(?:,|;|và)\s*(?:điểm\s+)?{LETTER})*)(?=[\s,.;:)\ufffc]|$)", re.IGNORECASE
)
ITEM = re.compile(r"\bkhoản\s+(\d{1,3}(?:\.\d{1,3})*)", re.IGNORECASE)
SECTION = re.compile(
    r"\b(?i:(?:tiểu\s+)?(?:mục|phần))\s+([IVXLC]{1,6}(?:\.\d{1,3})*|\d{1,3}(?:\.\d{1,3})*|[A-ZĐ])(?=[\s,.;:)\ufffc]|$)"
)
CODE = re.compile(
    r"\b(?:nhiệm vụ|việc|mã|số thứ tự|STT)\s+(?:(?:có |mang )?(?:mã|số)(?: thứ tự)?\s+)?"
    r"([IVXLC]{1,6}(?:\.\d{1,3}){1,4}|\d{1,3}(?:\.\d{1,3})+[a-zđ]?|\d{1,3}[a-zđ]?)(?=[\s,.;:)\ufffc]|$)",
    re.IGNORECASE,
)
PARTED = re.compile(rf"{LETTER}(?=[\s,.;:)]|$)", re.IGNORECASE)
WITHDRAWN = re.compile(
    r"^(?:bai bo|huy bo|loai bo|bo (?!sung)|rut |dua ra khoi|khong tiep tuc thuc hien|dung thuc hien|khong thuc hien)"
    r"|\b(?:duoc|bi) (?:bai bo|huy bo|dua ra khoi)"
)
CHANGED = re.compile(r"sua doi|sua |dieu chinh|thay doi|thay |gia han|lui|keo dai|rut ngan|chuyen|giao|phan cong")
OF_TIME = re.compile(r"\b(?:thoi gian|thoi han|han hoan thanh|tien do|gia han|lui thoi)")
OF_LEAD = re.compile(r"\b(?:(?:co quan|don vi|bo phan|phong) )?(?:chu tri|tham muu)")
OF_COORDINATING = re.compile(r"\bphoi hop")
OF_PRODUCT = re.compile(r"\bsan pham|\bket qua\b")
OF_TITLE = re.compile(r"\b(?:ten|noi dung) nhiem vu|\bnoi dung cong viec")
BECOMING = re.compile(r"\bthành\b", re.IGNORECASE)
PHRASE = re.compile(r"\bcum tu\b|\btu ngu\b|\bcac tu\b")
# «… được điều chỉnh thành quý III năm 2020», «… đến ngày 30/9/2020».
BECOMES = re.compile(r"(?:thành|như sau\s*:?|sửa lại là|đổi thành|bằng|sang|là)\s+(?P<to>[^\ufffc]+)$", re.IGNORECASE)
UNTIL = re.compile(r"(?P<to>(?:đến|trước|chậm nhất|hết)\s+[^\ufffc]+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Order:
    """What is ordered of each of the `targets`; `block` are the lines of work that comes in or is written anew."""

    op: Op
    targets: tuple[tuple[str, str, str], ...] = ()
    title: str = ""
    before: str = ""
    after: str = ""
    block: str = ""


def targets(frame: str, above: tuple[str, str]) -> tuple[tuple[str, str, str], ...]:
    """The work that words name, from the outside in: «điểm c, d khoản 1 Mục II»; `above` is said further up."""
    item, section = ITEM.search(frame), SECTION.search(frame)
    outer = section[1] if section else above[0]
    inner = item[1] if item else above[1]
    if points := POINTS.search(frame):
        letters = re.findall(LETTER, re.sub(r"điểm|và", " ", points[1], flags=re.IGNORECASE), re.IGNORECASE)
        return tuple((outer, inner, each.lower()) for each in letters)
    if code := CODE.search(frame):
        return (("", "", code[1]),)
    if item or (section and not above[0]):
        return ((outer, item[1] if item else "", ""),)
    return ()


def order(statement: Statement, above: tuple[str, str]) -> Order | None:
    """What a statement orders; None for one that orders nothing, or only opens what others order."""
    frame, words, quotes = statement.frame, plain(statement.frame), statement.quotes
    about = targets(frame, above)
    if PHRASE.search(words):
        return _phrase(words, quotes, about)
    title = one_line(quotes[0]) if quotes and _quotes_title(frame) else ""
    rest = quotes[1:] if title else quotes
    if WITHDRAWN.search(words):
        return Order("withdraw", about, title) if about or title else None
    if words.startswith("bo sung") and rest:
        return Order("add", about[:1], block=rest[0])
    if (renumbered := _renumbered(frame, above)) is not None:
        return renumbered
    if not CHANGED.search(words):
        return None
    if (op := _field(words)) is not None:
        before, after = _from_to(frame, rest)
        return Order(op, about, title, before, after) if (about or title) and after else None
    if (about or title) and rest:
        return Order("rewrite", about[:1], title, block=rest[-1])
    return None


def _renumbered(frame: str, above: tuple[str, str]) -> Order | None:
    """«Các điểm c, d khoản 2 Mục II được chuyển thành điểm b, c»: the letters of `after` are those of the targets."""
    parts = BECOMING.split(frame, maxsplit=1)
    if len(parts) != 2 or SLOT in frame or not (POINTS.search(parts[0]) and POINTS.search(parts[1])):
        return None
    was, becomes = targets(parts[0], above), targets(parts[1], above)
    if len(was) != len(becomes):
        return None
    return Order("renumber", was, after=" ".join(each[2] for each in becomes))


def _field(words: str) -> Op | None:
    """What of a task is changed: the first that is named."""
    fields: tuple[tuple[Op, re.Pattern[str]], ...] = (
        ("deadline", OF_TIME), ("lead", OF_LEAD), ("coordinating", OF_COORDINATING), ("product", OF_PRODUCT),
        ("title", OF_TITLE),
    )  # fmt: skip
    found = [(match.start(), op) for op, pattern in fields if (match := pattern.search(words))]
    return min(found)[1] if found else None


def _phrase(words: str, quotes: list[str], about: tuple[tuple[str, str, str], ...]) -> Order | None:
    """«Thay cụm từ “A” bằng “B”», «bãi bỏ cụm từ “A”»."""
    if len(quotes) == 1 and WITHDRAWN.search(words):
        return Order("words", about, before=one_line(quotes[0]))
    if len(quotes) < 2:
        return None
    return Order("words", about, before=one_line(quotes[0]), after=one_line(quotes[1]))


def _from_to(frame: str, quotes: list[str]) -> tuple[str, str]:
    """«từ “A” thành “B”», «thành “B”», «thành quý III năm 2020»."""
    if len(quotes) > 1:
        return one_line(quotes[0]), one_line(quotes[-1])
    if quotes:
        return "", one_line(quotes[0])
    bare = frame.rstrip(" .;")
    match = BECOMES.search(bare) or UNTIL.search(bare)
    return "", one_line(match["to"]) if match else ""


def _quotes_title(frame: str) -> bool:
    """Whether the first quotation is the name of the work that is meant: «nhiệm vụ “Xây dựng …”»."""
    return re.search(rf"(?:nhiệm vụ|công việc|nội dung)\s*:?\s*{SLOT}", frame, re.IGNORECASE) is not None
