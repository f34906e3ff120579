"""What happens once a day beside the beats: the backup with its rotation, and letting go of what is due."""

import errno
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from app import rotation
from app.wiring import Service
from store import privacy, retention, settings
from store.engines.copies import BackupError
from store.engines.sqlite import sqlite_path
from store.retention import Dropped, Policy

log = logging.getLogger(__name__)
# After a failure: a disk that fills again and again is not tried every minute.
AGAIN = timedelta(hours=1)
FAULTS = {
    errno.ENOENT: "missing",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
}


def step(service: Service, now: datetime, leads: Callable[[], bool]) -> None:
    """Makes the day's backup when it is due, and then the day's retention; run again it does nothing more.

    Only where this process `leads`, which is asked where something is due.
    """
    _back_up(service, now, leads)
    local = service.office.local(now)
    with service.store.look() as session:
        done = settings.get(session, settings.RETENTION_DONE) == local.date().isoformat()
    if local.time() >= service.settings.backup_at and not done and leads():
        log.info("retention: %s", let_go(service, now))


def _back_up(service: Service, now: datetime, leads: Callable[[], bool]) -> None:
    folder = service.settings.backup_dir
    if folder is None:
        return
    with service.store.look() as session:
        failed = settings.backup_failed(session)
    if failed is not None and timedelta(0) <= now - failed[0] < AGAIN:
        return
    try:
        if not _backup_if_due(service, folder, now, leads):
            return
        fault = ""
    except (OSError, BackupError) as error:
        log.exception("the daily backup failed")
        fault = FAULTS.get(error.errno or 0, "other") if isinstance(error, OSError) else "unsound"
    except Exception:
        log.exception("the daily backup failed")
        fault = "other"
    with service.store.unit() as session:
        settings.note_backup(session, now, fault)


def _backup_if_due(service: Service, folder: Path, now: datetime, leads: Callable[[], bool]) -> bool:
    # Never made by us: it may be the place of a disk that is not mounted. Listing it raises FileNotFoundError.
    made = made_in(folder)
    local = service.office.local(now).replace(tzinfo=None)
    if not rotation.is_due(made, local, service.settings.backup_at) or not leads():
        return False
    # Loaded where used: a backup is made once a day.
    from app import backup_files

    key = service.settings.backup_key
    target = folder / rotation.name_of(
        local, encrypted=bool(key), dump=sqlite_path(service.settings.database_url) is None
    )
    facts = backup_files.make(service.settings.database_url, target, key, now, force=True)
    log.info("backup %s: %s rows, %s bytes of evidence", target, sum(facts.rows.values()), facts.evidence_bytes)
    rotate(folder, service.settings.backup_keep)
    return True


def made_in(folder: Path) -> dict[datetime, list[Path]]:
    """The daily backups in a folder by their local moment; raises FileNotFoundError without the folder."""
    found: dict[datetime, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        moment = rotation.moment_of(path.name)
        if moment is not None and path.is_file():
            found.setdefault(moment, []).append(path)
    return found


def rotate(folder: Path, keep: tuple[int, int, int]) -> None:
    """Deletes the daily backups that are no longer to be kept, with their facts; nothing else in the folder."""
    from app import backup_files

    made = made_in(folder)
    for moment in rotation.surplus(made, keep):
        for path in made[moment]:
            path.unlink()
            backup_files.described(path).unlink(missing_ok=True)


def let_go(service: Service, now: datetime, *, dry_run: bool = False) -> Dropped:
    """Drops what is kept long enough; with `dry_run` it is only counted."""
    chosen = service.settings
    policy = Policy(
        inbox_days=chosen.retention_inbox_days,
        outbox_days=chosen.retention_outbox_days,
        loose_days=chosen.retention_loose_days,
        person_months=chosen.retention_person_months,
    )
    name = service.office.text("person.erased")

    def erase(session: Session, person_id: int) -> None:
        privacy.erase(session, person_id, name, now, via="retention", actor=None)

    today = service.office.today(now)
    with service.store.unit() as session:
        # Counted by doing it: what a dry run says is what will be done.
        found = retention.drop(session, policy, now, today, erase)
        settings.put(session, settings.RETENTION_DONE, today.isoformat())
        if dry_run:
            session.rollback()
    return found
