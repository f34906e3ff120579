"""`alive`: one cheap look for a container's health check."""

import typer

from app import settings, wiring
from app.checks import BEAT_OLD
from store import settings as kept


def alive() -> None:
    """Ends with 0 when the service gave a sign of life within 15 minutes, otherwise with 1."""
    service = wiring.open_service(settings.read(), migrated=False)
    now = service.clock()
    with service.store.look() as session:
        beats = [kept.last_beat(session, name) for name in ("scheduler", "poll")]
    service.store.close()
    if not any(beat is not None and now - beat <= BEAT_OLD for beat in beats):
        raise typer.Exit(1)
