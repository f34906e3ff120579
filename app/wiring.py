"""The composition root: settings become the parts of a process."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sqlmodel import Session

from app import identity, invite_key, office_settings
from app.clock import Clock, machine_now, real_clock, shifted_clock
from app.settings import ROOT, Settings
from bot.door.receive import Receiver
from channels.base import Channel
from channels.mail.address import NAME as MAIL
from channels.telegram.address import NAME as TELEGRAM
from channels.zalo.address import NAME as ZALO
from delivery.contents import Attacher, Contents, Maker
from delivery.fetcher import Fetcher
from delivery.sender import Sender, Wait
from plan.errors import NhacViecError
from plan.model import Plan
from plan.workdays import Calendar
from progress import acting_files, answering, confirmation, evidence, review
from reports.attachments import attach
from reports.attachments.paint import paint
from scheduler import admins_late_list, agency_heads, digest, letter_offers, snooze, urged, weekly
from store import plan_drafts, plan_imports, plan_sync, putting_right, schema, settings, ways
from store.answer_tables import Evidence
from store.current_office import Live
from store.engine import Store
from store.engines import kind_of
from store.engines.sqlite import sqlite_path
from store.plan_drafts import Origin
from store.plan_sync import Synced
from store.tables import Delivery
from store.types import DeliveryKind
from words.office import UNNAMED, Office

if TYPE_CHECKING:
    from alembic.config import Config

    from channels.mail.channel import Mail
    from channels.telegram.channel import Telegram
    from channels.zalo.channel import Zalo


# Alembic knows one migration at a time in a process; and several offices need not be copied and altered at once.
_ONE_OFFICE = Lock()


@dataclass(frozen=True)
class Service:
    """The parts of one installation."""

    settings: Settings
    store: Store
    office: Office
    clock: Clock

    @cached_property
    def live(self) -> Live:
        """The office with what admins changed in the chat, for a session."""
        return Live(self.office)

    def current(self) -> Office:
        """The office with what admins changed in the chat, as of now."""
        with self.store.look() as session:
            return self.live.of(session)


class NoDatabaseError(NhacViecError):
    """There is no database where one is wanted; the message says where it was looked for, and what to do."""


def open_existing(chosen: Settings, *, migrated: bool = True) -> Service:
    """Opens the database for what is about a record that is there: where none is, none is made, and nothing is said to
    have been done to an office that does not exist.

    Raises NoDatabaseError.
    """
    refuse_missing(chosen.database_url)
    return open_service(chosen, migrated=migrated)


def refuse_missing(url: str) -> None:
    """Raises NoDatabaseError where the file of an address is not there."""
    path = sqlite_path(url)
    if path is not None and not path.exists():
        raise NoDatabaseError(
            f"there is no database at {path}: go to the installation's folder, or set DATABASE_URL; a new "
            "installation has none before its first start"
        )


def open_service(chosen: Settings, *, migrated: bool = True) -> Service:
    """Opens the database, brings its schema up to date unless told not to, and reads the plan."""
    office = replace(office_settings.office_of(chosen), invite_key=invite_key.of(chosen))
    store = Store(chosen.database_url)
    if migrated:
        migrate(chosen.database_url)
    return Service(chosen, store, office, clock_of(chosen, store))


def clock_of(chosen: Settings, store: Store) -> Clock:
    """The machine's time for real people, otherwise the one that the sandbox can move."""
    return real_clock() if chosen.keeps_machine_time else shifted_clock(store)


def migrate(url: str, *, keep_former: bool = True) -> None:
    """Brings the schema to the newest revision, after a backup of what is there; raises SchemaError for a newer one."""
    if revision_of(url) == schema.HEAD:
        return
    # Loaded where used: a restart after a kill has nothing to migrate and need not wait for it.
    from alembic import command

    from app import backup_files

    with _ONE_OFFICE, kind_of(url).upgrading(url):
        have = revision_of(url)
        schema.refuse_newer(have)
        if keep_former and have is not None and have != schema.HEAD:
            backup_files.before_upgrade(url, have, schema.HEAD, machine_now())
        command.upgrade(alembic_config(url), "head")


def make_empty(url: str, revision: str) -> None:
    """Makes an empty database as a revision of ours has it."""
    from alembic import command

    command.upgrade(alembic_config(url), revision)


def revision_of(url: str) -> str | None:
    """The schema's revision in the database at an address; None where there is no record."""
    store = Store(url)
    try:
        return schema.revision(store)
    finally:
        store.close()


def alembic_config(url: str) -> Config:
    """Alembic's configuration for a database."""
    # Loaded where used: Alembic is 10 MB.
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(ROOT / "store" / "migrations"))
    config.attributes["url"] = url
    return config


def sync(service: Service) -> Mapping[str, Synced]:
    """Makes the obligations agree with the plans and notes an outage; each process does it at its start."""
    now = service.clock()
    with service.store.unit() as session:
        settings.note_outage(session, now)
        ways.put_in_order(session, service.office.channel_order)
    result = {}
    calendar = service.current().calendar
    with service.store.unit() as session:
        if not service.current().plans:
            plan_sync.keep_unnamed(session, UNNAMED, service.office.text("office.unnamed"))
        others = [each for each in plan_imports.adopted(session) if each not in service.office.plans]
        imported = [serves for each in others if (serves := plan_drafts.adopted(session, each))]
    for plan in (*service.office.plans.values(), *imported):
        with service.store.unit() as session:
            serves = plan
            if plan.id in service.office.plans:
                serves = _of_file(session, plan, calendar, now)
            result[plan.id] = plan_sync.sync(session, serves, calendar, now, service.office.today(now))
    return result


