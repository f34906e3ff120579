"""`office` and `work`: the offices of one installation, and the process that serves them all."""

import asyncio
import logging
import shutil
from pathlib import Path
from typing import Annotated

import typer

from app import logs, offices
from app.clock import machine_now
from app.installation_settings import SETTINGS, Installation
from app.lanes import Named
from app.offices import OfficeError, Place
from plan.errors import NhacViecError

app = typer.Typer(no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The office's name, as its folder has it.")]


@app.command()
def add(
    name: Name,
    setting: Annotated[
        list[str] | None, typer.Option("--set", help="A line of its settings, NAME=VALUE; may be given again.")
    ] = None,
) -> None:
    """Makes an office's folder with its settings; they can be completed in its file `.env`."""
    lines = setting or []
    for line in lines:
        if "=" not in line:
            raise OfficeError(f"--set {line}: write NAME=VALUE, for example --set TELEGRAM_BOT_TOKEN=…")
    place = offices.add(Installation().offices_dir, name, "".join(f"{line}\n" for line in lines))
    typer.echo(f"{place.name}: {place.folder}; complete {place.folder / SETTINGS}, `nhacviec work` serves it")


@app.command("list")
def listed() -> None:
    """Every office with whether it is served, and what is wrong with its settings."""
    for place in offices.all_in(Installation().offices_dir):
        typer.echo(f"{place.name}\t{_state(place)}")


@app.command()
def board() -> None:
    """Prints a link that opens the board of all offices, for ten minutes; `nhacviec pages` serves it."""
    # Loaded where used: no other of these commands knows pages.
    from app import board_web

    installation = Installation()
    if installation.board_key is None or not installation.pages_address:
        raise OfficeError("there is no board: set BOARD_KEY (openssl rand -hex 32), and PAGES_LISTEN")
    typer.echo(board_web.link(installation, machine_now()))


@app.command()
def stop(name: Name) -> None:
    """Lets whoever serves an office end that within some seconds; its people hear nothing until it starts again."""
    _named(name).stop()


@app.command()
def start(name: Name) -> None:
    """Lets an office that was stopped be served again."""
    _named(name).start()


@app.command()
def remove(name: Name) -> None:
    """Puts a stopped office's folder aside, whole: nothing of it is erased."""
    place = _named(name)
    if not place.is_stopped:
        raise OfficeError(f"{name} is served; stop it first: nhacviec office stop {name}")
    aside = place.folder.parent / offices.REMOVED / f"{name}-{machine_now():%Y%m%d-%H%M%S}"
    aside.parent.mkdir(exist_ok=True)
    shutil.move(place.folder, aside)
    typer.echo(f"{name} is put aside: {aside}")


def work(
    folder: Annotated[Path | None, typer.Option(help="The offices' folder; default: OFFICES_DIR.")] = None,
) -> None:
    """Serves every office of the installation in one process, each by its own settings and with its own database."""
    # Loaded where used: the other commands of offices need no platform's library.
    from app.wakes import Stop
    from app.work import Worker

    installation = Installation()
    _log(installation, "work")

    async def run() -> None:
        await Worker(folder or installation.offices_dir, Stop.by_signal()).run()

    asyncio.run(run())


def pages(
    folder: Annotated[Path | None, typer.Option(help="The offices' folder; default: OFFICES_DIR.")] = None,
) -> None:
    """Serves the screens of all offices, their pages to answer on and their webhooks in one process, and the board."""
    # Loaded where used: it is the pages' program.
    from app import rooms_process
    from app.wakes import Stop

    installation = Installation()
    _log(installation, "pages")

    async def run() -> None:
        await rooms_process.run(folder or installation.offices_dir, installation, Stop.by_signal())

    asyncio.run(run())


def _log(installation: Installation, name: str) -> None:
    """Logs with the name of the office in whose work something is said."""
    logs.set_up(installation.log_level, name)
    for handler in logging.getLogger().handlers:
        handler.addFilter(Named())


def _named(name: str) -> Place:
    return offices.named(Installation().offices_dir, name)


def _state(place: Place) -> str:
    try:
        chosen = place.settings()
    except NhacViecError as error:
        return f"its settings are wrong: {'; '.join(str(error).splitlines())}"
    if not chosen.has_bot:
        return "no token yet"
    return "stopped" if place.is_stopped else "to be served"
