"""The questions of a draft as the screen puts them: the file's words in their line, the answers, who waits first."""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.articles.codes import is_made_up
from intake.draft import Doubt, Draft
from intake.settled import said
from intake.settled.values import Given, Question, Typed
from progress import importing
from progress.importing import Work
from words.office import Office


@dataclass(frozen=True)
class Line:
    """A line of the document, with the `words` in it that a question is about; all "" where it is about none."""

    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Shown:
    """One question: `options` are its buttons (key, words), `hint` says what may be written, "" where nothing may.

    `about` are the codes of all work that the answer settles where that is more than one; `answer` is the one that was
    given, "" for none, and `is_later` says that it was put off.
    """

    key: str
    number: int
    place: str
    line: Line
    sentence: str
    members: str
    options: tuple[tuple[str, str], ...]
    hint: str
    many_names: bool
    blocks: bool
    about: tuple[str, ...]
    answer: str
    is_later: bool


@dataclass(frozen=True)
class Groups:
    """The questions: `first` those that the plan waits for, then the others, then those that are answered."""

    first: tuple[Shown, ...]
    others: tuple[Shown, ...]
    answered: tuple[Shown, ...]

    @property
    def count(self) -> int:
        """How many questions there are."""
        return len(self.first) + len(self.others) + len(self.answered)


def groups(office: Office, found: Work) -> Groups:
    """Every question of a draft."""
    open_ones = {each.key for each in found.waiting}
    shown = [(each, _shown(office, found, each)) for each in found.asked]
    return Groups(
        first=tuple(one for each, one in shown if each.key in open_ones and each.blocks),
        others=tuple(one for each, one in shown if each.key in open_ones and not each.blocks),
        answered=tuple(one for each, one in shown if each.key not in open_ones),
    )


def _shown(office: Office, found: Work, asked: Question) -> Shown:
    text, given = office.text, found.answers.get(asked.key)
    return Shown(
        key=asked.key,
        number=found.number(asked),
        place=said.place(text, asked),
        line=line_of(found.draft, asked.doubt),
        sentence=_sentence(office, asked),
        members=said.members(text, asked),
        options=tuple((each.key, said.option(text, each)) for each in asked.options),
        hint=said.hint(text, asked),
        many_names=asked.typed is Typed.NAMES,
        blocks=asked.blocks,
        about=asked.about if len(asked.about) > 1 else (),
        answer=importing.answered(office, found, asked, given) if given not in (None, Given()) else "",
        is_later=given == Given(),
    )


def _sentence(office: Office, asked: Question) -> str:
    """As the chat puts it, but for what sends there to a command and stands on the page itself."""
    key, doubt = f"desk_plan.ask_{asked.doubt.kind}", asked.doubt
    if doubt.time is None and key in office.text:
        return office.text(key, words=doubt.words, more=len(doubt.alike), tasks=list(doubt.alike))
    return said.question(office.text, asked)


def line_of(draft: Draft, doubt: Doubt) -> Line:
    """The line of the document in which a doubt's words stand; the words alone where they fill it."""
    words = doubt.words
    for each in _lines(draft, doubt):
        before, found, after = each.partition(words)
        if found:
            return Line(before, words, after)
    return Line("", words, "")


def _lines(draft: Draft, doubt: Doubt) -> Iterator[str]:
    """What was printed where the doubt is, the nearest first."""
    for task in (*draft.tasks, *draft.duties):
        # What an article orders is read best as it stands there.
        if task.code == doubt.about and not is_made_up(task.code):
            printed = (
                task.timing, task.lead_printed, task.coordinating_printed, task.monitor_printed, task.title,
                task.product, task.note, task.result,
            )  # fmt: skip
            # A time alone says little: the work stands before it.
            yield from (f"{task.title} – {each}" if each != task.title else each for each in printed if each)
    yield from (each.words for each in draft.left_out if each.place == doubt.place)
    if draft.revision is not None:
        yield from (each.words for each in draft.revision.articles if each.place == doubt.place)
