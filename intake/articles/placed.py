"""Which work of the plan that serves an article is about: by the words that it quotes first, by its numbers second."""

from collections.abc import Iterator

from intake.articles.likeness import alike
from intake.draft import Article
from intake.letters import plain
from plan.model import Milestone, Plan, Task


def tasks(plan: Plan, article: Article) -> tuple[str, ...]:
    """The codes of the work that may be meant; exactly one where that is certain, none where nothing is found.

    Words and numbers that name different work give both: that is asked.
    """
    quoted, numbered = _by_title(plan, article.title), _by_numbers(plan, article.target)
    if quoted and numbered:
        both = tuple(code for code in quoted if code in numbered)
        return both or tuple(dict.fromkeys((*quoted, *numbered)))
    return quoted or numbered


def milestones(task: Task, article: Article) -> tuple[Milestone, ...]:
    """The deadlines of a task that an article about its time may mean: the quoted one, the only dated one, or all."""
    if article.before:
        quoted = [each for each in task.milestones if _within(article.before, each.printed)]
        if len(quoted) == 1:
            return tuple(quoted)
    dated = [each for each in task.milestones if each.kind == "dated"]
    if len(task.milestones) == 1 or len(dated) == 1:
        return tuple(dated or task.milestones)
    return task.milestones


def code_for(plan: Plan, target: tuple[str, str, str], taken: set[str]) -> str:
    """The code of work that comes in at a place, written as the plan writes those beside it; "" where it has none."""
    found = [code for code in _written(target) if code not in taken]
    beside = [code for code in found if any(_kin(code, task.code) for task in plan.all_tasks)]
    return (beside or found or [""])[0]


def _by_title(plan: Plan, title: str) -> tuple[str, ...]:
    if not title:
        return ()
    same = tuple(task.code for task in plan.all_tasks if plain(task.title) == plain(title))
    return same or tuple(task.code for task in plan.all_tasks if alike(task.title, title))


def _by_numbers(plan: Plan, target: tuple[str, str, str]) -> tuple[str, ...]:
    if not any(target):
        return ()
    written = list(_written(target))
    exact = tuple(task.code for task in plan.all_tasks if _key(task.code) in map(_key, written))
    if exact:
        return exact[:1] if len(exact) == 1 or target[1] else exact
    # A letter without the number that it stands under may be any of them.
    letter = target[2]
    if letter and not target[1]:
        return tuple(task.code for task in plan.tasks if task.code.endswith(letter) and task.code[:-1].isdigit())
    return ()


def _written(target: tuple[str, str, str]) -> Iterator[str]:
    """The codes that a place may bear, the longest first: II.2.d, 2d, 2.d."""
    section, item, point = target
    if section and item and point:
        yield f"{section}.{item}.{point}"
    if item and point:
        yield f"{item}{point}"
        yield f"{item}.{point}"
    if section and point and not item:
        yield f"{section}{point}"
        yield f"{section}.{point}"
    if section and item and not point:
        yield f"{section}.{item}"
    if item and not point:
        yield item
    if section and not item and not point:
        yield section
    if point and not item and not section:
        yield point


def _kin(code: str, other: str) -> bool:
    """Whether two codes stand under one number: 2d and 2c, II.2.d and II.2.a."""
    return len(code) > 1 and len(other) > 1 and code[:-1] == other[:-1] and not code[-1].isdigit()


def _key(code: str) -> str:
    return code.casefold()


def _within(words: str, printed: str) -> bool:
    return plain(words) in plain(printed) or plain(printed) in plain(words)
