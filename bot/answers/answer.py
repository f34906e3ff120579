"""Officers answer: done, progress, blocked. A command, a caption, a reply, a button and plain words meet here."""

import re
from collections.abc import Callable, Mapping

from bot.answers import acknowledgement, contribution, correct, on_behalf, products, requests, snooze
from bot.answers import nothing as none_arose
from bot.decide import blockage
from bot.reading import tasks
from bot.turn import Turn
from bot.which import owed
from plan.people import Role
from plan.status import ANSWERED, SET_ASIDE, EventKind, State
from progress import product, submit
from progress.choose import in_order
from progress.confirmation import files_in_words, refused_in_words
from progress.items import code_of, item_of
from progress.submit import LASTING, Said
from store import obligations, submissions
from store.people_tables import Address
from store.postings import Identity, notice
from store.tables import Obligation, Submission
from words import codes
from words.message import Button
from words.nothing import nothing_arose

# A bare number is a share of the work when it looks like one: "60 lấy ý kiến", but not "2 xã đã nộp".
PERCENT = re.compile(r"^(?:(\d{1,3})\s*%|([1-9][05]|100))(?:\s+|$)(.*)$", re.DOTALL)

# What else is said about one obligation; each finds it, and asks for it, as an answer does.
OTHERS: Mapping[str, Callable[[Turn, Obligation, Said], None]] = {
    "extend": requests.extend,
    "notours": requests.not_ours,
    "undo": correct.undo_of,
    "correct": correct.correct,
    "snooze": snooze.snooze,
}


def done(turn: Turn, rest: str) -> None:
    """/done 2b [note], with or without files."""
    _act_on(turn, "done", rest)


def progress(turn: Turn, rest: str) -> None:
    """/progress 2b 60 lấy ý kiến các xã."""
    _act_on(turn, "progress", rest)


def blocked(turn: Turn, rest: str) -> None:
    """/blocked 2b thiếu kinh phí."""
    _act_on(turn, "blocked", rest)


def acknowledge(turn: Turn, rest: str) -> None:
    """/acknowledge 2b: the work was received, and is not done yet."""
    _act_on(turn, "acknowledge", rest)


def nothing(turn: Turn, rest: str) -> None:
    """/nothing 2g: nothing arose."""
    _act_on(turn, "nothing", rest)


def about(verb: str) -> Callable[[Turn, str], None]:
    """The command of one of the OTHERS: /extend 2b 15/02 lý do."""

    def run(turn: Turn, rest: str) -> None:
        _act_on(turn, verb, rest)

    return run


def _act_on(turn: Turn, verb: str, rest: str) -> None:
    if verb == "done" and (named := on_behalf.named(turn, rest)) is not None and named[0] not in turn.agencies:
        _done_on_behalf(turn, *named)
        return
    if verb == "done" and nothing_arose(codes.read(rest, turn.office.codes()).rest):
        verb = "nothing"
    if not turn.agencies:
        turn.answer(turn.text("behalf.how" if Role.ADMIN in turn.roles else "error.no_agency"))
        return
    if (waiting := _code_for_kept(turn, verb, rest)) is not None:
        _with_code(turn, verb, rest, waiting)
        return
    found = owed.find(turn, verb, rest, contribution.take)
    if found is not None:
        row, said, _ = found
        act(turn, verb, row, said)


def _done_on_behalf(turn: Turn, agency: str, code: str, number: int | None, note: str) -> None:
    found = on_behalf.find(turn, agency, code, number, note)
    if found is None:
        return
    row, said = found
    known = submissions.by_source(turn.session, said.source) is not None
    act(turn, "done", row, said)
    if not known and submissions.by_source(turn.session, said.source) is not None:
        on_behalf.tell_agency(turn, row, said)


def _code_for_kept(turn: Turn, verb: str, rest: str) -> Said | None:
    """A photo came without a code, and now "/done 2b" comes without a photo: they belong together."""
    question = turn.question("target")
    if verb != "done" or question is None or turn.files or turn.incoming.reply_to or owed.BY_ID.match(rest):
        return None
    kept = owed.said_before(question.data, turn.person_id)
    loose = submissions.loose_files(turn.session, turn.person_id, kept.files) if kept.files else []
    return kept if loose and question.data["verb"] == "done" else None


