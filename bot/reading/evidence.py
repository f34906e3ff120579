"""/evidence: the files of an answer come back into the chat, each with who sent it and when."""

import re

from bot import reference
from bot.reading import file_buttons, loose_files
from bot.turn import Turn
from bot.which import readable
from files.content import may_act
from progress import evidence as kept
from progress.items import code_of
from store import obligations, people, submissions
from store.answer_tables import Evidence, Submission
from store.types import EvidenceState
from words.message import Button, say
from words.render import size

AT_ONCE = 10
FROM = re.compile(r"(\d{1,4})\s*$")


def evidence(turn: Turn, rest: str) -> None:
    """/evidence 2b, /evidence 2b sondung, /evidence 2b sondung 11 (from the eleventh on); alone, what is loose."""
    if rest.strip() == loose_files.SEEN:
        loose_files.show_loose(turn)
        return
    if not rest.strip() and loose_files.list_loose(turn):
        return
    found = readable.find_or_ask(turn, "evidence", reference.read(turn.office, rest), single=False)
    if found is None:
        return
    first = found.rows[0]
    files = submissions.files_about(turn.session, [row.id for row in found.rows if row.id is not None])
    code = first.task if len(found.rows) > 1 else code_of(turn.office, first)
    agency = turn.office.agency_name(first.agency_id)
    if not files:
        turn.answer(turn.text("evidence.none", code=code, agency=agency))
        return
    match = FROM.search(found.rest)
    start = min(max(int(match[1]), 1), len(files)) - 1 if match else 0
    shown = files[start : start + AT_ONCE]
    missing = [_why_not(turn, file) for file, _ in shown if file.state != EvidenceState.STORED]
    turn.answer(
        turn.text(
            "evidence.heading",
            code=code,
            agency=agency,
            count=len(files),
            part=len(shown) < len(files),
            first_number=start + 1,
            last_number=start + len(shown),
        ),
        *missing,
    )
    for number, (file, submission) in enumerate(shown, start=start + 1):
        if file.state == EvidenceState.STORED and file.id is not None:
            turn.about = submission.obligation_id
            text = _caption(turn, file, submission, number, len(files))
            out = [[file_buttons.take_out(turn, file)]] if file_buttons.may_take_out(turn, file) else []
            turn.post(say(text, attachment=kept.reference(file.id), buttons=out))
    if start + AT_ONCE < len(files):
        turn.about = None
        again = f"/evidence {_named(found)} {start + AT_ONCE + 1}"
        left = len(files) - start - AT_ONCE
        buttons = [[Button(turn.text("evidence.more_button"), again)]]
        turn.answer(turn.text("evidence.more", count=left, command=again), buttons=buttons)


def _named(found: readable.Found) -> str:
    """What finds the same again: one milestone by its row, several by code and agency."""
    first = found.rows[0]
    return f"#{first.id}" if len(found.rows) == 1 else f"{first.task} {first.agency_id}"


def _caption(turn: Turn, file: Evidence, submission: Submission, number: int, count: int) -> str:
    row = obligations.get(turn.session, submission.obligation_id)
    return turn.text(
        "evidence.caption",
        code=code_of(turn.office, row) if row else "",
        number=number,
        count=count,
        name=file.name,
        person=people.named(turn.session, turn.office.agency_short, file.person_id),
        at=file.sent_at,
        note=submission.note,
        acts=may_act(file.name, file.content),
    )


def _why_not(turn: Turn, file: Evidence) -> str:
    """A file whose bytes are not here, with why."""
    return turn.text(
        "evidence.missing",
        name=file.name or turn.text(f"evidence.kind_{'photo' if file.kind == 'photo' else 'other'}"),
        person=people.named(turn.session, turn.office.agency_short, file.person_id),
        at=file.sent_at,
        size=size(file.size) if file.size else "",
        why=turn.text(f"evidence.why_{file.state}"),
    )
