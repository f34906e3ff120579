"""Which words are about which code: names and numbers are settled first, then each code gets its own words."""

from collections.abc import Iterator, Sequence

from words.phrases import Label, Piece, book
from words.tokens import Kind

TITLES = frozenset({"anh", "chi", "em", "dong chi", "d/c", "dc", "chu", "co", "bac", "thay", "chu tich", "bi thu"})
# Names that are words too.
NAMES_TOO = frozenset({"mai"})
BEFORE_A_BODY = frozenset(
    {Label.TOWARDS, Label.SEND, Label.DONE, Label.FOR_SIGNATURE, Label.LEADER, Label.OWN, Label.HANDED}
)
SMALL = frozenset({Label.POLITE, Label.OBJECT, Label.OWN, Label.NAME, Label.SEND})
HANDS = frozenset({"gui", "nop", "chuyen"})
# Begins what is said about the next code: "2b xong, còn 4c chưa".
BEGINS = frozenset({"con", "rieng"})
JOINS = frozenset({"va", "voi", "viec", "ca"})


def resolved(found: Sequence[Piece]) -> list[Piece]:
    """Names after titles, bodies that something goes to, numbers that belong to what stands before them."""
    result: list[Piece] = []
    for piece in found:
        before = next((each for each in reversed(result) if each.label or each.first.kind is not Kind.BREAK), None)
        label = piece.label
        if before is not None and _is_name(piece, before):
            label = Label.NAME
        if label in (Label.BODY, Label.OTHERS) and before is not None and _goes_to(before):
            label = Label.OWN
        elif label is Label.BODY:
            label = Label.UNKNOWN
        elif bare(piece) == "cho" and any(each.label is Label.SEND or _hands(each) for each in result):
            # "gui cho phong" without accents; "chờ" is a wait.
            label = Label.TOWARDS if piece.first.syllable == "cho" else label
        if result and piece.first.kind is Kind.DOCUMENT:
            _name_its_kind(result)
        if result and _leads_nowhere(result[-1], piece):
            result[-1] = Piece(result[-1].tokens, Label.UNKNOWN)
        if before is not None and before.first.kind is Kind.NUMBER and bare(piece) in book().units:
            # How many there are is told, not which of them: "2 đợt kiểm tra".
            label = Label.UNIT
        if piece.first.kind is Kind.NUMBER:
            label = Label.POLITE if before is not None and before.label in (Label.OBJECT, Label.PAST) else Label.UNKNOWN
        result.append(Piece(piece.tokens, label))
    return result


def _is_name(piece: Piece, before: Piece) -> bool:
    """Whether a word that nobody knows, written large, follows a title or another name."""
    unknown = piece.label is Label.UNKNOWN or bare(piece) in NAMES_TOO
    return piece.first.capital and unknown and (before.label is Label.NAME or bare(before) in TITLES)


def _name_its_kind(before: list[Piece]) -> None:
    """The word before a document's number is the kind of it: KH 05/KH-UBND."""
    place = next((at for at in reversed(range(len(before))) if before[at].first.kind is not Kind.BREAK), None)
    if place is not None and before[place].label is Label.UNKNOWN:
        before[place] = Piece(before[place].tokens, Label.OBJECT)


def _leads_nowhere(before: Piece, piece: Piece) -> bool:
    """Whether "tới" ends a clause: "thứ sáu tới" is to come."""
    return before.label is Label.TOWARDS and piece.first.kind is Kind.BREAK and piece.first.syllable != " "


def _hands(piece: Piece) -> bool:
    """Whether "đã gửi" or "đã nộp trực tiếp" stands here."""
    return bool(HANDS & set(bare(piece).split()))


def _goes_to(before: Piece) -> bool:
    return before.label in BEFORE_A_BODY


def bare(piece: Piece) -> str:
    """The words of a piece without their accents."""
    return " ".join(token.bare for token in piece.tokens if token.kind is Kind.WORD)


def typed(text: str, said: Sequence[Piece]) -> str:
    """The words as they were typed, without the breaks around them."""
    words = [piece for piece in said if piece.first.kind is not Kind.BREAK]
    return text[words[0].first.start : words[-1].last.end] if words else ""


def by_code(found: Sequence[Piece]) -> Iterator[tuple[Piece | None, list[Piece]]]:
    """Each code with the words that are about it."""
    places = [place for place, piece in enumerate(found) if piece.first.kind is Kind.CODE]
    if len({(found[place].first.code, found[place].first.milestone) for place in places}) <= 1:
        yield (found[places[0]] if places else None), [each for each in found if each.first.kind is not Kind.CODE]
        return
    groups: list[list[int]] = []
    for place in places:
        joined = groups and all(_joins(each) for each in found[groups[-1][-1] + 1 : place])
        groups[-1].append(place) if joined else groups.append([place])
    prefixed = any(piece.label and not _is_small(piece) for piece in found[: places[0]])
    said = [list(found[: places[0]]), *([] for _ in groups[1:])]
    for number, group in enumerate(groups):
        following = groups[number + 1][0] if number + 1 < len(groups) else len(found)
        between = list(found[group[-1] + 1 : following])
        turn = _turn(between, prefixed=prefixed) if number + 1 < len(groups) else len(between)
        said[number] += between[:turn]
        if number + 1 < len(groups):
            said[number + 1] += [each for each in between[turn:] if bare(each) not in BEGINS]
    for group, words in zip(groups, said, strict=True):
        yield from ((found[place], words) for place in group)


def _joins(piece: Piece) -> bool:
    """Whether it may stand between the codes of a list."""
    return piece.first.kind is Kind.BREAK or bare(piece) in JOINS


def _is_small(piece: Piece) -> bool:
    return piece.label in SMALL


def _turn(between: Sequence[Piece], *, prefixed: bool) -> int:
    """Where the words before the next code begin: behind the last break that is one."""
    if (words := [each for each in between if each.first.kind is not Kind.BREAK]) and bare(words[-1]) in BEGINS:
        return list(between).index(words[-1])
    if not prefixed:
        return len(between)
    breaks = [
        place for place, each in enumerate(between) if each.first.kind is Kind.BREAK and each.first.syllable != " "
    ]
    return breaks[-1] if breaks else 0
