"""The notice of personal data that people agree to: short enough for a phone, and whole.

An edition is a number; a new one is told once to who agreed to an older one (scheduler/consents.py). What an office
sets (its contact, a legal basis for evaluating) is filled in, and makes no other edition.
"""

from words.names import of_channel
from words.office import Office

EDITION = 2


def short(office: Office, channel: str, role: str = "", agency: str = "") -> str:
    """What stands above the button: purpose, what is kept and how long, where, who answers for it, and what refusing
    costs; `role` in words and the agency's name to who is invited, neither to who is linked already.
    """
    return office.text("consent.short", role=role, agency=agency, **_values(office, channel))


def whole(office: Office, channel: str) -> str:
    """The same with everything that the law wants said."""
    return office.text("consent.whole", edition=EDITION, **_values(office, channel))


def _values(office: Office, channel: str) -> dict[str, object]:
    known = f"consent.place_{channel}"
    return {
        "compiler": office.compiler_name,
        "contact": office.contact,
        "basis": office.evaluation_basis,
        "months": office.person_months,
        "inbox_days": office.inbox_days,
        "outbox_days": office.outbox_days,
        "channel": of_channel(channel),
        "place": office.text(known) if known in office.text else "",
    }
