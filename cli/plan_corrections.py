"""`plan putright`: what was read wrongly when a plan was taken over is put right, without the chat."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import typer
from sqlmodel import Session

from app import settings, wiring
from cli.output import console
from plan.errors import NhacViecError
from plan.model import Kind, Plan
from progress import misread
from progress.acts import putting_fields_right
from progress.acts.decisions import PutFieldRight, PutRight
from progress.acts.outcomes import ToPerson
from progress.acts.putting_right import Putter, corrected
from progress.misread import Field
from progress.submit import Statement
from store import addresses, deliveries
from store.postings import notice, to_person
from words.office import Office

WITHOUT_A_DAY = {"ongoing": Kind.ONGOING, "undated": Kind.UNDATED}


FIELDS: dict[str, Field] = {"title": "title", "lead": "lead", "rhythm": "rhythm"}


@dataclass(frozen=True)
class Right:
    """A field, the words that are right, and the moment (UTC) at which it is put right."""

    field: Field
    words: str
    at: datetime


class CorrectionError(NhacViecError):
    """There is nothing to correct: no such milestone, a periodic one, or it says so already."""


def put_right(
    milestone: Annotated[str, typer.Argument(help="The milestone as the plan prints it: 2b.1.")],
    right: Annotated[
        str,
        typer.Argument(
            help="The right day, 2020-01-30; ongoing, undated; or title=, lead=, rhythm= and what is right."
        ),
    ],
    why: Annotated[str, typer.Option("--why", help="Why it was read wrongly; it is kept.")],
    plan: Annotated[str, typer.Option(help="The plan's id; the newest one where none is given.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Correct without asking.")] = False,
) -> None:
    """Puts what was misread right, from the beginning: no extension, and nobody is late because of it.

    Officers who owe the work are told once.
    """
    service = wiring.open_existing(settings.read())
    wiring.sync(service)
    field, _, words = right.partition("=")
    kind, due = (Kind.DATED, None) if field in FIELDS else _read(right)
    now = service.clock()
    with service.store.unit() as session:
        office = service.live.of(session)
        found = office.plans.get(plan) if plan else office.newest
        if found is None:
            raise CorrectionError(f"No plan {plan} is followed." if plan else "No plan is followed yet.")
        if field in FIELDS:
            said_right = Right(FIELDS[field], words, now)
            _field(session, office, found, milestone, said_right, Putter(None, "cli", why), yes=yes)
            return
        printed = next(
            (each.printed for task in found.all_tasks for each in task.milestones if each.id == milestone), ""
        )
        console().print(f"{milestone}: «{printed}» is {due or kind}", markup=False, highlight=False)
        if not yes and not typer.confirm("Correct it?"):
            raise typer.Exit(1)
        said = Statement(0, now, f"cli:{milestone}", "cli", why)
        done = corrected(session, office, PutRight(said, found.id, milestone, due, kind), Putter(None, "cli", why), now)
        if done is None:
            raise CorrectionError(f"There is nothing to correct at {milestone} of {found.id}.")
        rows, notices, untold = done
        _post(session, notices, now)
        nobody = f"; nobody reaches {', '.join(untold)}" if untold else ""
        console().print(f"{milestone} is corrected for {len(rows)} results{nobody}.", markup=False, highlight=False)


def _field(session: Session, office: Office, plan: Plan, label: str, right: Right, by: Putter, *, yes: bool) -> None:
    """Words, leads or a rhythm, after what was read and what is right were shown."""
    try:
        task, milestone = plan.milestone(label)
    except KeyError:
        raise CorrectionError(f"{plan.id} has no milestone {label}.") from None
    read = misread.read(plan, task, milestone, right.field, right.words)
    if read is None:
        raise CorrectionError(f"There is nothing to correct at {label}: it is so already, or the words are not clear.")
    console().print(f"{label}: «{read.before}» is «{read.after}»", markup=False, highlight=False)
    if not yes and not typer.confirm("Correct it?"):
        raise typer.Exit(1)
    said = Statement(0, right.at, f"cli:{label}", "cli", by.why)
    act = PutFieldRight(said, plan.id, task.code, read.work, read.was, read.becomes)
    done = putting_fields_right.corrected(session, office, act, by, right.at)
    if done is None:
        raise CorrectionError(f"There is nothing to correct at {label} of {plan.id}.")
    found, notices, untold = done
    _post(session, notices, right.at)
    nobody = f"; nobody reaches {', '.join(untold)}" if untold else ""
    counts = f"{len(found.gone)} results gone, {len(found.added)} new, {len(found.moved)} with another day"
    console().print(f"{label} is corrected: {counts}{nobody}.", markup=False, highlight=False)


def _post(session: Session, notices: Iterable[ToPerson], now: datetime) -> None:
    for told in notices:
        address = addresses.reached_at(session, told.person_id, "")
        if address is not None:
            posting = notice(told.identity.to(told.person_id), told.text, told.why)
            deliveries.post(session, to_person(address), posting, now)


def _read(right: str) -> tuple[Kind, date | None]:
    if right in WITHOUT_A_DAY:
        return WITHOUT_A_DAY[right], None
    try:
        return Kind.DATED, date.fromisoformat(right)
    except ValueError as error:
        raise typer.BadParameter("write the day as 2020-01-30, or ongoing, or undated") from error
