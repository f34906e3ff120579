"""What is to be said about files that were sent: which were not taken and why, and which wait for room."""

from collections.abc import Sequence

from sqlmodel import Session

from progress import acting_files
from progress.submit import OVER_ALL, OVER_FILES
from store import room
from store.answer_tables import Evidence
from store.types import EvidenceState
from words.file_names import called
from words.office import Office


def about(session: Session, office: Office, files: Sequence[Evidence], *, cut: bool = False) -> str:
    """All of it in words; empty where nothing is to be said. `cut` where a group keeps an album's other pictures."""
    lines = (
        *(_too_big(office, file) for file in files if file.state == EvidenceState.TOO_BIG),
        *_refused(office, files),
        _outside(session, office, files),
        office.text("files.album_in_group") if cut else "",
    )
    return "\n".join(filter(None, lines))


def went_along(
    session: Session, office: Office, files: Sequence[Evidence], reference: str, theirs: str
) -> tuple[str, str]:
    """What is said of photos and files that an answer to somebody brings: to who sent them, and to who reads it; empty
    where none came. Both find them by `reference`, and by `theirs`."""
    if not files:
        return "", ""
    kept = (office.text("evidence.kept_with_it", reference=reference), about(session, office, files))
    read = (office.text("evidence.with_it", reference=theirs), acting_files.in_words(office, files))
    return "\n".join(filter(None, kept)), "\n" + "\n".join(filter(None, read))


def _too_big(office: Office, file: Evidence) -> str:
    return office.text("files.too_big", name=called(office, file.name, file.kind))


def _refused(office: Office, files: Sequence[Evidence]) -> tuple[str, ...]:
    """Which limit kept files out, and what to do now."""
    refused = [file for file in files if file.state == EvidenceState.REFUSED]
    over_all = [file for file in refused if file.error == OVER_ALL]
    today = [file for file in refused if file.error != OVER_ALL]
    by_count = any(file.error == OVER_FILES for file in today)
    gigabytes = office.bytes_per_person // 1024**3
    in_a_day = office.text(
        "files.refused",
        count=len(today),
        files=office.files_per_day if by_count else 0,
        megabytes=office.bytes_per_day // (1024 * 1024),
    )
    in_all = office.text(
        "files.refused_in_all", count=len(over_all), gigabytes=gigabytes, compiler=office.compiler_name
    )
    return (in_a_day if today else "", in_all if over_all else "")


def _outside(session: Session, office: Office, files: Sequence[Evidence]) -> str:
    """Files that are not fetched for now."""
    count = sum(1 for file in files if file.state == EvidenceState.WAITING)
    if not count or room.look(session, office.free_bytes, office.most_bytes).lack is None:
        return ""
    return office.text("files.outside", count=count)
