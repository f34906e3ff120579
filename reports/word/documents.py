"""The reports to be signed, made from a record alone with the office's templates; what a hand writes is left blank."""

from collections.abc import Mapping
from pathlib import Path

from files.pictures import side_by_side, size_of
from plan.errors import Fault
from plan.model import Plan, Value
from reports.figures.boxes import DONE
from reports.figures.by_milestone import Teller, by_work
from reports.figures.record import Issue, Record
from reports.word import annex, letterhead, prose, templates
from reports.word.letter_words import LetterWords
from reports.word.opinion import OPINION as OPINION
from reports.word.opinion import OpinionWords
from reports.word.proof_words import Proof
from reports.word.report_words import Basis, Before, Frozen, PicturePage, ReportWords
from store.current_office import is_assigned
from words.office import Office

REPORT, AGENCY_REPORT, LETTER, PROOF = "report.docx", "agency_report.docx", "letter.docx", "proof.docx"
# What each template is filled from.
GIVEN: Mapping[str, type[Value]] = {
    REPORT: ReportWords,
    AGENCY_REPORT: ReportWords,
    LETTER: LetterWords,
    PROOF: Proof,
    OPINION: OpinionWords,
}
# The annex is landscape A4 between its margins, less the caption's line; millimetres.
PICTURE_WIDTH, PICTURE_HEIGHT = 250, 145
# Millimetres; the last picture, which is the largest, has a page of its own, the others stand below what comes before.
BELOW = 95
# Millimetres that are left between pictures side by side.
BESIDE = 10


