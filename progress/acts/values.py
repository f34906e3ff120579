"""What somebody does as a value, and what comes of it; a chat reads acts from words, a page makes them without."""

from dataclasses import dataclass
from datetime import date

from progress.acts.decisions import Decision, RecordEvent
from progress.acts.rights import OfPeople
from progress.acts.scene import Act, Meaning, OnObligation
from words.reading import Reading


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
class TellCause(OnObligation):
    """Why it is late, or was; an admin says so in an agency's place too."""


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
    """What an officer asked for is granted; of a cause the words say who ruled so, after those said `before`."""

    request: int
    before: str = ""


@dataclass(frozen=True)
class Refuse(Act):
    """What an officer asked for is refused, with the reason in the words, and of a cause with who ruled so."""

    request: int
    before: str = ""


@dataclass(frozen=True)
class TakeBack(Act):
    """What went to somebody was a mistake: a difficulty of an obligation or the answer to it, an answer's return, a
    request, its refusal or the ruling about it, an opinion or the answer to it, the answer to a question.

    One of them is named.
    """

    obligation: int | None = None
    submission: int | None = None
    request: int | None = None
    opinion: int | None = None
    inquiry: int | None = None


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
class Comment(OnObligation):
    """What who answers for it says about its proof sheet."""


@dataclass(frozen=True)
class AnswerComment(Act):
    """What an admin answers to that."""

    opinion: int


@dataclass(frozen=True)
class NameAssignee(OnObligation):
    """Who carries its task out for its agency from now on, in each of its milestones; None for nobody in particular."""

    person: int | None


@dataclass(frozen=True)
class Inquire(Act):
    """A question of an agency goes to the compiling agency; `code` is what it is about, empty for nothing named."""

    agency: str
    code: str = ""


@dataclass(frozen=True)
class AnswerInquiry(Act):
    """What an admin answers to that."""

    inquiry: int


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
class SettleLetter(Act):
    """An admin looked at a letter that is nobody's: nothing is recorded of it."""

    letter: int


@dataclass(frozen=True)
class PlaceLetter(OnObligation):
    """What a letter says that is nobody's is the answer of an obligation's agency, from the moment when it came."""

    letter: int


OwnAct = (
    Done
    | Nothing
    | Progress
    | ForSignature
    | Say
    | Blocked
    | TellCause
    | Acknowledge
    | Snooze
    | Extend
    | NotOurs
    | Withdraw
    | Correct
)
ObligationAct = OwnAct | TakeUp | AnswerBlock | Remark | Comment | NameAssignee | PlaceLetter


@dataclass(frozen=True)
class TakeOut(Act):
    """A file that somebody sent is taken out, its bytes with it; the words are why."""

    file: int


@dataclass(frozen=True)
class PlaceFiles(Act):
    """Files that belong to nothing go to the answers of obligations, to each of them."""

    obligations: tuple[int, ...]
    files: tuple[int, ...]


AnyAct = (
    ObligationAct
    | TakeOut
    | PlaceFiles
    | SettleLetter
    | Clarify
    | TakeBack
    | RecordEvent
    | Undo
    | Contribute
    | BeAway
    | BeBack
    | Confirm
    | Return
    | Grant
    | Refuse
    | AnswerComment
    | Inquire
    | AnswerInquiry
    | Decision
    | OfPeople
)
