"""A lone letter where there are no buttons: it says what the message says that offered it."""

import re
from dataclasses import replace

from bot.turn import Turn
from channels.base import ChatKind, What
from store import choices
from words.codes import normalise

# One letter, with what courtesy puts around it: "A", "a ạ", "em chọn B nhé". Its accents count: "ạ" is none; and behind
# a courtesy alone, "vâng a", a small one is an "ạ" that was typed without its mark.
COURTESY = re.compile(r"^\s*(?:(?i:dạ|vâng|em|anh|chị|tôi)[\s,:]+)+a\b")
BEFORE = r"(?:(?:dạ|vâng|em|anh|chị|tôi|chọn|câu|ý|là|phương án)[\s,:]+)*"
AFTER = r"(?:[\s,]+(?:ạ|nhé|nha|em|anh|chị))*"
LETTER = re.compile(rf"^\s*{BEFORE}[«\"'(]?([A-Za-z])[»\"').]?{AFTER}[\s.!]*$", re.IGNORECASE)


def read(text: str) -> str | None:
    """The letter that a text chooses, as a capital; None for any other text."""
    words = normalise(text)
    found = None if COURTESY.match(words) else LETTER.match(words)
    return found[1].upper() if found and found[1].isascii() else None


def spelled_out_or_asked(turn: Turn) -> bool:
    """Puts what a letter stands for into its place; True where it stands for nothing, and that was said."""
    incoming = turn.incoming
    is_said = incoming.what is What.MESSAGE and incoming.chat_kind is ChatKind.PRIVATE and not incoming.files
    letter = read(incoming.text) if is_said and turn.roles and not turn.limits.buttons else None
    if letter is None:
        return False
    since = turn.now - choices.STANDS
    found = choices.chosen(turn.session, incoming.channel, incoming.chat, letter, since)
    if found is not None:
        turn.incoming = replace(incoming, text=found.command)
        return False
    offered = choices.letters(turn.session, incoming.channel, incoming.chat, since)
    if offered:
        turn.answer(turn.text("typed.no_such_letter", letters=list(offered), letter=letter))
        return True
    return False
