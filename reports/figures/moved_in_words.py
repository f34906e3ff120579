"""What adopting a plan's change did to the summary's figures, line by line, told to the admin who adopted it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from plan.model import Plan
from reports.figures.boxes import Box
from reports.figures.moved import Moved, moved
from reports.figures.summary import Summary, build
from store import plan_drafts
from words.office import Office

SHOWN = 15


def explained(session: Session, office: Office, now: datetime, before: Summary, plan_id: str) -> list[str]:
    """The lines from the figures of `before` to those of `now` (UTC); one line where no figure is another."""
    plan = plan_drafts.adopted(session, plan_id)
    if plan is None:
        return []
    plans: Mapping[str, Plan] = {**office.plans, plan_id: plan}
    found = moved(before, build(session, replace(office, plans=plans), now))
    if not found.moves:
        return [office.text("amend.figures_same")]
    lines = [
        office.text("amend.figures_move", code=move.code, count=move.count, was=_box(office, move.was),
                    becomes=_box(office, move.becomes))
        for move in found.moves[:SHOWN]
    ]  # fmt: skip
    if len(found.moves) > SHOWN:
        lines.append(office.text("amend.figures_more", more=len(found.moves) - SHOWN))
    return [_totals(office, found), *lines]


def _totals(office: Office, found: Moved) -> str:
    pairs = {
        name: (getattr(found.before, name), getattr(found.after, name))
        for name in ("total", "fallen", "fallen_done", "rate")
    }
    return office.text("amend.figures", **pairs)


def _box(office: Office, box: Box | None) -> str:
    return office.text(f"chart.{box}") if box is not None else ""
