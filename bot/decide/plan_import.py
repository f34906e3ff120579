"""/kehoach with a document: it is read, its questions are put one by one, and after a second look it is followed."""

import hashlib
from collections.abc import Mapping

from bot.carry_out import carry_out
from bot.decide import two_steps
from bot.decide.plan_import_words import GO_ON, VERB
from bot.decide.plan_steps import listed
from bot.questions.decisions import TakingOver
from bot.questions.wishes import PlanQuestion
from bot.turn import Turn
from bot.which.owed import said_now
from channels.base import ChatKind, FileRef, What
from intake.settled import said
from intake.settled.values import Given, Question, Typed
from plan.errors import PlanError
from plan.model import Plan
from plan.people import Role
from progress import importing
from progress.acts.decisions import TakeOver
from progress.importing import Work
from store import plan_drafts, plan_imports
from store.import_tables import PlanAnswer, PlanImport
from words import grammar
from words.codes import fold
from words.message import Button
from words.names import clean
from words.render import clip

ANSWER, WRITE, TAKE, DROP = "tl", "traloi", "dua", "boqua"
LATER = "desau"
LINES, NAMES, NAME = 5, 12, 120
IN_WORDS = "ke hoach"


def is_document(turn: Turn, verbs: Mapping[str, str]) -> bool:
    """Whether an admin sends a document to be a plan: with the command as its words, or where there is no plan yet.

    `verbs` are the names of the commands, as words.grammar reads them.
    """
    incoming = turn.incoming
    if Role.ADMIN not in turn.roles or incoming.chat_kind is not ChatKind.PRIVATE or incoming.what is not What.MESSAGE:
        return False
    if len(incoming.files) != 1 or incoming.files[0].kind != "document" or incoming.forwarded:
        return False
    if not incoming.text.strip():
        return not turn.office.plans
    said = grammar.read(incoming.text, verbs)
    return (said.verb == VERB and not said.rest) or fold(incoming.text.strip()) == IN_WORDS


def take(turn: Turn) -> None:
    """Waits for the bytes of a document; nothing of it is kept before it is read."""
    file: FileRef = turn.incoming.files[0]
    before = [row for row in plan_imports.open_ones(turn.session) if row.source != turn.source]
    if before:
        turn.answer(turn.text("plan_import.one_at_a_time", name=before[0].name))
        return
    name = clip(clean(file.name), NAME)
    row = PlanImport(
        source=turn.source, name=name, made_at=turn.now, made_by=turn.person_id, via=turn.via,
        state=plan_imports.WAITING, channel=turn.incoming.channel, file_id=file.file_id, not_before=turn.now,
    )  # fmt: skip
    plan_imports.expect(turn.session, row)
    turn.answer(turn.text("plan_import.taken", name=name))


def run(turn: Turn, rest: str) -> bool | None:
    """What /kehoach means for a document that is worked on; None where none is, or the words are about a plan's change.

    True where what a button offered is over.
    """
    first, _, more = rest.strip().partition(" ")
    verb = fold(first)
    rows = plan_imports.open_ones(turn.session)
    if turn.question(TakingOver) is not None and two_steps.AGREED.match(fold(rest.strip())):
        return two_steps.in_two_steps(turn, VERB, rest, lambda *_: None, TakingOver, _do)
    if verb in (GO_ON, ANSWER, TAKE, DROP) and more and all(str(row.id) != more.split()[0] for row in rows):
        turn.hint(turn.text("plan_import.over"))
        return True
    if not rows:
        return None
    row = next((each for each in rows if str(each.id) == (more.split() or [""])[0]), rows[0])
    found = importing.work(turn.session, turn.office, row, turn.now)
    match verb:
        case "" | "tiep":
            _go_on(turn, found)
        case "tl":
            return _pressed(turn, found, more)
        case "traloi":
            _written(turn, found, more)
        case "dua":
            _look_again(turn, found)
        case "boqua":
            importing.drop(turn.session, row, turn.now, by=turn.person_id, via=turn.via)
            turn.answer(turn.text("plan_import.dropped", name=row.name))
        case _:
            return None
    return False


def reply(turn: Turn, question: PlanQuestion, text: str) -> None:
    """Words that answer the question that was put last."""
    row = plan_imports.get(turn.session, question.document)
    if row is None or row.state != plan_imports.ASKING:
        turn.answer(turn.text("plan_import.over"))
        return
    found = importing.work(turn.session, turn.office, row, turn.now)
    asked = next((each for each in found.asked if each.key == question.key), None)
    if asked is None:
        _go_on(turn, found)
    else:
        _give(turn, found, asked, text)


def _pressed(turn: Turn, found: Work, more: str) -> bool:
    """A button under a question; it is over whatever comes of it."""
    _, mark, key = (*more.split(), "", "", "")[:3]
    question = next((each for each in found.asked if _mark(each) == mark), None)
    if question is None:
        turn.hint(turn.text("plan_import.over"))
    elif key == LATER and not question.blocks:
        _keep(turn, found, question, Given())
    elif question.option(key) is not None:
        _keep(turn, found, question, Given(option=key))
    return True


def _written(turn: Turn, found: Work, more: str) -> None:
    """«/kehoach traloi 2 30/6/2026»."""
    first, _, words = more.strip().partition(" ")
    number = grammar.number(first)
    if number is None or not 1 <= number <= len(found.asked):
        turn.answer(turn.text("plan_import.no_such_question", number=first))
        return
    _give(turn, found, found.asked[number - 1], words)


