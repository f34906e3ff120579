"""The steps from one version of a plan to the next, as the command line shows them."""

from cli.output import print_table
from plan.amendment import Amendment

COLUMNS = ("what", "code", "was", "before", "after", "to be looked at")


def show(found: Amendment) -> None:
    """A row a step."""
    rows = [
        (step.op, step.code, step.was, step.before, step.after, "yes" if step.asked else "") for step in found.steps
    ]
    print_table(f"{found.plan.label}: {len(rows)} changes", COLUMNS, rows)
