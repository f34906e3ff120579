"""How much of a piece of work words are about, on which day, and to whom it went."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from words.clauses import bare, typed
from words.phrases import Label, Piece, book
from words.tokens import Kind

COUNTED_WHOLE = frozenset(
    {"kem", "gui", "tai", "o", "ca", "du", "het", "tat ca", "toan bo", "gom", "kem theo", "dinh kem", "gui kem"}
)
NUMBERS = frozenset({"mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"})
DAYS_BACK = {"hom qua": 1, "chieu qua": 1, "sang qua": 1, "toi qua": 1, "bua qua": 1, "hom kia": 2, "tu hom qua": 1}
# Behind "xong" these are a part of the work, and before it these days are not over: "hôm nay xong".
PARTS = frozenset(
    {"ho so", "so lieu", "bieu mau", "phu luc", "danh muc", "file", "hinh", "ra soat", "tai lieu", "scan"}
)
TODAY = frozenset({"hom nay", "nay", "sang nay", "trua nay", "chieu nay"})


def part_of(said: Sequence[Piece]) -> tuple[int, int] | None:
    """Three of nine; 3/9 is a day where nothing that can be counted follows."""
    words = [each for each in said if each.first.kind is not Kind.BREAK]
    for place, each in enumerate(words):
        counted = place + 1 < len(words) and _is_unit(words[place + 1])
        if each.first.part is not None and (each.first.day is None or counted):
            return each.first.part
    return None


def _is_unit(piece: Piece) -> bool:
    return bare(piece).split(" ")[0] in book().units or bare(piece) in book().units


def is_named_day(said: Sequence[Piece]) -> bool:
    """Whether every day that could be a part of a whole is named as a day: "ngày 3/9"."""
    words = [each for each in said if each.first.kind is not Kind.BREAK]
    named = ("ngay", "hom", "tu", "tu ngay", "vao", "vao ngay")
    return all(
        place > 0 and bare(words[place - 1]) in named
        for place, each in enumerate(words)
        if each.first.part and each.first.day
    )


def is_of_document(day: Piece, said: Sequence[Piece]) -> bool:
    """Whether a day is the date of the document before it."""
    words = [each for each in said if each.first.kind is not Kind.BREAK and bare(each) not in ("ngay", "ky", "ky ngay")]
    place = words.index(day)
    return place > 0 and words[place - 1].first.kind is Kind.DOCUMENT


def is_of_a_part(clauses: Sequence[Sequence[Piece]]) -> bool:
    """Whether only a part is done ("xong hồ sơ"), it will be by tonight ("hôm nay xong"), or superiors know of it."""
    for clause in clauses:
        passed = any(bare(each) in ("roi", "da", "vua", "moi") or "da" in bare(each).split() for each in clause)
        for first, second in pairwise(clause):
            if first.label is Label.DONE and bare(second) in PARTS:
                return True
            if second.label is Label.LEADER and "bao cao" in bare(first):
                return True
        words = [each.label is Label.DONE for each in clause]
        today = [place for place, each in enumerate(clause) if bare(each) in TODAY]
        if today and True in words and today[0] < words.index(True) and not passed:
            return not any("roi" in bare(each).split() for each in clause)
    return False


def counts(clauses: Sequence[Sequence[Piece]], *, told: bool) -> bool:
    """Whether it says of how many things it is: "xong 3 thôn", but not "gửi kèm 3 bản"."""
    for clause in clauses:
        for place, each in enumerate(clause[:-1]):
            number = each.first.kind is Kind.NUMBER or bare(each) in NUMBERS
            if number and _is_unit(clause[place + 1]):
                before = bare(clause[place - 1]) if place else ""
                if before not in COUNTED_WHOLE and not (told and place):
                    return True
    return False


def day_of(said: Sequence[Piece], today: date) -> date:
    """The day on which it happened: the one that is named, otherwise today's."""
    for each in said:
        if each.first.day is not None and each.first.day <= today:
            return each.first.day
        if (back := DAYS_BACK.get(bare(each))) is not None:
            return today - timedelta(days=back)
    return today


def to_whom(said: Sequence[Piece], text: str) -> str:
    """To whom it was submitted: the persons and bodies that are named together."""
    who = (Label.LEADER, Label.OWN, Label.NAME, Label.OTHERS)
    found: list[Piece] = []
    for each in said:
        if each.label in who:
            found.append(each)
        elif found and each.first.kind is not Kind.BREAK:
            break
    return typed(text, found)
