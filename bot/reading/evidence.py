"""/evidence: files about a task come back into the chat, each with who sent it, when, and with what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot import reference
from bot.reading import file_buttons, loose_files
from bot.reference import Reference
from bot.turn import Turn
from bot.which import readable
from files.content import may_act
from progress import evidence as kept
from progress.came_with import came_with
from progress.items import code_of
from store import files_about, inquiries, obligations, opinions, people, requests, submissions
from store.answer_tables import Evidence
from store.tables import Obligation
from store.types import EvidenceState
from words.message import Button, say
from words.render import size

AT_ONCE = 10
FROM = re.compile(r"(\d{1,4})\s*$")


@dataclass(frozen=True)
class Seen:
    """A file with the obligation that it is about, what was said with it, and with what it came where that is no
    answer."""

    file: Evidence
    obligation: int
    note: str
    of: str = ""


@dataclass(frozen=True)
class Asked:
    """What is to be seen: the `files` about some `rows`; `named` finds the same again, `start` is its first place.

    `reference` is the request, opinion or question alone whose files are meant; `agency` whose they are, where they are
    about no work.
    """

    rows: Sequence[Obligation]
    files: Sequence[Seen]
    named: str
    start: int
    reference: str = ""
    agency: str = ""


def evidence(turn: Turn, rest: str) -> None:
    """/evidence 2b, 2b sondung, R12, Y3, H4; 2b sondung 11 begins with the eleventh; alone it shows what is loose."""
    if rest.strip() == loose_files.SEEN:
        loose_files.show_loose(turn)
        return
    if not rest.strip() and loose_files.list_loose(turn):
        return
    meant = reference.read(turn.office, rest)
    if meant.inquiry:
        asked = _of_inquiry(turn, meant)
    else:
        asked = _of_number(turn, meant) if meant.request or meant.opinion else _of_task(turn, meant)
    if asked is None:
        return
    first = asked.rows[0] if asked.rows else None
    code = (first.task if len(asked.rows) > 1 else code_of(turn.office, first)) if first else ""
    agency = turn.office.agency_name(first.agency_id if first else asked.agency)
    if asked.files:
        _show(turn, asked, code, agency)
    else:
        turn.answer(turn.text("evidence.none", code=code, agency=agency, reference=asked.reference))


def _of_task(turn: Turn, meant: Reference) -> Asked | None:
    """The files of the answers that stand for a task, and behind them what came about it without being an answer."""
    found = readable.find_or_ask(turn, "evidence", meant, single=False)
    if found is None:
        return None
    ids = [row.id for row in found.rows if row.id is not None]
    answers = [Seen(file, each.obligation_id, each.note) for file, each in submissions.files_about(turn.session, ids)]
    beside = [_beside(turn, file) for file in files_about.of_obligations(turn.session, ids)]
    # One milestone is found again by its row, several by code and agency.
    first = found.rows[0]
    named = f"#{first.id}" if len(found.rows) == 1 else f"{first.task} {first.agency_id}"
    return Asked(found.rows, [*answers, *beside], named, _start(found.rest))


def _of_number(turn: Turn, meant: Reference) -> Asked | None:
    """What came with a request or an opinion; None where it is not this person's to read, which is said."""
    session = turn.session
    about = requests.get(session, meant.request) if meant.request else opinions.get(session, meant.opinion or 0)
    row = obligations.get(session, about.obligation_id) if about is not None else None
    if row is None or not readable.may_read(turn, row):
        turn.answer(turn.text("ask.foreign"))
        return None
    if meant.request:
        named, files = f"R{meant.request}", files_about.of_request(session, meant.request)
    else:
        named, files = f"Y{meant.opinion}", files_about.of_opinion(session, meant.opinion or 0)
    return Asked([row], [_beside(turn, file) for file in files], named, _start(meant.rest), named)


def _of_inquiry(turn: Turn, meant: Reference) -> Asked | None:
    """What went along with a question; None where it is not this person's to read, which is said."""
    asked = inquiries.get(turn.session, meant.inquiry or 0)
    if asked is None or not (readable.reads_all(turn) or asked.agency_id in turn.agencies):
        turn.answer(turn.text("ask.foreign"))
        return None
    files = inquiries.files_of(turn.session, asked)
    about = {file.obligation_id for file in files if file.obligation_id is not None}
    rows = [row for each in sorted(about) if (row := obligations.get(turn.session, each)) is not None][:1]
    named = f"H{asked.id}"
    return Asked(rows, [_beside(turn, file) for file in files], named, _start(meant.rest), named, asked.agency_id)


def _beside(turn: Turn, file: Evidence) -> Seen:
    came = came_with(turn.session, turn.office, file)
    return Seen(file, file.obligation_id or 0, came.words, came.of)


def _start(rest: str) -> int:
    """From which place on files are shown, counted from nought."""
    match = FROM.search(rest)
    return max(int(match[1]), 1) - 1 if match else 0


def _show(turn: Turn, asked: Asked, code: str, agency: str) -> None:
    files, count = asked.files, len(asked.files)
    start = min(asked.start, count - 1)
    shown = files[start : start + AT_ONCE]
    heading = turn.text(
        "evidence.heading",
        code=code,
        agency=agency,
        count=count,
        reference=asked.reference,
        beside=sum(1 for each in files if each.of),
        part=len(shown) < count,
        first_number=start + 1,
        last_number=start + len(shown),
    )
    turn.answer(heading, *(_why_not(turn, each.file) for each in shown if each.file.state != EvidenceState.STORED))
    for number, each in enumerate(shown, start=start + 1):
        if each.file.state == EvidenceState.STORED and each.file.id is not None:
            turn.about = each.obligation or None
            text = _caption(turn, each, number, count)
            out = [[file_buttons.take_out(turn, each.file)]] if file_buttons.may_take_out(turn, each.file) else []
            turn.post(say(text, attachment=kept.reference(each.file.id), buttons=out))
    if start + AT_ONCE < count:
        turn.about = None
        again = f"/evidence {asked.named} {start + AT_ONCE + 1}"
        buttons = [[Button(turn.text("evidence.more_button"), again)]]
        turn.answer(turn.text("evidence.more", count=count - start - AT_ONCE, command=again), buttons=buttons)


def _caption(turn: Turn, seen: Seen, number: int, count: int) -> str:
    row, file = obligations.get(turn.session, seen.obligation), seen.file
    return turn.text(
        "evidence.caption",
        code=code_of(turn.office, row) if row else "",
        number=number,
        count=count,
        name=file.name,
        person=people.named(turn.session, turn.office.agency_short, file.person_id),
        at=file.sent_at,
        of=seen.of,
        note=seen.note,
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
