"""The list of what a plan's new version changes, and the buttons under it."""

from collections import Counter

from bot.turn import Turn
from plan.amendment import Op
from progress.acts.adopting import in_words
from store import plan_drafts
from store.plan_tables import PlanDraft
from words.message import Button

DROP, ADOPT, LEAVE, ALL = "bo", "apdung", "giunguyen", "tatca"
# How an admin names a kind of changes: as they are said without accents.
KINDS = {
    "them": "add", "boviec": "withdraw", "ma": "renumber", "loivan": "reword", "han": "deadline", "chutri": "lead",
    "doiten": "succeed",
}  # fmt: skip


def listed(turn: Turn, draft: PlanDraft) -> None:
    """Every step, with what is answered, of what people are reminded, and what was proposed only.

    A button for each kind of changes leaves those out; what is left out is said, and a button takes all over again.
    """
    found, answers = plan_drafts.amendment(turn.session, draft), plan_drafts.answers(turn.session, draft.plan_id)
    open_ones, left = plan_drafts.reminded(turn.session, draft.plan_id), plan_drafts.left_of(draft)
    lines = [
        in_words(turn.office, step, answers.get(step.was, 0), open_ones.get(step.was, 0), ask=True)
        for step in found.steps
    ]
    heading = turn.text(
        "amend.heading", plan=found.plan.label, decision=found.plan.decision.number, count=len(found.steps)
    )
    buttons = [
        [Button(turn.text("button.adopt"), f"/plan {ADOPT}")],
        [Button(turn.text("button.drop_draft"), f"/plan {DROP}")],
    ]
    kinds = Counter(step.op for step in found.steps)
    if len(kinds) > 1:
        buttons += [
            [Button(turn.text("amend.button_leave", kind=kind, count=count), f"/plan {LEAVE} {name}")]
            for name, kind in KINDS.items()
            if (count := kinds.get(Op(kind), 0))
        ]
    if left:
        lines.append(turn.text("amend.left", named=[each.code or turn.text(f"amend.kind_{each.op}") for each in left]))
        buttons.append([Button(turn.text("amend.button_all"), f"/plan {ALL}")])
    if draft.basis:
        lines.insert(0, turn.text("amend.basis", basis=draft.basis))
    moves = plan_drafts.moves(turn.session, draft, turn.office.calendar)
    owed = turn.text("amend.owed", added=moves.added, removed=moves.removed, moved=moves.moved)
    turn.answer(heading, *lines, owed if moves else turn.text("amend.words_only"), buttons=buttons)
