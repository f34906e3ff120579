"""Finds which obligation a person means, or asks, keeping what was sent until the answer comes."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.questions.about_answers import Target
from bot.reference import Reference
from bot.turn import Turn
from bot.which import milestones, moved_code, own_agency
from bot.which.askable import ABOUT_ANSWERS, askable, option, which_time
from bot.which.replied import replied_to
from plan.joint import members
from progress import placing
from progress.about_files import about
from progress.choose import (
    RECURRING,
    Again,
    NotTheirs,
    One,
    SetAside,
    Which,
    answered_by_code,
    by_code,
    in_order,
    late_by_code,
)
from progress.items import code_of
from progress.submit import Statement, loose_files
from store import loose, obligations, submissions
from store.tables import Obligation
from words import codes
from words.message import Button

# What says that something is done, in plain words or by its command.
ANSWERING = ("done", "say")
SHOWN = 12
# So many tasks are offered by their titles where nothing says which is meant: half a screen of buttons.
OFFERED = 6
# What is asked about in words of its own, where no task was named.
ASKED_APART = frozenset(
    {"progress", "blocked", "extend", "notours", "correct", "snooze", "acknowledge", "nothing", "cause"}
)
# Of these what can be meant is not what is open.
NONE_APART = frozenset({"correct", "nothing", "cause"})
# Takes what is said about a task that the person does not owe; False where it is not its own either.
NotOwed = Callable[[Turn, str, Statement], bool]


def _nobody(_turn: Turn, _code: str, _said: Statement) -> bool:
    return False


def said_now(turn: Turn, note: str) -> Statement:
    """What this message says, as it would be recorded."""
    incoming = turn.incoming
    return Statement(turn.person_id, incoming.sent_at, turn.source, turn.via, note, turn.album, turn.files)


def ask(
    turn: Turn,
    verb: str,
    said: Statement,
    *parts: str,
    options: Sequence[Obligation] = (),
    by: str = "title",
    buttons: Sequence[Sequence[Button]] = (),
    beside: Sequence[Obligation] = (),
    code: str = "",
) -> None:
    """Puts a question and keeps what was said; each option is a button, beside the ones given.

    `beside` is no option, and a code that it bears too names none of them alone. `code` is all options' task where
    an agency's name answers.
    """
    if verb in ANSWERING:
        said = _with_what_waits(turn, said)
    turn.ask(Target.of(said, verb=verb, code=code))
    several = len({row.plan_id for row in options}) > 1
    names = Counter(code_of(turn.office, row) for row in (*options[:SHOWN], *beside))
    # What to type is a code that leaves no doubt.
    offered = [
        [
            Button(
                option(turn, row, by, several=several, adds=verb not in ABOUT_ANSWERS and verb != "cause")
                + which_time(row, names[code_of(turn.office, row)]),
                f"/pick #{row.id}",
                name if names[name := code_of(turn.office, row)] == 1 and _d_or_dd(turn, row.task) is None else "",
            )
        ]
        for row in options[:SHOWN]
    ]
    files = loose.by_ids(turn.session, turn.person_id, said.files) if said.files else []
    loose.note_asked(turn.session, loose_files(turn.session, said), turn.now)
    turn.answer(*parts, about(turn.session, turn.office, files), buttons=[*buttons, *offered])


def _with_what_waits(turn: Turn, said: Statement) -> Statement:
    """A new question forgets nothing of what waits for a code: neither the files nor the words of the one before."""
    former = turn.question(Target)
    note = former.note if former is not None and former.files and former.source != said.source else ""
    whole = placing.gathered(turn.session, said, turn.now)
    return replace(whole, note="\n".join(dict.fromkeys(filter(None, (note, said.note)))))


def find_or_ask(
    turn: Turn, verb: str, meant: Reference, not_owed: NotOwed = _nobody
) -> tuple[Obligation, Statement] | None:
    """The obligation that an answer is about, and what was said.

    None when a question had to be put (or a refusal said); what was sent is kept with it. `not_owed` may take what is
    said about a task of others.
    """
    said = said_now(turn, meant.words)
    if meant.obligation is not None:
        return _by_id(turn, meant.obligation, said)
    if meant.code is not None:
        return _by_code(turn, verb, meant, meant.code, said, not_owed)
    if meant.wanted:
        return _unknown(turn, verb, meant.wanted, said)
    said = said_now(turn, meant.text)
    if found := replied_to(turn):
        if len(found) == 1:
            return found[0], said
        ask(turn, verb, said, turn.text("ask.which"), options=found)
        return None
    _ask_code(turn, verb, said)
    return None


def _by_id(turn: Turn, obligation_id: int, said: Statement) -> tuple[Obligation, Statement] | None:
    row = obligations.get(turn.session, obligation_id)
    if row is None or row.agency_id not in turn.agencies:
        turn.hint(turn.text("ask.foreign"))
        return None
    return row, said


def _by_code(
    turn: Turn, verb: str, meant: Reference, code: str, said: Statement, not_owed: NotOwed
) -> tuple[Obligation, Statement] | None:
    office, now, number, agencies = turn.office, turn.now, meant.milestone, turn.agencies
    if (named := own_agency.meant(turn, meant)) is not None:
        # What another of their agencies owes is not meant, also where this one owes nothing of it.
        agencies = tuple(each for each in turn.agencies if named in members(each))
        said = replace(said, note=meant.rest if meant.agency else said.note)
    if (pair := _d_or_dd(turn, code)) is not None:
        ask(turn, verb, said, turn.text("ask.which"), options=pair)
        return None
    if (moved := moved_code.options(turn, code)) is not None:
        ask(
            turn,
            verb,
            said,
            turn.text("ask.code_moved", code=code, since=moved.since, gone=moved.gone),
            options=moved.rows,
        )
        return None
    if verb in ABOUT_ANSWERS:
        choice = answered_by_code(turn.session, agencies, code, number)
    elif verb == "cause":
        choice = late_by_code(turn.session, office, agencies, code, number, now)
    else:
        adding, preferred = verb in ANSWERING, RECURRING if verb == "nothing" else ()
        choice = by_code(turn.session, office, agencies, code, number, now, adding=adding, preferred=preferred)
    match choice:
        case One(row):
            return row, said
        case Again(_, row):
            return row, said
        case Which(options):
            if len({row.plan_id for row in options}) > 1:
                ask(turn, verb, said, turn.text("ask.which_plan", code=code), options=options)
                return None
            by_agency = len({row.agency_id for row in options}) > 1
            if by_agency:
                text = turn.text("ask.which_agency", code=code)
                ask(turn, verb, said, text, options=options, by="agency", code=meant.label)
                return None
            row = options[0]
            latest = submissions.latest_for_task(turn.session, row.agency_id, code, row.plan_id)
            at = latest[0].at if latest else said.at
            ask(turn, verb, said, turn.text("ask.which_milestone", code=code, at=at), options=options, by="milestone")
        case SetAside(row, options):
            parts = milestones.set_aside(turn, row), turn.text("ask.which_left")
            ask(turn, verb, said, *parts, options=options, by="milestone", beside=[row])
        case NotTheirs(others):
            # Who types 1d and owes 1đ may mean either: that is asked, never guessed.
            theirs = not _sibling(turn, code) and milestones.may_be_of_others(turn, code, number, others)
            if verb in ANSWERING and theirs and not_owed(turn, code, said):
                return None
            if others:
                text, offered = milestones.missing(turn, code, others), milestones.askable_of(turn, verb, others)
                by = "agency" if len({row.agency_id for row in offered}) > 1 else "milestone"
                ask(turn, verb, said, text, turn.text("ask.which_of_these"), options=offered, by=by)
                return None
            owners = ", ".join(dict.fromkeys(owner_names(turn, code)))
            text = turn.text(
                "ask.not_yours", code=code, owners=owners, tasks=own_codes(turn), files=files_text(turn, said.files)
            )
            ask(turn, verb, said, text, options=_sibling(turn, code))
    return None


def _d_or_dd(turn: Turn, code: str) -> Sequence[Obligation] | None:
    """The two obligations between which a bare 1d leaves a doubt: for somebody who owes 1d and 1đ."""
    if not code.endswith("d"):
        return None
    rows = obligations.of_agencies(turn.session, turn.agencies)
    both = []
    for each in (code, f"{code[:-1]}đ"):
        own = in_order(turn.office, [row for row in rows if row.task == each], turn.now)
        if not own:
            return None
        both.append(own[0])
    return both


def _sibling(turn: Turn, code: str) -> Sequence[Obligation]:
    """Somebody who types 1d and owes only 1đ is offered 1đ."""
    if not code.endswith("d"):
        return ()
    rows = obligations.of_agencies(turn.session, turn.agencies, task=f"{code[:-1]}đ")
    return in_order(turn.office, rows, turn.now)[:1]


def owner_names(turn: Turn, code: str) -> list[str]:
    """Who owes a task, in the plan's words."""
    names = []
    for plan in turn.office.plans.values():
        for task in plan.all_tasks:
            if task.code == code:
                names += [plan.name_of(each) for each in (task.lead or tuple(i for p in task.parts for i in p.lead))]
    return names


