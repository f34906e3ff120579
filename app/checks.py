"""What `doctor` looks at: each check says in one sentence how it stands, and what to do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import health, heartbeat, wiring
from app.settings import Settings
from app.wiring import Service
from channels.errors import ChannelError
from plan.check import check as check_plan
from plan.errors import NhacViecError
from plan.people import Role
from reports.word import documents
from store import gauges, people, room, schema, settings
from store.engines.sqlite import sqlite_path

BACKUP_OLD = timedelta(days=2)


@dataclass(frozen=True)
class Finding:
    """One check: `ok` True, False, or None for a warning."""

    name: str
    ok: bool | None
    text: str


async def examine(chosen: Settings) -> list[Finding]:
    """Every check, in order; one that fails does not hide the next."""
    try:
        service = wiring.open_service(chosen, migrated=False)
    except NhacViecError as error:
        return [Finding("plan", False, str(error))]
    steps: tuple[tuple[str, Callable[[Service], Iterable[Finding]]], ...] = (
        ("database", _database),
        ("plan", _plan),
        ("calendar", _calendar),
        ("templates", _templates),
        ("people", _people),
        ("clock", _clock),
        ("health", _health),
        ("screen", screen),
        ("disk", _disk),
        ("backup", _backup),
    )
    found = [await _token(chosen)]
    if (missing := _no_database(service)) is not None:
        service.store.close()
        return [*found, missing]
    for name, step in steps:
        try:
            found += step(service)
        except Exception as error:
            found.append(Finding(name, False, f"{type(error).__name__}: {error}"))
    service.store.close()
    return found


def _no_database(service: Service) -> Finding | None:
    """Why there is nothing more to look at; None where the database holds an office."""
    try:
        have = schema.revision(service.store)
    except Exception as error:
        why = str(error) if isinstance(error, NhacViecError) else f"{type(error).__name__}: {error}"
        return Finding("database", False, why)
    if have is None:
        return Finding("database", None, "it is empty: `nhacviec run` makes it; look again after that")
    return None


async def _token(chosen: Settings) -> Finding:
    if chosen.telegram_bot_token is None:
        return Finding("token", None, "TELEGRAM_BOT_TOKEN is not set: `run` starts the sandbox")
    channel = wiring.telegram_of(chosen)
    try:
        name = await channel.open()
    except ChannelError as error:
        return Finding("token", False, f"{error}; check the token, TELEGRAM_PROXY and the network")
    await channel.close()
    return Finding("token", True, f"the platform knows us as @{name}")


def _database(service: Service) -> Iterable[Finding]:
    with service.store.reader.connect() as connection:
        yield from (Finding(*each) for each in service.store.kind.examine(connection))
    with service.store.look() as session:
        have, wanted = gauges.revision(session), schema.HEAD
    yield Finding("schema", have == wanted, f"revision {have}, the program's is {wanted}")


def _plan(service: Service) -> Iterable[Finding]:
    for plan in service.office.plans.values():
        faults = check_plan(plan, None)
        yield Finding("plan", not faults, f"{plan.name}: {len(plan.tasks)} tasks, {len(faults)} faults")
        questions = len(plan.questions) + sum(len(task.questions) for task in plan.all_tasks)
        if questions:
            yield Finding("questions", None, f"{questions} questions about the document are open: `nhacviec plan show`")


def _calendar(service: Service) -> Iterable[Finding]:
    following = service.office.today(service.clock()).year + 1
    calendar = service.current().calendar
    if not calendar.covers(following):
        text = f"the days off of {following} are missing: add them to {service.settings.days_file.name}"
        yield Finding("calendar", False, text)
    elif calendar.is_provisional(following):
        text = f"the days off of {following} are provisional: correct them when the Government announces them"
        yield Finding("calendar", None, text)
    else:
        yield Finding("calendar", True, f"the days off of {following} are known")


def _templates(service: Service) -> Iterable[Finding]:
    faults = documents.check(service.settings.templates_dir)
    for fault in faults:
        yield Finding("templates", False, str(fault))
    if not faults:
        yield Finding("templates", True, f"{len(documents.GIVEN)} templates of documents can be filled in")


def _people(service: Service) -> Iterable[Finding]:
    with service.store.look() as session:
        if not people.admins(session):
            yield Finding("admin", False, "nobody is admin: set TELEGRAM_ADMIN_IDS and send /start to the bot")
        covered = {membership.agency_id for _, _, membership in people.reachable(session, Role.OFFICER)}
    office = service.current()
    missing = [office.agency_short(agency) for agency in office.owing() if agency not in covered]
    if missing:
        text = f"{len(missing)} agencies have no officer who can be reached: {', '.join(missing)}"
        yield Finding("officers", False, f"{text}; use /invite")
    else:
        yield Finding("officers", True, "every agency that owes something has an officer")


def _clock(service: Service) -> Iterable[Finding]:
    now = service.clock()
    with service.store.look() as session:
        offset = settings.clock_offset(session)
    zone = service.office.zone.key
    yield Finding(
        "clock", None if offset else True, f"{service.office.local(now):%H:%M %d/%m/%Y} {zone}, offset {offset}"
    )


def _health(service: Service) -> Iterable[Finding]:
    found = health.look(service, service.clock())

    def local(moment: datetime) -> str:
        return f"{service.office.local(moment):%H:%M:%S %d/%m/%Y}"

    for name, beat in found.beats.items():
        if beat is not None and heartbeat.alive(beat, found.at):
            yield Finding(name, True, f"last sign of life {local(beat)}")
        else:
            since = f" since {local(beat)}" if beat else ""
            yield Finding(name, None, f"no sign of life{since}: is `nhacviec run` running?")
    if found.rival_since is not None:
        since = local(found.rival_since)
        yield Finding(
            "rival", False, f"another program receives this bot's messages since {since}: stop one of the two"
        )
    if found.held is not None:
        why = health.HELDS[found.held.why]
        how = "answer the bot's question, or run `nhacviec serve` here if this is the one that serves"
        yield Finding("serving", False, f"{why}, and no reminders leave since {local(found.held.since)}: {how}")
    if found.unsent_since is None:
        yield Finding("unsent", True, "no message waits that could leave")
    else:
        old = found.at - found.unsent_since > heartbeat.LIMIT
        yield Finding("unsent", None if old else True, f"the oldest message waits since {local(found.unsent_since)}")
    yield Finding("updates", True, f"the last one came {local(found.received_at)}" if found.received_at else "none yet")


def screen(service: Service) -> Iterable[Finding]:
    """Whether the office's screen lives, and whether passphrases would go over the network in the clear."""
    chosen, now = service.settings, service.clock()
    if not chosen.desk_listen:
        yield Finding("screen", True, "off: DESK_LISTEN is empty")
        return
    with service.store.look() as session:
        beat = settings.last_beat(session, heartbeat.BEATS["desk"])
    if heartbeat.alive(beat, now):
        yield Finding("screen", True, f"answers at {chosen.desk_address}")
    else:
        yield Finding("screen", None, f"no sign of life at {chosen.desk_listen}: is `nhacviec run` running?")
    if not chosen.desk_url.startswith("https://") and not _is_loopback(chosen.desk_listen):
        text = f"DESK_LISTEN is {chosen.desk_listen} without TLS: passphrases cross the network in the clear; "
        yield Finding("screen TLS", None, text + "let a reverse proxy end TLS and set DESK_URL (docs/operations.md)")


