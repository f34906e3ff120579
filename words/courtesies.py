"""Words of courtesy: thanks, "đã rõ", a wish; nothing of an answer is in them."""

import re

from words.codes import fold

WORD = re.compile(r"[^\W\d_]+")
SAYS = (
    *("cam on", "cam onh", "thanks", "thank you", "da ro", "ro roi", "ok", "oke", "okie", "nhat tri", "tot qua"),
    *("chuc mung", "tuyet voi", "hoan ho", "chao", "kinh chao", "xin chao", "vang", "da vang", "dung roi", "duoc roi"),
)
# What stands around them and says nothing by itself.
BESIDE = frozenset(
    {
        *("a", "ah", "anh", "ban", "bac", "bot", "ca", "cac", "chao", "chi", "chu", "chung"),
        *("co", "cung", "da", "dong", "em", "gia", "gui", "he", "hi", "kinh", "lam", "minh"),
        *("nhe", "nhieu", "nha", "nguoi", "oi", "on", "rat", "roi", "thong", "tin", "toi", "trong"),
        *("trang", "xin", "va", "vi", "moi", "phong", "thay", "uh", "um"),
    }
)
MOST = 12


def is_one(text: str) -> bool:
    """Whether a text is courtesy and nothing else; an empty text is none."""
    words = WORD.findall(fold(text))
    if not 0 < len(words) <= MOST or any(letter.isdigit() for letter in text) or "?" in text:
        return False
    left, said = f" {' '.join(words)} ", False
    for phrase in SAYS:
        said = said or f" {phrase} " in left
        left = left.replace(f" {phrase} ", " ")
    return said and set(left.split()) <= BESIDE
