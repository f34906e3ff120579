"""`desk`: what the machine gives for the office's screen, where no other admin can."""

from typing import Annotated

import typer

from app import settings as app_settings
from app import wiring
from cli import output
from desk.door import attempts
from plan.errors import NhacViecError
from store import audit, desk_codes
from store.audit_actions import Action
from store.desk_tables import CodeFor

app = typer.Typer(no_args_is_help=True)
GIVEN = Action.DESK_CODE_GIVEN


@app.callback()
def group() -> None:
    """Keeps `code` a command of its own."""


@app.command()
def code(
    name: Annotated[str, typer.Argument(help="The login name that /theodoi says, for example P5.")],
) -> None:
    """Prints a code, good once for ten minutes: the passphrase that is set with it needs no second admin."""
    service = wiring.open_existing(app_settings.read())
    with service.store.unit() as session:
        person = attempts.person_named(session, name)
        if person is None or person.id is None:
            raise NhacViecError(f"nobody with a role is called {name}: /theodoi in the chat says a login name")
        now = service.clock()
        made = desk_codes.make(session, person.id, CodeFor.MACHINE, now)
        audit.record(session, GIVEN, f"person:{person.id}", now, via="cli")
    named = f"{attempts.name_of(person.id)}: {person.name}"
    output.say(f"{named}; the code is good once, for ten minutes, at {_address(service)}")
    # On a line of its own: it is copied.
    output.say(made)
    service.store.close()


def _address(service: wiring.Service) -> str:
    address = service.office.desk_address
    listens = "PAGES_LISTEN" if service.settings.together else "DESK_LISTEN"
    return f"{address}/vao/lan-dau" if address else f"no address: {listens} is empty"
