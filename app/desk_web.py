"""The office's screen as a process serves it: what the settings make of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app import checks, screen_key, ways, web
from app.wiring import Service
from channels.telegram.address import NAME
from store import sandboxed
from words.catalogue import Catalogue

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from desk.desk import Desk
    from desk.installation import Finding, Installation
    from intake.draft import Draft


def make(service: Service) -> Starlette:
    """The application; only requests that name this machine, or the name of DESK_URL, get to it."""
    # Loaded where used: only the screen's own process has it in memory.
    from desk import site

    app = site.make(desk_of(service))
    app.add_middleware(web.ByAddress, named=urlsplit(service.settings.desk_url).netloc)
    return app


def desk_of(service: Service) -> Desk:
    """The screen of an installation; the sandbox's locks nobody out whose clock is moved by days."""
    from desk.desk import Desk, Locks

    def read(data: bytes) -> Draft:
        from app import reading

        return reading.read(data, chosen)

    chosen = service.settings
    own = Locks(timedelta(minutes=chosen.desk_idle_minutes), timedelta(minutes=chosen.desk_admin_idle_minutes))
    years = timedelta(days=36_500)
    return Desk(
        service.store,
        service.live.of,
        service.clock,
        read,
        screen_key.of(chosen),
        secure=chosen.desk_url.startswith("https://"),
        root=urlsplit(chosen.desk_url).path,
        channel=NAME,
        templates=chosen.templates_dir,
        ways=tuple(ways.of(chosen).values()),
        locks=Locks(years, years, False, years) if sandboxed.is_sandbox(service.store) else own,
        installation=_installation(service),
        form_columns=chosen.desk_sheet_columns,
    )


def _installation(service: Service) -> Installation:
    """What its page of settings may know; the checks are those of `doctor` that a page can wait for."""
    from app import shown_settings
    from desk.installation import Finding, Installation

    def findings(text: Catalogue) -> list[Finding]:
        return [Finding(each.ok, each.said(text)) for each in checks.at_hand(service)]

    chosen = service.settings
    return Installation(
        settings=shown_settings.shown(chosen),
        findings=findings,
        backup_dir=str(chosen.backup_dir or ""),
    )
