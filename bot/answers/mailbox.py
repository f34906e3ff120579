"""/mailbox: letters that are nobody's, for an admin: each is looked at, set aside, or an agency's answer."""

import re
from dataclasses import replace

from bot import reference
from bot.answers import on_behalf
from bot.carry_out import carry_out
from bot.turn import Turn
from bot.which import order
from bot.which.owed import said_now
from progress.acts.values import PlaceLetter, SettleLetter
from store import people, stray_letters
from store.letter_tables import StrayLetter
from words.codes import fold
from words.message import Button
from words.render import clip

SHOWN = 10
LETTER = re.compile(r"^t?\s*(\d{1,9})(?:\s+(.*))?$", re.IGNORECASE | re.DOTALL)
SEEN = frozenset({"xong", "da xem", "done", "seen"})


def mailbox(turn: Turn, rest: str) -> bool:
    """/mailbox lists what came and is nobody's, T5 shows one, "T5 xong" takes it off the list, "T5 2b sondung" makes it
    that agency's answer."""
    letter = LETTER.match(rest.strip())
    if letter is None:
        _list(turn)
        return False
    row, words = stray_letters.get(turn.session, int(letter[1])), (letter[2] or "").strip()
    if fold(words).strip(" .") in SEEN:
        return carry_out(turn, SettleLetter(said_now(turn, ""), int(letter[1]))).is_over
    if row is None:
        turn.answer(turn.text("mailbox.unknown", reference=f"T{letter[1]}"))
    elif words:
        return _place(turn, row, words)
    else:
        _show(turn, row)
    return False


def _list(turn: Turn) -> None:
    found, count = stray_letters.waiting(turn.session, SHOWN), stray_letters.count(turn.session)
    lines = [
        turn.text(
            "mailbox.line", reference=f"T{each.id}", at=each.at, sender=each.sender, name=each.name,
            is_ours=each.is_ours, subject=clip(each.subject or each.words, 80),
        )
        for each in found
    ]  # fmt: skip
    turn.answer(turn.text("mailbox.list", lines=lines, more=count - len(lines)))


def _show(turn: Turn, row: StrayLetter) -> None:
    known = people.by_user(turn.session, stray_letters.channel_of(row), row.sender)
    text = turn.text(
        "mailbox.letter", reference=f"T{row.id}", at=row.at, sender=row.sender, name=row.name, subject=row.subject,
        words=row.words, files=row.files, is_ours=row.is_ours, person=people.mentioned(known[0]) if known else "",
    )  # fmt: skip
    if row.settled_at is not None:
        turn.answer(text)
        return
    how = "" if row.is_ours else turn.text("mailbox.how_to_place", reference=f"T{row.id}")
    done = Button(turn.text("mailbox.done"), f"/mailbox T{row.id} xong")
    turn.answer(text, how, buttons=[[done]])


def _place(turn: Turn, row: StrayLetter, words: str) -> bool:
    """What the words name is the agency's work; without an agency that of the one to which the address belongs."""
    meant = reference.read(turn.office, order.code_first(turn.office, words))
    meant = replace(meant, agencies=meant.agencies or tuple(stray_letters.agencies_of(turn.session, row)), rest="")
    if meant.code is None or meant.agency is None:
        turn.answer(turn.text("mailbox.how_to_place", reference=f"T{row.id}"))
        return False
    found = on_behalf.find_or_say(turn, "done", meant)
    return found is not None and carry_out(turn, PlaceLetter(found[1], found[0].id or 0, row.id or 0)).is_over
