"""What `doctor` and the screen's settings look at: each check says in a sentence how it stands, and what to do."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app import channel_checks, health, heartbeat, screen_key, setting_names, setting_values, wiring
from app.findings import Finding, broken, whole
from app.heartbeat import PageState
from app.settings import Settings
from app.supervise import Only
from app.wiring import Service
from desk.door import sealed
from plan.check import check as check_plan
from plan.errors import NhacViecError
from plan.people import Role
from reports.word import documents
from store import desk_keys, gauges, months, people, room, schema, settings
from store.engines.sqlite import sqlite_path
from words.names import of_channel

BACKUP_OLD = timedelta(days=2)
MEGABYTE = 1024 * 1024
# How the sentences of pages end.
STATES = {PageState.AWAKE: "", PageState.ASLEEP: "_asleep", PageState.SILENT: "_silent"}

Step = Callable[[Service], Iterable[Finding]]


async def examine(chosen: Settings) -> list[Finding]:
    """Every check, in order; one that fails does not hide the next."""
    return _told(chosen, [*_names(chosen), *await _examined(chosen)])


def _told(chosen: Settings, found: Iterable[Finding]) -> list[Finding]:
    """The same, as it is said of the office of these settings."""
    return [replace(each, together=chosen.together) for each in found]


def _names(chosen: Settings) -> Iterable[Finding]:
    """What a slip of the hand made no setting: it stands in the file in vain. The process is in the office's folder."""
    of = setting_names.unknown_of_office if chosen.together else setting_names.unknown_of_installation
    for each in of(Path()):
        yield Finding("settings", None, "setting_unknown", {"name": each.name, "nearest": each.nearest})


async def _examined(chosen: Settings) -> list[Finding]:
    try:
        service = wiring.open_service(_looked_at(chosen), migrated=False)
        service.office.text.refuse_broken()
    except NhacViecError as error:
        return [broken("plan", str(error))]
    found = [
        each
        for each in (
            await channel_checks.token(chosen),
            await channel_checks.zalo(service),
            *await channel_checks.mail(service),
        )
        if each is not None
    ]
    if (missing := _no_database(service)) is not None:
        service.store.close()
        return [*found, missing]
    found += _each(service, (("database", _database), *AT_HAND), whole)
    service.store.close()
    return found


def _looked_at(chosen: Settings) -> Settings:
    """The same with an empty database in memory where there is no file: who looks makes none."""
    try:
        wiring.refuse_missing(chosen.database_url)
    except wiring.NoDatabaseError:
        return chosen.model_copy(update={"database_url": "sqlite://"})
    return chosen


def at_hand(service: Service) -> list[Finding]:
    """The checks that need neither the network nor a reading of the whole database: what a page can wait for.

    Of an error only its kind is said: its text may hold an address with a password.
    """
    return _told(service.settings, _each(service, AT_HAND, lambda error: type(error).__name__))


def _each(service: Service, steps: Iterable[tuple[str, Step]], why: Callable[[Exception], str]) -> list[Finding]:
    found: list[Finding] = []
    for name, step in steps:
        try:
            found += step(service)
        except Exception as error:
            found.append(broken(name, why(error)))
    return found


def _no_database(service: Service) -> Finding | None:
    """Why there is nothing more to look at; None where the database holds an office."""
    try:
        have = schema.revision(service.store)
    except Exception as error:
        return broken("database", str(error) if isinstance(error, NhacViecError) else whole(error))
    if have is None:
        return Finding("database", None, "empty")
    return None


def _database(service: Service) -> Iterable[Finding]:
    with service.store.reader.connect() as connection:
        for name, ok, text in service.store.kind.examine(connection):
            yield Finding(name, ok, "database", {"text": text})


def _schema(service: Service) -> Iterable[Finding]:
    with service.store.look() as session:
        have, wanted = gauges.revision(session), schema.HEAD
    yield Finding("schema", have == wanted, "schema", {"revision": have, "expected": wanted})


def _plan(service: Service) -> Iterable[Finding]:
    for plan in service.office.plans.values():
        faults = check_plan(plan, None)
        values = {"name": plan.name, "count": len(plan.tasks), "faults": len(faults)}
        yield Finding("plan", not faults, "plan", values)
        questions = len(plan.questions) + sum(len(task.questions) for task in plan.all_tasks)
        if questions:
            yield Finding("questions", None, "questions", {"count": questions})


def _calendar(service: Service) -> Iterable[Finding]:
    following = service.office.today(service.clock()).year + 1
    calendar = service.current().calendar
    if not calendar.covers(following):
        values = {"year": following, "file": service.settings.days_file.name}
        yield Finding("calendar", False, "calendar_missing", values)
    elif calendar.is_provisional(following):
        yield Finding("calendar", None, "calendar_provisional", {"year": following})
    else:
        yield Finding("calendar", True, "calendar", {"year": following})


def _templates(service: Service) -> Iterable[Finding]:
    faults = documents.check(service.settings.templates_dir)
    for fault in faults:
        yield Finding("templates", False, "template_fault", {"why": str(fault)})
    if not faults:
        yield Finding("templates", True, "templates", {"count": len(documents.GIVEN)})


def _people(service: Service) -> Iterable[Finding]:
    with service.store.look() as session:
        if not people.admins(session):
            yield Finding("admin", False, "no_admin")
        covered = {membership.agency_id for _, _, membership in people.reachable(session, Role.OFFICER)}
    office = service.current()
    missing = [office.agency_short(agency) for agency in office.owing() if agency not in covered]
    if missing:
        yield Finding("officers", False, "officers_missing", {"count": len(missing), "agencies": missing})
    else:
        yield Finding("officers", True, "officers")


