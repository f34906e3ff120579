"""Officers answer: done, nothing arose, progress, blocked."""

import re
from collections.abc import Sequence
from dataclasses import replace

from plan.joint import is_joint, members
from plan.status import ANSWERED, EventKind
from progress import confirmation, moments, placing, product, recipients, submit
from progress.about_files import about
from progress.acts.outcomes import Notice, Outcome, ToAdmins, ToPerson, rows
from progress.acts.scene import Scene
from progress.acts.values import Blocked, Done, Nothing, Progress
from progress.choose import RECURRING
from progress.items import code_of, item_of
from progress.submit import LASTING, Statement
from store import duty, obligations, people, submissions
from store.answer_tables import Evidence, Submission
from store.obligations import NewEvent
from store.postings import Identity
from store.tables import Obligation
from words.message import Button, say
from words.nothing import nothing_arose

# A bare number is a share of the work when it looks like one: "60 lấy ý kiến", but not "2 xã đã nộp".
PERCENT = re.compile(r"^(?:(\d{1,3})\s*%|([1-9][05]|100))(?:\s+|$)(.*)$", re.DOTALL)
# The occasion of the notice about what blocks: who replies to it answers it.
BLOCKED_NOTICE = "blocked"


def nothing(scene: Scene, act: Nothing, row: Obligation) -> Outcome:
    """Nothing arose: a full answer to a duty that comes again, and none to work that has a day and a product."""
    office, said = scene.office, act.said
    agency, code = office.agency_name(row.agency_id), code_of(office, row)
    if row.kind not in RECURRING:
        return _say(scene, "nothing.refused", code=code, compiler=office.compiler_name)
    if row.state in ANSWERED:
        return _say(scene, "progress.done_already", code=code, agency=agency)
    standing = submissions.standing_of(scene.session, row.id or 0)
    if standing and standing.nothing_arose and office.today(standing.at) == office.today(said.at):
        return _say(scene, "nothing.already", code=code, agency=agency, at=standing.at)
    word = office.text("nothing.note")
    note = (said.note or word) if not said.note or nothing_arose(said.note) else f"{word}: {said.note}"
    return _record(scene, replace(said, note=note, nothing_arose=True), row)


def done(scene: Scene, act: Done, row: Obligation) -> Outcome:
    """Done, or an answer that stands gets more words and files; "không phát sinh" is its own answer."""
    if nothing_arose(act.said.note):
        return nothing(scene, Nothing(act.said, act.obligation), row)
    return _record(scene, gathered(scene, act.said), row)


def gathered(scene: Scene, said: Statement) -> Statement:
    """With the files that who says it has sent since their last answer.

    An admin's word takes none of somebody else, and of several answers in one message none takes them unasked.
    """
    if scene.together or said.person_id != scene.actor.person_id:
        return said
    return placing.gathered(scene.session, said, scene.now)


def _record(scene: Scene, said: Statement, row: Obligation) -> Outcome:
    session, office = scene.session, scene.office
    standing = submissions.standing_of(session, row.id or 0)
    if submissions.by_source(session, said.source) is not None:
        return Outcome((say(office.text("ask.answered")),), aside=True, repeated=True)
    adds = row.state in ANSWERED or (
        row.kind in LASTING
        and standing
        and not standing.nothing_arose
        and office.today(standing.at) == office.today(said.at)
    )
    if adds and standing is not None:
        return _supplement(scene, said, row, standing)
    on_behalf = row.agency_id not in scene.actor.agencies
    made = submit.submit(
        session, office, said, row, scene.actor.here, scene.now, on_behalf=on_behalf, confirmed=not scene.together
    )
    moments.put_in_question(session, office, row, made, said.began, scene.now)
    # Beside others it is said here, with them.
    item = item_of(office, row) if scene.together else None
    replies = (confirmation.short(session, office, item, made),) if item else ()
    told = _to_agency(scene, said, row) if on_behalf else _to_others(scene, said, row)
    return Outcome(replies, notices=told, is_over=True)


def _to_others(scene: Scene, said: Statement, row: Obligation) -> tuple[Notice, ...]:
    """Who owes a result together with others hears once that one of them has answered for all."""
    if not is_joint(row.agency_id):
        return ()
    me = duty.phone_of(scene.session, scene.actor.person_id)
    own = set(people.agencies_of(scene.session, me))
    text = scene.office.text(
        "joint.answered",
        code=code_of(scene.office, row),
        person=people.named(scene.session, scene.office.agency_short, scene.actor.person_id),
        at=said.at,
        note=said.note,
    )
    hearers = dict.fromkeys(
        person
        for person, agency in recipients.who_hear(scene.session, scene.office.today(scene.now))
        if agency in members(row.agency_id) and agency not in own and person != me
    )
    why = "one of several agencies answered for all"
    return tuple(ToPerson(each, text, why, Identity("joint", said.source), row.id) for each in hearers)


