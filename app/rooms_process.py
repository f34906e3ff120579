"""The process that serves the pages of all offices of an installation, its board and what platforms bring, until it is
asked to end. It holds no lease and makes nothing due: on as many machines as wanted, beside whoever serves the offices.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from app import board_web, office_settings, web
from app.board import Board
from app.clock import machine_now
from app.installation_settings import Installation
from app.lanes import Lanes
from app.rooms import AT_ONCE, Door, House
from app.rooms_web import Doors, outside
from app.wakes import Stop

log = logging.getLogger(__name__)
LOOK_S, AGAIN_S = 5.0, 10.0
# Threads for requests: so many offices may be stuck with all that are theirs before another waits for it.
STUCK = 16


async def run(root: Path, to: Installation, stop: Stop) -> None:
    """Serves at both addresses until `stop`; one that another process holds is taken over when that ends."""
    # Loaded where used: whoever only names these addresses serves nothing.
    from anyio.to_thread import current_default_thread_limiter

    asyncio.get_running_loop().set_default_executor(Lanes())
    current_default_thread_limiter().total_tokens = STUCK * AT_ONCE
    house, text = House(root, to), office_settings.sentences()
    await asyncio.to_thread(house.look)
    known = Board(house)
    own = board_web.make(known, to, text, machine_now)
    doors = {
        to.pages_listen: Doors(house, Door.SCREEN, own, text),
        to.answers_listen: Doors(house, Door.PUBLIC, outside(text), text),
    }
    serving = (_serve(app, listen, stop) for listen, app in doors.items() if listen)
    await asyncio.gather(*serving, known.keep(stop.event), _follow(house, stop))
    house.close()


async def _serve(app: Doors, listen: str, stop: Stop) -> None:
    await web.serve(lambda: app, listen, stop.event, AGAIN_S, uploads=True)


async def _follow(house: House, stop: Stop) -> None:
    """Sees offices come and go, and settings that changed."""
    while not stop.now:
        await stop.pause(LOOK_S)
        try:
            await asyncio.to_thread(house.look)
        except OSError:
            log.exception("the offices' folder cannot be read")
