"""Files that may run something when they are opened: kept as they are, and warned about to whoever gets them."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from files.content import may_act
from store import addresses, deliveries
from store.answer_tables import Evidence
from store.postings import Identity, Posting, to_person
from store.types import DeliveryKind
from words.file_names import called
from words.message import say
from words.office import Office


def in_words(office: Office, files: Sequence[Evidence]) -> str:
    """A line that names those of some files; empty where none is."""
    names = [called(office, file.name, file.kind) for file in files if may_act(file.name, file.content)]
    return office.text("files.acting", names=names) if names else ""


def warn_sender(session: Session, office: Office, file: Evidence, now: datetime) -> None:
    """The bytes of a file are here, and what they are is known: its sender hears once what to send in its place.

    They hear it where the file came from; what came on a page they hear in the chat.
    """
    channel = file.channel
    address = addresses.address_of(session, file.person_id, channel)
    address = address or addresses.reached_at(session, file.person_id, channel)
    if address is None or not may_act(file.name, file.content):
        return
    text = office.text("files.acting_sent", name=called(office, file.name, file.kind))
    posting = Posting(DeliveryKind.ANSWER, "a file may run something", Identity("acting", file.id), say(text))
    deliveries.post(session, to_person(address), posting, now)
