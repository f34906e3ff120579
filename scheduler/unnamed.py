"""What came from a shared telephone and got no name of who reports it is recorded without one: it is never lost."""

from datetime import datetime

from progress import duty_phone, duty_report
from progress.notifying import Notifier
from store import people
from store.engine import Store
from store.postings import Destination, Identity, Posting
from store.types import DeliveryKind
from words.office import Office


def record(store: Store, office: Office, now: datetime) -> None:
    """Records what waited for half an hour (`now` in UTC), and says so to the telephone."""
    with store.look() as session:
        if not duty_phone.unnamed(session, now):
            return
    with store.unit() as session:
        for row in duty_phone.unnamed(session, now):
            phone = people.get(session, row.person_id)
            if phone is None or phone.duty_of is None:
                session.delete(row)
                continue
            here = Destination(
                row.channel, row.chat.removesuffix(duty_phone.PLACE), row.person_id, in_group=row.data["in_group"]
            )
            number = row.id
            reporter = duty_phone.named(session, office, phone, "", None, now)
            notifier = Notifier(session, office, phone, row.channel, now)
            for outcome in duty_report.record(session, office, row, reporter, now):
                for place, message in enumerate(outcome.replies):
                    identity = Identity("unnamed", f"{number}:{place}:{outcome.about}")
                    posting = Posting(DeliveryKind.ANSWER, "nobody named who reports", identity, message, outcome.about)
                    notifier.send(here, posting)
                for told in outcome.notices:
                    notifier.tell_of(told)
