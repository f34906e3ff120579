"""Makes the confirmation of an answer at the moment it is sent, so that a whole album is counted in it."""

from datetime import date, datetime

from sqlmodel import Session

from channels.abilities import Abilities
from plan.model import Kind
from plan.status import WAITING
from progress import causes, moments, placing, product
from progress.about_files import about
from progress.choose import in_order
from progress.items import Item, item_of, label, period, product_of
from progress.open_work import in_words, open_work
from progress.submit import BY_LINK, LASTING, undo_until
from store import absences, duty, obligations, submissions
from store.answer_tables import Submission
from store.tables import Delivery, Obligation
from words.message import Button, Message, say
from words.office import Office
from words.render import clip

TITLE, WORDS = 80, 200


def make(session: Session, office: Office, row: Delivery, now: datetime, _can: Abilities) -> Message | None:
    """What was recorded, whether in time, with which files, and what remains; None when it was taken back by now."""
    submission = submissions.get(session, row.submission_id or 0)
    obligation = obligations.get(session, submission.obligation_id) if submission else None
    if submission is None or obligation is None or submission.withdrawn_at is not None:
        return None
    item = item_of(office, obligation)
    if item is None:
        return None
    text = office.text
    several = len(item.task.milestones) > 1
    files = submissions.files_of(session, submission.id or 0)
    counted = moments.in_time(session, office, obligation, submission.at)
    named = placing.since_in_words(office, files, submission.at)
    evidence = text("done.evidence", files=named) if named else ""
    first = recorded(session, office, item, submission)
    return say(
        "\n".join(filter(None, (first, product.line(office, submission), evidence))),
        text("done.in_question", since=counted.began, compiler=office.compiler_name) if counted.decided else "",
        _may_tell(session, office, obligation, counted, item),
        text("product.ask") if product.is_missing(item, submission) else "",
        about(session, office, files, cut=placing.is_cut_album(files, submission.album, in_group=row.in_group)),
        _awaited(office, obligation, item, asked=not named),
        _remaining(session, office, obligation.agency_id, obligation.plan_id, item.task.code, now) if several else "",
        _left_in_words(session, office, submission, office.today(now)),
        by_link(office, submission.via, submission.recorded_at, lasting=obligation.kind in LASTING),
        buttons=[[_undo(office, submission)]]
        if now <= undo_until(submission.recorded_at, submission.via) and obligation.kind not in LASTING
        else [],
    )


def by_link(office: Office, via: str, recorded_at: datetime, *, lasting: bool) -> str:
    """That it came by a link, which somebody else may have opened, and until when it is taken back; empty for what came
    otherwise."""
    if via != BY_LINK:
        return ""
    return office.text("answer_page.by_link", until=undo_until(recorded_at, via), lasting=lasting)


def _may_tell(session: Session, office: Office, row: Obligation, counted: moments.InTime, item: Item) -> str:
    """What is late through nobody's fault can be told; empty where it is not late."""
    if counted.decided or counted.in_time is not False or row.cause:
        return ""
    return office.text("cause.may_tell", code=label(item), last=causes.last_day(session, office, row))


def recorded(session: Session, office: Office, item: Item, submission: Submission) -> str:
    """What was recorded, whether in time, and in which words."""
    text, obligation = office.text, item.row
    agency = office.agency_name(obligation.agency_id)
    if submission.nothing_arose:
        return text(
            "nothing.recorded",
            code=label(item),
            period=period(office, obligation.occurrence) if obligation.occurrence else "",
            agency=agency,
            at=submission.at,
            lasting=obligation.kind in LASTING,
        )
    words = clip(submission.note, WORDS) if submission.note else ""
    if obligation.kind in LASTING:
        return text("done.line", code=label(item), agency=agency, at=submission.at, words=words)
    return text(
        "done.recorded",
        code=item.task.code,
        agency=agency,
        at=submission.at,
        in_time=moments.in_time(session, office, obligation, submission.at).in_time,
        milestone=clip(item.milestone.printed, TITLE) if len(item.task.milestones) > 1 else "",
        waits=obligation.state in WAITING,
        kept=obligation.done_at if obligation.done_at != submission.at else None,
        words=words,
        way=submission.handed_way,
        handed=submission.handed_on,
    )


def short(session: Session, office: Office, item: Item, submission: Submission) -> Message:
    """The same beside other answers of one message, with a way back."""
    undo = Button(
        office.text("button.undo_code", code=label(item)),
        f"/undo {submission.id}",
        office.text("button.undo_code_typed", code=label(item)),
    )
    return say(recorded(session, office, item, submission), buttons=[] if item.row.kind in LASTING else [[undo]])


def _undo(office: Office, submission: Submission) -> Button:
    return Button(office.text("button.undo"), f"/undo {submission.id}")


def _awaited(office: Office, obligation: Obligation, item: Item, *, asked: bool) -> str:
    """What an answer still waits for, and what its sender can do about it."""
    compiler = office.compiler_name
    if obligation.state in WAITING:
        return office.text(f"review.waits_{obligation.state}", compiler=compiler, product=product_of(item))
    return office.text("review.asked", product=product_of(item)) if asked and item.milestone.evidence == "asked" else ""


def _remaining(session: Session, office: Office, agency: str, plan: str, code: str, now: datetime) -> str:
    rows = [row for row in obligations.of_agencies(session, [agency], task=code) if row.plan_id == plan]
    shown = []
    for row in in_order(office, rows, now):
        item = item_of(office, row)
        if item is not None and row.kind != Kind.EVENT:
            due = f" ({row.due:%d/%m/%Y})" if row.due else ""
            shown.append(f"{label(item)} {clip(item.milestone.printed, 60)}{due}")
    return office.text("done.remaining", code=code, items=shown) if shown else ""


def _left_in_words(session: Session, office: Office, submission: Submission, today: date) -> str:
    """What its sender still has to do; who answers in an agency's place has nothing of it."""
    if submission.on_behalf:
        return ""
    whose = duty.phone_of(session, submission.person_id)
    return in_words(office, open_work(session, office, absences.agencies_for(session, whose, today), today))