def _unknown(turn: Turn, verb: str, wanted: str, said: Statement) -> tuple[Obligation, Statement] | None:
    own = own_codes(turn)
    if wanted.isdigit() and (rows := _of_section(turn, wanted)):
        ask(turn, verb, said, turn.text("ask.section", section=wanted), options=rows)
        return None
    near = list(codes.nearest(codes.normalise(wanted).lower(), own, SHOWN))
    first: dict[str, Obligation] = {}
    for row in askable(turn, verb):
        first.setdefault(row.task, row)
    shown = [code for code in near if code in first][:OFFERED]
    left = [code for code in near if code not in shown]
    text = turn.text("ask.unknown", wanted=wanted, tasks=left, offered=bool(shown), files=files_text(turn, said.files))
    ask(turn, verb, said, text, options=[first[code] for code in shown])
    return None


def _of_section(turn: Turn, section: str) -> list[Obligation]:
    """The earliest open obligation of each task of a section that the person owes."""
    rows = [row for row in obligations.of_agencies(turn.session, turn.agencies) if row.task.startswith(section)]
    first: dict[tuple[str, str], Obligation] = {}
    for row in in_order(turn.office, rows, turn.now):
        if row.task[len(section) :].isalpha():
            first.setdefault((row.agency_id, row.task), row)
    return sorted(first.values(), key=lambda row: codes.sort_key(row.task))


