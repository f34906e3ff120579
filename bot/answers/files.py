"""/gotep and /kemtep: a file that is wrong is taken out, and files that were kept go to the answers they prove."""

import re
from collections.abc import Sequence

from bot import reference
from bot.carry_out import carry_out
from bot.reading import file_buttons
from bot.reference import Reference
from bot.turn import Turn
from bot.which import owed
from plan.people import Role
from progress.acts.values import PlaceFiles, TakeOut
from store import deliveries, files_about, loose, obligations, submissions
from store.answer_tables import Evidence, Submission
from store.tables import Obligation
from store.types import EvidenceState

NUMBER = re.compile(r"^T?(\d{1,12})(?!\w)\s*(.*)$", re.DOTALL | re.IGNORECASE)
PRESSED = re.compile(r"^((?:#\d{1,12}\+?)+) (\d{1,12})-(\d{1,12})$")
SHOWN = 8
LABEL = 30


def take_out(turn: Turn, rest: str) -> bool:
    """/takeout T12 gửi nhầm; without a number the files are shown that may be meant: of a reply, of 2b, or the last."""
    match = NUMBER.match(rest.strip())
    if match is not None:
        return carry_out(turn, TakeOut(owed.said_now(turn, match[2].strip()), int(match[1]))).is_over
    files = [each for each in _meant(turn, rest) if each.state != EvidenceState.REMOVED][-SHOWN:]
    if not files:
        turn.answer(turn.text("takeout.none"))
        return False
    turn.answer(
        turn.text("takeout.which"), buttons=[[file_buttons.take_out(turn, each, with_name=True)] for each in files]
    )
    return False


def _meant(turn: Turn, rest: str) -> Sequence[Evidence]:
    """The files of the answer that is replied to or named, otherwise what is loose and the newest answer's."""
    replied = turn.incoming.reply_to
    row = deliveries.by_message(turn.session, turn.incoming.channel, turn.incoming.chat, replied) if replied else None
    answer = submissions.get(turn.session, row.submission_id) if row is not None and row.submission_id else None
    meant = reference.read(turn.office, rest)
    if meant.request or meant.opinion:
        return _own(turn, _of_number(turn, meant))
    if answer is None and meant.code is not None:
        answer = _newest(turn, meant)
        beside = files_about.of_obligations(turn.session, [row.id or 0 for row in _rows(turn, meant)])
        return [*(submissions.files_of(turn.session, answer.id or 0) if answer is not None else ()), *beside]
    if answer is None:
        answer = submissions.latest_of(turn.session, turn.person_id)
    own = submissions.files_of(turn.session, answer.id or 0) if answer is not None else ()
    return [*own, *loose.of(turn.session, turn.person_id)]


def _of_number(turn: Turn, meant: Reference) -> Sequence[Evidence]:
    """What came with a request (R12) or an opinion (Y3)."""
    if meant.request:
        return files_about.of_request(turn.session, meant.request)
    return files_about.of_opinion(turn.session, meant.opinion or 0)


def _own(turn: Turn, files: Sequence[Evidence]) -> Sequence[Evidence]:
    """Those of some files that this person may take out."""
    return [each for each in files if file_buttons.may_take_out(turn, each)]


def _rows(turn: Turn, meant: Reference) -> Sequence[Obligation]:
    """What is named, of the person's agencies, or of the one that an admin names."""
    named = [meant.agency] if meant.agency is not None and Role.ADMIN in turn.roles else turn.agencies
    rows = obligations.of_task(turn.session, meant.code or "")
    return [row for row in rows if row.agency_id in named and meant.covers(row)]


def _newest(turn: Turn, meant: Reference) -> Submission | None:
    """The newest standing answer for what is named."""
    found = [submissions.standing_of(turn.session, row.id or 0) for row in _rows(turn, meant)]
    return max((each for each in found if each is not None), key=lambda each: each.id or 0, default=None)


def attach(turn: Turn, rest: str) -> bool:
    """/attach 2b, /attach 2b, 4c: what is loose goes to their answers; a button names rows and the files."""
    if (match := PRESSED.match(rest.strip())) is not None:
        rows = tuple(int(each) for each in re.findall(r"\d+", match[1]))
        files = tuple(range(int(match[2]), min(int(match[3]), int(match[2]) + 99) + 1))
        return carry_out(turn, PlaceFiles(owed.said_now(turn, ""), rows, files)).is_over
    ids = tuple(each.id for each in loose.of(turn.session, turn.person_id) if each.id is not None)
    if not ids:
        turn.answer(turn.text("place.nothing"))
        return False
    found: list[int] = []
    for part in re.split(r"[,;]", rest):
        meant = reference.read(turn.office, part)
        answer = _newest(turn, meant) if meant.code is not None else None
        if answer is None:
            turn.answer(turn.text("place.no_answer", tasks=[meant.code]) if meant.code else turn.text("place.which"))
            return False
        found.append(answer.obligation_id)
    return carry_out(turn, PlaceFiles(owed.said_now(turn, ""), tuple(found), ids)).is_over
