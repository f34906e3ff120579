"""An admin's decision in two steps: what it does is shown first, and done once it is confirmed; each has its basis."""

import re
from collections.abc import Callable
from typing import TypeVar

from bot.questions.decisions import Decision
from bot.questions.wishes import AnyWish, Basis
from bot.turn import Turn
from words.codes import fold
from words.grammar import YES
from words.message import Button

AGREED = re.compile(rf"^(?:{'|'.join(sorted(YES))}|xac nhan)(?:\s+([0-9a-f]{{6}}))?[\s.]*$")
BASIS_WORD = re.compile(r"^(?:can cu(?: theo)?|ly do|theo)\s*[:,]?\s+")
Shown = TypeVar("Shown", bound=Decision)


def in_two_steps(
    turn: Turn,
    verb: str,
    rest: str,
    show: Callable[[Turn, str], None],
    decision: type[Shown],
    do: Callable[[Turn, Shown], bool | None],
) -> bool:
    """Shows what a command would do, or does what was shown when the text is a yes: "/end co 3fa2b1", "/end co".

    True where `do` gives it: what the button offered is over.
    """
    match = AGREED.match(fold(rest.strip()))
    if match is None:
        show(turn, rest)
        return False
    shown = turn.question(decision)
    if shown is None or shown.verb != verb or (match[1] and match[1] != shown.token):
        turn.hint(turn.text("ending.answered"))
        return False
    turn.settle_question()
    return do(turn, shown) is True


def propose(turn: Turn, decision: Decision, *parts: str) -> None:
    """Keeps what would be done and shows it with a button."""
    signed = decision.signed()
    turn.ask(signed)
    turn.answer(*parts, buttons=[[Button(turn.text("ending.yes"), f"/{signed.verb} co {signed.token}")]])


def ask_basis(turn: Turn, wish: AnyWish) -> None:
    """Asks for the basis in the next message; what is wished for is kept and goes on with it."""
    turn.ask(Basis(verb=wish.verb, wish=wish))
    turn.answer(turn.text("ending.basis"))


def basis_in(text: str) -> str:
    """The basis without the words that lead to it: "căn cứ QĐ 12" is "QĐ 12"."""
    text = text.strip(" ,:;-–\n")
    folded = fold(text)
    match = BASIS_WORD.match(folded) if len(folded) == len(text) else None
    return basis_in(text[match.end() :]) if match else text