def _with_code(turn: Turn, verb: str, rest: str, kept: Said) -> None:
    found = owed.find(turn, verb, rest, contribution.take)
    if found is None:
        # A question was put anew; what was kept goes on with it.
        if (question := turn.question("target")) is not None:
            note = " ".join(filter(None, (kept.note, question.data["note"])))
            turn.ask("target", {**question.data, **owed.held(kept), "note": note})
        return
    row, said, _ = found
    turn.settle_question()
    note = " ".join(filter(None, (kept.note, said.note)))
    act(turn, verb, row, Said(kept.person_id, kept.at, kept.source, kept.via, note, kept.album, kept.files))


def act(turn: Turn, verb: str, row: Obligation, said: Said) -> None:
    """Does what was asked for one obligation; the person is of its agency."""
    turn.about = row.id
    if row.state in (State.CLOSED, State.RETIRED):
        turn.answer(turn.text("done.closed", code=row.task))
        return
    if row.state in SET_ASIDE:
        compiler = turn.office.compiler_name
        turn.answer(
            turn.text("done.set_aside", code=row.task, state=turn.text(f"state.{row.state}"), compiler=compiler)
        )
        return
    if verb in OTHERS:
        OTHERS[verb](turn, row, said)
        return
    if verb == "nothing" or (verb == "done" and nothing_arose(said.note)):
        if (accepted := none_arose.accepted(turn, row, said)) is not None:
            _done(turn, row, accepted)
        return
    match verb:
        case "done":
            _done(turn, row, said)
        case "progress":
            _progress(turn, row, said)
        case "acknowledge":
            acknowledgement.record(turn, row, said)
        case _:
            _blocked(turn, row, said)


def _done(turn: Turn, row: Obligation, said: Said) -> None:
    standing = submissions.standing_of(turn.session, row.id or 0)
    if submissions.by_source(turn.session, said.source) is not None:
        # The same message again is passed over; an answer to a question that an edit made idle is not.
        if said.source != turn.source:
            turn.hint(turn.text("ask.answered"))
        return
    adds = row.state in ANSWERED or (
        row.kind in LASTING
        and standing
        and not standing.nothing_arose
        and turn.office.today(standing.at) == turn.office.today(said.at)
    )
    if adds and standing is not None:
        _supplement(turn, row, standing, said)
        return
    on_behalf = row.agency_id not in turn.agencies
    submit.submit(turn.session, turn.office, said, row, _here(turn), turn.now, on_behalf=on_behalf)
    turn.spent = True


def _here(turn: Turn) -> Address:
    """The confirmation goes to the chat in which the answer was given."""
    assert turn.address is not None
    return Address(
        person_id=turn.person_id,
        channel=turn.incoming.channel,
        user=turn.incoming.user,
        chat=turn.incoming.chat,
        linked_at=turn.address.linked_at,
    )


def _supplement(turn: Turn, row: Obligation, standing: Submission, said: Said) -> None:
    agency = turn.office.agency_name(row.agency_id)
    code = code_of(turn.office, row)
    # A file that an earlier message already gave to this answer is not counted again.
    before = {file.id for file in submissions.files_of(turn.session, standing.id or 0)}
    if not submit.supplement(turn.session, turn.office, said, standing, row, turn.now) and not said.note:
        undo = [[Button(turn.text("button.undo"), f"/undo {standing.id}")]] if _can_undo(turn, standing) else []
        turn.hint(turn.text("done.already", code=code, agency=agency, at=standing.at), buttons=undo)
        turn.spent = True
        return
    new = [file for file in submissions.files_of(turn.session, standing.id or 0) if file.id not in before]
    files = files_in_words(turn.office, new)
    turn.answer(
        turn.text("done.supplemented", code=code, agency=agency, at=standing.at, files=files, album=said.album),
        product.line(turn.office, standing) if product.is_named(said.note) else "",
        refused_in_words(turn.office, new),
    )


def _can_undo(turn: Turn, submission: Submission) -> bool:
    return submission.person_id == turn.person_id and turn.now <= submission.recorded_at + submit.UNDO


