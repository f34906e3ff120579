"""What comes of an act: replies to who acted, notices to others."""

from collections.abc import Sequence
from dataclasses import dataclass

from progress.acts.values import AnyAct
from store.postings import Identity
from words.message import Button, Message


@dataclass(frozen=True)
class ToAdmins:
    """A notice for every other admin, once for its identity; for who acts too where they are one and are `asked`."""

    text: str
    why: str
    identity: Identity
    about: int | None
    buttons: tuple[tuple[Button, ...], ...] = ()
    asked: bool = False


@dataclass(frozen=True)
class ToPerson:
    """An answer to one person, which leaves at once; one that is `unasked` is a notice for the sending hours.

    `more` are pieces after the text: together they may be too long for one message.
    """

    person_id: int
    text: str
    why: str
    identity: Identity
    about: int | None
    unasked: bool = False
    more: tuple[str, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()


Notice = ToAdmins | ToPerson


@dataclass(frozen=True)
class Outcome:
    """What came of an act: `replies` to who acted, `notices` to others, `about` the obligation it was about.

    `is_over` says that what was offered, by a button for example, is over now; `aside` that there was nothing to do,
    which needs no message where it can be shown otherwise; `repeated` that the very same message did it before. `waits`
    is the act as far as it goes, where it waits for the words that a reply asks for.
    """

    replies: tuple[Message, ...] = ()
    notices: tuple[Notice, ...] = ()
    about: int | None = None
    is_over: bool = False
    aside: bool = False
    repeated: bool = False
    waits: AnyAct | None = None


def rows(buttons: Sequence[Sequence[Button]]) -> tuple[tuple[Button, ...], ...]:
    """Rows of buttons as a notice holds them."""
    return tuple(tuple(row) for row in buttons)
