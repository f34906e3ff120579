"""Cards about plans: documents whose questions are open, and other versions of a plan that wait to be adopted."""

from desk.desk import Asked
from desk.pages.plans import CHANGES, PATH
from desk.queue.card import Card, Form
from progress import importing
from progress.acts import beginning
from progress.waiting import Waiting
from store import people, plan_drafts
from store.import_tables import PlanImport
from store.plan_tables import PlanDraft, PlanRow


def card(asked: Asked, waits: Waiting) -> Card:
    """The card of a draft; it is worked on at its own page, to which the card leads."""
    match waits.thing:
        case PlanImport() as found:
            return _document(asked, waits, found)
        case PlanDraft() as found:
            return _change(asked, waits, found)
        case PlanRow() as found:
            return _beginning(asked, waits, found)
        case _:
            raise TypeError(f"no card for {waits.name}")


def _document(asked: Asked, waits: Waiting, row: PlanImport) -> Card:
    found = importing.work(asked.session, asked.office, row, asked.now)
    by = people.named(asked.session, asked.office.agency_short, row.made_by) if row.made_by else ""
    questions = asked.t("desk_plan.draft_waits", count=len(found.waiting), blocking=len(found.blocked))
    said = f"{asked.t('desk.queue_document', by=by, at=row.made_at)} {questions}"
    return Card(waits.name, waits.kind, row.name, found.draft.head.title or "", f"{PATH}/{row.id}", said)


def _change(asked: Asked, waits: Waiting, draft: PlanDraft) -> Card:
    found = plan_drafts.amendment(asked.session, draft)
    basis = draft.basis or found.plan.decision.number
    said = asked.t("desk.queue_change", count=len(found.steps), basis=basis, at=draft.made_at)
    return Card(waits.name, waits.kind, found.plan.label, "", f"{CHANGES}/{draft.id}", said)


def _beginning(asked: Asked, waits: Waiting, row: PlanRow) -> Card:
    count = len(beginning.past_then(asked.session, asked.office, row))
    said = asked.t("desk.queue_beginning", count=count, at=row.first_synced_at)
    about = (("plan", row.id),)
    forms = (
        Form("begin-today", asked.t("button.begin_today"), about),
        Form("begin-history", asked.t("button.begin_history"), about),
    )
    label = asked.office.plans[row.id].label
    return Card(waits.name, waits.kind, label, "", PATH, said, forms=forms if asked.viewer.is_admin else ())
