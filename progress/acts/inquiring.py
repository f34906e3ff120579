"""A question in plain words goes to the compiling agency at its writer's yes; the first answer goes back, once."""

from plan import causes as rule
from progress.acts.outcomes import Outcome, ToAdmins, ToPerson, rows
from progress.acts.scene import Scene
from progress.acts.values import AnswerInquiry, Inquire
from progress.items import item_of, task_of
from progress.submit import UNDO, Statement
from store import audit, inquiries, obligations, people
from store.postings import Identity
from store.report_tables import Inquiry
from store.tables import Obligation
from words.message import Button, say

OCCASION = "inquiry"


def inquire(scene: Scene, act: Inquire) -> Outcome:
    """Keeps the question and puts it to every admin."""
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
    sent = office.text("inquiry.sent", **_named(scene, inquiry), due=inquiry.due)
    return Outcome((say(sent),), (_to_admins(scene, inquiry),), is_over=True)


def _to_admins(scene: Scene, inquiry: Inquiry) -> ToAdmins:
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
    button = Button(office.text("reply.answer_button"), f"/reply H{inquiry.id}")
    about = row.id if row is not None else None
    return ToAdmins(text, "a question was forwarded", Identity(OCCASION, inquiry.id), about, rows([[button]]))


def _row(scene: Scene, inquiry: Inquiry) -> Obligation | None:
    """The asker's own obligation of the one task that a question names; the first of several milestones."""
    code = task_of(scene.office, inquiry.code) if "," not in inquiry.code else ""
    found = obligations.of_task(scene.session, code) if code else []
    return next((row for row in found if row.agency_id == inquiry.agency_id), None)


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
    _keep(scene, inquiry, said, "inquiry.answered")
    told = office.text("inquiry.answer_to_asker", **values, answer=said.note)
    identity = Identity("inquiry-answered", f"{inquiry.id}:{scene.now.isoformat()}")
    row = _row(scene, inquiry)
    to_asker = ToPerson(inquiry.person_id, told, "a question was answered", identity, row.id if row else None)
    arrives = people.reached_at(scene.session, inquiry.person_id, scene.actor.here.channel) is not None
    person = people.named(scene.session, office.agency_short, inquiry.person_id)
    done = office.text("inquiry.answered", **values, answer=said.note, person=person, arrives=arrives)
    back = Button(office.text("button.undo"), f"/takeback H{inquiry.id}")
    return Outcome((say(done, buttons=[[back]]),), (to_asker,), is_over=True)


def take_back(scene: Scene, number: int, said: Statement) -> Outcome | None:
    """Within ten minutes an answer was a mistake of who gave it, and the question waits again; None for others."""
    inquiry = inquiries.get(scene.session, number)
    if inquiry is None or inquiry.answered_at is None or inquiry.answered_by != scene.actor.person_id:
        return None
    if scene.now > inquiry.answered_at + UNDO:
        return None
    inquiry.answered_at, inquiry.answered_by, inquiry.answer = None, None, ""
    _keep(scene, inquiry, said, "inquiry.reopened")
    values = _named(scene, inquiry)
    told = scene.office.text("takeback.inquiry_to_asker", **values)
    identity = Identity("inquiry-reopened", f"{inquiry.id}:{said.source}")
    to_asker = ToPerson(inquiry.person_id, told, "an answer was taken back", identity, None)
    return Outcome((say(scene.office.text("takeback.inquiry", **values)),), (to_asker,), is_over=True)


def _keep(scene: Scene, inquiry: Inquiry, said: Statement, action: str) -> None:
    scene.session.add(inquiry)
    audit.record(
        scene.session, action, f"inquiry:{inquiry.id}", scene.now, via=said.via, actor=scene.actor.person_id
    )  # fmt: skip
