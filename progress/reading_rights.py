"""Whether somebody may read about a piece of work, in the chat and on the screen alike."""

from collections.abc import Collection
from datetime import date

from plan.people import Role
from progress.items import item_of
from store.tables import Obligation
from words.office import Office

READ_ALL = frozenset({Role.ADMIN, Role.LEADER})


def may_read(office: Office, roles: Collection[Role], agencies: Collection[str], row: Obligation, today: date) -> bool:
    """Whether an obligation is somebody's to read about: their agency's, one that it follows up, or any."""
    if not READ_ALL.isdisjoint(roles) or row.agency_id in agencies:
        return True
    item = item_of(office, row) if row.plan_id in office.plans else None
    if item is None or not item.task.monitor:
        return False
    return not set(agencies).isdisjoint(office.plans[row.plan_id].expand(item.task.monitor, today))


def followed(office: Office, agencies: Collection[str], today: date) -> frozenset[tuple[str, str]]:
    """The tasks (plan, code) that some agencies follow up on a local day: what `may_read` asks, for lists."""
    return frozenset(
        (plan.id, task.code)
        for plan in office.plans.values()
        for task in plan.all_tasks
        if task.monitor and not set(agencies).isdisjoint(plan.expand(task.monitor, today))
    )
