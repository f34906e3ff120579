"""Reads what somebody says about a piece of work, whole: nothing counts as done of which only a part was understood."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from words import tokens
from words.amounts import counts, day_of, is_named_day, is_of_a_part, is_of_document, part_of, to_whom
from words.clauses import bare, by_code, resolved, typed
from words.phrases import Label, Piece, pattern, pieces
from words.tokens import Kind


class Said(StrEnum):
    """What words mean, plainly or most likely."""

    DONE = "done"
    PROGRESS = "progress"
    FOR_SIGNATURE = "for_signature"  # đã trình, chờ ký
    HANDED_IN = "handed_in"  # đã nộp qua iOffice, Zalo, trực tiếp
    BLOCKED = "blocked"
    EXTEND = "extend"
    ASKS = "asks"  # a question, no answer
    BARE = "bare"  # nothing but a code and courtesies
    UNCLEAR = "unclear"


# What keeps a text from saying that work is done, whatever else stands in it.
AGAINST = frozenset(
    {
        Label.FOR_SIGNATURE,
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
# "Đã chuyển" hands over only by a way that is named.
NEEDS_A_WAY = frozenset({"chuyen", "da chuyen"})
PASSED = frozenset({"roi", "da", "xong"})


@dataclass(frozen=True)
class Reading:
    """What words say: `plain` where every one of them is accounted for, otherwise only the likeliest.

    `denies` where it says that something is not done. `share` is per cent, `part` of a whole as (3, 9); `day` the local
    day on which it was submitted or handed in; `to` whom, `way` by which, as typed.
    """

    says: Said
    plain: bool = False
    denies: bool = False
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
    share = min((each.first.share for each in said if each.first.share is not None), default=None)
    part = part_of(said)
    asks = Label.ASK in labels or any(each.first.kind is Kind.QUESTION for each in said) or _is_it(said)
    days = [each for each in said if each.first.day is not None and each.first.day > today]
    coming = any(not is_of_document(each, said) for each in days)
    against = labels & AGAINST | ({Label.FUTURE} if coming else set())
    done = told or bool(labels & {Label.DONE, Label.MAYBE}) or share == WHOLE or _is_sent(said)
    less = (share is not None and share < WHOLE) or (part is not None and part[0] < part[1])
    unsure = (bool(days) and not coming) or (
        any(each.first.part and each.first.day for each in said) and part is None and not is_named_day(said)
    )
    counted = is_of_a_part(clauses) or (part is None and counts(clauses, told=told))
    whole = _accounted(clauses, told=told)
    says = _likely(against, asks=asks, done=done, less=less, bare=_is_bare(said), counted=counted or unsure)
    if says is Said.DONE and Label.HANDED in labels:
        says = Said.HANDED_IN
    if says in (Said.FOR_SIGNATURE, Said.HANDED_IN) and tokens.names_no_day(text, today):
        # It counts from that day, and nobody knows which was meant.
        says = Said.UNCLEAR
    plain = (
        not asks
        and not unsure
        and _is_plain(says, against, less=less, counted=counted, whole=whole, done=done, told=told)
    )
    day = day_of(said, today) if says in (Said.FOR_SIGNATURE, Said.HANDED_IN) else None
    way = next((typed(text, [each]) for each in said if each.label is Label.HANDED), "")
    denies = less or bool(labels & {Label.UNDONE, Label.DOUBT})
    return Reading(
        says, plain, denies, share, part, day, to_whom(said, text) if says is Said.FOR_SIGNATURE else "", way
    )


def _likely(against: Collection[Label], *, asks: bool, done: bool, less: bool, bare: bool, counted: bool) -> Said:
    for label, meaning in (
        (Label.BLOCKED, Said.BLOCKED),
        (Label.EXTEND, Said.EXTEND),
        (Label.FOR_SIGNATURE, Said.FOR_SIGNATURE),
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
        case Said.FOR_SIGNATURE:
            return whole and not less and not told and set(against) <= {Label.FOR_SIGNATURE, Label.PROGRESS}
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
        elif piece.first.syllable != " " and found[-1]:
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
    return all(each.label in small or each.first.kind in (Kind.BREAK, Kind.DOCUMENT, Kind.LINK) for each in said)
