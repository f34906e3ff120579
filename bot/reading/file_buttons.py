"""Buttons under files that were kept: what takes one out, and what gives them to answers."""

from collections.abc import Sequence

from bot.turn import Turn
from plan.people import Role
from progress.items import code_of
from store.answer_tables import Evidence
from store.tables import Obligation
from words.file_names import called
from words.message import Button
from words.render import clip

LABEL = 30


def take_out(turn: Turn, file: Evidence, *, with_name: bool = False) -> Button:
    """What takes a file out, once its reason was said."""
    name = clip(called(turn.office, file.name, file.kind), LABEL) if with_name else ""
    return Button(turn.text("takeout.button", number=file.id, name=name, at=file.sent_at), f"/takeout T{file.id}")


def places(turn: Turn, rows: Sequence[Obligation], files: Sequence[Evidence]) -> list[list[Button]]:
    """What gives files to the answers of obligations: to all of them, or to one."""
    ids = [each.id for each in files if each.id is not None]
    span = f"{min(ids)}-{max(ids)}"
    each_of = [
        [
            Button(
                turn.text("place.button", code=code_of(turn.office, row)),
                f"/attach #{row.id} {span}",
                turn.text("place.button_typed", code=code_of(turn.office, row)),
            )
        ]
        for row in rows
    ]
    if len(rows) < 2:
        return each_of
    everything = "+".join(f"#{row.id}" for row in rows)
    codes = ", ".join(code_of(turn.office, row) for row in rows)
    label = turn.text("place.all_button", count=len(rows))
    return [[Button(label, f"/attach {everything} {span}", turn.text("place.button_typed", code=codes))], *each_of]


def may_take_out(turn: Turn, file: Evidence) -> bool:
    """Whether a file is this person's to take out: its sender's, and an admin's."""
    return file.person_id == turn.person_id or Role.ADMIN in turn.roles
