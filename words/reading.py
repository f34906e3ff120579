"""Reads what somebody says about a piece of work, whole: nothing counts as done of which only a part was understood."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from words import tokens
from words.clauses import bare, by_code, resolved, typed
from words.phrases import Label, Piece, book, pattern, pieces
from words.tokens import Kind


class Said(StrEnum):
    """What words mean, plainly or most likely."""

    DONE = "done"
    PROGRESS = "progress"
    SUBMITTED = "submitted"  # đã trình, chờ ký
    HANDED_IN = "handed_in"  # đã nộp qua iOffice, Zalo, trực tiếp
    BLOCKED = "blocked"
    EXTEND = "extend"
    ASKS = "asks"  # a question, no answer
    BARE = "bare"  # nothing but a code and courtesies
    UNCLEAR = "unclear"


# What keeps a text from saying that work is done, whatever else stands in it.
AGAINST = frozenset(
    {
        Label.SUBMITTED,
        Label.BLOCKED,
        Label.EXTEND,
        Label.ASK,
        Label.DOUBT,
        Label.OTHERS,
        Label.FUTURE,
        Label.PROGRESS,
        Label.OPEN,
        Label.UNDONE,
    }
)
WHOLE = 100
COUNTED_WHOLE = frozenset(
    {"kem", "gui", "tai", "o", "ca", "du", "het", "tat ca", "toan bo", "gom", "kem theo", "dinh kem", "gui kem"}
)
NUMBERS = frozenset({"mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"})
# "Đã chuyển" hands over only by a way that is named.
NEEDS_A_WAY = frozenset({"chuyen", "da chuyen"})
# Behind "xong" these are a part of the work, and before it these days are not over: "hôm nay xong".
PARTS = frozenset(
    {"ho so", "so lieu", "bieu mau", "phu luc", "danh muc", "file", "hinh", "ra soat", "tai lieu", "scan"}
)
TODAY = frozenset({"hom nay", "nay", "sang nay", "trua nay", "chieu nay"})
PASSED = frozenset({"roi", "da", "xong"})
DAYS_BACK = {"hom qua": 1, "chieu qua": 1, "sang qua": 1, "toi qua": 1, "bua qua": 1, "hom kia": 2, "tu hom qua": 1}


@dataclass(frozen=True)
class Reading:
    """What words say: `plain` where every one of them is accounted for, otherwise only the likeliest.

    `share` is per cent, `part` of a whole as (3, 9); `day` the local day on which it was submitted or handed in; `to`
    whom, `way` by which, as typed.
    """

    says: Said
    plain: bool = False
    share: int | None = None
    part: tuple[int, int] | None = None
    day: date | None = None
    to: str = ""
    way: str = ""


@dataclass(frozen=True)
class Answer:
    """What is said about one code; None where none was named. `words` are those that are about it, as typed."""

    code: str | None
    milestone: int | None
    reading: Reading
    words: str = ""


def read_answer(
    text: str,
    today: date,
    known: Collection[str],
    *,
    own: Collection[str] = (),
    others: Collection[str] = (),
    told: bool = False,
) -> tuple[Answer, ...]:
    """What a whole text says, code by code; one answer without a code where none is named.

    `today` is the local day, `known` the codes of the plans; `own` and `others` are names of agencies, the speaker's
    and not. `told` where a command says already that it is done: a note then needs no more than to say nothing against
    it.
    """
    text = tokens.clean(text)
    cut = tokens.cut(text, known, today)
    found = resolved(pieces(cut, text, [pattern(each) for each in own], [pattern(each) for each in others]))
    return tuple(
        Answer(
            code.first.code if code else None,
            code.first.milestone if code else None,
            _read(said, text, today, told=told),
            typed(text, said),
        )
        for code, said in by_code(found)
    )


def _read(said: Sequence[Piece], text: str, today: date, *, told: bool) -> Reading:
    clauses = _clauses(said)
    labels = {piece.label for piece in said if piece.label}
    share = next((each.first.share for each in said if each.first.share is not None), None)
    part = _part(said)
    asks = Label.ASK in labels or any(each.first.kind is Kind.QUESTION for each in said) or _is_it(said)
    coming = any(each.first.day is not None and each.first.day > today for each in said)
    against = labels & AGAINST | ({Label.FUTURE} if coming else set())
    done = told or bool(labels & {Label.DONE, Label.MAYBE}) or share == WHOLE or _is_sent(said)
    less = (share is not None and share < WHOLE) or (part is not None and part[0] < part[1])
    unsure = any(each.first.part and each.first.day for each in said) and part is None and not _is_named_day(said)
    counted = _is_of_a_part(clauses) or (part is None and _counts(clauses, told=told))
    whole = _accounted(clauses, told=told)
    says = _likely(against, asks=asks, done=done, less=less, bare=_is_bare(said), counted=counted or unsure)
    if says is Said.DONE and Label.HANDED in labels:
        says = Said.HANDED_IN
    plain = (
        not asks
        and not unsure
        and _is_plain(says, against, less=less, counted=counted, whole=whole, done=done, told=told)
    )
    day = _day(said, today) if says in (Said.SUBMITTED, Said.HANDED_IN) else None
    way = next((typed(text, [each]) for each in said if each.label is Label.HANDED), "")
    return Reading(says, plain, share, part, day, _to(said, text) if says is Said.SUBMITTED else "", way)


def _likely(against: Collection[Label], *, asks: bool, done: bool, less: bool, bare: bool, counted: bool) -> Said:
    for label, meaning in (
        (Label.BLOCKED, Said.BLOCKED),
        (Label.EXTEND, Said.EXTEND),
        (Label.SUBMITTED, Said.SUBMITTED),
    ):
        if label in against and not asks:
            return meaning
    if asks:
        return Said.ASKS
    if Label.OTHERS in against or Label.DOUBT in against:
        return Said.UNCLEAR
    if against or less:
        return Said.PROGRESS
    if done:
        return Said.PROGRESS if counted else Said.DONE
    return Said.BARE if bare else Said.UNCLEAR


def _is_plain(
    says: Said, against: Collection[Label], *, less: bool, counted: bool, whole: bool, done: bool, told: bool
) -> bool:
    match says:
        case Said.DONE | Said.HANDED_IN:
            return whole and not against and not less and not counted
        case Said.SUBMITTED:
            return whole and not less and not told and set(against) <= {Label.SUBMITTED, Label.PROGRESS}
        case Said.PROGRESS:
            if done or told or not set(against) <= {Label.PROGRESS, Label.UNDONE}:
                return False
            return Label.PROGRESS in against or whole
        case _:
            return says is Said.BARE


def _clauses(said: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces between the breaks that a reader sees."""
    found: list[list[Piece]] = [[]]
    for piece in said:
        if piece.first.kind is not Kind.BREAK:
            found[-1].append(piece)
        elif piece.first.syllable == "," and found[-1]:
            found.append([])
    return [each for each in found if each]


