"""What was not said plainly is kept and asked about; what waits for a signature is no result yet."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from plan.status import ANSWERED, EventKind
from progress import placing
from progress.acts.outcomes import Outcome
from progress.acts.scene import Meaning, Scene
from progress.acts.values import AnyAct, Blocked, Clarify, Done, Extend, ForSignature, Progress, Say, Withdraw
from progress.items import code_of
from progress.submit import Statement, loose_files
from store import loose, obligations, unclear
from store.answer_tables import Unclear
from store.obligations import NewEvent
from store.tables import Obligation
from words.dates import find_day
from words.message import Button, Message, say
from words.office import Office
from words.reading import Said, read_answer

# The likeliest first; the others in this order behind it.
OFFERED = (Meaning.PROGRESS, Meaning.FOR_SIGNATURE, Meaning.DONE, Meaning.BLOCKED)
OF_AN_ANSWER = (Meaning.DONE, Meaning.WITHDRAW)
LIKELIEST = {
    Said.DONE: Meaning.DONE,
    Said.HANDED_IN: Meaning.HANDED_IN,
    Said.FOR_SIGNATURE: Meaning.FOR_SIGNATURE,
    Said.PROGRESS: Meaning.PROGRESS,
    Said.BLOCKED: Meaning.BLOCKED,
    Said.EXTEND: Meaning.EXTEND,
}


def for_signature(scene: Scene, act: ForSignature, row: Obligation) -> Outcome:
    """It lies with who signs since a day; the answer is still to come."""
    office, said = scene.office, act.said
    code, agency = code_of(office, row), office.agency_name(row.agency_id)
    if row.state in ANSWERED:
        return Outcome((say(office.text("progress.done_already", code=code, agency=agency)),))
    files = placing.place_about(scene.session, said, row)
    note = office.text("signature.note", day=act.day, to=act.to, words=said.note, files=placing.in_words(office, files))
    event = NewEvent(EventKind.FOR_SIGNATURE, said.at, via=said.via, person_id=said.person_id, due=act.day, note=note)
    obligations.record(scene.session, row, event, scene.now)
    text = office.text("signature.recorded", code=code, agency=agency, day=act.day, to=act.to, words=said.note)
    return Outcome((say(text),), is_over=True)


def say_unclear(scene: Scene, act: Say, row: Obligation) -> Outcome:
    """Keeps the words with their moment, for the admins too, and asks what they mean."""
    kept = keep(scene, act, row)
    return Outcome((question(scene.office, [(kept, row)]),), waits=Clarify(act.said, (kept.id or 0,), None))


def keep(scene: Scene, act: Say, row: Obligation) -> Unclear:
    """The words as they are kept until somebody says what they mean; in the obligation's history from now on."""
    said, reading = act.said, act.reading
    before = {each.id for each in unclear.waiting(scene.session, [row.id or 0])}
    kept = unclear.keep(
        scene.session,
        Unclear(
            obligation_id=row.id or 0,
            person_id=said.person_id,
            at=said.at,
            source=said.source,
            via=said.via,
            note=said.note,
            album=said.album,
            files=list(said.files),
            says=reading.says,
            share=reading.share,
            day=reading.day,
            way=reading.way,
        ),
    )
    placing.place_about(scene.session, said, row)
    if kept.id not in before:
        event = NewEvent(EventKind.SAID, said.at, via=said.via, person_id=said.person_id, note=said.note or "…")
        obligations.record(scene.session, row, event, scene.now)
    return kept


def question(office: Office, kept: Sequence[tuple[Unclear, Obligation]]) -> Message:
    """What is asked about words that are kept; several of one message are asked about together."""
    if len(kept) == 1:
        said, row = kept[0]
        key = "meaning.ask_answered" if row.state in ANSWERED else "meaning.ask"
        text = office.text(key, code=code_of(office, row), words=said.note, compiler=office.compiler_name)
        return say(text, buttons=[[_button(office, [said], each)] for each in offered(said, row)])
    lines = [
        office.text("meaning.line", code=code_of(office, row), meaning=label(office, said, likeliest(said)))
        for said, row in kept
    ]
    numbers = "+".join(f"L{said.id}" for said, _ in kept)
    all_of_them = Button(office.text("meaning.all"), f"/clarify {numbers} all", office.text("meaning.all_typed"))
    single = [
        [Button(office.text("meaning.one", code=code_of(office, row)), f"/clarify L{said.id}")] for said, row in kept
    ]
    nothing = _button(office, [said for said, _ in kept], Meaning.NOTHING)
    text = office.text("meaning.ask_all", lines=lines, compiler=office.compiler_name)
    return say(text, buttons=[[all_of_them], *single, [nothing]])


def likeliest(said: Unclear) -> Meaning | None:
    """What words most likely mean; None where nobody can know."""
    return LIKELIEST.get(Said(said.says))