def _progress(turn: Turn, row: Obligation, said: Said) -> None:
    agency = turn.office.agency_name(row.agency_id)
    if row.state in ANSWERED:
        turn.answer(turn.text("progress.done_already", code=row.task, agency=agency))
        return
    note = said.note
    if match := PERCENT.match(note):
        note = f"{match[1] or match[2]} %" + (f" – {match[3].strip()}" if match[3].strip() else "")
    note = note or turn.text("progress.default")
    files = submissions.loose_files(turn.session, turn.person_id, said.files) if said.files else []
    if note_files := files_in_words(turn.office, files):
        note = f"{note} ({note_files})"
    obligations.record(
        turn.session, row, EventKind.PROGRESSED, said.at, turn.now, via=said.via, person_id=turn.person_id, note=note
    )
    turn.answer(
        turn.text("progress.recorded", code=row.task, agency=agency, note=note), refused_in_words(turn.office, files)
    )


def _blocked(turn: Turn, row: Obligation, said: Said) -> None:
    if row.state in ANSWERED:
        agency = turn.office.agency_name(row.agency_id)
        turn.answer(turn.text("progress.done_already", code=row.task, agency=agency))
        return
    if not said.note:
        turn.ask("reason", {"obligation": row.id})
        turn.answer(turn.text("ask.reason", code=row.task))
        return
    obligations.record(
        turn.session, row, EventKind.BLOCKED, said.at, turn.now, via=said.via, person_id=turn.person_id, note=said.note
    )
    agency, compiler = turn.office.agency_name(row.agency_id), turn.office.compiler_name
    turn.answer(turn.text("blocked.recorded", code=row.task, agency=agency, compiler=compiler, note=said.note))
    _tell_admins(turn, row, said, agency)


def _tell_admins(turn: Turn, row: Obligation, said: Said, agency: str) -> None:
    item = item_of(turn.office, row)
    text = turn.text(
        "blocked.to_admin",
        code=row.task,
        agency=agency,
        title=item.task.short(100) if item else "",
        person=turn.person.name if turn.person else "",
        at=said.at,
        note=said.note,
    )
    identity = Identity(blockage.NOTICE, said.source)
    turn.tell_admins(notice(identity, text, "an obligation is blocked", blockage.buttons(turn, row), about=row.id))


def pick(turn: Turn, rest: str) -> None:
    """A button under a question: /pick #57, or /pick progress #57."""
    verb, _, reference = rest.rpartition(" ")
    question = turn.question("target")
    match = owed.BY_ID.match(reference)
    turn.spent = True
    if question is None or match is None:
        turn.hint(turn.text("ask.answered"))
        return
    row = obligations.get(turn.session, int(match[1]))
    if row is None or row.agency_id not in turn.agencies:
        turn.hint(turn.text("ask.foreign"))
        return
    turn.settle_question()
    act(turn, verb or question.data["verb"], row, owed.said_before(question.data, turn.person_id))


def plain(turn: Turn, text: str) -> None:
    """A text that names no command: a code that was asked for, a reply to a reminder, files alone."""
    if products.completes(turn, text, act):
        return
    typed = codes.read(text, turn.office.codes())
    if (question := turn.question("target")) and not turn.files and (typed.code or typed.wanted):
        _with_code(turn, question.data["verb"], text, owed.said_before(question.data, turn.person_id))
    elif turn.files:
        _act_on(turn, "done", text)
    elif turn.incoming.reply_to and (found := owed.replied_to(turn)):
        _ask_what(turn, in_order(turn.office, found, turn.now), text)
    elif typed.wanted.isdigit():
        _act_on(turn, "done", text)
    elif typed.code is not None and not typed.rest:
        tasks.detail(turn, text)
    else:
        turn.answer(turn.text("error.not_understood"))


def _ask_what(turn: Turn, found: list[Obligation], text: str) -> None:
    """A reply in plain words to a reminder: what about it? The words are kept."""
    said = owed.said_now(turn, text)
    if len(found) > 1:
        owed.ask(turn, "progress", said, turn.text("ask.which"), options=found)
        return
    row = found[0]
    verbs = ("done", "progress", "blocked")
    buttons = [[Button(turn.text(f"button.{verb}"), f"/pick {verb} #{row.id}") for verb in verbs]]
    owed.ask(turn, "progress", said, turn.text("ask.what", code=row.task), buttons=buttons)
