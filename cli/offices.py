"""`office` and `work`: the offices of one installation, and the process that serves them all."""

import asyncio
import logging
import resource
import shutil
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from app import identity, logs, offices, seats, setting_names
from app.balance import can_serve
from app.clock import machine_now
from app.installation_settings import SETTINGS, Installation
from app.lanes import Named
from app.offices import OfficeError, Place
from plan.errors import NhacViecError
from store import control
from store.control import Seat, Turn, Worker

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
    given = "".join(f"{line}\n" for line in lines)
    offices.refuse_wrong(given)
    place = offices.add(Installation().offices_dir, name, given)
    typer.echo(f"{place.name}: {place.folder}; complete {place.folder / SETTINGS}, `nhacviec work` serves it")


@app.command("list")
def listed() -> None:
    """Every office with the worker that serves it, or why none does, and what is wrong with it."""
    with _control() as found:
        lines = _lines(found) if found is not None else {}
    for place in offices.all_in(Installation().offices_dir):
        said = (_state(place) or lines.get(place.name, "to be served"), *setting_names.unknown_of_office(place.folder))
        typer.echo(f"{place.name}\t{'; '.join(map(str, said))}")


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
    """Lets an office that was stopped be served again, by whichever worker can."""
    place = _named(name)
    with _control() as found:
        if found is not None:
            control.forget_note(found, name)
    place.start()


@app.command()
def move(
    name: Name,
    goal: Annotated[str, typer.Argument(metavar="TO", help="The address of an empty database.")],
) -> None:
    """Carries an office into another, empty database and lets it be served from there; all of it or nothing."""
    # Loaded where used: it brings what carries records along.
    from app import office_move
    from cli import moving

    place, installation = _named(name), Installation()
    source = place.settings().database_url
    record = installation.control_of(installation.offices_dir)
    done = office_move.move(place, goal, record, machine_now, lambda: time.sleep(1))
    moving.tell(done, source, goal)


@app.command()
def remove(name: Name) -> None:
    """Puts a stopped office's folder aside, whole: nothing of it is erased."""
    place = _named(name)
    if not place.is_stopped:
        raise OfficeError(f"{name} is served; stop it first: nhacviec office stop {name}")
    with _control() as found:
        if found is not None:
            _forget(name, found)
    aside = place.folder.parent / offices.REMOVED / f"{name}-{machine_now():%Y%m%d-%H%M%S}"
    aside.parent.mkdir(exist_ok=True)
    shutil.move(place.folder, aside)
    typer.echo(f"{name} is put aside: {aside}")


def work(
    folder: Annotated[Path | None, typer.Option(help="The offices' folder; default: OFFICES_DIR.")] = None,
) -> None:
    """Serves the offices of the installation, its share of them where there are other workers, in one process."""
    # Loaded where used: the other commands of offices need no platform's library.
    from app.wakes import Stop
    from app.work import Worker

    installation = Installation()
    _log(installation, "work")

    async def run() -> None:
        root = folder or installation.offices_dir
        await Worker(root, Stop.by_signal(), seats.of_this_process(installation.control_of(root))).run()

    # An office has some twenty files and connections open; a login's usual 1,024 are those of fifty.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
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


def _control() -> AbstractContextManager[Turn | None]:
    installation = Installation()
    return seats.looked_at(installation.control_of(installation.offices_dir))


def _forget(name: str, turn: Turn) -> None:
    """Whoever comes under the name of an office that goes is another one."""
    seat = control.seats(turn).get(name)
    if seat is not None and seat.is_held(turn.now):
        raise OfficeError(f"{identity.shown(seat.worker)} is still ending {name}: try again in a moment")
    control.remove(turn, name)


def _named(name: str) -> Place:
    return offices.named(Installation().offices_dir, name)


def _state(place: Place) -> str:
    """Why an office is served by nobody; empty where it is to be."""
    try:
        chosen = place.settings()
    except NhacViecError as error:
        return f"its settings are wrong: {'; '.join(str(error).splitlines())}"
    if not chosen.has_bot:
        return "no token yet"
    return "stopped" if place.is_stopped else ""


def _lines(turn: Turn) -> dict[str, str]:
    """By office, who serves it and what is wrong with it."""
    alive = [each for each in control.workers(turn) if each.is_alive(turn.now)]
    return {name: _line(seat, alive, turn.now) for name, seat in control.seats(turn).items()}


def _line(seat: Seat, alive: Sequence[Worker], now: datetime) -> str:
    if seat.is_held(now):
        said = f"{identity.shown(seat.worker)}, epoch {seat.epoch}"
    elif any(can_serve(each, seat) for each in alive):
        said = "to be served"
    elif alive and seat.note.revision > max(each.revision for each in alive):
        said = f"waits for a worker of a newer version: its database has schema {seat.note.revision}"
    else:
        said = "waits for a worker"
    return f"{said}: {'; '.join(seat.note.trouble.splitlines())}" if seat.note.trouble else said
