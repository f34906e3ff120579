"""The acts that forms stand for: a name in the address, and how its fields become the act."""

from collections.abc import Callable, Mapping

from starlette.datastructures import FormData

from desk.forms import number
from progress.acts.values import AnyAct, Confirm, Return, TakeBack
from progress.submit import Statement

Make = Callable[[Statement, FormData], AnyAct]
"""Makes the act; raises HTTPException(404) where a field names no row. The words are the statement's note."""

ACTS: Mapping[str, Make] = {
    "confirm": lambda said, form: Confirm(said, number(form, "submission")),
    "return": lambda said, form: Return(said, number(form, "submission")),
    "takeback-return": lambda said, form: TakeBack(said, submission=number(form, "submission")),
}