def _is_loopback(listen: str) -> bool:
    host = listen.rpartition(":")[0].strip("[]")
    return host in ("localhost", "::1") or host.startswith("127.")


def _disk(service: Service) -> Iterable[Finding]:
    with service.store.look() as session:
        found = room.look(session, service.office.free_bytes, service.office.most_bytes)
    if found.free is not None:
        enough, floor = found.free >= found.floor, found.floor // 1024 // 1024
        text = f"{found.free // 1024 // 1024} MB free where the database is"
        yield Finding("disk", enough, text if enough else f"{text}: files wait with the platform below {floor} MB")
    taken, most = found.size // 1024 // 1024, found.most // 1024 // 1024
    text = f"the database takes {taken} of {most} MB"
    full = found.size >= found.most
    yield Finding("room", None if full else True, f"{text}: files wait with the platform" if full else text)


def _backup(service: Service) -> Iterable[Finding]:
    if sqlite_path(service.settings.database_url) is None:
        vain = ", and BACKUP_DIR does nothing" if service.settings.backup_dir is not None else ""
        yield Finding(
            "backup", None, f"this program backs up SQLite only as yet{vain}: set up pg_dump for this database"
        )
        return
    now, local = service.clock(), service.office.local
    with service.store.look() as session:
        made, failed = settings.backup_made(session), settings.backup_failed(session)
    how = "set BACKUP_DIR to a folder on another disk, or run `nhacviec backup FILE`"
    if failed is not None:
        text = f"the daily backup failed at {local(failed[0]):%H:%M %d/%m/%Y} ({failed[1]}); see the log"
        yield Finding("backup", False, text)
    if made is None:
        yield Finding("backup", None, f"no backup was ever made: {how}")
    elif now - made > BACKUP_OLD:
        yield Finding("backup", None, f"the last backup is of {local(made):%H:%M %d/%m/%Y}: {how}")
    else:
        yield Finding("backup", True, f"the last backup is of {local(made):%H:%M %d/%m/%Y}")
