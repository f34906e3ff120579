"""`alive`: one cheap look for a container's health check."""

from typing import Annotated

import typer

from app import heartbeat, settings
from app.supervise import SERVICE, Only
from store.heartbeat import NoAnswerError


def alive(
    only: Annotated[Only | None, typer.Option(help="The sign of life of this process alone.")] = None,
) -> None:
    """Ends with 0 when the service gave a sign of life within 15 minutes, otherwise with 1."""
    try:
        lives = heartbeat.any_alive(settings.read(), [only] if only else SERVICE)
    except NoAnswerError as error:
        # Not 2 as for a fault of the operator's: a container's health check knows 0 and 1.
        typer.echo(str(error), err=True)
        lives = False
    if not lives:
        raise typer.Exit(1)
