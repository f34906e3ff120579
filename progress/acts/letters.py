"""An admin looks at a letter that is nobody's: it is set aside, or is an agency's answer that came by mail."""

from dataclasses import replace

from plan.status import State
from progress.acts import on_paper
from progress.acts.decisions import Delivered, RecordPaper
from progress.acts.outcomes import Outcome
from progress.acts.scene import Scene
from progress.acts.values import PlaceLetter, SettleLetter
from progress.items import code_of
from store import stray_letters
from store.letter_tables import StrayLetter
from store.tables import Obligation
from words.message import Message, plain, say


def settle(scene: Scene, act: SettleLetter) -> Outcome:
    """It leaves the list; who looked at it before is not overruled."""
    row = stray_letters.get(scene.session, act.letter)
    if row is None:
        return Outcome((_of(scene, "unknown", act.letter),))
    by, via = scene.actor.person_id, act.said.via
    is_first = stray_letters.settle(scene.session, row, by, scene.now, via=via)
    return Outcome((_of(scene, "settled" if is_first else "settled_before", act.letter),), is_over=True)


def place(scene: Scene, act: PlaceLetter, row: Obligation) -> Outcome:
    """Recorded in the agency's place, by who placed it, from the moment when the letter came: nobody knows who wrote
    it, and no name of theirs is kept with the work.

    What is answered already stays as it is, and the letter waits.
    """
    letter = stray_letters.get(scene.session, act.letter)
    if letter is None or letter.is_ours:
        return Outcome((_of(scene, "unknown", act.letter),))
    if letter.settled_at is not None:
        return Outcome((_of(scene, "settled_before", act.letter),), is_over=True)
    if row.state != State.OPEN:
        return Outcome((say(scene.office.text("ending.answered")),))
    paper = RecordPaper(
        replace(act.said, note=_words(scene, letter)),
        (act.obligation,),
        scene.office.today(letter.at),
        at=letter.at,
        way=Delivered.MAIL,
        open_only=True,
    )
    found = on_paper.record_paper(scene, paper)
    by = scene.actor.person_id
    stray_letters.settle(scene.session, letter, by, scene.now, via=act.said.via, obligation=act.obligation)
    code, agency = code_of(scene.office, row), scene.office.agency_name(row.agency_id)
    placed = scene.office.text("mailbox.placed", reference=f"T{letter.id}", code=code, agency=agency)
    return replace(found, replies=(*found.replies, say(placed)), is_over=True)


def _words(scene: Scene, letter: StrayLetter) -> str:
    said = letter.words.strip() or letter.subject
    # Kept as it is read: a page and a message escape it themselves.
    return plain(scene.office.text("mailbox.basis", at=letter.at, words=said, files=letter.files))


def _of(scene: Scene, key: str, number: int) -> Message:
    return say(scene.office.text(f"mailbox.{key}", reference=f"T{number}"))
