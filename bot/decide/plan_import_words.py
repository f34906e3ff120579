"""What the sender of a plan's document hears once it was read, or why it was not."""

from intake.errors import RefusedError
from intake.said import refusal
from intake.settled import said
from plan.amendment import Amendment
from progress.importing import Work
from words.message import Button, Message, say
from words.office import Office

# The command, and its word that goes on with a draft.
VERB, GO_ON = "plan", "tiep"


def was_read(office: Office, found: Work) -> Message:
    """What its sender hears once a document was read: the figures, and how to go on."""
    text, head, revision = office.text, found.draft.head, found.draft.revision
    lines = [text("plan_import.read", name=found.row.name, figures=said.figures(text, found.draft))]
    if revision is not None and revision.articles:
        points, plan = len(revision.articles), found.amends.label if found.amends else ""
        lines = [text("plan_import.read_articles", name=found.row.name, points=points, plan=plan)]
    if head.title:
        lines.append(text("plan_import.read_head", title=head.title, number=head.number or "", day=head.date))
    lines.append(_left(office, found))
    return say(*lines, buttons=[[Button(text("plan_import.button_go_on"), f"/{VERB} {GO_ON} {found.row.id}")]])


def sheet_was_read(office: Office, name: str, found: Amendment, basis: str) -> Message:
    """What its sender hears once the plan's own sheet came back: how much it changes, and how to look at it."""
    taken = office.text("own_sheet.taken", name=name, plan=found.plan.label, count=len(found.steps), basis=basis)
    return say(taken, buttons=[[Button(office.text("own_sheet.button_look"), f"/{VERB}")]])


def was_refused(office: Office, error: RefusedError) -> Message:
    """What its sender hears of a document that is not read, and not kept."""
    return say(office.text("plan_import.refused", why=refusal(office.text, error)))


def _left(office: Office, found: Work) -> str:
    count = len(found.waiting)
    if not count:
        return office.text("plan_import.asks_none")
    return office.text("plan_import.asks", count=count, blocking=len(found.blocked))
