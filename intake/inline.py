"""Tasks whose fields are labelled lines below them, as most plans of districts and communes are written."""

from collections.abc import Sequence

from intake import duties, grid, owned, sentences
from intake.collected import Bare, Collected, Heading
from intake.fields import Fields, OpenTask, title_of
from intake.labels import names_a_person
from intake.markers import Level
from intake.outline import Entry, Piece, Use
from intake.roles import Role


def collect(entry: Entry, into: Collected) -> None:
    """Takes every task, section and duty out of an entry and all below; what is none of them is left out with why."""
    if entry.use in (Use.AIMS, Use.MONEY):
        for each in entry:
            _leave_out(each, str(entry.use), into)
        return
    for line, why in entry.tail:
        into.leave_out(line, why)
        if why == "correction":
            into.corrections.append(Bare(line.text, line.place))
    if entry.use is Use.DUTIES and not any(each.has_fields or each.tables for each in entry):
        duties.collect(entry, into)
        return
    if owner := owned.owner(entry):
        _heading(entry, into)
        into.tasks += owned.tasks(entry, owner)
        return
    _take_own(entry, into)
    for table in entry.tables:
        grid.collect(table, entry, into)
    for below in entry.below:
        collect(below, into)


def _take_own(entry: Entry, into: Collected) -> None:
    """What an entry says itself: its tasks, a heading, a sentence that is a task, or words that are none."""
    if entry.level is Level.NONE and not entry.has_fields:
        _loose(entry, into)
        return
    if entry.has_fields:
        found = _tasks(entry, is_section=_is_section(entry))
        if not found or found[0].code != entry.code:
            _heading(entry, into)
        into.tasks += found
    elif entry.below or entry.tables or entry.level <= Level.CHAPTER:
        _heading(entry, into)
        _loose(entry, into)
    else:
        _sentence(entry, into)


def _sentence(entry: Entry, into: Collected) -> None:
    """A numbered sentence that is a task; lines below it that tell one of their own are tasks too."""
    own = [(piece, sentences.task_of_line(piece)) for piece in entry.pieces]
    entry.pieces = [piece for piece, task in own if task is None]
    if task := sentences.task(entry):
        into.tasks.append(task)
    else:
        _bare(entry, into)
    into.tasks += [task for _, task in own if task is not None]


def _is_section(entry: Entry) -> bool:
    """Whether the entry is a heading though fields stand below it: its tasks have no number of their own.

    «5. Cải cách tài chính công / - Tiếp tục hoàn thiện … / + Cơ quan chủ trì: …», where the entries beside it hold
    numbered tasks; or where every labelled line stands deeper than the dashes, so that none is the entry's own.
    """
    first = entry.pieces[0]
    if entry.below and any(each.has_fields for below in entry.below for each in below) and not _own_lead(entry):
        return True
    if first.role is not None or first.level is not Level.DASH:
        return False
    beside = [each for each in (entry.above.below if entry.above else []) if each is not entry]
    holds_tasks = any(below.has_fields for each in beside for below in each.below)
    labels = {piece.level for piece in entry.pieces if piece.role}
    return holds_tasks or (entry.level <= Level.NUMBER and labels == {Level.PLUS})


def _own_lead(entry: Entry) -> bool:
    return any(piece.role in (Role.LEAD, Role.BOTH) for piece in entry.pieces)


def _tasks(entry: Entry, *, is_section: bool) -> list[OpenTask]:
    """The tasks of an entry that holds fields: itself, or those that its dashes begin."""
    walk = _Walk(entry)
    if not is_section:
        walk.open(entry.title, entry.code)
    for at, piece in enumerate(entry.pieces):
        walk.take(piece, entry.pieces[at + 1 :])
    return walk.tasks


