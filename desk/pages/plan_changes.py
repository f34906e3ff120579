"""A plan's new version beside the one that serves: each difference with what it touches, chosen, and adopted."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from desk import acting, forms, pressing
from desk.desk import Asked, Desk
from desk.drafts import differing
from desk.drafts.differing import Pieces
from desk.page import render
from desk.pages.plans import CHANGES, PATH
from desk.requests import posted
from desk.viewer import Viewer
from plan.amendment import Amendment, Op, Step
from plan.amendment_parts import Left
from plan.errors import PlanError
from progress import plan_choices
from progress.acts import adopting
from progress.acts.decisions import AdoptPlan
from reports.figures import moved_in_words, summary
from store import plan_drafts
from store.plan_tables import PlanDraft
from words.message import Message, say
from words.office import Office

FAULTS = 3
Choose = Callable[[Session, PlanDraft, Asked], bool]


@dataclass(frozen=True)
class Difference:
    """One step as the page has it; `old` and `new` are what stands in the two columns.

    `answers` results are recorded for it, `reminded` are open and reminded of; `may_be` are the codes of work that goes
    and that this, which comes in, may be.
    """

    op: str
    code: str
    was: str
    old: Pieces
    new: Pieces
    answers: int
    reminded: int
    asked: bool
    may_be: tuple[str, ...]


def routes(desk: Desk) -> list[Route]:
    """Where the forms go."""
    path = f"{CHANGES}/{{number}}"
    return [
        Route(f"{path}/chon", posted(desk, choose), methods=["POST"]),
        Route(f"{path}/bo", posted(desk, drop), methods=["POST"]),
        Route(f"{path}/ap-dung", posted(desk, adopt), methods=["POST"]),
    ]


def show(asked: Asked) -> Response:
    """The differences; raises HTTPException(404) for a version that does not wait."""
    draft, found = _draft(asked)
    moves = plan_drafts.moves(asked.session, draft, asked.office.calendar)
    steps = _differences(asked.session, draft, found)
    kinds = Counter(step.op for step in steps)
    left = plan_drafts.left_of(draft)
    return render(
        asked,
        "plan_changes.html",
        path=f"{CHANGES}/{draft.id}",
        plan=found.plan,
        basis=draft.basis or found.plan.decision.number,
        steps=steps,
        kinds=[(each, kinds[each]) for each in map(str, Op) if kinds[each]],
        left=[each.code or asked.t(f"amend.kind_{each.op}") for each in left],
        moves=moves,
        touches=bool(moves),
        may=asked.viewer.is_admin,
    )


def adopting_page(asked: Asked) -> Response:
    """The second look; raises HTTPException(404) for who may not, and for a version that does not wait."""
    draft, found = _draft(asked)
    if not asked.viewer.is_admin:
        raise HTTPException(404)
    steps = _differences(asked.session, draft, found)
    return render(
        asked,
        "plan_adopting.html",
        path=f"{CHANGES}/{draft.id}",
        plan=found.plan,
        basis=draft.basis or found.plan.decision.number,
        count=len(steps),
        answers=sum({step.was: step.answers for step in steps if step.was}.values()),
        asked_about=len({step.code for step in steps if step.asked}),
        seen=adopting.seen(found),
    )


def choose(asked: Asked) -> Response:
    """Keeps what stays as it is, and what is the same work."""
    number = asked.number("number")
    does = next((do for name, do in CHOICES.items() if forms.word(asked.form, name)), None)
    if does is None:
        raise HTTPException(400)

    def keep(session: Session, office: Office, _by: Viewer) -> list[Message]:
        draft = _waiting(session, number)
        if draft is None:
            return [say(office.text("amend.over"))]
        try:
            done = does(session, draft, asked)
        except PlanError as error:
            faults = "; ".join(each.what for each in error.faults[:FAULTS])
            return [say(office.text("desk_plan.left_broken", faults=faults))]
        return [say(office.text("desk_plan.chosen" if done else "desk_plan.step_over"))]

    nonce = pressing.once(asked, keep)
    return RedirectResponse(forms.with_said(f"{CHANGES}/{number}", nonce), 303)


def drop(asked: Asked) -> Response:
    """Gives the version up: what serves goes on."""
    number = asked.number("number")

    def give_up(session: Session, office: Office, by: Viewer) -> list[Message]:
        draft = _waiting(session, number)
        if draft is None:
            return [say(office.text("amend.over"))]
        plan_drafts.settle(session, draft, plan_drafts.DROPPED, by.person_id, asked.now)
        return [say(office.text("amend.dropped"))]

    return RedirectResponse(forms.with_said(PATH, pressing.once(asked, give_up)), 303)


def adopt(asked: Asked) -> Response:
    """It serves from now on, as it was shown; what that does to the summary's figures is told line by line."""
    number, nonce = asked.number("number"), pressing.nonce_of(asked)
    with asked.anew() as before:
        draft = _waiting(before.session, number)
        figures = summary.build(before.session, before.office, before.now)
    made = AdoptPlan(acting.said_here(asked.viewer, nonce, asked.now), number, forms.word(asked.form, "seen"))
    done = acting.carry_out(asked.desk, asked.viewer, made, nonce, asked.now)
    with asked.anew() as after:
        if draft is not None and _waiting(after.session, number) is None:
            lines = moved_in_words.explained(after.session, after.office, after.now, figures, draft.plan_id)
            return render(after, "plan_adopted.html", replies=done.replies, lines=[say(each) for each in lines])
        still = _waiting(after.session, number) is not None
    return RedirectResponse(forms.with_said(f"{CHANGES}/{number}" if still else PATH, nonce), 303)


