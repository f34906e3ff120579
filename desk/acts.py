"""The acts that forms stand for: a name in the address, and how its fields become the act."""

from collections.abc import Callable, Mapping

from starlette.datastructures import FormData

from desk.forms import day, number, numbers, one_of
from progress.acts.decisions import NoteUrging, UrgeShown, Way
from progress.acts.values import AnyAct, Confirm, EndRights, Return, RevokeInvite, TakeBack
from progress.submit import Statement

Make = Callable[[Statement, FormData], AnyAct]
"""Makes the act; raises HTTPException(404) where a field names no row. The words are the statement's note."""

ACTS: Mapping[str, Make] = {
    "confirm": lambda said, form: Confirm(said, number(form, "submission")),
    "return": lambda said, form: Return(said, number(form, "submission")),
    "urge": lambda said, form: UrgeShown(said, numbers(form, "rows")),
    "note-urging": lambda said, form: NoteUrging(
        said, numbers(form, "rows"), one_of(form, "way", tuple(Way)), day(form, "day")
    ),
    "end-rights": lambda said, form: EndRights(said, number(form, "person")),
    "revoke-invite": lambda said, form: RevokeInvite(said, number(form, "invite")),
    "takeback-return": lambda said, form: TakeBack(said, submission=number(form, "submission")),
}