def _give(turn: Turn, found: Work, question: Question, words: str) -> None:
    if fold(words.strip()) == "de sau" and not question.blocks:
        _keep(turn, found, question, Given())
        return
    given = importing.accepted(found, question, words)
    if given is None:
        hint = said.hint(turn.office.text, question)
        turn.answer(turn.text("plan_import.not_an_answer", number=found.number(question), hint=hint))
        _remember(turn, found, question)
        return
    _keep(turn, found, question, given)


def _keep(turn: Turn, found: Work, question: Question, given: Given) -> None:
    by = PlanAnswer(import_id=0, question="", choice="", words="", at=turn.now, via=turn.via, person_id=turn.person_id)
    importing.give(turn.session, found, question, given, by)
    if turn.question(PlanQuestion) is not None:
        turn.settle_question()
    noted = "plan_import.noted" if given != Given() else "plan_import.noted_later"
    words = importing.answered(turn.office, found, question, given) if given != Given() else ""
    _go_on(turn, importing.work(turn.session, turn.office, found.row, turn.now), turn.text(noted, answer=words))


def _go_on(turn: Turn, found: Work, *before: str) -> None:
    """The next question, or what the plan would be where none is left."""
    if found.waiting:
        _ask(turn, found, found.waiting[0], *before)
    else:
        _ready(turn, found, *before)


def _ask(turn: Turn, found: Work, question: Question, *before: str) -> None:
    text, mark = turn.office.text, _mark(question)
    number, hint = found.number(question), said.hint(text, question)
    lines = [
        turn.text("plan_import.question", number=number, count=len(found.asked), place=said.place(text, question),
                  question=said.question(text, question)),
        said.members(text, question),
        turn.text("plan_import.write", hint=hint, number=number) if hint else "",
    ]  # fmt: skip
    buttons = [
        [Button(said.option(text, each), f"/{VERB} {ANSWER} {found.row.id} {mark} {each.key}")]
        for each in question.options
    ]
    if not question.blocks:
        buttons.append(
            [Button(turn.text("plan_import.button_later"), f"/{VERB} {ANSWER} {found.row.id} {mark} {LATER}")]
        )
    _remember(turn, found, question)
    turn.answer(*before, *filter(None, lines), buttons=buttons)


def _remember(turn: Turn, found: Work, question: Question) -> None:
    if question.typed is not Typed.NOTHING:
        turn.ask(PlanQuestion(document=found.row.id or 0, key=question.key))


def _ready(turn: Turn, found: Work, *before: str) -> None:
    """What would be followed, and what the first month would bring; of an amendment, what it changes."""
    plan = _plan(turn, found)
    if plan is None:
        return
    if found.amends is not None:
        _compare(turn, found, *before)
        return
    first = importing.first_month(turn.office, plan, turn.office.today(turn.now))
    shorts = {each: plan.agency(each).short for each in plan.owing()}
    lines = [
        turn.text(
            "plan_import.preview_line", day=each.day, agency=shorts[each.agency],
            codes=", ".join(dict.fromkeys(item.code for item in each.items)),
        )
        for each in first[:LINES]
    ]  # fmt: skip
    if len(first) > LINES:
        lines.append(turn.text("plan_import.preview_more", more=len(first) - LINES))
    agencies = len({each.agency for each in first})
    preview = turn.text("plan_import.preview", messages=len(first), agencies=agencies)
    ready = turn.text("plan_import.ready", **importing.figures(plan))
    turn.answer(
        *before, ready, preview if first else turn.text("plan_import.preview_none"), *lines,
        buttons=[
            [Button(turn.text("plan_import.button_adopt"), f"/{VERB} {TAKE} {found.row.id}")],
            [Button(turn.text("plan_import.button_drop"), f"/{VERB} {DROP} {found.row.id}")],
        ],
    )  # fmt: skip


def _compare(turn: Turn, found: Work, *before: str) -> None:
    """An amendment by articles waits as a change of its plan, which is looked at and adopted as every change is."""
    for line in before:
        turn.answer(line)
    importing.adopt(turn.session, turn.office, found, turn.now, by=turn.person_id, via=turn.via)
    drafts = plan_drafts.waiting(turn.session, found.amends.id) if found.amends is not None else []
    if drafts:
        listed(turn, drafts[-1])
    else:
        turn.answer(turn.text("own_sheet.same", name=found.row.name))


def _look_again(turn: Turn, found: Work) -> None:
    if found.blocked:
        _ask(turn, found, found.blocked[0])
        return
    plan = _plan(turn, found)
    if plan is None:
        return
    names = [each.short for each in plan.agencies]
    shown = ", ".join(names[:NAMES]) + ("…" if len(names) > NAMES else "")
    late = importing.late(turn.office, plan, turn.now)
    words = turn.text("plan_import.late", count=late) if late else ""
    text = turn.text("plan_import.look_again", names=shown, late=words, **importing.figures(plan))
    two_steps.propose(turn, TakingOver(document=found.row.id or 0, seen=importing.seen(plan)), text)


def _do(turn: Turn, shown: TakingOver) -> bool:
    try:
        return carry_out(turn, TakeOver(said_now(turn, ""), shown.document, shown.seen)).is_over
    except PlanError as error:
        _say_broken(turn, error)
        return True


def _plan(turn: Turn, found: Work) -> Plan | None:
    """The plan of a draft; None, and a word about it, where it contradicts itself."""
    try:
        return importing.plan_of(turn.office, found)
    except PlanError as error:
        _say_broken(turn, error)
        return None


def _say_broken(turn: Turn, error: PlanError) -> None:
    turn.answer(turn.text("plan_import.broken", faults="; ".join(each.what for each in error.faults[:LINES])))


def _mark(question: Question) -> str:
    """A question as a button bears it."""
    return hashlib.sha256(question.key.encode()).hexdigest()[:8]
