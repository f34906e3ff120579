"""/plan: what a plan is to become, step by step, before an admin adopts it."""

from bot.carry_out import carry_out
from bot.decide import plan_cells, plan_file, plan_import, two_steps
from bot.questions.decisions import Adoption
from bot.turn import Turn
from bot.which.owed import said_now
from plan.amendment import Amendment, Told
from progress.acts.adopting import in_words, seen
from progress.acts.decisions import AdoptPlan
from store import plan_drafts
from store.plan_tables import PlanDraft
from words.codes import fold
from words.message import Button

OTHER, SAME, DROP, ADOPT = "khac", "cung", "bo", "apdung"


def plan(turn: Turn, rest: str) -> bool:
    """What a document is to become comes first (bot.decide.plan_import), then what a plan that serves is to become.

    /kehoach shows it; /kehoach apdung adopts, /kehoach khac 2b and /kehoach cung 2b 2c say what is the same work."""
    first, _, number = rest.strip().partition(" ")
    if fold(first) == plan_file.FILE:
        return plan_file.take(turn, number.strip())
    if fold(first) == plan_cells.CORRECT:
        plan_cells.correct(turn, number)
        return False
    if fold(first) == plan_cells.OPINION:
        plan_cells.opinion(turn)
        return False
    if (over := plan_import.run(turn, rest)) is not None:
        return over
    return two_steps.in_two_steps(turn, "plan", rest, _show, Adoption, _do)


def _show(turn: Turn, rest: str) -> None:
    drafts = plan_drafts.waiting(turn.session)
    if not drafts:
        none = "amend.none" if turn.office.plans else "plan_import.no_plan"
        turn.answer(turn.text(none), turn.text("plan_import.how"))
        return
    first, _, more = rest.strip().partition(" ")
    words = fold(first)
    if words in (OTHER, SAME):
        _tell(turn, drafts, words, more.split())
    elif words == DROP:
        _drop(turn, drafts[0])
    elif words == ADOPT:
        _propose(turn, drafts[0])
    else:
        _list(turn, drafts[0])


def _list(turn: Turn, draft: PlanDraft) -> None:
    """Every step, with what is answered and what was proposed only."""
    found, answers = plan_drafts.amendment(turn.session, draft), plan_drafts.answers(turn.session, draft.plan_id)
    lines = [in_words(turn.office, step, answers.get(step.was, 0), ask=True) for step in found.steps]
    heading = turn.text("amend.heading", plan=found.plan.label, decision=found.plan.decision.number, count=len(lines))
    buttons = [
        [Button(turn.text("button.adopt"), f"/plan {ADOPT}")],
        [Button(turn.text("button.drop_draft"), f"/plan {DROP}")],
    ]
    moves = plan_drafts.moves(turn.session, draft, turn.office.calendar)
    owed = turn.text("amend.owed", added=moves.added, removed=moves.removed, moved=moves.moved)
    turn.answer(heading, *lines, owed if moves else turn.text("amend.words_only"), buttons=buttons)


def _tell(turn: Turn, drafts: list[PlanDraft], word: str, codes: list[str]) -> None:
    """Keeps that work is other work than before, or the same as some, and shows what comes of it."""
    for draft in drafts:
        before = plan_drafts.adopted(turn.session, draft.plan_id)
        found = plan_drafts.amendment(turn.session, draft)
        mine, theirs = (
            {fold(task.code): task.code for task in each.all_tasks} if each else {} for each in (found.plan, before)
        )
        new = mine.get(fold(codes[0])) if codes else None
        old = theirs.get(fold(codes[-1])) if codes else None
        said = plan_drafts.told_of(draft)
        if word == OTHER and new is not None and len(codes) == 1:
            same = {code: was for code, was in said.same.items() if code != new}
            plan_drafts.tell(turn.session, draft, Told(said.other | {new}, same))
        elif word == SAME and new is not None and old is not None and len(codes) == 2:
            plan_drafts.tell(turn.session, draft, Told(said.other - {new}, {**said.same, new: old}))
        else:
            continue
        _list(turn, draft)
        return
    turn.answer(turn.text("amend.how"))


def _drop(turn: Turn, draft: PlanDraft) -> None:
    plan_drafts.settle(turn.session, draft, plan_drafts.DROPPED, turn.person_id, turn.now)
    turn.answer(turn.text("amend.dropped"))


def _propose(turn: Turn, draft: PlanDraft) -> None:
    found, answers = plan_drafts.amendment(turn.session, draft), plan_drafts.answers(turn.session, draft.plan_id)
    text = turn.text(Adoption.shows, plan=found.plan.label, count=len(found.steps), **_figures(found, answers))
    two_steps.propose(turn, Adoption(draft=draft.id or 0, seen=seen(found)), text)


def _figures(found: Amendment, answers: dict[str, int]) -> dict[str, int]:
    """What the admin has to know before the press: how much is answered, and under how much the words are others."""
    touched = {step.was for step in found.steps if step.was}
    unsure = {step.code for step in found.steps if step.asked}
    return {"answers": sum(answers.get(code, 0) for code in touched), "asked": len(unsure)}


def _do(turn: Turn, shown: Adoption) -> bool:
    return carry_out(turn, AdoptPlan(said_now(turn, ""), shown.draft, shown.seen)).is_over