def _ask_code(turn: Turn, verb: str, said: Statement) -> None:
    """Asks which task, with what may be meant by its title: nobody remembers codes."""
    rows = askable(turn, verb)
    if not rows and verb not in ANSWERING:
        key = f"ask.none_{verb}" if verb in NONE_APART else "ask.none_open"
        turn.answer(turn.text(key, files=files_text(turn, said.files)))
        return
    shown, others = rows[:OFFERED], rows[OFFERED:]
    codes_left = sorted({row.task for row in others} - {row.task for row in shown}, key=codes.sort_key)
    question = turn.text(f"ask.which_{verb if verb in ASKED_APART else 'done'}")
    text = turn.text("ask.code", question=question, tasks=codes_left, files=files_text(turn, said.files))
    ask(turn, verb, said, text, options=shown)


def own_codes(turn: Turn) -> list[str]:
    """The codes of the open tasks of the person's agencies, in the order of the plan."""
    rows = obligations.of_agencies(turn.session, turn.agencies)
    return sorted({row.task for row in rows}, key=codes.sort_key)


def files_text(turn: Turn, ids: Sequence[int] = ()) -> str:
    """What of the person's files waits for a code, in words: 2 ảnh, 1 tệp; 5 ảnh từ 08:02."""
    waiting = {each.id: each for each in placing.waiting_for_code(turn.session, turn.person_id, turn.now)}
    waiting |= {each.id: each for each in loose.by_ids(turn.session, turn.person_id, ids)} if ids else {}
    return placing.since_in_words(turn.office, list(waiting.values()), turn.now)