def report_docx(
    office: Office,
    record: Record,
    issue: Issue | None,
    folder: Path,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The compiling agency's period report as .docx, a draft where `issue` is None.

    `folder` holds the templates, `pictures` are PNG by their captions. Raises TemplateError.
    """
    plan = _plan(office, record)
    given = plan.letterhead.report if plan else letterhead.NOTHING
    head = letterhead.head(office, given, record.window.ends.year, issuer=record.compiler_name)
    return templates.render(folder / REPORT, _words(office, record, issue, head, pictures or {}))


def agency_report_docx(
    office: Office,
    record: Record,
    issue: Issue | None,
    folder: Path,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The report of the one agency that a record is about, for its head to sign; otherwise as `report_docx`.

    Raises TemplateError, and ValueError for a record of another scope.
    """
    if len(record.scope) != 1:
        raise ValueError("an agency's report needs a record whose scope is one agency")
    plan = _plan(office, record)
    given = plan.letterhead_of(record.scope[0]) if plan else letterhead.NOTHING
    head = letterhead.head(office, given, record.window.ends.year, issuer=record.about, addressee=record.compiler_name)
    return templates.render(folder / AGENCY_REPORT, _words(office, record, issue, head, pictures or {}))


def check(folder: Path) -> list[Fault]:
    """What is wrong with the templates of a folder."""
    return [fault for name, given in GIVEN.items() for fault in templates.check(folder / name, given)]


def _plan(office: Office, record: Record) -> Plan | None:
    """The newest plan that the record is about and the office still has; assigned work goes out under the office's."""
    own = [each.id for each in record.plans if not each.assigned]
    there = [plan for plan in office.plans.values() if not is_assigned(plan.id)]
    return next((plan for plan in reversed(there) if plan.id in own), there[-1] if there else None)


def _as_of(tell: Teller, record: Record) -> str:
    """Up to when the figures are: the end of a day, or the moment of one that had not ended when they were read."""
    window = record.window
    day = window.last if window.over else window.early
    if day is None or record.known_at <= window.as_of:
        return tell("as_of_moment", at=window.as_of)
    return tell("as_of_day", day=day)


def _words(
    office: Office, record: Record, issue: Issue | None, head: letterhead.Head, pictures: Mapping[str, bytes]
) -> ReportWords:
    tell, window = Teller(office), record.window
    own = [each for each in record.plans if not each.assigned]
    given = {each.id for each in record.plans if each.assigned}
    day, wanted = prose.day, frozenset(record.between)
    works, narrator = by_work(record.rows), prose.Narrator(tell, alone=prose.is_alone(record))
    plan_names = ", ".join(each.name for each in own or record.plans)
    return ReportWords(
        head=head,
        draft=issue is None,
        issue=_frozen(tell, record, issue),
        period=record.period,
        first=day(window.first),
        last=day(window.last),
        after=day(prose.following(window.last)),
        ends=day(window.ends),
        over=window.over,
        as_of=_as_of(tell, record),
        early=issue.reason if issue is not None and window.early is not None else "",
        plan_names=plan_names,
        subject=prose.subject(plan_names, record.period),
        basis=annex.common_basis(record),
        plans=tuple(
            Basis(name=each.name, number=each.number, signed=day(each.signed), issuer=each.issuer,
                  about=prose.about(each))
            for each in own
        ),
        compiler=record.compiler_name,
        about=record.about,
        tasks=record.tasks,
        assigned_tasks=len({(row.plan, row.task) for row in record.rows if row.plan in given}),
        dated_tasks=record.tasks - record.ongoing_tasks - record.undated_tasks,
        ongoing_tasks=record.ongoing_tasks,
        undated_tasks=record.undated_tasks,
        unconfirmed_tasks=record.unconfirmed_tasks,
        bodies=len({row.agency for row in record.rows}),
        dated=annex.figures(tell, record.dated),
        periodic=annex.figures(tell, record.periodic),
        before=_before(tell, record),
        between=len(record.between),
        between_done=sum(1 for row in record.rows if row.id in wanted and row.box in DONE),
        between_codes=prose.between(tell, record),
        sections=annex.sections(tell, record),
        agencies=annex.parts(tell, record.agencies),
        groups=annex.parts(tell, record.groups),
        late=(*narrator.late_long(works), *prose.causes(tell, record)),
        blocked=narrator.blocked(works),
        hindered=any(map(prose.is_hindered, record.rows)),
        proposals=prose.proposals(tell, record, head.to),
        uncounted=annex.uncounted(tell, record),
        pictures=_pages(pictures),
    )  # fmt: skip


def _pages(pictures: Mapping[str, bytes]) -> tuple[PicturePage, ...]:
    """All on one page where they stand beside the tallest of them as large as it has a page; otherwise the last, the
    largest, has a page of its own."""
    sizes = [size for each in pictures.values() if (size := size_of(each)) is not None]
    widths, tallest = sum(width for width, _ in sizes), max((height for _, height in sizes), default=0)
    if len(sizes) == len(pictures) > 1 and widths * PICTURE_HEIGHT <= tallest * (PICTURE_WIDTH - BESIDE):
        first, *others = pictures
        caption = "; ".join([first, *(prose.small(each) for each in others)])
        return (_page(caption, side_by_side(list(pictures.values())), PICTURE_HEIGHT),)
    return tuple(
        _page(caption, data, BELOW if place < len(pictures) else PICTURE_HEIGHT)
        for place, (caption, data) in enumerate(pictures.items(), start=1)
    )


def _page(caption: str, data: bytes, height: int) -> PicturePage:
    return PicturePage(caption=caption, image=templates.Picture(data=data, width=PICTURE_WIDTH, height=height))


def _frozen(tell: Teller, record: Record, issue: Issue | None) -> Frozen:
    if issue is None:
        return Frozen(number=0, at="", code="", corrects=0, reason="")
    return Frozen(
        number=issue.number,
        at=tell("as_of_moment", at=issue.issued_at),
        code=record.check,
        corrects=issue.corrects or 0,
        reason=issue.reason,
    )


def _before(tell: Teller, record: Record) -> Before | None:
    if record.before is None or not record.before.dated.total:
        return None
    then, now = annex.figures(tell, record.before.dated), annex.figures(tell, record.dated)
    return Before(
        name=record.before.name,
        done=then.done,
        overdue=then.overdue,
        rate=then.rate,
        change_done=_change(tell, now.done - then.done),
        change_overdue=_change(tell, now.overdue - then.overdue),
    )


def _change(tell: Teller, by: int) -> str:
    return tell("change", more=max(by, 0), fewer=max(-by, 0))