def _accounted(clauses: Sequence[Sequence[Piece]], *, told: bool) -> bool:
    """Whether nothing unknown stands in the clause that says it, nor before it; a note may follow."""
    if told:
        return all(each.first.kind is not Kind.OTHER for clause in clauses for each in clause)
    for clause in clauses:
        if any(not _is_known(each) for each in clause):
            return False
        if any(each.label is Label.DONE or each.first.share == WHOLE for each in clause) or _is_sent(clause):
            return all(each.first.kind is not Kind.OTHER for later in clauses for each in later)
    return True


def _is_known(piece: Piece) -> bool:
    return piece.label not in (Label.UNKNOWN, Label.MAYBE) and piece.first.kind is not Kind.OTHER


def _is_sent(said: Sequence[Piece]) -> bool:
    """Whether something was handed over: "gửi ... rồi", "nộp hôm qua"."""
    sent = any(each.label is Label.SEND and bare(each) not in NEEDS_A_WAY for each in said)
    by_a_way = any(each.label is Label.HANDED for each in said)
    passed = any(each.label is Label.PAST or bare(each) in PASSED for each in said)
    return ((sent or by_a_way) and passed) or (by_a_way and any(each.label is Label.SEND for each in said))


def _is_it(said: Sequence[Piece]) -> bool:
    """Whether "xong chưa" stands in it, which asks."""
    words = [each for each in said if each.first.kind is not Kind.BREAK]
    return any(first.label is Label.DONE and bare(second) in ("chua", "khong") for first, second in pairwise(words))


def _is_bare(said: Sequence[Piece]) -> bool:
    small = (Label.POLITE, Label.OBJECT, Label.OWN, Label.NAME, Label.SEND, Label.LEADER, Label.TOWARDS)
    return all(each.label in small or each.first.kind in (Kind.BREAK, Kind.DOCUMENT) for each in said)


def _part(said: Sequence[Piece]) -> tuple[int, int] | None:
    """Three of nine; 3/9 is a day where nothing that can be counted follows."""
    words = [each for each in said if each.first.kind is not Kind.BREAK]
    for place, each in enumerate(words):
        counted = place + 1 < len(words) and _is_unit(words[place + 1])
        if each.first.part is not None and (each.first.day is None or counted):
            return each.first.part
    return None


def _is_unit(piece: Piece) -> bool:
    return bare(piece).split(" ")[0] in book().units or bare(piece) in book().units


def _is_named_day(said: Sequence[Piece]) -> bool:
    words = [each for each in said if each.first.kind is not Kind.BREAK]
    named = ("ngay", "hom", "tu", "tu ngay", "vao", "vao ngay")
    return all(
        place > 0 and bare(words[place - 1]) in named
        for place, each in enumerate(words)
        if each.first.part and each.first.day
    )


def _counts(clauses: Sequence[Sequence[Piece]], *, told: bool) -> bool:
    """Whether it says of how many things it is: "xong 3 thôn", but not "gửi kèm 3 bản"."""
    for clause in clauses:
        for place, each in enumerate(clause[:-1]):
            number = each.first.kind is Kind.NUMBER or bare(each) in NUMBERS
            if number and _is_unit(clause[place + 1]):
                before = bare(clause[place - 1]) if place else ""
                if before not in COUNTED_WHOLE and not (told and place):
                    return True
    return False


def _is_of_a_part(clauses: Sequence[Sequence[Piece]]) -> bool:
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


def _day(said: Sequence[Piece], today: date) -> date:
    """The day on which it happened: the one that is named, otherwise today's."""
    for each in said:
        if each.first.day is not None and each.first.day <= today:
            return each.first.day
        if (back := DAYS_BACK.get(bare(each))) is not None:
            return today - timedelta(days=back)
    return today


def _to(said: Sequence[Piece], text: str) -> str:
    """To whom it was submitted: the persons and bodies that are named together."""
    who = (Label.LEADER, Label.OWN, Label.NAME, Label.OTHERS)
    found: list[Piece] = []
    for each in said:
        if each.label in who:
            found.append(each)
        elif found and each.first.kind is not Kind.BREAK:
            break
    return typed(text, found)
