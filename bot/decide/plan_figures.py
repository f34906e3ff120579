"""What adopting a plan's change did to the summary's figures, line by line, told to the admin who adopted it."""

from collections.abc import Mapping
from dataclasses import replace

from bot.turn import Turn
from plan.model import Plan
from reports.figures.boxes import Box
from reports.figures.moved import Moved, moved
from reports.figures.summary import Summary, build
from store import plan_drafts

SHOWN = 15


def now(turn: Turn) -> Summary:
    """The figures as the plan stands in this turn."""
    return build(turn.session, turn.office, turn.now)


def explained(turn: Turn, before: Summary, plan_id: str) -> list[str]:
    """The lines from the figures of before to those of now; none where no figure is another."""
    plan = plan_drafts.adopted(turn.session, plan_id)
    if plan is None:
        return []
    plans: Mapping[str, Plan] = {**turn.office.plans, plan_id: plan}
    found = moved(before, build(turn.session, replace(turn.office, plans=plans), turn.now))
    if not found.moves:
        return [turn.text("amend.figures_same")]
    lines = [
        turn.text("amend.figures_move", code=move.code, count=move.count, was=_box(turn, move.was),
                  becomes=_box(turn, move.becomes))
        for move in found.moves[:SHOWN]
    ]  # fmt: skip
    if len(found.moves) > SHOWN:
        lines.append(turn.text("amend.figures_more", more=len(found.moves) - SHOWN))
    return [_totals(turn, found), *lines]


def _totals(turn: Turn, found: Moved) -> str:
    pairs = {
        name: (getattr(found.before, name), getattr(found.after, name))
        for name in ("total", "fallen", "fallen_done", "rate")
    }
    return turn.text("amend.figures", **pairs)


def _box(turn: Turn, box: Box | None) -> str:
    return turn.text(f"chart.{box}") if box is not None else ""
