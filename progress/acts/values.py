"""What somebody does as a value, and what comes of it; a chat reads acts from words, a page makes them without."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from sqlmodel import Session

from plan.people import Role
from plan.status import Judgement
from progress.submit import Statement
from progress.urging import Wanted
from store.postings import Destination, Identity
from words.message import Button, Message
from words.office import Office
from words.reading import Reading


class Meaning(StrEnum):
    """What words that were kept can turn out to mean."""

    DONE = "done"
    HANDED_IN = "handed_in"
    FOR_SIGNATURE = "for_signature"
    PROGRESS = "progress"
    BLOCKED = "blocked"
    EXTEND = "extend"
    WITHDRAW = "withdraw"  # the answer that stands was a mistake
    NOTHING = "none"  # it is not to be recorded


@dataclass(frozen=True)
class Actor:
    """Who acts: `agencies` are those for which they answer today, in somebody's place too; what comes of an answer is
    confirmed to `here`."""

    person_id: int
    name: str
    roles: frozenset[Role]
    agencies: tuple[str, ...]
    here: Destination


@dataclass(frozen=True)
class Scene:
    """Where an act takes place: who acts, in which office and transaction, and the moment at which it is done (UTC)."""

    session: Session
    office: Office
    actor: Actor
    now: datetime
    # Several things are said at once: an answer is confirmed with the others, in one message.
    together: bool = False


@dataclass(frozen=True)
class Act:
    """Something somebody does: `said` holds who, when, by which way, with which words and files."""

    said: Statement


@dataclass(frozen=True)
class OnObligation(Act):
    """An act about one obligation."""

    obligation: int


@dataclass(frozen=True)
class Done(OnObligation):
    """It is done; an admin says so in an agency's place too."""


@dataclass(frozen=True)
class Nothing(OnObligation):
    """Nothing arose in it."""


@dataclass(frozen=True)
class Progress(OnObligation):
    """How far it is."""


@dataclass(frozen=True)
class ForSignature(OnObligation):
    """It waits for a signature since a local `day`; `to` whom it was submitted, as it was said."""

    day: date
    to: str = ""


@dataclass(frozen=True)
class Say(OnObligation):
    """Words that were not understood whole, with their likeliest meaning: they are kept and asked about."""

    reading: Reading


@dataclass(frozen=True)
class Clarify(Act):
    """What words that were kept mean, of each of them; None takes every one of them as it was read."""

    unclear: tuple[int, ...]
    meaning: Meaning | None


@dataclass(frozen=True)
class Blocked(OnObligation):
    """What blocks it."""


@dataclass(frozen=True)
class Acknowledge(OnObligation):
    """It was received and is not done yet."""


@dataclass(frozen=True)
class Snooze(OnObligation):
    """One more reminder on a `day` (local); None where no day was understood in the words."""

    day: date | None


@dataclass(frozen=True)
class Extend(OnObligation):
    """A later deadline is asked for: `wanted` (local), None where it is missing or `typed` is no day; and why."""

    wanted: date | None
    reason: str
    typed: str = ""


@dataclass(frozen=True)
class NotOurs(OnObligation):
    """The work is said not to be the agency's."""


@dataclass(frozen=True)
class Undo(Act):
    """An answer is taken back, within ten minutes by its own sender, later as a request. None: there is none."""

    submission: int | None


@dataclass(frozen=True)
class Withdraw(OnObligation):
    """The same of the answer that stands for an obligation."""


@dataclass(frozen=True)
class Correct(OnObligation):
    """Other words for the answer that stands."""


@dataclass(frozen=True)
class Confirm(Act):
    """An answer that waits for it is confirmed."""

    submission: int


@dataclass(frozen=True)
class Return(Act):
    """An answer that waits is given back, with the reason in the words."""

    submission: int


@dataclass(frozen=True)
class Grant(Act):
    """What an officer asked for is granted."""

    request: int


@dataclass(frozen=True)
class Refuse(Act):
    """What an officer asked for is refused, with the reason in the words."""

    request: int


@dataclass(frozen=True)
class TakeBack(Act):
    """A difficulty of an obligation, an answer's return or a request's refusal was a mistake; one of them is named."""

    obligation: int | None = None
    submission: int | None = None
    request: int | None = None