def offered(said: Unclear, row: Obligation) -> list[Meaning]:
    """What words can be taken to mean, the likeliest first."""
    first = likeliest(said)
    choice = OF_AN_ANSWER if row.state in ANSWERED else OFFERED
    leading = [first] if first is not None and row.state not in ANSWERED else []
    return list(dict.fromkeys((*leading, *choice, Meaning.NOTHING)))


def _button(office: Office, said: Sequence[Unclear], meaning: Meaning) -> Button:
    numbers = "+".join(f"L{each.id}" for each in said)
    typed = office.text(f"meaning.{meaning}_typed")
    return Button(label(office, said[0], meaning), f"/clarify {numbers} {meaning}", typed)


def label(office: Office, said: Unclear, meaning: Meaning | None) -> str:
    """A meaning in words."""
    key = meaning or "unclear"
    return office.text(f"meaning.{key}", share=said.share, way=said.way)


def clarify(scene: Scene, act: Clarify, do: Callable[[Scene, AnyAct], Outcome]) -> Outcome:
    """Records what was said, as of its own moment and by who said it; several are answered in one message."""
    found = [each for number in act.unclear if (each := unclear.get(scene.session, number)) is not None]
    waiting = [each for each in found if each.settled_at is None]
    if not waiting:
        return Outcome((say(scene.office.text("meaning.settled")),), is_over=True, aside=True)
    several = replace(scene, together=len(waiting) > 1)
    outcomes = []
    for each in waiting:
        if (meaning := act.meaning or likeliest(each)) is not None:
            outcomes.append(_settle(several, act.said, each, meaning, do))
    return together(outcomes)


def together(outcomes: Sequence[Outcome]) -> Outcome:
    """What came of several acts, in one message."""
    if len(outcomes) == 1:
        return replace(outcomes[0], is_over=True)
    messages = [message for each in outcomes for message in each.replies]
    parts = [part for message in messages for part in message.parts]
    buttons = [row for message in messages for row in message.buttons]
    return Outcome(
        (say(*parts, buttons=buttons),) if messages else (),
        tuple(notice for each in outcomes for notice in each.notices),
        about=next((each.about for each in outcomes if each.about), None),
        is_over=True,
        waits=next((each.waits for each in outcomes if each.waits is not None), None),
    )


def _settle(
    scene: Scene, said: Statement, kept: Unclear, meaning: Meaning, do: Callable[[Scene, AnyAct], Outcome]
) -> Outcome:
    row = obligations.get(scene.session, kept.obligation_id)
    assert row is not None
    unclear.settle(scene.session, kept, meaning, scene.actor.person_id, scene.now)
    if meaning is Meaning.NOTHING:
        event = NewEvent(EventKind.SAID, said.at, via=said.via, person_id=said.person_id)
        obligations.record(scene.session, row, event, scene.now)
        files = _let_go(scene, kept)
        text = scene.office.text("meaning.not_recorded", code=code_of(scene.office, row), files=files)
        return Outcome((say(text),), about=row.id, is_over=True)
    return do(scene, _act(scene, kept, meaning, row.id or 0))


def _let_go(scene: Scene, kept: Unclear) -> str:
    """The files of words that are not to be recorded are their sender's again, and no code takes them by itself."""
    said = Statement(kept.person_id, kept.at, kept.source, kept.via, album=kept.album, files=tuple(kept.files))
    files = loose_files(scene.session, said)
    loose.place(scene.session, files, None)
    loose.leave(scene.session, files, scene.now)
    return placing.in_words(scene.office, files)


def _act(scene: Scene, kept: Unclear, meaning: Meaning, row: int) -> AnyAct:
    # Whose account was erased left no name of the message.
    source = f"unclear:{kept.id}" if kept.source.startswith("erased:") else kept.source
    said = Statement(kept.person_id, kept.at, source, kept.via, kept.note, kept.album, tuple(kept.files))
    day = kept.day or scene.office.today(kept.at)
    match meaning:
        case Meaning.DONE:
            return Done(said, row)
        case Meaning.HANDED_IN:
            return Done(replace(said, way=kept.way, handed_on=day), row)
        case Meaning.FOR_SIGNATURE:
            return ForSignature(said, row, day, read_answer(kept.note, day, ())[0].reading.to)
        case Meaning.BLOCKED:
            return Blocked(said, row)
        case Meaning.WITHDRAW:
            return Withdraw(replace(said, note=""), row)
        case Meaning.EXTEND:
            found = find_day(kept.note, scene.office.today(scene.now))
            return Extend(said, row, found.day, found.rest, found.typed)
        case _:
            share = f"{kept.share}% " if kept.share is not None and not kept.note.startswith(f"{kept.share}") else ""
            return Progress(replace(said, note=f"{share}{kept.note}".strip()), row)
