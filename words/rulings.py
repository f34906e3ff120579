"""Reads who ruled, in which post and by which document: Đinh Văn Y, Phó Chủ tịch UBND huyện, CV 15/UBND-NV 12/02/2020.

What follows the document's date are further words: the reason, for example. A ruling that lacks something is given with
what it lacks, and nothing is guessed.
"""

import re
from dataclasses import dataclass
from datetime import date

from words import products
from words.codes import normalise

# What comes before a number and says what kind of document it is, or leads to it.
# Spaces are counted where two runs of them meet: a page of them would be tried in every division.
KIND = re.compile(
    r"[\s,;:.–-]{0,9}(?:(?:theo|tại|tai|căn cứ|can cu)\s+)?(?:(?:công văn|cong van|văn bản|van ban|quyết định|"
    r"quyet dinh|thông báo|thong bao|kết luận|ket luan|phiếu trình|phieu trinh|tờ trình|to trinh|cv|vb|qđ|qd|tb|kl)"
    r"\s{0,4})?"
    r"(?:số|so)?\s{0,4}:?\s{0,4}$",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\s{0,4}[,;\n–]\s*|\s{1,4}-\s+")
HONORIFIC = re.compile(r"^(?:ông|ong|bà|ba|đ/c|đồng chí|dong chi)\s+(?=\S)", re.IGNORECASE)
IS_A_NAME = re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+)+")
IS_A_POST = re.compile(r"[^\W\d_]{2,}")
NAME, POST, NUMBER, DAY = "name", "post", "number", "day"


@dataclass(frozen=True)
class Ruling:
    """Who ruled (`by`) in which `post`, by the document of a `number` signed on a local day (`on`); `words` follow it.

    Each is empty, and `on` None, where it is missing.
    """

    by: str = ""
    post: str = ""
    number: str = ""
    on: date | None = None
    words: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not there, in the order in which it is written."""
        parts = {NAME: self.by, POST: self.post, NUMBER: self.number, DAY: self.on}
        return tuple(name for name, part in parts.items() if not part)


def read(text: str, today: date) -> Ruling:
    """What a text says of a ruling; a day that cannot be, or lies after `today` (local), counts as missing."""
    text = normalise(text).strip()
    match = products.NUMBER.search(text)
    head = KIND.sub("", text[: match.start()] if match else text)
    by, post = _named(head)
    document = products.read(text, today) if match else None
    return Ruling(
        by,
        post,
        document.number if document else "",
        document.day if document else None,
        _after(text, match.end()) if match else "",
    )


def read_on(before: str, text: str, today: date) -> tuple[str, Ruling]:
    """What was said before and what is said now, together, in the order in which they lack least; and what they say."""
    tried = [f"{before}, {text}", f"{text}, {before}", text] if before else [text]
    found = [(each, read(each, today)) for each in tried]
    return min(found, key=lambda pair: len(pair[1].missing))


def _named(head: str) -> tuple[str, str]:
    """The name and the post: what stands before the first comma, and what stands after it."""
    first, *rest = [part for part in BETWEEN.split(head.strip()) if part] or [""]
    name = HONORIFIC.sub("", first.strip(), count=1)
    post = ", ".join(rest).strip(" .")
    return (name if IS_A_NAME.fullmatch(name) else ""), (post if IS_A_POST.search(post) else "")


def _after(text: str, end: int) -> str:
    """The words behind the document's number and its date."""
    shapes = (products.DIGITS, products.IN_WORDS, products.LIKE_A_DATE)
    found = next((match for shape in shapes if (match := shape.match(text, end))), None)
    return text[found.end() if found else end :].strip(" .,;:–-\n")
