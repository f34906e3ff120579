"""Which of a person's files an answer takes, and what is said of those that it does not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from progress.submit import Statement, loose_files
from store import loose
from store.answer_tables import Evidence
from store.tables import Obligation
from words.office import Office

# What was sent longer ago no answer takes by itself: as long as the question stands which asked what it is for.
REACHES_BACK = timedelta(days=2)


def waiting_for_code(session: Session, person_id: int, now: datetime) -> Sequence[Evidence]:
    """What the next answer of a person takes: all that came since the last one, in whatever chat."""
    last = loose.last_answer(session, person_id)
    return loose.since(session, person_id, max(filter(None, (last, now - REACHES_BACK))))


def gathered(session: Session, said: Statement, now: datetime) -> Statement:
    """What was said, with every file that came since the sender's last answer, behind those that it names itself."""
    ids = [each.id for each in waiting_for_code(session, said.person_id, now) if each.id is not None]
    return replace(said, files=tuple(dict.fromkeys((*said.files, *ids))))


def place_about(session: Session, said: Statement, row: Obligation) -> list[Evidence]:
    """Keeps the files of what was said with the obligation that it is about, without making them an answer."""
    files = loose_files(session, said)
    loose.place(session, files, row.id)
    return files


def in_words(office: Office, files: Sequence[Evidence]) -> str:
    """2 ảnh, 1 tệp: what is here or will be, whatever was meant to come."""
    files = [file for file in files if file.state in loose.KEPT]
    photos = sum(1 for file in files if file.kind == "photo")
    counts = (("files.photo", photos), ("files.other", len(files) - photos))
    return ", ".join(office.text(key, count=count) for key, count in counts if count)


def since_in_words(office: Office, files: Sequence[Evidence], now: datetime) -> str:
    """The same with the moment of the first where they came one after another: 5 ảnh từ 08:02."""
    named = in_words(office, files)
    kept = [file for file in files if file.state in loose.KEPT]
    if not named or len({file.album or file.source for file in kept}) == 1:
        return named
    first = min(file.sent_at for file in kept)
    today = office.today(first) == office.today(now)
    return office.text("files.since", files=named, at=first, today=today)


def is_cut_album(files: Sequence[Evidence], album: str | None, *, in_group: bool) -> bool:
    """Whether of an album in a group only the picture came that bears the words: the platform brings no others."""
    return in_group and album is not None and sum(file.album == album for file in files) == 1
