"""Several codes in one message: each is answered in one message, or one question lists them all."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers import acts
from bot.carry_out import hold, post_outcome, scene_of
from bot.reading import file_buttons
from bot.turn import Turn
from bot.which import milestones, owed
from progress import duty_phone, placing
from progress.acts import clarifying, may
from progress.acts.do import do
from progress.acts.outcomes import Outcome
from progress.acts.values import Clarify, Say
from progress.choose import Again, NotTheirs, One, SetAside, Which, by_code
from progress.submit import Statement
from store import loose
from store.answer_tables import Unclear
from store.tables import Obligation
from words.message import Message, say
from words.reading import Answer, Reading

Meant = tuple[Obligation, Statement, Reading]


def answer_all(turn: Turn, found: Sequence[Answer]) -> bool:
    """Records each where all of them are plain; otherwise keeps them and asks about all at once. True when over."""
    meant, refused = _rows(turn, found)
    wanted = [acts.from_reading(turn, row, said, reading) for row, said, reading in meant]
    scene = replace(scene_of(turn), together=True)
    loose_ones = placing.waiting_for_code(turn.session, turn.person_id, turn.now)
    if any(isinstance(each, Say) for each in wanted):
        outcome = _ask(turn, meant)
    elif any(duty_phone.is_asked(turn.session, turn.person, each) for each in wanted):
        outcome = hold(turn, wanted)
    else:
        outcome = clarifying.together([do(scene, each) for each in wanted])
    # Piece by piece: what is joined is no sentence any more that could be said in another language, or without buttons.
    parts = [part for message in outcome.replies for part in message.parts]
    buttons = [row for message in outcome.replies for row in message.buttons]
    if loose_ones and meant:
        rows = [row for row, _, _ in meant]
        loose.note_asked(turn.session, loose_ones, turn.now)
        parts.append(turn.text("place.ask", files=placing.in_words(turn.office, loose_ones), count=len(rows)))
        buttons.extend(map(tuple, file_buttons.places(turn, rows, loose_ones)))
    whole = say(*parts, *refused, buttons=buttons)
    post_outcome(turn, replace(outcome, replies=(whole,) if whole.parts else ()))
    return outcome.is_over


def _rows(turn: Turn, found: Sequence[Answer]) -> tuple[list[Meant], list[str]]:
    """What each code means, with its own words, and what is said about those that mean nothing here."""
    meant: list[Meant] = []
    refused: list[str] = []
    now = owed.said_now(turn, "")
    for number, each in enumerate(found):
        code = each.code or ""
        choice = by_code(turn.session, turn.office, turn.agencies, code, each.milestone, turn.now, adding=True)
        match choice:
            case One(row) | Again(_, row):
                # Each is an answer of its own; for which of them the files are that came with them is asked.
                source = f"{now.source}+{code}" if number else now.source
                said = replace(now, note=each.words, source=source, files=(), album=None)
                meant.append((row, said, each.reading))
            case Which():
                refused.append(turn.text("several.which", code=code))
            case SetAside(row):
                refused += [milestones.set_aside(turn, row), turn.text("several.alone", code=code)]
            case NotTheirs(others) if others:
                refused += [milestones.missing(turn, code, others), turn.text("several.alone", code=code)]
            case NotTheirs():
                owners = ", ".join(dict.fromkeys(owed.owner_names(turn, code)))
                refused.append(turn.text("several.not_yours", code=code, owners=owners))
    return meant, refused


def _ask(turn: Turn, meant: Sequence[Meant]) -> Outcome:
    scene = scene_of(turn)
    kept: list[tuple[Unclear, Obligation]] = []
    refused: list[Message] = []
    for row, said, reading in meant:
        act = Say(said, row.id or 0, reading)
        if (no := may.refusal(scene, act)) is not None:
            refused += no.replies
        else:
            kept.append((clarifying.keep(scene, act, row), row))
    if not kept:
        return Outcome(tuple(refused))
    numbers = tuple(each.id or 0 for each, _ in kept)
    question = clarifying.question(turn.office, kept)
    return Outcome((question, *refused), waits=Clarify(owed.said_now(turn, ""), numbers, None))
