"""/plan: what a plan is to become, step by step, before an admin adopts it."""

from bot.carry_out import carry_out
from bot.decide import plan_cells, plan_file, plan_import, two_steps
from bot.decide.plan_steps import ADOPT, ALL, DROP, KINDS, LEAVE, listed
from bot.questions.decisions import Adoption
from bot.turn import Turn
from bot.which.owed import said_now
from plan.amendment import Amendment
from plan.amendment_parts import Left
from plan.errors import PlanError
from progress import amending, plan_choices
from progress.acts.adopting import seen
from progress.acts.decisions import AdoptPlan
from reports.attachments.attach import plan_reference
from reports.figures import moved_in_words, summary
from store import plan_drafts
from store.plan_tables import PlanDraft
from words.codes import fold
from words.message import say

OTHER, SAME, SHEET = "khac", "cung", "excel"


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
    if fold(rest.strip()).startswith(SHEET):
        _send_sheet(turn, rest.strip()[len(SHEET) :].strip())
        return
    if not drafts:
        none = "amend.none" if turn.office.plans else "plan_import.no_plan"
        turn.answer(turn.text(none), turn.text("plan_import.how"))
        return
    first, _, more = rest.strip().partition(" ")
    words = fold(first)
    if words in (OTHER, SAME):
        _tell(turn, drafts, words, more.split())
    elif words in (LEAVE, ALL):
        _leave(turn, drafts[0], more.split() if words == LEAVE else [])
    elif words == DROP:
        _drop(turn, drafts[0])
    elif words == ADOPT:
        _propose(turn, drafts[0])
    else:
        listed(turn, drafts[0])


def _send_sheet(turn: Turn, named: str) -> None:
    """«/kehoach excel», «/kehoach excel cchc-2026»: the plan as a sheet to edit, the newest where none is named."""
    plans = amending.followed(turn.office)
    plan = plans.get(named) if named else next(reversed(plans.values()), None)
    if plan is None:
        turn.answer(turn.text("own_sheet.which", plans=list(plans)) if plans else turn.text("plan_import.no_plan"))
        return
    caption = turn.text("own_sheet.sent", plan=plan.label)
    turn.post(say(caption, attachment=plan_reference(plan.id, turn.now)))


def _tell(turn: Turn, drafts: list[PlanDraft], word: str, codes: list[str]) -> None:
    """Keeps that work is other work than before, or the same as some, and shows what comes of it."""
    for draft in drafts:
        if (word == OTHER and len(codes) == 1 and plan_choices.say_other(turn.session, draft, codes[0])) or (
            word == SAME and len(codes) == 2 and plan_choices.say_same(turn.session, draft, codes[0], codes[1])
        ):
            listed(turn, draft)
            return
    turn.answer(turn.text("amend.how"))


def _leave(turn: Turn, draft: PlanDraft, named: list[str]) -> None:
    """«/kehoach giunguyen 1c» and «giunguyen han»: work, or a kind of changes, that stays as it is; none takes all."""
    found, left = plan_drafts.amendment(turn.session, draft), []
    codes = {fold(step.code): step.code for step in found.steps} | {step.code: step.code for step in found.steps}
    for word in named:
        kind, code = KINDS.get(fold(word)), codes.get(word.lower()) or codes.get(fold(word))
        if kind is None and code is None:
            turn.answer(turn.text("amend.how"))
            return
        left.append(Left(op=kind or "", code="" if kind else code or ""))
    try:
        plan_choices.leave(turn.session, draft, left)
    except PlanError as error:
        faults = "; ".join(each.what for each in error.faults[:3])
        turn.answer(turn.text("amend.left_broken", faults=faults))
        return
    listed(turn, draft)


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
    draft, before = plan_drafts.get(turn.session, shown.draft), summary.build(turn.session, turn.office, turn.now)
    outcome = carry_out(turn, AdoptPlan(said_now(turn, ""), shown.draft, shown.seen))
    if draft is not None and draft.state == plan_drafts.ADOPTED:
        turn.answer(*moved_in_words.explained(turn.session, turn.office, turn.now, before, draft.plan_id))
    return outcome.is_over
