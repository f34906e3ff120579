"""Knows an amendment by articles, and reads it: its orders, the work that comes in, and whose plan it is about."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from intake import bodies, doubts, times
from intake.articles.codes import made_up
from intake.articles.orders import ITEM, SECTION, Order, order
from intake.articles.statements import Statement, statements
from intake.draft import Answer, Article, Body, Doubt, Draft, Head, LeftOut, MilestoneDraft, Revision, TaskDraft
from intake.errors import RefusedError
from intake.letterhead import NUMBER
from intake.letters import plain
from intake.markers import marked
from intake.source import Line, Source
from intake.tasks import how_they_lead
from intake.times import Context
from plan.model import Kind

AMENDS = re.compile(r"\b(?:sua doi|dieu chinh|bo sung|bai bo|thay the)\b")
# An order that names work or quotes words, and is none that is read here: it is asked about, never passed over.
LIKE_AN_ORDER = re.compile(r"^(?:sua doi|dieu chinh|bai bo|huy bo|bo sung|thay)\b")
CITED = re.compile(r"(?:quyết định|kế hoạch|văn bản|kèm theo)[^.;]{0,40}", re.IGNORECASE)
UNCLEAR = "unclear_article"
# What work that is written anew keeps where its article does not say it.
KEPT = frozenset({"no_lead", "no_time"})
FIELDS = re.compile(r"\b(?:chu tri|tham muu|thoi gian|thoi han|san pham|phoi hop)\b")


def found(lines: Sequence[Line], head: Head, read: Callable[[Source], Draft]) -> Draft | None:
    """The draft of an amendment by articles; None for any other document.

    `head` is what the document says about itself, `read` reads the lines of work that comes in as a plan's own.
    """
    begins = next((at for at, line in enumerate(lines) if re.match(r"dieu 1\b", plain(line.text))), 0)
    opening = " ".join(plain(line.text) for line in lines[: begins + 1])
    if not AMENDS.search(opening):
        return None
    collected = _Collected(head, read)
    for statement in statements(_until_recipients(lines[begins:])):
        collected.take(statement)
    if not collected.articles:
        return None
    left = [LeftOut(line.place, line.text, "letterhead") for line in lines[:begins]]
    numbers = tuple(dict.fromkeys(_numbers(lines, head)))
    return Draft(
        head=head, tasks=tuple(collected.tasks), bodies=tuple(collected.bodies), doubts=tuple(collected.doubts),
        left_out=(*left, *collected.left_out), revision=Revision(articles=tuple(collected.articles), numbers=numbers),
    )  # fmt: skip


def cited(lines: Iterable[Line], head: Head) -> tuple[str, ...]:
    """The numbers of decisions that a document says it amends, in its title and its first article."""
    return tuple(dict.fromkeys(_numbers([line for line in lines if AMENDS.search(plain(line.text))], head)))


def _numbers(lines: Iterable[Line], head: Head) -> Iterable[str]:
    for line in lines:
        for match in NUMBER.finditer(line.text):
            number = f"{match['number']}/{match['symbol']}".replace(" ", "")
            if number != head.number:
                yield number


def _until_recipients(lines: Sequence[Line]) -> list[Line]:
    ends = next((at for at, line in enumerate(lines) if plain(line.text).startswith("noi nhan")), len(lines))
    return list(lines[:ends])


class _Collected:
    def __init__(self, head: Head, read: Callable[[Source], Draft]) -> None:
        self.head, self.read = head, read
        self.above = ("", "")
        self.articles: list[Article] = []
        self.tasks: list[TaskDraft] = []
        self.doubts: list[Doubt] = []
        self.left_out: list[LeftOut] = []
        self.bodies: list[Body] = []

    def take(self, statement: Statement) -> None:
        """Takes a statement as the orders that it gives, as what opens others, or as what is left out or asked."""
        ordered = order(statement, self.above)
        if ordered is not None:
            ordered = _title(ordered)
            targets = ordered.targets or (("", "", ""),)
            letters = ordered.after.split() if ordered.op == "renumber" else []
            for at, target in enumerate(targets):
                each = replace(ordered, after=letters[at]) if letters else ordered
                self._article(statement, each, target)
            return
        frame = statement.frame
        item, section = ITEM.search(frame), SECTION.search(frame)
        if frame.rstrip().endswith(":") and (item or section):
            self.above = (section[1] if section else self.above[0], item[1] if item else "")
        opens = frame.rstrip().endswith(":")
        if LIKE_AN_ORDER.match(plain(statement.text)) and not opens:
            self.doubts.append(Doubt("plan", UNCLEAR, statement.line.place, _short(statement)))
        self.left_out += [LeftOut(line.place, line.text, "articles") for line in statement.lines]

    def _article(self, statement: Statement, ordered: Order, target: tuple[str, str, str]) -> None:
        key = f"s{len(self.articles) + 1}"
        code = made_up(len(self.articles))
        brings = self._brings(statement, ordered, target, code)
        if brings is None:
            self.doubts.append(Doubt("plan", UNCLEAR, statement.line.place, _short(statement)))
            return
        self.articles.append(
            Article(
                key=key, op=ordered.op, place=statement.line.place, words=_short(statement), target=target,
                title=ordered.title, before=ordered.before, after=ordered.after, task=code if brings else "",
            )
        )  # fmt: skip

    def _brings(self, statement: Statement, ordered: Order, target: tuple[str, str, str], code: str) -> bool | None:
        """Whether an article brings words that are read as a task's; None where they cannot be read as such."""
        place = statement.line.place
        if ordered.block:
            return self._block(statement, ordered, target, code)
        if ordered.op not in ("deadline", "lead", "coordinating"):
            return False
        task = TaskDraft(code, statement.frame, "", place, milestones=(MilestoneDraft(ordered.after, Kind.UNDATED),))
        if ordered.op == "deadline":
            read = times.read(ordered.after, "", Context(self.head.date, self.head.year))
            task = replace(task, timing=ordered.after, milestones=tuple(read.milestones))
            self.doubts += [Doubt(code, "time", place, each.words, time=each) for each in read.doubts]
        else:
            lead = bodies.names(ordered.after)
            task = replace(task, lead=lead, lead_printed=ordered.after, leads=how_they_lead(lead))
            self.doubts += [*doubts.of_groups([task]), *_of_leads(task)]
        self.tasks.append(task)
        return True

    def _block(self, statement: Statement, ordered: Order, target: tuple[str, str, str], code: str) -> bool | None:
        """The lines of work as a small plan of their own, under the heading that they stand under.

        What is written anew keeps who leads it and its times where the article says nothing of them.
        """
        place = statement.line.place
        heading = [Line("II. NHIỆM VỤ", place), Line(f"{target[1] or 1}. Nhiệm vụ", place)]
        lines = [Line(each.strip(), place) for each in ordered.block.split("\n") if each.strip()]
        try:
            draft = self.read(Source((*heading, *lines)))
        except RefusedError:
            return None
        if len(draft.tasks) != 1:
            return None
        (task,) = draft.tasks
        self.tasks.append(replace(task, code=code, place=place))
        self.bodies += draft.bodies
        kept = KEPT if ordered.op == "rewrite" else ()
        asked = [each for each in draft.doubts if each.about != "plan" and each.kind not in kept]
        self.doubts += [replace(each, about=code, alike=(), place=place) for each in asked]
        return True


def _of_leads(task: TaskDraft) -> Iterable[Doubt]:
    """What is asked about who leads from now on, as of any task's."""
    for name in task.lead:
        if bodies.is_strange(name):
            yield Doubt(task.code, "name", task.place, name)
    if len(task.lead) > 1 and task.leads is None:
        answers = (Answer("each"), Answer("together"))
        yield Doubt(task.code, "leads", task.place, task.lead_printed, {"names": list(task.lead)}, answers)


def _title(ordered: Order) -> Order:
    """A task written anew in one line without any fields: its words alone are others."""
    lines = [each for each in ordered.block.split("\n") if each.strip()]
    if ordered.op != "rewrite" or len(lines) != 1:
        return ordered
    words = (marked(lines[0].strip()).rest or lines[0]).strip(" .;")
    return ordered if FIELDS.search(plain(words)) else replace(ordered, op="title", after=words, block="")


def _short(statement: Statement) -> str:
    return " ".join(statement.text.split())[:400]
