"""A document that changes a plan which serves: the plan's own sheet that came back becomes a change to be looked at."""

from datetime import datetime

from sqlmodel import Session

from intake.draft import OwnSheet
from intake.letters import one_line
from intake.own_sheet.edited import Wording, edited
from intake.own_sheet.rows import Leads, Said
from plan import loader
from plan.amendment import Amendment, Step, amend, marked, unmarked
from plan.errors import NhacViecError
from plan.model import Kind, Plan
from store import plan_drafts, plan_imports, plans
from store.import_tables import PlanImport
from store.plan_drafts import Origin
from words import message
from words.office import Office


class UnknownPlanError(NhacViecError):
    """The sheet of a plan that is not followed here; `plan` is its id."""

    def __init__(self, plan: str) -> None:
        self.plan = plan
        super().__init__(f"no plan {plan} is followed here")


class StaleSheetError(NhacViecError):
    """The plan changed after its sheet went out; `steps` are what changed since, none where no word of work did."""

    def __init__(self, plan: Plan, steps: tuple[Step, ...]) -> None:
        self.plan, self.steps = plan, steps
        super().__init__(f"{plan.id} changed after its sheet went out")


def said_in(office: Office) -> Said:
    """The sheet's own words in the office's language."""
    kinds = {kind: message.plain(office.text(f"plan_sheet.kind_{kind}")) for kind in Kind}
    leads: dict[Leads, str] = {"each": "", "together": ""}
    leads = {key: message.plain(office.text(f"plan_sheet.leads_{key}")) for key in leads}
    return Said(kinds, message.plain(office.text("plan_import.nothing")), leads)


def take_sheet(
    session: Session, office: Office, row: PlanImport, data: bytes, sheet: OwnSheet, now: datetime
) -> Amendment | None:
    """What the sheet changes, kept as a draft that waits for an admin; None where it is the plan as it serves.

    Raises UnknownPlanError, StaleSheetError, SheetFaultsError with everything that is wrong in its rows, or PlanError
    where the plan would contradict itself; nothing is kept then.
    """
    plan = made_of(session, office, sheet)
    basis = one_line(sheet.basis)
    draft = plan_drafts.offer(session, plan, office.calendar, now, Origin("sheet", basis, row.id))
    plan_imports.keep(session, row, data, "")
    plan_imports.settle(session, row, plan_imports.ADOPTED, row.made_by, now, plan.id)
    return plan_drafts.amendment(session, draft) if draft is not None else None


def made_of(session: Session, office: Office, sheet: OwnSheet) -> Plan:
    """The plan as the sheet has it, with the identities of its work; raises as `take_sheet` does."""
    serves = plan_drafts.adopted(session, sheet.plan)
    if serves is None or sheet.plan not in office.plans:
        raise UnknownPlanError(sheet.plan)
    wording = Wording(office.text("plan_import.product"), sheet.basis or message.plain(office.text("plan_import.told")))
    row = plans.get(session, sheet.plan)
    if row is not None and row.digest != sheet.digest:
        raise StaleSheetError(serves, _since(session, sheet, serves))
    plan = edited(marked(serves), sheet, said_in(office), wording)
    # Read as a file is: what contradicts itself is told whole.
    loader.loads(unmarked(plan).model_dump_json().encode())
    return plan


def _since(session: Session, sheet: OwnSheet, serves: Plan) -> tuple[Step, ...]:
    went_out = plans.version(session, sheet.plan, sheet.digest)
    return amend(went_out, marked(serves)).steps if went_out is not None else ()
