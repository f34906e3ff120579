"""`way`: a code by which somebody who is linked gets a further way, made at the machine: an admin's too."""

import re
from typing import Annotated

import typer

from app import settings as app_settings
from app import wiring
from cli import output
from plan.errors import NhacViecError
from store import invites, people, settings
from store.invites import Typed
from words import invite_codes
from words.message import plain
from words.names import of_channel

PERSON = re.compile(r"^[Pp]?(\d{1,9})$")


def way(
    reference: Annotated[str, typer.Argument(help="Whose it will be, for example P12: `/nguoi` shows the numbers.")],
    channel: Annotated[str, typer.Argument(help="The channel on which the code is typed, for example zalo.")],
) -> None:
    """Prints a one-time code by which somebody who has a role gets a further way, or a new account on one."""
    service = wiring.open_existing(app_settings.read())
    name, match = channel.strip().lower(), PERSON.match(reference.strip())
    if name not in service.office.channels:
        raise NhacViecError(f"no channel is called '{channel}'; write one of: {', '.join(service.office.channels)}")
    with service.store.unit() as session:
        person = people.get(session, int(match[1])) if match else None
        if person is None or person.id is None or not people.memberships(session, person.id):
            raise NhacViecError(
                f"nobody called {reference} has a role here; write the number that /nguoi shows, as P12"
            )
        typed = Typed(service.office.invite_key(), name)
        code = invites.make_for_way(session, person.id, None, service.clock(), via="cli", typed=typed)
        said, bot = person.name, settings.bot_name(session, name) or ""
    text = service.office.text(
        "ways.code",
        channel=of_channel(name),
        person=said,
        days=invites.INVITE_DAYS,
        bot=bot,
        code=invite_codes.shown(code),
        replaces=False,
    )
    output.say(plain(text))