def _months(service: Service) -> Iterable[Finding]:
    with service.store.look() as session:
        spent = months.of(session, service.current(), service.clock())
    for channel, found in spent.items():
        for each in found:
            values = {"channel": of_channel(channel), "near": each.told_at is not None, **each.values}
            yield Finding("month", None if each.told_at else True, "month", values)


def _clock(service: Service) -> Iterable[Finding]:
    now = service.clock()
    with service.store.look() as session:
        offset = settings.clock_offset(session)
    values = {"at": now, "zone": service.office.zone.key, "offset": str(offset) if offset else ""}
    yield Finding("clock", None if offset else True, "clock", values)


def _health(service: Service) -> Iterable[Finding]:
    found = health.look(service, service.clock())
    for name, beat in found.beats.items():
        is_alive = beat is not None and heartbeat.alive(beat, found.at)
        yield Finding(name, is_alive or None, "alive" if is_alive else "silent", {"process": name, "since": beat})
    for channel, since in found.away.items():
        ok = False if found.at - since >= health.AWAY else None
        yield Finding("away", ok, "away", {"channel": of_channel(channel), "since": since})
    if found.rival_since is not None:
        yield Finding("rival", False, "rival", {"since": found.rival_since})
    if found.held is not None:
        yield Finding("serving", False, f"held_{found.held.why}", {"since": found.held.since})
    old = found.unsent_since is not None and found.at - found.unsent_since > heartbeat.LIMIT
    yield Finding("unsent", None if old else True, "unsent", {"since": found.unsent_since})
    yield Finding("updates", True, "updates", {"at": found.received_at})


def screen(service: Service) -> Iterable[Finding]:
    """Whether the office's screen lives, and whether passphrases would go over the network in the clear."""
    chosen = service.settings
    if not chosen.desk_listen:
        yield Finding("screen", True, "screen_off")
        return
    yield _page(service, Only.DESK, "screen", {"address": chosen.desk_address, "listen": chosen.desk_listen})
    if not chosen.desk_url.startswith("https://") and not _is_loopback(chosen.desk_listen):
        yield Finding("screen TLS", None, "screen_open", {"address": chosen.desk_listen})


def _app_key(service: Service) -> Iterable[Finding]:
    """Whether the secrets of authenticators' apps are encrypted, and can still be read."""
    key = screen_key.of(service.settings)
    with service.store.look() as session:
        rows = desk_keys.authenticators(session)
        plain = sum(not sealed.is_sealed(row) for row in rows)
        lost = sum(sealed.opened(key, row) is None for row in rows)
    if lost:
        yield Finding("app key", False, "app_key_lost", {"count": lost})
    if plain:
        yield Finding("app key", None, "app_key_none", {"count": plain})
    if rows and not lost and not plain:
        yield Finding("app key", True, "app_key")


def answer_page(service: Service) -> Iterable[Finding]:
    """Whether the page to answer on lives; nothing is said of it where there is none."""
    chosen = service.settings
    if not chosen.public_url:
        return
    said = {"address": chosen.public_url, "listen": chosen.answer_listen}
    yield _page(service, Only.ANSWER, "answer page", said)


def _page(service: Service, only: Only, name: str, said: Mapping[str, str]) -> Finding:
    """How those pages stand that listen where it is `said`; the sentences are called as the check is."""
    key = name.replace(" ", "_")
    with service.store.look() as session:
        state = health.page_state(session, only, service.clock())
    if state is PageState.AWAKE or not service.settings.together:
        return Finding(name, state is not PageState.SILENT or None, f"{key}{STATES[state]}", said)
    # Who serves the pages of all offices leaves no sign of life in the record of any, and may be on another machine.
    is_taken = heartbeat.takes_calls(said["listen"])
    return Finding(name, is_taken or None, f"{key}_taken" if is_taken else f"{key}_untaken", said)


def _is_loopback(listen: str) -> bool:
    return setting_values.is_loopback(listen.rpartition(":")[0].strip("[]"))


def _disk(service: Service) -> Iterable[Finding]:
    with service.store.look() as session:
        found = room.look(session, service.office.free_bytes, service.office.most_bytes)
    if found.free is not None:
        enough, values = found.free >= found.floor, {"free": found.free // MEGABYTE, "floor": found.floor // MEGABYTE}
        yield Finding("disk", enough, "disk" if enough else "disk_full", values)
    full, values = found.size >= found.most, {"taken": found.size // MEGABYTE, "most": found.most // MEGABYTE}
    yield Finding("room", None if full else True, "room_full" if full else "room", values)


def _backup(service: Service) -> Iterable[Finding]:
    if sqlite_path(service.settings.database_url) is None:
        from store.engines import postgresql_backup

        if not postgresql_backup.is_possible():
            yield Finding("backup", False, "backup_programs")
            return
    now = service.clock()
    with service.store.look() as session:
        made, failed = settings.backup_made(session), settings.backup_failed(session)
    if failed is not None:
        yield Finding("backup", False, "backup_failed", {"at": failed[0], "why": failed[1]})
    ok = made is not None and now - made <= BACKUP_OLD
    yield Finding("backup", ok or None, "backup" if ok else "backup_old", {"at": made})


# In the order in which they are said.
AT_HAND: tuple[tuple[str, Step], ...] = (
    ("schema", _schema),
    ("plan", _plan),
    ("calendar", _calendar),
    ("templates", _templates),
    ("people", _people),
    ("months", _months),
    ("clock", _clock),
    ("health", _health),
    ("screen", screen),
    ("app key", _app_key),
    ("answer page", answer_page),
    ("disk", _disk),
    ("backup", _backup),
)
