"""«Ý kiến của cán bộ»: who answers for an obligation says what its proof sheet has wrong; an admin answers in seven
working days, and both stand in the sheet."""

from plan import causes as rule
from progress import recipients
from progress.about_files import about, went_along
from progress.acts.deciding import named
from progress.acts.outcomes import Outcome, ToAdmins, ToPerson, rows
from progress.acts.remarking import typed
from progress.acts.scene import Scene
from progress.acts.values import AnswerComment, Comment
from progress.submit import UNDO, Statement, loose_files
from store import audit, files_about, obligations, opinions, people
from store.audit_actions import Action
from store.postings import Identity
from store.report_tables import Opinion
from store.tables import Obligation
from words.message import Button, say
from words.office import Office


def comment(scene: Scene, act: Comment, row: Obligation) -> Outcome:
    """Keeps the words, which are asked for where they are missing; every admin is asked for an answer."""
    said, office, names = act.said, scene.office, named(scene, row)
    if not said.note:
        return Outcome((say(office.text("opinion.words", **names)),), waits=act)
    due = rule.answer_by(office.calendar, office.today(scene.now))
    opinion = opinions.add(
        scene.session,
        Opinion(
            obligation_id=act.obligation,
            person_id=said.person_id,
            at=said.at,
            source=said.source,
            via=said.via,
            words=said.note,
            due=due,
        ),
    )
    files_about.give_to_opinion(scene.session, loose_files(scene.session, said), opinion)
    files = files_about.of_opinion(scene.session, opinion.id or 0)
    kept = office.text("evidence.kept_with_it", reference=f"Y{opinion.id}") if files else ""
    reply = office.text(
        "opinion.kept", **names, words=opinion.words, due=opinion.due, compiler=office.compiler_name,
        typed=typed(scene, row),
    )  # fmt: skip
    said_here = say(reply, kept, about(scene.session, office, files), buttons=[[_back(office, opinion)]])
    return Outcome((said_here,), (_to_admins(scene, opinion, row, with_files=bool(files)),))


def _to_admins(scene: Scene, opinion: Opinion, row: Obligation, *, with_files: bool) -> ToAdmins:
    text = scene.office.text(
        "opinion.to_admin",
        **named(scene, row),
        reference=f"Y{opinion.id}",
        person=people.named(scene.session, scene.office.agency_short, opinion.person_id),
        at=opinion.at,
        words=opinion.words,
        due=opinion.due,
        typed=typed(scene, row),
    )
    why, identity, number = "an opinion on a proof sheet", Identity("opinion", opinion.id), f"Y{opinion.id}"
    under = [[Button(scene.office.text("reply.answer_button"), f"/reply {number}")]]
    if with_files:
        text = f"{text}\n{scene.office.text('evidence.with_it', reference=number)}"
        under.append([Button(scene.office.text("evidence.with_it_button"), f"/evidence {number}")])
    return ToAdmins(text, why, identity, row.id, rows(under), asked=True)


