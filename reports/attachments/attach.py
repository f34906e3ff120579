"""The documents that messages carry, made when they leave: a short name stands for each, and always for the same one.

report:12|docx · draft:2020-Q1|<instant>|sondung|xlsx · letter:sonlap|<instant> · proof:57|<instant> ·
dossier:2020-Q1|2b|sondung|<instant> · plan:cchc-2020|<instant> · opinion:3|<instant>; the parts of a scope have commas
between them, and instants are ISO with a zone.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from channels.base import Attached
from delivery.contents import Attacher
from plan.errors import NhacViecError
from progress.items import code_of
from reports.archive import dossier, proof, proof_page
from reports.archive.dossier_values import Selection
from reports.attachments import report_files
from reports.attachments.report_files import File
from reports.figures import issued, period
from reports.figures.record import Issue, Record
from reports.tables import plan_sheet
from reports.word import letter, opinion
from store import obligations, plans
from store.engine import Store
from store.tables import Obligation
from words import codes
from words.office import Office

BAR, COMMA = "|", ","


class NothingToSendError(NhacViecError):
    """What the document would be made from is no longer there; the message says what."""


def report_reference(record: Record, issue: Issue | None, file: File) -> str:
    """How a message names a file of an issued report, or of a draft as of the moment when its record was read."""
    if issue is not None:
        return f"report:{issue.id}{BAR}{file}"
    scope = COMMA.join(record.scope)
    return f"draft:{BAR.join((record.window.key, record.known_at.isoformat(), scope, file))}"


def letter_reference(agency: str, at: datetime) -> str:
    """How a message names the letter to an agency as of an instant (UTC)."""
    return f"letter:{agency}{BAR}{at.isoformat()}"


def proof_reference(obligation_id: int, at: datetime) -> str:
    """How a message names the proof sheet of an obligation."""
    return f"proof:{obligation_id}{BAR}{at.isoformat()}"


def dossier_reference(selection: Selection, at: datetime) -> str:
    """How a message names an evidence file."""
    chosen = (selection.period or "", selection.task or "", selection.agency or "")
    return f"dossier:{BAR.join((*chosen, at.isoformat()))}"


def opinion_reference(draft: int, at: datetime) -> str:
    """How a message names the sheet of a draft's open questions as of an instant (UTC)."""
    return f"opinion:{draft}{BAR}{at.isoformat()}"


def opinion_name(draft: int) -> str:
    """The name of the file of such a sheet."""
    return f"phieu-xin-y-kien-{draft}.docx"


def plan_reference(plan_id: str, at: datetime) -> str:
    """How a message names a plan as its own sheet."""
    return f"plan:{plan_id}{BAR}{at.isoformat()}"


def letter_name(agency: str) -> str:
    """The name of the file of a letter."""
    return f"cong-van-don-doc-{agency}-du-thao.docx"


def proof_name(office: Office, row: Obligation) -> str:
    """The name of the file of a proof sheet."""
    parts = (codes.typeable(code_of(office, row)), row.occurrence, row.agency_id)
    return f"phieu-doi-chieu-{'-'.join(filter(None, parts))}.docx"


def dossier_name(selection: Selection) -> str:
    """The name of an evidence file."""
    task = codes.typeable(selection.task) if selection.task else None
    return f"ho-so-minh-chung-{'-'.join(filter(None, (selection.period, task, selection.agency)))}.zip"


def attachers(folder: Path) -> Mapping[str, Attacher]:
    """Who makes the file of a reference, by its head; `folder` holds the templates."""
    return {
        "report": lambda store, office, rest: _report(store, office, rest, folder),
        "draft": lambda store, office, rest: _draft(store, office, rest, folder),
        "letter": lambda store, office, rest: _letter(store, office, rest, folder),
        "proof": lambda store, office, rest: _proof(store, office, rest, folder),
        "dossier": _dossier,
        "opinion": lambda store, office, rest: _opinion(store, office, rest, folder),
        "plan": _plan,
    }


def _report(store: Store, office: Office, rest: str, folder: Path) -> Attached:
    number, file = rest.split(BAR)
    with store.look() as session:
        found = issued.by_id(session, int(number))
    if found is None:
        raise NothingToSendError(f"there is no issued report {number}")
    issue, record = found
    return _attached(office, record, issue, File(file), folder)


def _draft(store: Store, office: Office, rest: str, folder: Path) -> Attached:
    key, at, scope, file = rest.split(BAR)
    known_at = datetime.fromisoformat(at)
    with store.look() as session:
        window = period.window(office, key, known_at)
        ids = tuple(filter(None, scope.split(COMMA)))
        record = period.make(session, office, window, scope=ids, known_at=known_at)
    return _attached(office, record, None, File(file), folder)


def _attached(office: Office, record: Record, issue: Issue | None, file: File, folder: Path) -> Attached:
    data = report_files.content(office, record, issue, file, folder)
    return Attached(report_files.name(record, issue, file), data, photo=file in report_files.PICTURES)


def _letter(store: Store, office: Office, rest: str, folder: Path) -> Attached:
    agency, at = rest.split(BAR)
    with store.look() as session:
        found = letter.build(session, office, agency, datetime.fromisoformat(at))
    if found is None:
        raise NothingToSendError(f"{agency} is no longer late with anything")
    return Attached(letter_name(agency), letter.letter_docx(office, found, folder))


def _proof(store: Store, office: Office, rest: str, folder: Path) -> Attached:
    number, at = rest.split(BAR)
    with store.look() as session:
        row = obligations.get(session, int(number))
        if row is None:
            raise NothingToSendError(f"there is no obligation {number}")
        sheet = proof.build(session, office, int(number), datetime.fromisoformat(at))
    return Attached(proof_name(office, row), proof_page.docx(sheet, folder))


def _opinion(store: Store, office: Office, rest: str, folder: Path) -> Attached:
    number, at = rest.split(BAR)
    with store.look() as session:
        sheet = opinion.build(session, office, int(number), datetime.fromisoformat(at))
    if sheet is None:
        raise NothingToSendError(f"nothing of draft {number} is open")
    return Attached(opinion_name(int(number)), opinion.opinion_docx(sheet, folder))


def _plan(store: Store, office: Office, rest: str) -> Attached:
    plan_id, at = rest.split(BAR)
    with store.look() as session:
        row = plans.get(session, plan_id)
    plan = office.plans.get(plan_id)
    if row is None or plan is None:
        raise NothingToSendError(f"{plan_id} is no longer followed")
    return Attached(f"ke-hoach-{plan_id}.xlsx", plan_sheet.xlsx(office, plan, row.digest, datetime.fromisoformat(at)))


def _dossier(store: Store, office: Office, rest: str) -> Attached:
    key, task, agency, at = rest.split(BAR)
    selection = Selection(key or None, task or None, agency or None)
    with TemporaryDirectory() as folder:
        out = Path(folder) / dossier_name(selection)
        dossier.write(store, office, selection, datetime.fromisoformat(at), out)
        return Attached(out.name, out.read_bytes())
