"""`plan assign`: the lines of a meeting's conclusion become assigned work, without the chat."""

from pathlib import Path
from typing import Annotated

import typer

from app import settings, wiring
from bot.decide import conclusion
from bot.decide.conclusion_lines import read
from cli.output import console
from cli.reading import content_of
from plan.errors import NhacViecError
from plan.people import Role
from progress.acts.decisions import AssignAll, Work
from progress.acts.do import do
from progress.acts.outcomes import ToPerson
from progress.acts.scene import Actor, Scene
from progress.submit import Statement
from store import addresses, deliveries
from store.postings import Destination, notice, to_person
from words.message import plain


class ConclusionError(NhacViecError):
    """Lines of a conclusion are not plain; every one is in the message, and nothing is assigned."""


def assign(
    file: Annotated[Path, typer.Argument(help="A text in UTF-8: a line for each work, work – agency – day – basis.")],
    yes: Annotated[bool, typer.Option("--yes", help="Assign without asking.")] = False,
) -> None:
    """Assigns the work of a meeting's conclusion after showing it; officers are told."""
    service = wiring.open_existing(settings.read())
    wiring.sync(service)
    now = service.clock()
    with service.store.unit() as session:
        office = service.live.of(session)
        found = read(office, content_of(file).decode("utf-8-sig"), office.today(now))
        if found.wrong or not found.given:
            refused = office.text("conclusion.refused", count=len(found.wrong))
            raise ConclusionError("\n".join(map(plain, (refused, *conclusion.faults(office, found.wrong)))))
        for line in conclusion.named(office, found.given):
            console().print(line, markup=False, highlight=False)
        if not yes and not typer.confirm("Assign it?"):
            raise typer.Exit(1)
        machine = Actor(0, "", frozenset({Role.ADMIN}), (), Destination("cli", ""))
        work = tuple(Work(each.agencies, each.due, each.title, each.basis) for each in found.given)
        outcome = do(Scene(session, office, machine, now), AssignAll(Statement(0, now, "cli", "cli"), work))
        for told in outcome.notices:
            if isinstance(told, ToPerson) and (address := addresses.reached_at(session, told.person_id, "")):
                posting = notice(told.identity.to(told.person_id), told.text, told.why)
                deliveries.post(session, to_person(address), posting, now)
        for reply in outcome.replies:
            console().print("\n".join(map(plain, reply.parts)), markup=False, highlight=False)