def answer(scene: Scene, act: AnswerComment) -> Outcome:
    """Keeps the answer, which is asked for where it is missing, and gives it to who said it and to the agency."""
    office, said = scene.office, act.said
    opinion = opinions.get(scene.session, act.opinion)
    row = obligations.get(scene.session, opinion.obligation_id) if opinion is not None else None
    if opinion is None or row is None:
        return Outcome((say(office.text("opinion.unknown", reference=f"Y{act.opinion}")),))
    values = named(scene, row) | {"reference": f"Y{opinion.id}", "words": opinion.words}
    if opinion.answered_at is not None:
        by = people.named(scene.session, office.agency_short, opinion.answered_by or 0)
        text = office.text("opinion.answered_before", **values, person=by, at=opinion.answered_at)
        return Outcome((say(text),), about=row.id, is_over=True)
    if not said.note:
        return Outcome((say(office.text("opinion.answer", **values)),), waits=act, about=row.id)
    opinion.answered_at, opinion.answered_by, opinion.answer = scene.now, scene.actor.person_id, said.note
    scene.session.add(opinion)
    audit.record(
        scene.session, Action.OPINION_ANSWERED, f"obligation:{row.id}", scene.now, via=said.via,
        actor=scene.actor.person_id, opinion=opinion.id,
    )  # fmt: skip
    files = loose_files(scene.session, said)
    files_about.give_to_opinion(scene.session, files, opinion)
    kept, read = went_along(scene.session, office, files, f"Y{opinion.id}", f"Y{opinion.id}")
    told = office.text(
        "opinion.answer_to_officer", **values, answer=said.note, compiler=office.compiler_name, typed=typed(scene, row)
    )
    hear = recipients.of_answer(scene.session, row.agency_id, opinion.person_id, office.today(scene.now))
    identity = Identity("opinion-answered", f"{opinion.id}:{scene.now.isoformat()}")
    notices = tuple(ToPerson(each, told + read, "an opinion was answered", identity, row.id) for each in hear)
    done = say(office.text("opinion.answered", **values, answer=said.note), kept, buttons=[[_back(office, opinion)]])
    return Outcome((done,), notices, about=row.id, is_over=True)


def _back(office: Office, opinion: Opinion) -> Button:
    """What takes an opinion, or the answer to it, back."""
    return Button(office.text("button.undo"), f"/takeback Y{opinion.id}")


def take_back(scene: Scene, number: int, said: Statement) -> Outcome | None:
    """Within ten minutes: an opinion that has no answer by whose it is, an answer by who gave it; None for others.

    An opinion that was taken back stays in the sheet, answered by that it was.
    """
    opinion = opinions.get(scene.session, number)
    row = obligations.get(scene.session, opinion.obligation_id) if opinion is not None else None
    if opinion is None or row is None:
        return None
    mine = scene.actor.person_id
    if opinion.answered_at is None:
        fresh = opinion.person_id == mine and scene.now <= opinion.at + UNDO
        return _unsay(scene, opinion, row, said) if fresh else None
    fresh = opinion.answered_by == mine != opinion.person_id and scene.now <= opinion.answered_at + UNDO
    return _unanswer(scene, opinion, row, said) if fresh else None


def _unsay(scene: Scene, opinion: Opinion, row: Obligation, said: Statement) -> Outcome:
    values = named(scene, row) | {"reference": f"Y{opinion.id}"}
    note = scene.office.speaking(None).text("takeback.opinion_note")
    opinion.answered_at, opinion.answered_by, opinion.answer = scene.now, scene.actor.person_id, note
    _keep(scene, opinion, row, said, Action.OPINION_TAKEN_BACK)
    told = scene.office.text("takeback.opinion_to_admin", **values)
    notice = ToAdmins(told, "an opinion was taken back", Identity("unsaid", opinion.id), row.id)
    return Outcome((say(scene.office.text("takeback.opinion", **values)),), (notice,), about=row.id, is_over=True)


def _unanswer(scene: Scene, opinion: Opinion, row: Obligation, said: Statement) -> Outcome:
    values = named(scene, row) | {"reference": f"Y{opinion.id}"}
    opinion.answered_at, opinion.answered_by, opinion.answer = None, None, ""
    _keep(scene, opinion, row, said, Action.OPINION_REOPENED)
    told = scene.office.text("takeback.answer_to_officer", **values)
    hear = recipients.of_answer(scene.session, row.agency_id, opinion.person_id, scene.office.today(scene.now))
    identity = Identity("opinion-reopened", f"{opinion.id}:{said.source}")
    notices = tuple(ToPerson(each, told, "an answer was taken back", identity, row.id) for each in hear)
    return Outcome((say(scene.office.text("takeback.answer", **values)),), notices, about=row.id, is_over=True)


def _keep(scene: Scene, opinion: Opinion, row: Obligation, said: Statement, action: Action) -> None:
    scene.session.add(opinion)
    actor = scene.actor.person_id
    audit.record(
        scene.session, action, f"obligation:{row.id}", scene.now, via=said.via, actor=actor, opinion=opinion.id
    )
