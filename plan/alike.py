"""Which work of two versions of a plan is the same: by words and code, else by likeness, or by an admin's word."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from plan.model import Plan, Task

# Of the words of two titles in the same order: like enough under any code, and under the same one.
LIKE, LIKE_UNDER_ITS_CODE = 0.85, 0.5


@dataclass(frozen=True)
class Told:
    """What an admin said about likeness, by the new plan's code: what is other work, and old codes of what is not."""

    other: frozenset[str] = frozenset()
    same: Mapping[str, str] = field(default_factory=dict)


def has(plan: Plan, code: str) -> bool:
    """Whether work of this code stands in a plan."""
    return any(task.code == code for task in plan.all_tasks)


def pairs(old: Plan, new: Plan, told: Told) -> tuple[dict[str, str], frozenset[str]]:
    """The old code of each task that goes on, by its new one, and which of them are proposed only."""
    pairs = {code: was for code, was in told.same.items() if has(new, code) and has(old, was)}
    if known := _known(old, new):
        free = {code: was for code, was in known.items() if code not in {*pairs, *told.other}}
        return {**pairs, **{code: was for code, was in free.items() if was not in pairs.values()}}, frozenset()
    rest = _Rest(old, new, pairs, told.other)
    pairs |= dict(rest.walk(lambda mine, theirs: mine.code == theirs.code and words_of(mine) == words_of(theirs)))
    pairs |= dict(rest.walk(lambda mine, theirs: words_of(mine) == words_of(theirs)))
    proposed = dict(rest.likest())
    return {**pairs, **proposed}, frozenset(proposed)


def _known(old: Plan, new: Plan) -> dict[str, str]:
    """The old code of each task of a new version that bears the identity of its work."""
    tasks = {each.key: task.code for task in old.all_tasks for each in task.milestones}
    bearing = {task.code: [each.uid for each in task.milestones if each.uid in tasks] for task in new.all_tasks}
    return {code: tasks[uids[0]] for code, uids in bearing.items() if uids}


class _Rest:
    """The tasks of both plans that have no counterpart yet."""

    def __init__(self, old: Plan, new: Plan, pairs: Mapping[str, str], other: Collection[str]) -> None:
        self.mine = [task for task in new.all_tasks if task.code not in pairs and task.code not in other]
        self.theirs = [task for task in old.all_tasks if task.code not in pairs.values()]

    def walk(self, same: Callable[[Task, Task], bool]) -> Iterator[tuple[str, str]]:
        """Takes out what is the same, in the order of the plans; equal titles are paired first with first."""
        for mine in list(self.mine):
            theirs = next((each for each in self.theirs if same(mine, each)), None)
            if theirs is not None:
                self.mine.remove(mine)
                self.theirs.remove(theirs)
                yield mine.code, theirs.code

    def likest(self) -> Iterator[tuple[str, str]]:
        """What is like enough, the likest first."""
        mine, theirs = ({task.code: words_of(task) for task in each} for each in (self.mine, self.theirs))
        found = sorted(
            (-_likeness(words, former), code != was, code, was)
            for code, words in mine.items()
            for was, former in theirs.items()
        )
        for distance, moved, code, was in found:
            if -distance >= (LIKE if moved else LIKE_UNDER_ITS_CODE) and code in mine and was in theirs:
                del mine[code], theirs[was]
                yield code, was


def _likeness(mine: Sequence[str], theirs: Sequence[str]) -> float:
    return SequenceMatcher(a=mine, b=theirs, autojunk=False).ratio()


def words_of(task: Task) -> tuple[str, ...]:
    """The words of a title, as they are compared."""
    return tuple(re.findall(r"\w+", comparable(task.title)))


def comparable(text: str) -> str:
    """A text without what is not said in it: large letters, spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