def _of_file(session: Session, plan: Plan, calendar: Calendar, now: datetime) -> Plan:
    """The plan that serves of one that a file holds; what the file says now is offered as its next version.

    A file that says what it said at the last start has nothing to offer where a document amends the plan or did: it
    would take the amendment back.
    """
    plan = putting_right.put_right(plan, putting_right.of_plan(session, plan.id))
    key, digest = f"plan_file:{plan.id}", hashlib.sha256(plan.model_dump_json().encode()).hexdigest()
    is_as_before = settings.get(session, key) == digest
    settings.put(session, key, digest)
    serves = plan_drafts.adopted(session, plan.id)
    if serves is None:
        return plan
    if not (is_as_before and plan_drafts.left_behind(session, plan.id)):
        plan_drafts.offer(session, plan, calendar, now, Origin("file"))
    return plan_drafts.adopted(session, plan.id) or serves


def telegram_of(chosen: Settings) -> Telegram:
    """The channel to Telegram; raises ValueError without a token."""
    # Loaded where used: the screen's process speaks to no platform.
    from channels.telegram.channel import Telegram

    if chosen.telegram_bot_token is None:
        raise ValueError("TELEGRAM_BOT_TOKEN is not set")
    proxy = chosen.telegram_proxy.get_secret_value() if chosen.telegram_proxy else None
    return Telegram(chosen.telegram_bot_token.get_secret_value(), chosen.telegram_api_url, proxy)


def zalo_of(chosen: Settings) -> Zalo:
    """The channel to Zalo; raises ValueError without a token."""
    from channels.zalo.channel import Zalo

    if chosen.zalo_bot_token is None:
        raise ValueError("ZALO_BOT_TOKEN is not set")
    return Zalo(chosen.zalo_bot_token.get_secret_value(), chosen.zalo_api_url)


def mail_of(service: Service) -> Mail:
    """The channel of letters; raises ValueError without a server for them."""
    from app import mail_account

    return mail_account.mail_of(service.settings, service.store, service.clock)


def channels_of(service: Service) -> dict[str, Channel]:
    """Every channel that the settings name, by its name; raises ValueError where there is none."""
    chosen = service.settings
    found: dict[str, Channel] = {}
    if chosen.telegram_bot_token is not None:
        found[TELEGRAM] = telegram_of(chosen)
    if chosen.zalo_bot_token is not None:
        found[ZALO] = zalo_of(chosen)
    if chosen.smtp_url is not None:
        found[MAIL] = mail_of(service)
    if not found:
        raise ValueError("neither TELEGRAM_BOT_TOKEN nor ZALO_BOT_TOKEN nor SMTP_URL is set")
    return found


MAKERS: Mapping[DeliveryKind, Maker] = {
    DeliveryKind.DIGEST: digest.make,
    DeliveryKind.CONFIRMATION: confirmation.make,
    DeliveryKind.WEEKLY: weekly.make,
    DeliveryKind.HEAD: agency_heads.make,
    DeliveryKind.NOTICE: lambda session, office, row, now, can: _notice(row)(session, office, row, now, can),
    DeliveryKind.URGE: urged.make,
    DeliveryKind.SNOOZE: snooze.make,
}
"""Who makes the text of which kind of message when it is sent."""


def _notice(row: Delivery) -> Maker:
    """A notice about an answer is for who decides on it; the others are the admins' lists of what is late."""
    if row.submission_id is not None:
        return review.notice
    return letter_offers.make if letter_offers.is_ours(row) else admins_late_list.make


def attachers(templates: Path) -> dict[str, Attacher]:
    """Who gives or makes the file of a message, by the head of its reference: "evidence:12", "report:3|docx"."""
    return {"evidence": evidence.attached, **attach.attachers(templates)}


def sender_of(service: Service, channels: Mapping[str, Channel], wait: Wait = asyncio.sleep) -> Sender:
    """A sender over this process's connections to the platforms; `wait` passes time by the service's clock."""
    contents = Contents(
        MAKERS, paint, attachers(service.settings.templates_dir), linked=answering.linked, left=answering.left
    )
    limited = service.settings.send_rate != "none"
    holder = identity.own()
    return Sender(
        service.store, service.office, channels, contents, service.clock, holder=holder, limited=limited, wait=wait
    )


def fetcher_of(service: Service, channels: Mapping[str, Channel]) -> Fetcher:
    """What fetches the bytes of files that people sent."""
    return Fetcher(service.store, service.office, channels, service.clock, _arrived)


def _arrived(session: Session, office: Office, file: Evidence, now: datetime) -> None:
    """What is to be said once the bytes of a file are here."""
    review.flag_reuse(session, office, file, now)
    acting_files.warn_sender(session, office, file, now)


def receiver_of(service: Service, channel: Channel) -> Receiver:
    """The receiver of one channel, in the process that polls."""
    limited = service.settings.send_rate != "none"
    return Receiver(service.store, service.office, channel, service.clock, limited=limited)
