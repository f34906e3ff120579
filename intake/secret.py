"""Finds the stamp of a secret document, which must not be processed here at all."""

import re

from intake.errors import RefusedError
from intake.letters import one_line
from intake.source import Source

# The whole of a line, a cell or a text box: the stamp as it is printed, also with its letters apart.
STAMP = re.compile(
    r"[\W_]*(?:(?:độ|mức(?: độ)?) mật\s*:?\s*)?(?:(?:t\s*ố\s*i|t\s*u\s*y\s*ệ\s*t)\s+)?m\s*ậ\s*t[\W_]*", re.IGNORECASE
)
# In capitals beside other words; «BÍ MẬT NHÀ NƯỚC», «BẢO MẬT», «MẬT KHẨU» are words of a title.
IN_CAPITALS = re.compile(
    r"(?<!\w)(?<!BẢO )(?<!BÍ )(?<!THÂN )(?<!CƠ )(?<!NỘI )(?<!YẾU )MẬT(?!\w)(?! (?:KHẨU|MÃ|ĐỘ"
    r"|VỤ|THƯ|ONG|THIẾT|DANH|PHỤC|HIỆU)\b)"
)
GRADED = re.compile(r"(?<!\w)(?:TỐI|TUYỆT) MẬT(?!\w)")
LEVEL = re.compile(r"\b(?:độ|mức) mật\s*:\s*(?:(?:tối|tuyệt)\s+)?mật\b", re.IGNORECASE)


def is_stamp(text: str) -> bool:
    """Whether a text is or holds a stamp of secrecy; «kiểm tra công tác bảo mật» is none."""
    line = one_line(text)
    return bool(STAMP.fullmatch(line) or IN_CAPITALS.search(line) or GRADED.search(line) or LEVEL.search(line))


def refuse(source: Source) -> None:
    """Raises RefusedError where any text of the document bears the stamp, wherever it stands."""
    for text, _ in source.every_text():
        if "M" in text.upper() and any(is_stamp(line) for line in text.split("\n")):
            raise RefusedError("secret")
