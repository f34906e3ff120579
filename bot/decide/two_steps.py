"""An admin's decision in two steps: what it does is shown first, and done once it is confirmed; each has its basis."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from bot.turn import Turn
from words.codes import fold
from words.grammar import YES
from words.message import Button

AGREED = re.compile(rf"^(?:{'|'.join(sorted(YES))}|xac nhan)(?:\s+([0-9a-f]{{6}}))?[\s.]*$")
BASIS_WORD = re.compile(r"^(?:can cu(?: theo)?|ly do|theo)\s*[:,]?\s+")


def in_two_steps(
    turn: Turn, verb: str, rest: str, show: Callable[[Turn, str], None], do: Callable[[Turn, dict[str, Any]], None]
) -> None:
    """Shows what a command would do, or does what was shown when the text is a yes: "/end co 3fa2b1", "/end co"."""
    match = AGREED.match(fold(rest.strip()))
    if match is None:
        show(turn, rest)
        return
    asked = turn.question("decision")
    if asked is None or asked.data["verb"] != verb or (match[1] and match[1] != asked.data["token"]):
        turn.hint(turn.text("ending.answered"))
        return
    data = dict(asked.data)
    turn.settle_question()
    do(turn, data)


def propose(turn: Turn, verb: str, data: dict[str, Any], *parts: str) -> None:
    """Keeps what would be done and shows it with a button."""
    token = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:6]
    turn.ask("decision", {**data, "verb": verb, "token": token})
    turn.answer(*parts, buttons=[[Button(turn.text("ending.yes"), f"/{verb} co {token}")]])


def ask_basis(turn: Turn, verb: str, rest: str, *, joined: str = " ") -> None:
    """Asks for the basis in the next message; what was said is kept and goes on with it."""
    turn.ask("basis", {"verb": verb, "rest": rest, "joined": joined})
    turn.answer(turn.text("ending.basis"))


def basis_in(text: str) -> str:
    """The basis without the words that lead to it: "căn cứ QĐ 12" is "QĐ 12"."""
    text = text.strip(" ,:;-–\n")
    folded = fold(text)
    match = BASIS_WORD.match(folded) if len(folded) == len(text) else None
    return basis_in(text[match.end() :]) if match else text
