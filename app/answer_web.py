"""The page to answer on as a process serves it: what the settings make of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.settings import ROOT, Settings
from app.wiring import Service
from store.engines.sqlite import sqlite_path

if TYPE_CHECKING:
    from starlette.applications import Starlette


def make(service: Service) -> Starlette:
    """The application; only requests that name this machine, or the name of PUBLIC_URL, get to it."""
    # Loaded where used: only the process that serves it has it in memory.
    from answer import site
    from answer.place import Place

    public = urlsplit(service.settings.public_url)
    place = Place(
        service.store, service.live.of, service.clock, spool_of(service.settings), secure=public.scheme == "https"
    )
    return site.make(place, public.netloc)


def spool_of(chosen: Settings) -> Path:
    """Where files stand while they come: on the database's disk, of a server's database on that of our own data."""
    path = sqlite_path(chosen.database_url)
    folder = path.resolve().parent if path is not None else ROOT / "var"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
