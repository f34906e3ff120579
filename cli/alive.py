"""`alive`: one cheap look for a container's health check."""

from typing import Annotated

import typer

from app import health, settings, wiring
from cli.service import Only


def alive(
    only: Annotated[Only | None, typer.Option(help="The sign of life of this process alone.")] = None,
) -> None:
    """Ends with 0 when the service gave a sign of life within 15 minutes, otherwise with 1."""
    service = wiring.open_service(settings.read(), migrated=False)
    found = health.look(service, service.clock())
    service.store.close()
    wanted = [health.BEATS[only]] if only else health.BEATS.values()
    if not any(health.alive(found.beats[name], found.at) for name in wanted):
        raise typer.Exit(1)
