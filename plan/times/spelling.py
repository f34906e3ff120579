"""Makes printed words comparable: one spelling for each word, and the way back to the words as they were printed.

Composed or decomposed accents, NBSP and zero-width characters, Ð for Đ, hàng and hằng, quí and quý, letters that a
scanner takes for digits, number words, and text without any accents come out the same. Where two words differ only by
their accents (năm and Nam, quý and quy, tư and từ), the one that is no word of time is marked: no rule finds it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Characters that are not seen, and numerals that are one character: neither may shift the places behind them.
REPLACED: dict[int, str | None] = {
    # A place where a line may break stands between words.
    0x200B: " ",
    **dict.fromkeys([0xAD, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF]),
    **{start + n: name for start in (0x2160, 0x2170) for n, name in enumerate(("I", "II", "III", "IV"))},
}
# The Icelandic eth and the African d, which keyboards and converters give for đ; dashes; wide digits.
ALIKE = str.maketrans(
    {
        **dict.fromkeys("ðɖ", "đ"),
        **dict.fromkeys("–—‑‐−―", "-"),
        **dict.fromkeys("／⁄∕", "/"),
        **{chr(0xFF10 + n): str(n) for n in range(10)},
    }
)
SCANNED = str.maketrans({"o": "0", "l": "1", "i": "1"})
TOKEN = re.compile(r"(?>[0-9oil]*[0-9][0-9oil]*)(?![^\W\d_])|[0-9]+|[^\W\d_]+|\s+|.", re.DOTALL)
NUMBERS = {
    "một": "1", "hai": "2", "ba": "3", "bốn": "4", "tư": "4", "sáu": "6", "bảy": "7", "bẩy": "7", "tám": "8",
    "chín": "9", "mười": "10",
}  # fmt: skip
# Words of time, where only one of the words with these letters is meant; the others are marked.
MEANT = {
    "nam": ("năm",), "quy": ("quý", "quí"), "qui": ("quý", "quí"), "ky": ("kỳ", "kì"), "tuan": ("tuần",),
    "den": ("đến",), "toi": ("tới",), "hang": ("hàng", "hằng"), "moi": ("mỗi",), "tu": ("từ",), "dau": ("đầu",),
    "sau": ("sau",), "ngay": ("ngày",), "va": ("và",), "ngoai": ("ngoài",), "giua": ("giữa",),
}  # fmt: skip
RENAMED = {"qui": "quy", "toi": "den"}
UNITS = ("ngay", "tuan", "thang", "quy", "nam")
ROMAN = re.compile(r"(?=.*l)[il]{1,3}|[l1]v")


@dataclass(frozen=True)
class Spelled:
    """`text` in one spelling, words a single blank apart; `origin[n]` is where the printed word of its n-th character
    begins or goes on in `source`, `ends[n]` where that word ends."""

    text: str
    source: str
    origin: tuple[int, ...]
    ends: tuple[int, ...]

    def words(self, start: int, end: int) -> str:
        """The printed words between two places of `text`, white space folded and outer punctuation dropped."""
        if start >= end:
            return ""
        words = " ".join(self.source[self.origin[start] : self.ends[end - 1]].split())
        return words.strip(" ,;.:+-–/)" if ")" in words and "(" not in words else " ,;.:+-–/")

    def without(self, noise: Sequence[tuple[int, int]]) -> "Spelled":
        """The same without some places of `text`; what stood around them comes a single blank apart."""
        kept = [at for at in range(len(self.text)) if not any(start <= at < end for start, end in noise)]
        kept = [at for n, at in enumerate(kept) if self.text[at] != " " or (n and self.text[kept[n - 1]] != " ")]
        return self._of(kept)

    def part(self, start: int, end: int) -> "Spelled":
        """The words between two places alone."""
        while start < end and self.text[start] in " ,":
            start += 1
        while start < end and self.text[end - 1] in " ,":
            end -= 1
        return self._of(range(start, end))

    def _of(self, kept: Sequence[int]) -> "Spelled":
        text = "".join(self.text[at] for at in kept)
        return Spelled(text, self.source, tuple(self.origin[at] for at in kept), tuple(self.ends[at] for at in kept))


def fold(word: str) -> str:
    """A word without its accents, in small letters: «Trước» and «truoc» are the same."""
    small = word.lower().translate(ALIKE).replace("đ", "d")
    return "".join(letter for letter in unicodedata.normalize("NFD", small) if not unicodedata.combining(letter))


def spell(printed: str) -> Spelled:
    """Any text in one spelling; never raises."""
    source = unicodedata.normalize("NFC", printed).translate(REPLACED)
    tokens = [(match.start(), match[0]) for match in TOKEN.finditer(_small(source))]
    plain = not any(ord(letter) > 0x7F and letter.isalpha() for letter in source)
    spoken = [(at, token) for at, token in tokens if not token.isspace()]
    names = [fold(token) for _, token in spoken]
    text, origin, ends, end = "", [], [], 0
    for place, (at, token) in enumerate(spoken):
        # A letter beside a digit begins a new word; every gap is one blank.
        glued = at == end and not (text[-1:].isalnum() and token[0].isalnum())
        if text and not glued:
            text += " "
            origin.append(end)
            ends.append(end)
        canonical = _canonical(token, names, place, plain)
        text, end = text + canonical, at + len(token)
        origin += [at + min(n, len(token) - 1) for n in range(len(canonical))]
        ends += [end] * len(canonical)
    return Spelled(text, source, tuple(origin), tuple(ends))


def _small(source: str) -> str:
    """Small letters, as many as there were: what grows when it is made small would shift every place behind it."""
    return "".join(one if len(one := letter.lower().translate(ALIKE)) == 1 else letter for letter in source)


def _canonical(token: str, names: Sequence[str], place: int, plain: bool) -> str:
    name = names[place]
    if re.search("[0-9]", token):
        return token.translate(SCANNED) if token.isascii() else "_"
    if not token[0].isalpha():
        return token if token.isascii() else "_"
    before = names[place - 1] if place else ""
    after = names[place + 1] if place + 1 < len(names) else ""
    if before in ("quy", "qui") and ROMAN.fullmatch(name):
        return name.replace("l", "i").replace("1", "i")
    if (number := _number(token, name, before, after, plain)) is not None:
        return number
    meant = MEANT.get(name)
    if (
        meant is None
        or token in meant
        or (_fits(name, before, after) and (plain or token == name or _numbered(name, after)))
    ):
        return RENAMED.get(name, name)
    return f"{name}_"


def _number(token: str, name: str, before: str, after: str, plain: bool) -> str | None:
    if plain and name in ("sau", "tu") and before in ("thang", "quy"):
        # Without accents «tháng sáu» and «tháng sau» are the same letters.
        return f"{name}?"
    if name == "nam":
        # «trong năm ngày» is five days.
        return "5" if token in MEANT["nam"] and after == "ngay" and before in ("trong", "vong", "han", "nhat") else None
    value = NUMBERS.get(token)
    if value == "1" and after == "lan":
        # «mỗi tháng một lần» is no January.
        return None
    if value is None or value == "10":
        return value
    return value if before in ("thang", "quy", "muoi") or after in (*UNITS, "lan") else None


def _numbered(name: str, after: str) -> bool:
    """Whether a figure behind a word shows that it is a quarter or a year whose accent is misplaced («Qúy III»)."""
    return name in ("nam", "quy", "qui") and bool(re.fullmatch(r"20[0-9]{2}|[1-4]|[ivl]{1,3}", after))


def _fits(name: str, before: str, after: str) -> bool:
    """Whether a word without accents is a word of time where it stands."""
    if name in ("nam", "quy", "qui"):
        return bool(re.fullmatch(r"[0-9]+|[ivl]{1,3}|nay|sau|toi|truoc", after)) or before in (
            "hang", "moi", "trong", "dau", "cuoi", "giua", "ca", "het", ",", "va", "cac", "/",
        )  # fmt: skip
    if name == "ky":
        return before in ("dinh", "sau")
    return True
