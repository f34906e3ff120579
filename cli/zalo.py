"""`zalo probe`: what the real platform does where its documentation leaves two readings."""

import asyncio
from typing import Annotated

import typer

from app import settings, wiring
from app.zalo_probe import probe as ask
from channels.errors import ChannelError
from cli import output
from plan.errors import NhacViecError

app = typer.Typer(no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keeps `probe` a command of its own."""


@app.command()
def probe(
    sure: Annotated[bool, typer.Option("--nobody-uses-it", help="The bot is one that nobody writes to.")] = False,
) -> None:
    """Asks Zalo what its documentation leaves open, with a throw-away bot in ZALO_BOT_TOKEN and a phone at hand."""
    chosen = settings.read()
    if chosen.zalo_bot_token is None:
        raise NhacViecError("ZALO_BOT_TOKEN is not set: give the token of a bot that nobody uses")
    if not sure:
        raise NhacViecError(
            "what is written to the bot meanwhile is lost: make a bot for this alone, give its token as ZALO_BOT_TOKEN "
            "and say --nobody-uses-it"
        )
    asyncio.run(_probe(chosen))


async def _probe(chosen: settings.Settings) -> None:
    channel = wiring.zalo_of(chosen)
    try:
        async for each in ask(channel, lambda words: output.say(f"→ {words}")):
            output.say(f"{each.question}: {each.answer}")
    except ChannelError as error:
        raise NhacViecError(f"Zalo: {error}") from error
    finally:
        await channel.close()
