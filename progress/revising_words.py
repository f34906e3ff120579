"""Why the sheet of a plan that came back was not taken, in the office's words: each row, or what changed meanwhile."""

from intake.own_sheet.faults import SheetFault, SheetFaultsError
from plan.errors import NhacViecError, PlanError
from progress.acts.adopting import in_words
from progress.revising import StaleSheetError, UnknownPlanError
from words.office import Office

# What one message holds; the rest is said as a number.
SHOWN = 20
REFUSED = (UnknownPlanError, StaleSheetError, SheetFaultsError, PlanError)


def refusal(office: Office, error: NhacViecError) -> list[str]:
    """The lines that say why (markup), the first one for the whole file, and what to do; for the errors of REFUSED."""
    text = office.text
    match error:
        case SheetFaultsError():
            lines = [_fault(office, each) for each in error.faults[:SHOWN]]
            more = len(error.faults) - len(lines)
            rest = [text("own_sheet.faults_more", more=more)] if more else []
            return [text("own_sheet.faults", count=len(error.faults)), *lines, *rest]
        case StaleSheetError():
            return _stale(office, error)
        case UnknownPlanError():
            return [text("own_sheet.unknown_plan", plan=error.plan)]
        case PlanError():
            return [text("plan_import.broken", faults="; ".join(each.what for each in error.faults[:SHOWN]))]
        case _:
            raise TypeError(type(error).__name__)


def _stale(office: Office, error: StaleSheetError) -> list[str]:
    text = office.text
    lines = [in_words(office, step) for step in error.steps[:SHOWN]]
    more = len(error.steps) - len(lines)
    rest = [text("own_sheet.stale_more", more=more)] if more else []
    quiet = [] if lines else [text("own_sheet.stale_quiet")]
    return [text("own_sheet.stale", plan=error.plan.label), *lines, *quiet, *rest, text("own_sheet.stale_do")]


def _fault(office: Office, fault: SheetFault) -> str:
    why = office.text(f"own_sheet.{fault.why}", **fault.values)
    if not fault.row:
        return why
    known = "members" if fault.column == "members" else ""
    column = office.text("plan_sheet.body_members" if known else f"plan_sheet.head_{fault.column}")
    return office.text("own_sheet.fault", row=fault.row, column=column, why=why)