class _Walk:
    """Goes over an entry's pieces and knows which task, part and field the next one belongs to."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.tasks: list[OpenTask] = []
        self._part: Fields | None = None
        self._last: tuple[Fields, Role] | None = None

    @property
    def _task(self) -> OpenTask | None:
        return self.tasks[-1] if self.tasks else None

    def open(self, title: str, code: str, piece: Piece | None = None) -> None:
        """Begins a task; without a code one is assigned later."""
        place = piece.line.place if piece else self.entry.line.place
        is_below = not code and self.entry.level is not Level.LETTER
        task = OpenTask(title, place, code=code, section=self.entry.section if is_below else self.entry.section_above)
        task.unsure = bool(not code and self.tasks and self.tasks[0].code)
        task.mark((piece.line if piece else self.entry.line).marks, title)
        self.tasks.append(task)
        self._part = self._last = None

    def take(self, piece: Piece, following: Sequence[Piece]) -> None:
        """Gives a piece to the field, part or task it belongs to, or begins one with it."""
        if piece.role is not None:
            self._field(piece, piece.role)
        elif self._begins_task(piece, following):
            self.open(piece.text, "", piece)
        elif self._begins_part(piece, following):
            self._part = Fields(piece.text, piece.line.place)
            self._last = None
            assert self._task is not None
            self._task.parts.append(self._part)
        elif self._task is None:
            self.open(piece.text, "", piece)
        elif self._last is None:
            target = self._part or self._task
            target.title = f"{target.title} {piece.code + ' ' if piece.code else ''}{piece.text}"
        else:
            self._last[0].add(self._last[1], piece.text, code=piece.code)
        if self._task is not None:
            self._task.mark(piece.line.marks, piece.text)

    def _field(self, piece: Piece, role: Role) -> None:
        if self._task is None:
            self.open(self.entry.title, self.entry.code)
        assert self._task is not None
        of_part = self._part is not None and piece.level is Level.PLUS and role is not Role.TIME
        if not of_part:
            self._part = None
        target = self._part or self._task
        # Somebody in charge at the agency that leads is no second lead.
        beside = role is Role.LEAD and target.has_lead and names_a_person(piece.label)
        if beside or role is Role.NOTE:
            target.add(Role.NOTE, f"{piece.label}: {piece.text}")
            return
        target.add(role, piece.text)
        self._last = (target, role)

    def _begins_task(self, piece: Piece, following: Sequence[Piece]) -> bool:
        """A dash behind a task that is complete, with a lead of its own below it: a task that bears no number."""
        labels = _labels_below(following)
        if piece.level not in (Level.DASH, Level.NONE) or Role.LEAD not in labels:
            return False
        return self._task is None or (self._task.has_lead and not self._task.parts)

    def _begins_part(self, piece: Piece, following: Sequence[Piece]) -> bool:
        """A dash whose labels are marked «+»: a part of the task with bodies of its own."""
        is_deeper = bool(following) and following[0].level is Level.PLUS and following[0].role is not None
        return (
            piece.level is Level.DASH and is_deeper and self._task is not None and Role.LEAD in _labels_below(following)
        )


def _labels_below(following: Sequence[Piece]) -> set[Role]:
    """The labels that follow at once, to the next words without one."""
    found: set[Role] = set()
    for piece in following:
        if piece.role is None:
            break
        found.add(Role.LEAD if piece.role is Role.BOTH else piece.role)
    return found


def _heading(entry: Entry, into: Collected) -> None:
    """A heading is a section where it bears a number; the sections that no task stands in are left out at the end."""
    if entry.code and entry.level.counts:
        into.headings.setdefault(entry.section, Heading(entry.code, title_of(entry.title) or entry.code, entry.line))
    elif entry.title:
        into.leave_out(entry.line, "heading")


def _leave_out(entry: Entry, why: str, into: Collected) -> None:
    into.leave_out(entry.line, why)
    seen = {id(entry.line)}
    for piece in entry.pieces:
        if id(piece.line) not in seen:
            seen.add(id(piece.line))
            into.leave_out(piece.line, why)
    for table in entry.tables:
        for row in table.rows:
            into.leave_out(row, why)


def _loose(entry: Entry, into: Collected) -> None:
    """Lines that stand below no number: each may be a task by its sentence."""
    for piece in entry.pieces:
        if task := sentences.task_of_line(piece):
            into.tasks.append(task)
        else:
            into.leave_out(piece.line, "text")


def _bare(entry: Entry, into: Collected) -> None:
    _leave_out(entry, "no_fields" if entry.use is Use.TASKS or entry.use is None else "text", into)
    if entry.use in (Use.TASKS, None) and entry.title:
        into.bare.append(Bare(entry.title, entry.line.place))
