"""Tells an outside monitor that all is well; it raises the alarm when it hears nothing."""

import asyncio
import logging

import httpx

from app import health, web
from app.wiring import Service

log = logging.getLogger(__name__)
EVERY_S, TIMEOUT_S = 300.0, 10.0


async def keep(service: Service, end: asyncio.Event, every_s: float = EVERY_S) -> None:
    """Pings PING_URL every `every_s` seconds while the service is healthy, until `end`; no-op without PING_URL."""
    if service.settings.ping_url is None:
        return
    address = service.settings.ping_url.get_secret_value()
    async with httpx.AsyncClient(timeout=TIMEOUT_S) as client:
        while not end.is_set():
            await _ping(service, client, address)
            await web.wait(end, every_s)


async def _ping(service: Service, client: httpx.AsyncClient, address: str) -> None:
    try:
        faults = await asyncio.to_thread(lambda: health.look(service, service.clock()).faults())
        if faults:
            log.warning("the monitor is not pinged: %s", "; ".join(faults))
            return
        answer = await client.get(address)
        if not answer.is_success:
            log.warning("the monitor answered %s", answer.status_code)
    except httpx.HTTPError as error:
        # The address is a secret of its own: whoever knows it can keep the alarm silent.
        log.warning("the monitor could not be pinged: %s", type(error).__name__)
    except Exception:
        log.exception("the health could not be looked at")
