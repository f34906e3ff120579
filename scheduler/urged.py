"""Makes the text of an urging when it is sent: what is answered by then is left out, and an empty one is dropped."""

from datetime import date, datetime

from sqlmodel import Session

from delivery.sender import Maker
from plan.status import State
from progress.items import buttons_of, digest_item, item_of, label
from scheduler.paged import first_row, page
from store import memory, obligations, people
from store.tables import Delivery
from words.message import Message, pages, say
from words.office import Office


def maker(limit: int) -> Maker:
    """The maker for a channel whose messages hold `limit` code points."""

    def make(session: Session, office: Office, row: Delivery, now: datetime) -> Message | None:
        agencies = people.agencies_of(session, row.person_id or 0)
        rows = (
            obligations.get(session, each.obligation_id)
            for each in memory.of_delivery(session, first_row(session, row).id or 0)
        )
        owed = (each for each in rows if each and each.state == State.OPEN and each.agency_id in agencies)
        items = sorted(
            (item for each in owed if (item := item_of(office, each))), key=lambda item: item.row.due or date.max
        )
        if not items:
            return None
        today = office.today(now)
        named = dict.fromkeys(office.agency_name(item.row.agency_id) for item in items)
        heading = office.text(
            "urge.heading",
            today=today,
            agencies=list(named),
            count=len(items),
            late=sum(office.lateness(item.row, today).is_late for item in items),
            returned=sum(office.lateness(item.row, today).is_returned for item in items),
            compiler=office.compiler_name,
        )
        decisions = dict.fromkeys(office.plans[item.row.plan_id].decision.number for item in items)
        footer = office.text("urge.footer", code=label(items[0]), decisions=", ".join(decisions))
        parts = [digest_item(office, item, today) for item in items]
        message = say(heading, *parts, footer, buttons=buttons_of(office, items, today))
        return page(session, row, pages(message, limit), now)

    return make
