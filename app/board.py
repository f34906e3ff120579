"""What an installation's board knows of each office: how it stands and how much it takes; no person and no task.

Each office is looked at by itself, in threads of its own: one whose database hangs is shown as such, and keeps no other
from being looked at.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app import health, metrics, web
from app.clock import machine_now
from app.health import Health
from app.lanes import work_of
from app.rooms import ClosedError, House, Why
from app.wiring import Service
from plan.errors import NhacViecError
from reports.figures import summary
from reports.figures.boxes import Box, Figures
from store import gauges, settings
from store.engine import OF_DATABASE

log = logging.getLogger(__name__)
EVERY_S, PATIENCE_S = 60.0, 20.0
# The figures are read from all that happened; what is owed changes by the day.
FIGURES_AFTER = timedelta(minutes=10)
# After which what is known of an office is history.
STALE = timedelta(minutes=5)
# From so much of a quota on it is said.
NEAR = 0.8


class State(StrEnum):
    """How an office stands."""

    WELL = "well"
    TROUBLE = "trouble"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Quota:
    """How much is taken of what there is; `most` is 0 where it has no end."""

    taken: int
    most: int

    @property
    def is_near(self) -> bool:
        """Whether it is nearly all."""
        return self.most > 0 and self.taken >= NEAR * self.most


@dataclass(frozen=True)
class Facts:
    """An office at an instant (UTC). `why` are the kinds of its trouble (`board.fault_…`); None is what never was."""

    name: str
    at: datetime
    state: State = State.WELL
    why: tuple[str, ...] = ()
    title: str = ""
    program: str = ""
    health: Health | None = None
    people: int = 0
    reached: int = 0
    storage: Quota = Quota(0, 0)
    messages: Quota = Quota(0, 0)
    figures: Figures = field(default_factory=Figures)
    figures_at: datetime | None = None
    samples: metrics.Families = ()

    @property
    def beat(self) -> datetime | None:
        """The older of its last signs of life; None where one never was."""
        beats = list(self.health.beats.values()) if self.health is not None else [None]
        return None if None in beats else min(each for each in beats if each is not None)

    @property
    def waits_since(self) -> datetime | None:
        """Since when the oldest waits of what is to leave or came in."""
        found = (self.health.unsent_since, self.health.unhandled_since) if self.health is not None else ()
        return min((each for each in found if each is not None), default=None)


@dataclass
class Board:
    """What is known of all offices of a house, gathered again and again."""

    house: House
    facts: dict[str, Facts] = field(default_factory=dict)
    _under_way: dict[str, asyncio.Task[Facts]] = field(default_factory=dict)

    async def keep(self, end: asyncio.Event) -> None:
        """Looks at every office once a minute until the end."""
        while not end.is_set():
            await self.look()
            await web.wait(end, EVERY_S)

    async def look(self) -> None:
        """Looks at every office, one after another; at one that did not answer the last look yet not again."""
        for name in list(self.house.known):
            task = self._under_way.get(name)
            if task is None:
                with work_of(name):
                    task = self._under_way[name] = asyncio.create_task(asyncio.to_thread(self._of, name))
                await asyncio.wait({task}, timeout=PATIENCE_S)
            if task.done():
                del self._under_way[name]
                self.facts[name] = task.result()
            else:
                self.facts[name] = _troubled(self.facts.get(name), name, "database")
        self.facts = {name: self.facts[name] for name in self.house.known if name in self.facts}

    def shown(self, now: datetime) -> list[Facts]:
        """All that is known, by name; what has not been looked at for long is in trouble."""
        found = (self.facts.get(name) or Facts(name, now, State.TROUBLE, ("unknown",)) for name in self.house.known)
        return [_troubled(each, each.name, "unknown") if now - each.at > STALE else each for each in found]

    def _of(self, name: str) -> Facts:
        before = self.facts.get(name)
        try:
            room = self.house.room(name)
            found = gathered(name, room.service, before)
            if not room.busy:
                # On a server a connection that is held is one fewer for who serves the office.
                room.service.store.close()
        except ClosedError as error:
            if error.why is Why.STOPPED:
                return replace(before or Facts(name, machine_now()), at=machine_now(), state=State.STOPPED, why=())
            return _troubled(before, name, "closed")
        except (NhacViecError, *OF_DATABASE) as error:
            log.error("its figures cannot be read: %s", error)
            return _troubled(before, name, "database")
        except Exception:
            log.exception("its figures cannot be read")
            return _troubled(before, name, "database")
        return found


def gathered(name: str, service: Service, before: Facts | None) -> Facts:
    """What one office's database says now; raises what the database raises."""
    now = service.clock()
    found = health.look(service, now)
    with service.store.look() as session:
        office = service.live.of(session)
        people, away = gauges.linked(session), gauges.cut_off(session)
        figures, figures_at = (before.figures, before.figures_at) if before is not None else (Figures(), None)
        if figures_at is None or now - figures_at >= FIGURES_AFTER:
            figures, figures_at = summary.build(session, office, now).dated, now
        sent = gauges.sent_since(session, office.month_of(now)[0])
        program = settings.get(session, settings.PROGRAM) or ""
    return Facts(
        name=name,
        at=machine_now(),
        state=State.TROUBLE if (why := found.kinds()) else State.WELL,
        why=tuple(why),
        title=office.compiler_name if office.plans else "",
        program=program,
        health=found,
        people=people,
        reached=people - away,
        storage=Quota(found.room.size, found.room.most),
        messages=Quota(sent, office.most_messages),
        figures=figures,
        figures_at=figures_at,
        samples=tuple(metrics.Figures(service).collect()),
    )


def summed(all_of: Iterable[Facts]) -> Figures:
    """The figures of all offices together."""
    found = [each.figures for each in all_of]
    return Figures(
        {box: sum(each[box] for each in found) for box in Box},
        fallen=sum(each.fallen for each in found),
        fallen_done=sum(each.fallen_done for each in found),
    )


def counted(all_of: Iterable[Facts]) -> Mapping[State, int]:
    """How many offices stand how."""
    found = [each.state for each in all_of]
    return {state: found.count(state) for state in State}


def _troubled(before: Facts | None, name: str, why: str) -> Facts:
    """What was known of an office that cannot be looked at now."""
    return replace(before or Facts(name, machine_now()), state=State.TROUBLE, why=(why,), samples=())
