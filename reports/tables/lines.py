"""How many lines a text takes in a column, so that a row is tall enough in every program that opens the table."""

from functools import lru_cache

# Widths in Times New Roman, in thousandths of its size, in classes; what is in none is as wide as most small letters.
CLASSES: tuple[tuple[str, int], ...] = (
    (" .,;:!|'ijltfrìíỉĩịIJ()[]/-", 290),
    ("mM", 830),
    ("wW", 780),
    ("ABCDEGHKLNOPQRSTUVXYÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰÝỲỶỸỴ–—…%&@=+", 700),
)
WIDTHS = {char: width for chars, width in CLASSES for char in chars}
USUAL = 485
WIDEST = max(width for _, width in CLASSES)
# A column's unit is a digit of the workbook's own font (Times New Roman 11: 7 pixels of 1/96 inch), its rims beside it.
UNIT = 7


@lru_cache(maxsize=10_000)
def lines(words: str, width: float, size: int) -> int:
    """Lines of a text in Times New Roman of `size` points, in a column `width` characters wide; at least one."""
    room = _room(width, size)
    return sum(_paragraph(each, room) for each in words.split("\n")) or 1


def fits(width: float, size: int) -> int:
    """How many characters of one paragraph take one line in such a column, whatever they are."""
    return int(_room(width, size) // WIDEST)


def _room(width: float, size: int) -> float:
    return width * UNIT * 1000 * 72 / 96 / size


def _paragraph(words: str, room: float) -> int:
    count, used = 1, 0.0
    space = WIDTHS[" "]
    for word in words.split(" "):
        wide = sum(WIDTHS.get(char, USUAL) for char in word)
        if used and used + space + wide > room:
            count, used = count + 1, 0.0
        used += wide + (space if used else 0)
        while used > room:
            count, used = count + 1, used - room
    return count