@dataclass(frozen=True)
class Contribute(Act):
    """An agency that coordinates a task adds its part: it owes nothing, so no obligation is its own."""

    plan: str
    task: str
    agency: str


@dataclass(frozen=True)
class TakeUp(OnObligation):
    """An admin looks after what blocks it."""


@dataclass(frozen=True)
class AnswerBlock(OnObligation):
    """What an admin says about what blocks it."""


@dataclass(frozen=True)
class Remark(OnObligation):
    """What an admin adds to its proof sheet."""


@dataclass(frozen=True)
class BeAway(Act):
    """An officer is away from day to day (local, both included); `stand_in` is who stands in for them.

    Without one a colleague is asked for, unless they say that they leave it to `nobody`; the words are whom they named.
    """

    first: date
    last: date
    stand_in: int | None = None
    nobody: bool = False


@dataclass(frozen=True)
class BeBack(Act):
    """An officer calls off every absence of theirs that is not over."""


@dataclass(frozen=True)
class AllowStandIn(Act):
    """Whether somebody of another agency stands in as an officer asked."""

    absence: int
    granted: bool


@dataclass(frozen=True)
class Appoint(Act):
    """Whether somebody who was named as an admin is one from now on."""

    person: int
    granted: bool


@dataclass(frozen=True)
class OnObligations(Act):
    """An admin's decision about obligations that were shown; those that stand otherwise by now are left as they are.

    The words are its basis.
    """

    rows: tuple[int, ...]


@dataclass(frozen=True)
class SetDate(OnObligations):
    """They get a date (local); `code` names the work as the admin did: a task, or one milestone of it."""

    code: str
    due: date


@dataclass(frozen=True)
class SetAside(OnObligations):
    """They are suspended, ended, or taken up again."""

    code: str
    title: str
    verb: Literal["suspend", "end", "resume"]


@dataclass(frozen=True)
class Transfer(OnObligations):
    """They become another agency's, with their dates."""

    code: str
    title: str
    taker: str


@dataclass(frozen=True)
class RecordPaper(OnObligations):
    """They were handed in on paper on a day (local)."""

    day: date


@dataclass(frozen=True)
class Judge(OnObligations):
    """Whether lateness counts of answers whose moment is in question."""

    verdict: Judgement


@dataclass(frozen=True)
class Assign(Act):
    """Agencies get new work, due on a day (local); the words are its basis."""

    agencies: tuple[str, ...]
    due: date
    title: str


@dataclass(frozen=True)
class SetOfficeDay(Act):
    """A day (local) is off or a working one in this office; an `undo` makes it again what the calendar says."""

    day: date
    kind: Literal["off", "work"]
    undo: bool


@dataclass(frozen=True)
class BeginPlan(Act):
    """What was past due when a plan was switched on is reminded about, or closed as history."""

    plan: str
    how: Literal["today", "history"]


@dataclass(frozen=True)
class AdoptPlan(Act):
    """A draft becomes the plan that serves, with exactly the steps that were `seen` (their SHA-256)."""

    draft: int
    seen: str


@dataclass(frozen=True)
class Urge(Act):
    """Officers are urged about what is `wanted`; `named` is how the admin named it."""

    named: str
    wanted: Wanted


Decision = SetDate | SetAside | Transfer | RecordPaper | Judge | Assign | SetOfficeDay | BeginPlan | AdoptPlan | Urge
# An admin's word about who may do what.
OfPeople = AllowStandIn | Appoint
OwnAct = (
    Done
    | Nothing
    | Progress
    | ForSignature
    | Say
    | Blocked
    | Acknowledge
    | Snooze
    | Extend
    | NotOurs
    | Withdraw
    | Correct
)
ObligationAct = OwnAct | TakeUp | AnswerBlock | Remark
AnyAct = (
    ObligationAct
    | Clarify
    | TakeBack
    | Undo
    | Contribute
    | BeAway
    | BeBack
    | Confirm
    | Return
    | Grant
    | Refuse
    | Decision
    | OfPeople
)


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
    """An answer to one person, which leaves at once; one that is `unasked` is a notice for the sending hours."""

    person_id: int
    text: str
    why: str
    identity: Identity
    about: int | None
    unasked: bool = False


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
