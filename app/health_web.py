"""/healthz and /metrics on an address of their own."""

import asyncio
import logging

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app import health, metrics, web
from app.wiring import Service

log = logging.getLogger(__name__)
AGAIN_S = 10.0
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


async def serve(service: Service, end: asyncio.Event, again_s: float = AGAIN_S) -> None:
    """Serves until `end`; no-op without HEALTH_LISTEN.

    Both processes do it: the one that finds the address taken tries again every `again_s` seconds, so that whichever
    of them lives answers for both.
    """
    if service.settings.health_listen:
        await web.serve(Starlette(routes=routes(service)), service.settings.health_listen, end, again_s)


def routes(service: Service) -> list[Route]:
    """GET /healthz: 200 or 503 with the facts as JSON; GET /metrics: Prometheus' text, 503 without a database."""

    def look(_request: Request) -> Response:
        try:
            found = health.look(service, service.clock())
        except Exception as error:
            fault = f"database: {type(error).__name__}"
            log.exception("the health could not be looked at")
            return JSONResponse({"healthy": False, "faults": [fault], "database": fault}, 503)
        return JSONResponse(found.as_json(), 503 if found.faults() else 200)

    def measure(_request: Request) -> Response:
        try:
            return Response(metrics.text(service), media_type=PROMETHEUS)
        except Exception:
            log.exception("the metrics could not be read")
            return Response(status_code=503)

    return [Route("/healthz", look), Route("/metrics", measure)]
