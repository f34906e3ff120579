"""/healthz and /metrics on an address of their own."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from app import health, web
from app.wiring import Service

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

log = logging.getLogger(__name__)
AGAIN_S = 10.0
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


async def serve(service: Service, end: asyncio.Event, again_s: float = AGAIN_S) -> None:
    """Serves until `end`; no-op without HEALTH_LISTEN.

    Both processes do it: the one that finds the address taken tries again every `again_s` seconds, so that whichever
    of them lives answers for both.
    """
    if service.settings.health_listen:
        await web.serve(lambda: _app(service), service.settings.health_listen, end, again_s)


def _app(service: Service) -> Starlette:
    # Loaded where used: one process of the two answers, and an office may want neither to.
    from starlette.applications import Starlette

    app = Starlette(routes=routes(service))
    app.add_middleware(web.ByAddress)
    return app


def routes(service: Service) -> list[Route]:
    """GET /healthz: 200 or 503 with the facts as JSON; GET /metrics: Prometheus' text, 503 without a database."""
    from starlette.responses import JSONResponse, Response
    from starlette.routing import Route

    def look(_request: Request) -> Response:
        try:
            found = health.look(service, service.clock())
        except Exception as error:
            fault = f"database: {type(error).__name__}"
            log.exception("the health could not be looked at")
            return JSONResponse({"healthy": False, "faults": [fault], "database": fault}, 503)
        return JSONResponse(found.as_json(), 503 if found.faults() else 200)

    def measure(_request: Request) -> Response:
        # Loaded where used: nobody may ever ask for them.
        from app import metrics

        try:
            return Response(metrics.text(service), media_type=PROMETHEUS)
        except Exception:
            log.exception("the metrics could not be read")
            return Response(status_code=503)

    return [Route("/healthz", look), Route("/metrics", measure)]
