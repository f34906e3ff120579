"""/baocao: a period's report, the figures in three lines and its documents; issued ones as they were frozen."""

from collections.abc import Sequence

from bot.decide import two_steps
from bot.papers import freeze
from bot.questions.decisions import Issuing
from bot.turn import Turn
from bot.which import figures_of
from plan.joint import is_joint
from plan.people import Role
from progress.items import period
from reports.attachments import report_files
from reports.attachments.attach import report_reference
from reports.attachments.report_files import File
from reports.figures import issued
from reports.figures.freezing import differ
from reports.figures.period import make
from reports.figures.record import Issue, Record, Window
from reports.figures.scope import about
from words.message import Button, escape, say

READ_ALL = frozenset({Role.ADMIN, Role.LEADER})
VERB = "report"


def report(turn: Turn, rest: str) -> bool:
    """/baocao quý 1, /baocao quý 1 sondung; an admin: … chốt, … đính chính lý do, which are shown first."""
    return two_steps.in_two_steps(turn, VERB, rest, _show, Issuing, _do)


def _show(turn: Turn, rest: str) -> None:
    wanted = figures_of.report(turn, rest)
    if wanted is None:
        turn.answer(turn.text("report.unknown", wanted=rest))
        return
    window = wanted.window
    scopes = _scopes(turn, wanted.body)
    if turn.office.today(turn.now) < window.first:
        turn.answer(turn.text("summary.not_begun", period=period(turn.office, window.key), first=window.first))
    elif not scopes:
        turn.answer(turn.text("report.not_yours"))
    elif wanted.freeze or wanted.early is not None or wanted.reason is not None:
        if Role.ADMIN not in turn.roles:
            turn.answer(turn.text("report.admins_issue", compiler=turn.office.compiler_name))
        elif wanted.early is not None:
            freeze.propose_early(turn, window, scopes[0], wanted.early)
        else:
            freeze.propose(turn, window, scopes[0], wanted.reason)
    else:
        for scope in scopes:
            _send(turn, window, scope)


def _scopes(turn: Turn, body: str | None) -> Sequence[tuple[str, ...]]:
    """What this person may have a report of: who reads all anything, others their own agencies; none for a refusal."""
    if READ_ALL & turn.roles:
        return [(body,) if body else ()]
    # What it owes with others stands in the report of each of them.
    return [(agency,) for agency in turn.agencies if body in (None, agency) and not is_joint(agency)]


def _send(turn: Turn, window: Window, scope: tuple[str, ...]) -> None:
    """The issue that holds, or a draft as of now."""
    draft = make(turn.session, turn.office, window, scope=scope, known_at=turn.now)
    found = issued.latest(turn.session, window.key, scope)
    issue, record = found or (None, draft)
    if not record.rows:
        turn.answer(turn.text("report.nothing", period=period(turn.office, window.key), about=record.about))
        return
    buttons = []
    notes = [freeze.window_words(turn, record)]
    unfrozen = issue is None or record.window.early is not None
    if Role.ADMIN in turn.roles and unfrozen and window.over:
        buttons = [[Button(turn.text("report.freeze_button"), f"/{VERB} {' '.join((window.key, *scope))} freeze")]]
    elif Role.ADMIN in turn.roles and issue is not None and differ(record, draft):
        notes.append(
            turn.text(
                "report.differs", figures=freeze.figures(turn, draft), command=freeze.command(turn, window.key, scope)
            )
        )
    turn.answer(freeze.heading(turn, record, issue), *notes, freeze.figures(turn, record), buttons=buttons)
    documents(turn, record, issue)


def documents(turn: Turn, record: Record, issue: Issue | None) -> None:
    """The Word file, the workbook and the picture that says most, each a message with one line."""
    said = {"period": period(turn.office, record.window.key), "about": about(turn.office, record.scope)}
    for file in (File.DOCX, File.XLSX):
        caption = turn.text(f"report.caption_{file}", draft=issue is None, **said)
        turn.post(say(caption, attachment=report_reference(record, issue, file)))
    picture = report_files.pictures(record)[0]
    caption = escape(report_files.words(turn.office, record, picture))
    turn.post(say(caption, attachment=report_reference(record, issue, picture)))


def _do(turn: Turn, shown: Issuing) -> bool:
    found = freeze.freeze_or_say(turn, shown)
    if found is not None:
        issue, record = found
        documents(turn, record, issue)
    return True
