"""A code that an amendment gave to other work: who types it, or presses an old button, is asked which work is meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.turn import Turn
from plan.model import Plan
from plan.status import State
from progress.choose import in_order
from store import obligations, plans
from store.tables import Obligation

# So long a code may still be said in its former sense: messages that bear it stand in the chats.
REMEMBERED = timedelta(days=30)


@dataclass(frozen=True)
class Moved:
    """The day (local) since which a code means other work, and the person's own of both, the former first.

    `gone` says that the work of before is in the plan no more.
    """

    since: date
    rows: Sequence[Obligation]
    gone: bool


def options(turn: Turn, code: str) -> Moved | None:
    """Both senses of a code; None where it has one, or the person owes nothing in the former one."""
    for plan_id, former in plans.superseded(turn.session, turn.now - REMEMBERED).items():
        serves, row = turn.office.plans.get(plan_id), plans.get(turn.session, plan_id)
        if serves is None or former is None or row is None or _works(former, code) == _works(serves, code):
            continue
        found = obligations.of_agencies(turn.session, turn.agencies, states=tuple(State))
        own = [each for each in found if each.plan_id == plan_id]
        before = [each for each in own if each.work in _works(former, code)]
        stays = [each for each in before if each.state != State.RETIRED]
        now = [each for each in own if each.task == code]
        if stays or (before and now):
            rows = (*in_order(turn.office, stays, turn.now)[:1], *in_order(turn.office, now, turn.now)[:1])
            return Moved(turn.office.today(row.synced_at), rows, gone=not stays)
    return None


def _works(plan: Plan, code: str) -> frozenset[str]:
    """The identities of the work that a plan prints under a code."""
    return frozenset(each.key for task in plan.all_tasks if task.code == code for each in task.milestones)
