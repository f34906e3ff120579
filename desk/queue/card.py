"""A card of the queue: what waits, in sentences, and the forms of what the viewer may do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.desk import Asked
from store.answer_tables import Evidence
from store.types import EvidenceState
from words.file_names import called

Field = tuple[str, str]


@dataclass(frozen=True)
class Form:
    """What one press does: `act` names the act, `fields` its hidden fields, `label` what is typed beside the button.

    `choices` are the values and words of the field `choice`; `key` is the letter that presses it. Words that are
    `wanted` must be there.
    """

    act: str
    button: str
    fields: tuple[Field, ...]
    label: str = ""
    wanted: bool = False
    choice: str = ""
    choices: tuple[Field, ...] = ()
    key: str = ""

    @property
    def takes_files(self) -> bool:
        """Whether pictures and files may go with it: an answer to somebody brings the paper that it speaks of."""
        return self.act.startswith("answer-")

    @property
    def is_main(self) -> bool:
        """Whether it is the card's likeliest."""
        return self.key == CONFIRMS


CONFIRMS, RETURNS = "c", "r"


@dataclass(frozen=True)
class Card:
    """One thing that waits. `many` names the act that may be done to many at once, with `number` as its row's."""

    name: str
    kind: str
    heading: str
    title: str
    link: str
    said: str
    quote: str = ""
    files: str = ""
    forms: tuple[Form, ...] = ()
    many: str = ""
    number: int = 0


def files_line(asked: Asked, files: Sequence[Evidence]) -> str:
    """The names of files in a sentence; empty where there are none."""
    names = [called(asked.office, each.name, each.kind) for each in files]
    on_the_way = sum(1 for each in files if each.state == EvidenceState.WAITING)
    return asked.t("desk.queue_files", names=names, on_the_way=on_the_way) if names else ""