def _to_agency(scene: Scene, said: Statement, row: Obligation) -> tuple[Notice, ...]:
    """The agency's officers hear once what was recorded in their place."""
    text = scene.office.text(
        "behalf.told",
        compiler=scene.office.compiler_name,
        code=code_of(scene.office, row),
        agency=scene.office.agency_name(row.agency_id),
        at=said.at,
        note=said.note,
    )
    why = "an admin answered in the agency's place"
    return tuple(
        ToPerson(person, text, why, Identity("behalf", said.source), row.id)
        for person, agency in recipients.who_hear(scene.session, scene.office.today(scene.now))
        if agency == row.agency_id and person != scene.actor.person_id
    )


def _supplement(scene: Scene, said: Statement, row: Obligation, standing: Submission) -> Outcome:
    session, office = scene.session, scene.office
    agency, code = office.agency_name(row.agency_id), code_of(office, row)
    # A file that an earlier message already gave to this answer is not counted again.
    before = {file.id for file in submissions.files_of(session, standing.id or 0)}
    if not submit.supplement(session, office, said, standing, row, scene.now) and not said.note:
        text = office.text("done.already", code=code, agency=agency, at=standing.at)
        undo = Button(office.text("button.undo"), f"/undo {standing.id}")
        return Outcome((say(text, buttons=[[undo]] if _can_undo(scene, standing) else []),), is_over=True, aside=True)
    new = [file for file in submissions.files_of(session, standing.id or 0) if file.id not in before]
    files = placing.since_in_words(office, new, scene.now)
    message = say(
        office.text("done.supplemented", code=code, agency=agency, at=standing.at, files=files),
        product.line(office, standing) if product.is_named(said.note) else "",
        about(session, office, new, cut=_is_cut(scene, said, new)),
    )
    return Outcome((message,))


def _is_cut(scene: Scene, said: Statement, files: Sequence[Evidence]) -> bool:
    return placing.is_cut_album(files, said.album, in_group=scene.actor.here.in_group)


def _can_undo(scene: Scene, submission: Submission) -> bool:
    until = submit.undo_until(submission.recorded_at, submission.via)
    return duty.is_same_hand(scene.session, submission.person_id, scene.actor.person_id) and scene.now <= until


def progress(scene: Scene, act: Progress, row: Obligation) -> Outcome:
    """How far the work is, with its share in per cent where one is said."""
    session, office, said = scene.session, scene.office, act.said
    agency = office.agency_name(row.agency_id)
    if row.state in ANSWERED:
        return _say(scene, "progress.done_already", code=code_of(office, row), agency=agency)
    note = said.note
    if match := PERCENT.match(note):
        note = f"{match[1] or match[2]}%" + (f" – {match[3].strip()}" if match[3].strip() else "")
    note = note or office.text("progress.default")
    files = placing.place_about(session, said, row)
    if note_files := placing.in_words(office, files):
        note = f"{note} ({note_files})"
    obligations.record(
        session,
        row,
        NewEvent(EventKind.PROGRESSED, said.at, via=said.via, person_id=said.person_id, note=note),
        scene.now,
    )
    text = office.text("progress.recorded", code=code_of(office, row), agency=agency, note=note)
    return Outcome((say(text, about(session, office, files, cut=_is_cut(scene, said, files))),))


def blocked(scene: Scene, act: Blocked, row: Obligation) -> Outcome:
    """What blocks the work; the admins hear of it."""
    office, said = scene.office, act.said
    agency, compiler = office.agency_name(row.agency_id), office.compiler_name
    if row.state in ANSWERED:
        return _say(scene, "progress.done_already", code=code_of(office, row), agency=agency)
    if not said.note:
        return replace(_say(scene, "ask.reason", code=code_of(office, row)), waits=act)
    placing.place_about(scene.session, said, row)
    obligations.record(
        scene.session,
        row,
        NewEvent(EventKind.BLOCKED, said.at, via=said.via, person_id=said.person_id, note=said.note),
        scene.now,
    )
    text = office.text("blocked.recorded", code=code_of(office, row), agency=agency, compiler=compiler, note=said.note)
    back = Button(office.text("button.undo"), f"/takeback #{row.id}")
    return Outcome((say(text, buttons=[[back]]),), (_blocked_notice(scene, said, row, agency),))


def _blocked_notice(scene: Scene, said: Statement, row: Obligation, agency: str) -> ToAdmins:
    item, text = item_of(scene.office, row), scene.office.text
    words = text(
        "blocked.to_admin",
        code=code_of(scene.office, row),
        agency=agency,
        title=item.task.short(100) if item else "",
        person=people.named(scene.session, scene.office.agency_short, scene.actor.person_id),
        at=said.at,
        note=said.note,
    )
    buttons = [
        [
            Button(text("reply.taken_button"), f"/taken #{row.id}"),
            Button(text("reply.answer_button"), f"/reply #{row.id}"),
        ]
    ]
    identity = Identity(BLOCKED_NOTICE, said.source)
    return ToAdmins(words, "an obligation is blocked", identity, row.id, rows(buttons))


def _say(scene: Scene, key: str, **values: object) -> Outcome:
    return Outcome((say(scene.office.text(key, **values)),))
