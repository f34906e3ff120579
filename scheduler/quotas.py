"""The admins are told once in a month at each step of what their installation gives them: messages, and room for files.

It stops nothing: reminders leave beyond the last step, words are taken with no room left, and files wait outside
(`store.room`); whoever runs the installation sees it on the board.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from scheduler.enqueue import admin_notice, untold_admins
from store import gauges, room, settings
from store.postings import Identity, notice
from words.office import Office
from words.render import size

# In which hour it was counted last, as of `months`.
COUNTED = "quotas_counted"
# In hundredths; that there is no room at all is told by itself, each day (`notices`).
MESSAGES_AT, STORAGE_AT = (80, 100), (80,)


def tell(session: Session, office: Office, now: datetime) -> None:
    """One notice for each step of each quota; a step that was passed at once is not told."""
    hour = f"{office.local(now):%Y-%m-%d %H}"
    if settings.get(session, COUNTED) == hour:
        return
    settings.put(session, COUNTED, hour)
    month = office.today(now).replace(day=1)
    for what, taken, most in _taken(session, office, now):
        steps = MESSAGES_AT if what == "messages" else STORAGE_AT
        step = max((each for each in steps if each * most <= 100 * taken), default=None)
        if step is None:
            continue
        shown = (taken, most) if what == "messages" else (size(taken), size(most))
        text = office.text(f"admin.quota_{what}", taken=shown[0], most=shown[1], percent=100 * taken // most)
        identity = Identity("quota", f"{what} {step}", month)
        for admin in untold_admins(session, identity):
            admin_notice(session, admin, notice(identity, text, f"{step} % of the {what} are taken"), now)


def _taken(session: Session, office: Office, now: datetime) -> Iterable[tuple[str, int, int]]:
    """Each thing that has an end, how much of it is taken, and how much there is."""
    if office.most_messages:
        yield "messages", gauges.sent_since(session, office.month_of(now)[0]), office.most_messages
    found = room.look(session, office.free_bytes, office.most_bytes)
    if found.lack is None:
        yield "storage", found.size, found.most
