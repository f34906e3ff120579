"""Fetches a document that an admin sent as a plan, and reads it in a process of its own; only what was read is kept."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from app import reading
from app.settings import Settings
from app.wiring import Service
from bot.decide import plan_import_words
from channels.base import Channel
from channels.errors import ChannelError
from delivery import retry
from delivery.fetcher import SELDOM_S, fetched, idle_until
from intake.draft import Draft
from intake.errors import RefusedError
from progress import revising_words, taking_in
from progress.importing import Work
from progress.taking_in import Came, Known, SheetBack
from store import addresses, deliveries, people, plan_imports
from store.import_tables import PlanImport
from store.postings import Identity, Posting, to_person
from store.types import DeliveryKind
from words.message import Message, say
from words.office import Office

log = logging.getLogger(__name__)


class PlanDocuments:
    """Fetches what waits, document by document."""

    def __init__(self, service: Service, channels: Mapping[str, Channel]) -> None:
        self.service, self.channels = service, channels
        self._idle_s = SELDOM_S

    def idle_s(self) -> float:
        """Seconds after which it is worth looking again though nothing changes."""
        return self._idle_s

    async def step(self) -> bool:
        """Fetches and reads one document; False when none waits."""
        service, row = self.service, await asyncio.to_thread(self._next)
        if row is None:
            return False
        try:
            data = await fetched(self.channels, row.channel, row.file_id)
        except ChannelError as error:
            log.warning("import %s: %s", row.id, error)
            await asyncio.to_thread(_failed, service, row, service.clock())
            return True
        read = await asyncio.to_thread(_read, data, service.settings)
        await asyncio.to_thread(_keep, service, row, data, read, service.clock())
        return True

    def _next(self) -> PlanImport | None:
        now, self._idle_s = self.service.clock(), SELDOM_S
        with self.service.store.look() as session:
            row = plan_imports.next_to_fetch(session)
        if row is not None and row.not_before is not None and row.not_before > now:
            self._idle_s = idle_until(row.not_before, now)
            return None
        return row


def _read(data: bytes, chosen: Settings) -> Draft | RefusedError:
    try:
        return reading.read(data, chosen)
    except RefusedError as error:
        return error


def _keep(service: Service, former: PlanImport, data: bytes, read: Draft | RefusedError, now: datetime) -> None:
    with service.store.unit() as session:
        row = plan_imports.get(session, former.id or 0)
        if row is None or row.state != plan_imports.WAITING:
            return
        live, name = service.live.of(session), row.name
        came = taking_in.take(session, live, row, (data, read), now)
        # The sheet is in the office's language, the answer in its sender's.
        _tell(session, row, _told(_speaking(session, live, row), name, came), now)


def _told(office: Office, name: str, came: Came) -> Message:
    match came:
        case RefusedError():
            return plan_import_words.was_refused(office, came)
        case Known():
            return say(office.text("plan_import.same", name=name, serves=came.serves))
        case Work():
            return plan_import_words.was_read(office, came)
        case SheetBack():
            if came.found is None:
                return say(office.text("own_sheet.same", name=name))
            return plan_import_words.sheet_was_read(office, name, came.found, came.basis)
        case _:
            return say(*revising_words.refusal(office, came))


def _failed(service: Service, former: PlanImport, now: datetime) -> None:
    with service.store.unit() as session:
        row = plan_imports.get(session, former.id or 0)
        if row is None or row.state != plan_imports.WAITING:
            return
        plan_imports.put_off(session, row, plan_imports.retry_at(now, row.attempts))
        if row.attempts >= retry.MOST_FETCHES:
            office, name = _speaking(session, service.live.of(session), row), row.name
            plan_imports.refuse(session, row, "gone")
            _tell(session, row, say(office.text("plan_import.gone", name=name)), now)


def _speaking(session: Session, office: Office, row: PlanImport) -> Office:
    person = people.get(session, row.made_by) if row.made_by else None
    return office.speaking(person.language) if person is not None else office


def _tell(session: Session, row: PlanImport, message: Message, now: datetime) -> None:
    address = addresses.address_of(session, row.made_by, row.channel) if row.made_by else None
    if address is not None:
        posting = Posting(DeliveryKind.ANSWER, f"import {row.id} was read", Identity("plan-read", row.id), message)
        deliveries.post(session, to_person(address), posting, now)
