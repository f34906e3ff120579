"""/phancong: an agency's head, or an admin, says which officer carries a task out."""

import re
from collections.abc import Sequence

from bot import reference
from bot.carry_out import carry_out, scene_of
from bot.reference import Reference, near_codes
from bot.turn import Turn
from bot.which.owed import said_now
from plan.status import IN_THE_PLAN, State
from progress.acts import naming
from progress.acts.may import may_name
from progress.acts.values import NameAssignee
from store import assignees, handles, obligations, people
from store.people_tables import Person
from store.tables import Obligation
from words.codes import fold
from words.message import Button

VERB = "assignee"
PERSON = re.compile(r"p\s?(\d{1,9})", re.IGNORECASE)
# What stands before a name: "cho đồng chí Lan".
BEFORE = re.compile(r"(?:(?:cho|to|dong\s+chi|d/c)\s+)+")
DASHES = ("-", "–")
OFF = frozenset({*DASHES, "khong", "khong ai", "bo", "thoi", "huy", "tat", "nobody", "none", "off"})
MOST_BUTTONS = 40


def name(turn: Turn, rest: str) -> bool:
    """/phancong 2b @lan, P12 or a name; an admin's names the agency where that does not say it; /phancong 2b -."""
    meant = reference.read(turn.office, rest)
    rows = _tasks(turn, meant)
    words = _who_is_said(meant)
    if len(rows) > 1 and words:
        rows = _of_the_named(turn, rows, words) or rows
    if not rows:
        _say_what_is_missing(turn, meant)
        return False
    if len(rows) > 1:
        _ask_which(turn, rows, words)
        return False
    return _name(turn, rows[0], words)


def _name(turn: Turn, row: Obligation, words: str) -> bool:
    scene = scene_of(turn)
    if fold(words).strip(" .") in OFF:
        return carry_out(turn, NameAssignee(said_now(turn, ""), row.id or 0, None)).is_over
    mine = assignees.who_may(turn.session, row.agency_id)
    found = _people(turn, words, mine) if words else []
    if len(found) == 1:
        return carry_out(turn, NameAssignee(said_now(turn, ""), row.id or 0, found[0].id)).is_over
    now = assignees.of(turn.session, assignees.key_of(row))
    person = people.mentioned(people.get(turn.session, now.person_id or 0)) if now is not None else ""
    key = "assignee.who" if not words else "assignee.several" if found else "assignee.unknown"
    text = turn.text(key, **naming.names(scene, row), person=person, wanted=words, nobody=not mine)
    turn.answer(text, buttons=naming.choices(scene, row))
    return False


def _tasks(turn: Turn, meant: Reference) -> list[Obligation]:
    """Of each task of each agency that is meant and theirs to say one row, one that is open before others."""
    if meant.obligation is not None:
        row = obligations.get(turn.session, meant.obligation)
        found = [row] if row is not None else []
    else:
        found = [row for row in obligations.of_task(turn.session, meant.code or "") if meant.covers(row)]
        found = [row for row in found if meant.plan in (None, row.plan_id)]
    scene = scene_of(turn)
    found = [row for row in found if row.state in IN_THE_PLAN and may_name(scene, row)]
    # Of a task's milestones and times the first that is open is named last, and stays.
    last_first = sorted(found, key=lambda row: (row.state != State.OPEN, row.id or 0), reverse=True)
    theirs = {assignees.key_of(row): row for row in last_first}
    return sorted(theirs.values(), key=lambda row: row.id or 0)


def _who_is_said(meant: Reference) -> str:
    """The name that was said; the dash for nobody, which reading a code passes over."""
    words = meant.rest if meant.rest or not meant.text.rstrip().endswith(DASHES) else naming.NOBODY
    folded = fold(words)
    match = BEFORE.match(folded) if len(folded) == len(words) else None
    return (words[match.end() :] if match else words).strip(" .,;")


def _of_the_named(turn: Turn, rows: Sequence[Obligation], words: str) -> list[Obligation]:
    """The tasks of the agencies for which whoever was named answers, where an admin named no agency."""
    found = {row.agency_id: assignees.who_may(turn.session, row.agency_id) for row in rows}
    return [row for row in rows if _people(turn, words, found[row.agency_id], elsewhere=False)]


def _people(turn: Turn, words: str, mine: Sequence[Person], *, elsewhere: bool = True) -> list[Person]:
    """Whom words name: an account, a number, a name among those who can be named; with `elsewhere` anybody's."""
    if words.startswith("@"):
        known = handles.owner(turn.session, turn.incoming.channel, words[1:])
    elif match := PERSON.fullmatch(words):
        known = people.get(turn.session, int(match[1]))
    else:
        wanted = fold(words).split()
        whole = [each for each in mine if fold(each.name).split() == wanted]
        return whole or [each for each in mine if fold(each.name).split()[-len(wanted) :] == wanted]
    return [known] if known is not None and (elsewhere or known in mine) else []


def _say_what_is_missing(turn: Turn, meant: Reference) -> None:
    near = near_codes(turn.office, meant.wanted)
    if meant.obligation is not None or meant.code is not None:
        name = turn.office.agency_name(meant.agency) if meant.agency else ""
        turn.answer(turn.text("assignee.not_found", code=meant.label, agency=name))
    elif near:
        turn.answer(turn.text("ending.unknown", wanted=meant.wanted, tasks=near))
    else:
        turn.answer(turn.text("assignee.how"))


def _ask_which(turn: Turn, rows: Sequence[Obligation], words: str) -> None:
    """Which agency's, or which plan's; a button takes along whom it is about where that is short."""
    several = len({row.plan_id for row in rows}) > 1
    buttons = []
    for row in rows[:MOST_BUTTONS]:
        label = turn.office.agency_short(row.agency_id)
        command = f"/{VERB} #{row.id} {words}".strip()
        if len(command.encode()) > turn.limits.button_bytes:
            command = f"/{VERB} #{row.id}"
        buttons.append(Button(f"{label} – {turn.office.plans[row.plan_id].label}" if several else label, command))
    pairs = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    turn.answer(turn.text("assignee.which", code=rows[0].task, agency=rows[0].agency_id), buttons=pairs)