def _draft(asked: Asked) -> tuple[PlanDraft, Amendment]:
    draft = _waiting(asked.session, asked.number("number"))
    if draft is None:
        raise HTTPException(404)
    return draft, plan_drafts.amendment(asked.session, draft)


def _waiting(session: Session, number: int) -> PlanDraft | None:
    draft = plan_drafts.get(session, number)
    return draft if draft is not None and draft.state == plan_drafts.WAITING else None


def _differences(session: Session, draft: PlanDraft, found: Amendment) -> list[Difference]:
    answers, open_ones = plan_drafts.answers(session, draft.plan_id), plan_drafts.reminded(session, draft.plan_id)
    gone = tuple(step.code for step in found.steps if step.op is Op.WITHDRAW)
    return [_difference(step, answers, open_ones, gone) for step in found.steps]


def _difference(step: Step, answers: dict[str, int], open_ones: dict[str, int], gone: tuple[str, ...]) -> Difference:
    old, new = differing.pieces(step.before, step.after)
    return Difference(
        op=str(step.op),
        code=step.code,
        was=step.was,
        old=old,
        new=new,
        answers=answers.get(step.was, 0),
        reminded=open_ones.get(step.was, 0),
        asked=step.asked,
        may_be=gone if step.op is Op.ADD else (),
    )


def _leave_code(session: Session, draft: PlanDraft, asked: Asked) -> bool:
    code, found = forms.word(asked.form, "leave"), plan_drafts.amendment(session, draft)
    if all(step.code != code for step in found.steps):
        return False
    plan_choices.leave(session, draft, [Left(code=code)])
    return True


def _leave_kind(session: Session, draft: PlanDraft, asked: Asked) -> bool:
    kind = forms.one_of(asked.form, "leave_kind", tuple(map(str, Op)))
    plan_choices.leave(session, draft, [Left(op=kind)])
    return True


def _take_all(session: Session, draft: PlanDraft, _asked: Asked) -> bool:
    plan_choices.leave(session, draft, [])
    return True


# Each by the field that bears it.
CHOICES: dict[str, Choose] = {
    "leave": _leave_code,
    "leave_kind": _leave_kind,
    "all": _take_all,
    "other": lambda session, draft, asked: plan_choices.say_other(session, draft, forms.word(asked.form, "other")),
    "same": lambda session, draft, asked: plan_choices.say_same(
        session, draft, forms.word(asked.form, "same"), forms.word(asked.form, "former")
    ),
}
