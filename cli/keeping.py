"""`backup`, `restore`, `retention`: keeping the record, and letting go of what is due."""

from pathlib import Path
from typing import Annotated

import typer

from app import age_encryption, backup_files, daily, installation, restoring, settings, wiring
from app.clock import machine_now
from cli.output import say
from store import serving
from store import settings as kept
from store.engine import Store
from store.engines.copies import BackupError, Facts

MB = 1024 * 1024


def backup(
    file: Annotated[Path | None, typer.Argument(help="Where the backup is written.")] = None,
    key: Annotated[str, typer.Option(help="A public age key (age1…) to encrypt to; default: BACKUP_KEY.")] = "",
    new_key: Annotated[
        Path | None, typer.Option(help="Instead: make a key pair, the secret half into this new file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a backup of the same name.")] = False,
) -> None:
    """Copies the whole database while the service runs, verifies the copy, and encrypts it with a key."""
    if new_key is not None:
        say(f"The secret key is in {new_key}: keep it away from this server, in two places. The public key:")
        print(age_encryption.new_key(new_key))  # noqa: T201 -- it is copied: rich would fold it
        return
    if file is None:
        raise BackupError("name the file to write: nhacviec backup FILE")
    chosen = settings.read()
    wiring.refuse_missing(chosen.database_url)
    try:
        facts = backup_files.make(chosen.database_url, file, key or chosen.backup_key, machine_now(), force=force)
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror}") from error
    store = Store(chosen.database_url)
    with store.unit() as session:
        kept.note_backup(session, wiring.clock_of(chosen, store)())
    store.close()
    hidden = "encrypted, " if age_encryption.is_encrypted(file) else ""
    say(f"{file}: {hidden}{file.stat().st_size / MB:.1f} MB, verified; {_held(facts)}")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    to: Annotated[
        str, typer.Option(help="The new file; it must not exist. Of a dump: the address of an empty database.")
    ],
    identity: Annotated[Path | None, typer.Option(help="The file with the secret age key.")] = None,
    seal_key: Annotated[
        Path | None, typer.Option(help="The file DATABASE.seal-key: refuse what this service did not make.")
    ] = None,
) -> None:
    """Makes a new database from a backup, verified; it asks the admins before it serves. Nothing when it fails."""
    try:
        if "://" in to:
            done = restoring.restore_dump(file, to, identity, seal_key)
        else:
            done = restoring.restore(file, Path(to), identity, seal_key)
    except OSError as error:
        raise BackupError(f"{file} cannot be restored to {to}: {error.strerror}") from error
    say(f"{to}: {_held(done.facts)}")
    if done.revision != done.facts.revision:
        say(f"its schema went from {done.revision} to {done.facts.revision}")
    if not done.compared:
        say(f"{backup_files.described(file).name} is not beside it: all was checked, but not compared with what it was")
    say(
        "sealed by this service: its key made the seal beside it"
        if done.sealed
        else "its schema and its audit were checked; who made it was not: --seal-key DATABASE.seal-key tells"
    )
    zone = settings.read().timezone
    if done.facts.newest_event:
        say(f"newest event: {done.facts.newest_event.astimezone(zone):%H:%M %d/%m/%Y}")
    if done.resumed.known_until:
        say(
            f"what people sent after {done.resumed.known_until.astimezone(zone):%H:%M %d/%m/%Y} is not in it: the "
            f"service asks them to send it again; {done.resumed.doubtful} messages on their way go out marked as "
            "perhaps sent before"
        )
    say(
        "the service that starts on it asks the admins before it serves: until one of them presses, or "
        "`nhacviec serve` is run here, it answers people and sends no reminders"
    )
    say("Stop the service that runs on the old database, then:")
    # One line to copy.
    there = to if "://" in to else f"sqlite:///{Path(to).absolute()}"
    print(f"DATABASE_URL={there} nhacviec doctor")  # noqa: T201 -- it is copied: rich would fold it


def serve() -> None:
    """Says that this copy of the service is the one that serves, as an admin's answer in the chat does."""
    service = wiring.open_existing(settings.read())
    now = service.clock()
    with service.store.unit() as session:
        serving.serve(session, now, via="cli")
    installation.settle(service)
    service.store.close()
    say("this copy serves: reminders leave again, and what was missed is made up for; stop every other copy")


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be dropped.")] = False,
) -> None:
    """Drops what is kept long enough (RETENTION_… in the settings); the service does it each day."""
    service = wiring.open_existing(settings.read())
    found = daily.let_go(service, service.clock(), dry_run=dry_run)
    service.store.close()
    say("would be dropped:" if dry_run else "dropped:")
    say(f"  {found.updates} handled updates, {found.messages} messages that ended")
    say(f"  {found.loose_files} files that belong to no answer ({found.file_bytes / MB:.1f} MB)")
    say(f"  the personal data of {found.people} people whose plans closed long ago")


def _held(facts: Facts) -> str:
    rows = facts.rows
    return (
        f"{rows.get('plan', 0)} plans, {rows.get('obligation', 0)} obligations with {rows.get('obligation_event', 0)} "
        f"events, {rows.get('submission', 0)} submissions, {rows.get('evidence', 0)} files of evidence "
        f"({facts.evidence_bytes / MB:.1f} MB), {rows.get('person', 0)} people"
    )
