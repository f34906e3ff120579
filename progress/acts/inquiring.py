"""A question in plain words goes to the compiling agency at its writer's yes; the first answer goes back, once."""

from collections.abc import Sequence

from plan import causes as rule
from plan.status import State
from progress import acting_files, placing
from progress.about_files import went_along
from progress.acts.outcomes import Outcome, ToAdmins, ToPerson, rows
from progress.acts.scene import Scene
from progress.acts.values import AnswerInquiry, Inquire
from progress.items import code_of, item_of, task_of
from progress.submit import UNDO, Statement, loose_files
from store import addresses, audit, inquiries, loose, obligations, people
from store.answer_tables import Evidence
from store.audit_actions import Action
from store.postings import Identity
from store.report_tables import Inquiry
from store.tables import Obligation
from words.message import Button, say

OCCASION = "inquiry"


def inquire(scene: Scene, act: Inquire) -> Outcome:
    """Keeps the question, with its files and in the history of what it is about, and puts it to every admin."""
    office, said = scene.office, act.said
    inquiry = inquiries.add(
        scene.session,
        Inquiry(
            agency_id=act.agency,
            code=act.code,
            person_id=said.person_id,
            at=said.at,
            source=said.source,
            via=said.via,
            words=said.note,
            due=rule.answer_by(office.calendar, office.today(scene.now)),
        ),
    )
    rows_of = _rows(scene, inquiry)
    for row in rows_of:
        inquiries.note_about(scene.session, inquiry, row, scene.now)
    files = _place(scene, said, rows_of)
    in_words = placing.in_words(office, files)
    sent = office.text("inquiry.sent", **_named(scene, inquiry), due=inquiry.due, files=in_words)
    return Outcome((say(sent),), (_to_admins(scene, inquiry, files),), is_over=True)


def _place(scene: Scene, said: Statement, about: Sequence[Obligation]) -> list[Evidence]:
    """The files that go along are of the work that is asked about; of none no code takes them by itself any more."""
    if about:
        return placing.place_about(scene.session, said, about[0])
    files = loose_files(scene.session, said)
    loose.leave(scene.session, files, scene.now)
    return files


def _to_admins(scene: Scene, inquiry: Inquiry, files: Sequence[Evidence]) -> ToAdmins:
    office, row = scene.office, _row(scene, inquiry)
    item = item_of(office, row) if row is not None else None
    text = office.text(
        "inquiry.to_admin",
        **_named(scene, inquiry),
        title=item.task.title if item else "",
        person=people.named(scene.session, office.agency_short, inquiry.person_id),
        at=inquiry.at,
        due=inquiry.due,
    )
    under = [[Button(office.text("reply.answer_button"), f"/reply H{inquiry.id}")]]
    if files:
        seen = office.text("evidence.with_it", reference=f"H{inquiry.id}")
        text = "\n".join(filter(None, (text, seen, acting_files.in_words(office, files))))
        under.append([Button(office.text("evidence.with_it_button"), f"/evidence H{inquiry.id}")])
    about = row.id if row is not None else None
    return ToAdmins(text, "a question was forwarded", Identity(OCCASION, inquiry.id), about, rows(under))


def _row(scene: Scene, inquiry: Inquiry) -> Obligation | None:
    """The asker's own obligation of the one task that a question names; the first of several milestones."""
    found = _rows(scene, inquiry) if "," not in inquiry.code else []
    return found[0] if found else None


def _rows(scene: Scene, inquiry: Inquiry) -> list[Obligation]:
    """The asker's own obligations of what a question names, one for each code: the first that is open."""
    found = []
    for code in filter(None, inquiry.code.split(", ")):
        task = task_of(scene.office, code)
        own = [row for row in obligations.of_task(scene.session, task) if row.agency_id == inquiry.agency_id]
        named = [row for row in own if code_of(scene.office, row) == code] or own
        found += ([row for row in named if row.state == State.OPEN] or named)[:1]
    return found


def _named(scene: Scene, inquiry: Inquiry) -> dict[str, str]:
    """A question as sentences name it."""
    return {
        "reference": f"H{inquiry.id}",
        "code": inquiry.code,
        "agency": scene.office.agency_name(inquiry.agency_id),
        "words": inquiry.words,
        "compiler": scene.office.compiler_name,
    }


def answer(scene: Scene, act: AnswerInquiry) -> Outcome:
    """Gives the first answer to who asked, with the question; whoever answers later hears who did."""
    office, said = scene.office, act.said
    inquiry = inquiries.get(scene.session, act.inquiry)
    if inquiry is None:
        return Outcome((say(office.text("inquiry.unknown", reference=f"H{act.inquiry}")),))
    values = _named(scene, inquiry)
    if inquiry.answered_at is not None:
        by = people.named(scene.session, office.agency_short, inquiry.answered_by or 0)
        text = office.text(
            "inquiry.answered_before", **values, person=by, at=inquiry.answered_at, answer=inquiry.answer
        )
        return Outcome((say(text),), is_over=True)
    if not said.note:
        return Outcome((say(office.text("inquiry.answer", **values)),), waits=act)
    inquiry.answered_at, inquiry.answered_by, inquiry.answer = scene.now, scene.actor.person_id, said.note
    files = _place(scene, said, _rows(scene, inquiry))
    _keep(scene, inquiry, said, audit.ANSWERED, files=[each.id for each in files])
    kept, read = went_along(scene.session, office, files, f"H{inquiry.id}", f"H{inquiry.id}")
    told = office.text("inquiry.answer_to_asker", **values, answer=said.note) + read
    identity = Identity("inquiry-answered", f"{inquiry.id}:{scene.now.isoformat()}")
    row = _row(scene, inquiry)
    to_asker = ToPerson(inquiry.person_id, told, "a question was answered", identity, row.id if row else None)
    arrives = addresses.reached_at(scene.session, inquiry.person_id, scene.actor.here.channel) is not None
    person = people.named(scene.session, office.agency_short, inquiry.person_id)
    done = office.text("inquiry.answered", **values, answer=said.note, person=person, arrives=arrives)
    back = Button(office.text("button.undo"), f"/takeback H{inquiry.id}")
    return Outcome((say(done, kept, buttons=[[back]]),), (to_asker,), is_over=True)


def take_back(scene: Scene, number: int, said: Statement) -> Outcome | None:
    """Within ten minutes an answer was a mistake of who gave it, and the question waits again; None for others."""
    inquiry = inquiries.get(scene.session, number)
    if inquiry is None or inquiry.answered_at is None or inquiry.answered_by != scene.actor.person_id:
        return None
    if scene.now > inquiry.answered_at + UNDO:
        return None
    inquiry.answered_at, inquiry.answered_by, inquiry.answer = None, None, ""
    _keep(scene, inquiry, said, Action.INQUIRY_REOPENED)
    values = _named(scene, inquiry)
    told = scene.office.text("takeback.inquiry_to_asker", **values)
    identity = Identity("inquiry-reopened", f"{inquiry.id}:{said.source}")
    to_asker = ToPerson(inquiry.person_id, told, "an answer was taken back", identity, None)
    return Outcome((say(scene.office.text("takeback.inquiry", **values)),), (to_asker,), is_over=True)


def _keep(scene: Scene, inquiry: Inquiry, said: Statement, action: Action, **detail: object) -> None:
    scene.session.add(inquiry)
    audit.record(
        scene.session, action, f"inquiry:{inquiry.id}", scene.now, via=said.via, actor=scene.actor.person_id, **detail
    )  # fmt: skip
