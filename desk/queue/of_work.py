"""Cards about work: answers, requests, difficulties, opinions, words that were not clear, lateness to be judged."""

from desk import list_links
from desk.desk import Asked
from desk.queue.card import CONFIRMS, RETURNS, Card, Form, files_line
from plan.status import Judgement
from progress import moments, review
from progress.acts import blockage, clarifying, deciding, judging
from progress.acts.scene import Scene
from progress.items import code_of, item_of
from progress.waiting import Waiting
from store import files_about, people
from store.answer_tables import Request, Submission, Unclear
from store.report_tables import Opinion
from store.tables import Obligation, ObligationEvent
from store.types import RequestKind


def card(asked: Asked, waits: Waiting, row: Obligation) -> Card:
    """The card of something about an obligation."""
    match waits.thing:
        case Submission() as found:
            said, quote, files, forms = _answer(asked, row, found)
        case Request() as found:
            said, quote, files, forms = _request(asked, waits, found)
        case ObligationEvent() as found:
            said, quote, files, forms = _blocked(asked, row, found)
        case Opinion() as found:
            said, quote, files, forms = _opinion(asked, found)
        case Unclear() as found:
            said, quote, files, forms = _unclear(asked, row, found)
        case _:
            said, quote, files, forms = _flagged(asked, row)
    forms = forms if _decides(asked, waits, row) else ()
    item = item_of(asked.office, row)
    main = next((each for each in forms if each.is_main and not each.label and not each.choice), None)
    return Card(
        name=waits.name,
        kind=waits.kind,
        heading=f"{code_of(asked.office, row)} – {asked.office.agency_short(row.agency_id)}",
        title=item.task.title if item else "",
        link=list_links.of_task(row.id or 0),
        said=said,
        quote=quote,
        files=files,
        forms=forms,
        many=main.act if main is not None else "",
        number=int(main.fields[0][1]) if main is not None else 0,
    )


Parts = tuple[str, str, str, tuple[Form, ...]]
"""What is said of it, whose words are quoted, which files came along, what may be done."""


def _decides(asked: Asked, waits: Waiting, row: Obligation) -> bool:
    """Whether the viewer is offered what can be done: about an answer a head too; about the rest an admin."""
    if not isinstance(waits.thing, Submission):
        return asked.viewer.is_admin
    return deciding.may_decide(Scene(asked.session, asked.office, asked.viewer.actor, asked.now), row)


def _answer(asked: Asked, row: Obligation, found: Submission) -> Parts:
    in_time = moments.in_time(asked.session, asked.office, row, found.at).in_time
    said = asked.t("desk.queue_said", person=_who(asked, found.person_id), at=found.at, in_time=in_time, due=row.due)
    about = (("submission", str(found.id)),)
    forms = (
        Form("confirm", asked.t("button.confirm"), about, key=CONFIRMS),
        Form("return", asked.t("button.return"), about, asked.t("desk.reason"), wanted=True, key=RETURNS),
    )
    return said, found.note, files_line(asked, review.proofs(asked.session, found)), forms


def _request(asked: Asked, waits: Waiting, found: Request) -> Parts:
    said = asked.t(
        "desk.queue_request",
        person=_who(asked, found.person_id),
        at=found.asked_at,
        what=asked.t(f"request.kind_{found.kind}"),
        wanted=found.wanted,
        due=waits.row.due if waits.row else None,
        late=found.late,
        last=waits.due,
    )
    about = (("request", str(found.id)),)
    is_cause = found.kind == RequestKind.CAUSE
    label = asked.t("desk.queue_ruled") if is_cause else ""
    forms = (
        Form("grant", asked.t("request.grant_button"), about, label, wanted=is_cause, key=CONFIRMS),
        Form("refuse", asked.t("request.refuse_button"), about, label or asked.t("desk.reason"), True, key=RETURNS),
    )
    return said, found.reason, files_line(asked, files_about.of_request(asked.session, found.id or 0)), forms


def _blocked(asked: Asked, row: Obligation, event: ObligationEvent) -> Parts:
    found = blockage.difficulty(asked.session, row)
    said = asked.t(
        "desk.queue_blocked",
        person=_who(asked, event.person_id or 0),
        at=event.at,
        days=(asked.office.today(asked.now) - asked.office.today(event.at)).days,
        since=found.taken_at if found else None,
    )
    about = (("obligation", str(row.id)),)
    answer = Form("answer-block", asked.t("reply.answer_button"), about, asked.t("desk.words"), True, key=RETURNS)
    if found is not None and found.taken_at is not None:
        return said, event.note, "", (answer,)
    return said, event.note, "", (Form("take-up", asked.t("reply.taken_button"), about, key=CONFIRMS), answer)


def _opinion(asked: Asked, found: Opinion) -> Parts:
    said = asked.t("desk.queue_opinion", person=_who(asked, found.person_id), at=found.at, last=found.due)
    about = (("opinion", str(found.id)),)
    form = Form("answer-opinion", asked.t("reply.answer_button"), about, asked.t("desk.words"), True, key=RETURNS)
    return said, found.words, "", (form,)


def _unclear(asked: Asked, row: Obligation, found: Unclear) -> Parts:
    said = asked.t("desk.queue_unclear", person=_who(asked, found.person_id), at=found.at)
    choices = tuple((each, clarifying.label(asked.office, found, each)) for each in clarifying.offered(found, row))
    form = Form(
        "clarify", asked.t("desk.queue_record"), (("unclear", str(found.id)),), choice="meaning", choices=choices
    )
    return said, found.note, "", (form,)


def _flagged(asked: Asked, row: Obligation) -> Parts:
    about, basis = (("obligation", str(row.id)),), asked.t("desk.queue_basis")
    forms = (
        Form("judge-in-time", asked.t("flag.in_time"), about, basis, True, key=CONFIRMS),
        Form("judge-late", asked.t("flag.late"), about, basis, True, key=RETURNS),
    )
    given = judging.date_of(asked.office, row, Judgement.IN_TIME, asked.office.today(asked.now))
    return asked.t("desk.queue_flagged", at=row.done_at, due=row.due, given=given), "", "", forms


def _who(asked: Asked, person: int) -> str:
    return people.named(asked.session, asked.office.agency_short, person)
