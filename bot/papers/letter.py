"""/congvan: the draft of the letter to an agency that is late, as a Word file for the compiling agency to sign."""

from collections import Counter

from bot.turn import Turn
from reports.attachments.attach import letter_reference
from reports.figures.scope import find_agency
from reports.figures.summary import build
from reports.word import letter as letters
from words.message import say


def letter(turn: Turn, rest: str) -> None:
    """/congvan sondung; without an agency it offers those that are late."""
    agency = find_agency(turn.office, rest) if rest else None
    if agency is None:
        _offer(turn, rest)
        return
    if agency == turn.office.compiler:
        turn.answer(turn.text("letter.to_itself", agency=turn.office.agency_name(agency)))
        return
    found = letters.build(turn.session, turn.office, agency, turn.now)
    if found is None:
        turn.answer(turn.text("letter.nothing", agency=turn.office.agency_name(agency)))
        return
    caption = turn.text(
        "letter.caption",
        agency=found.agency_name,
        count=len(found.late),
        codes=list(dict.fromkeys(each.code for each in found.late)),
        longest=max(each.days for each in found.late),
    )
    turn.post(say(caption, attachment=letter_reference(agency, turn.now)))


def _offer(turn: Turn, wanted: str) -> None:
    overdue = build(turn.session, turn.office, turn.now).overdue
    late = Counter(line.agency for line in overdue if line.agency != turn.office.compiler)
    if wanted:
        turn.answer(turn.text("letter.unknown", wanted=wanted))
    elif not late:
        turn.answer(turn.text("letter.nobody"))
    else:
        agencies = turn.office.in_order(late)
        names = [(turn.office.agency_short(agency), late[agency]) for agency in agencies]
        turn.answer(turn.text("letter.which", late=names), buttons=letters.buttons(turn.office, agencies))
