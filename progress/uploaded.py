"""A file that came with its bytes, from the screen: kept as evidence at once, within what one person may send."""

from datetime import datetime

from sqlmodel import Session

from files.content import examine
from progress.submit import Statement, over_quota
from store import submissions
from store.answer_tables import Evidence
from store.types import EvidenceState
from words.office import Office

CHANNEL = "desk"


def keep(
    session: Session, office: Office, said: Statement, source: str, name: str, data: bytes, now: datetime
) -> Evidence:
    """Keeps a file under its name; it is loose until an act takes it with what was said.

    Above what one person may send in a day or in all its name and size are kept and its bytes are not, as in the chat.
    """
    why = over_quota(session, office, said, len(data))
    content = examine(data).content
    row = submissions.keep_file(
        session,
        Evidence(
            source=source,
            person_id=said.person_id,
            channel=CHANNEL,
            file_id="",
            unique_id=source,
            kind="photo" if content.startswith("image/") else "document",
            name=name,
            mime=content,
            size=len(data),
            caption=said.note,
            sent_at=now,
            not_before=now,
            state=EvidenceState.REFUSED if why else EvidenceState.STORED,
            error=why,
        ),
    )
    if not why:
        submissions.keep_bytes(session, row, data)
    session.flush()
    return row
