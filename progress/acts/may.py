"""Whether somebody may act on an obligation as it stands now."""

from typing import get_args

from plan.people import Role
from plan.status import SET_ASIDE, State
from progress.acts.decisions import Decision, RecordEvent
from progress.acts.outcomes import Outcome
from progress.acts.rights import (
    AllowKey,
    AllowStandIn,
    Appoint,
    EndRights,
    EndSession,
    HandOver,
    MovePerson,
    ReviewRights,
    RevokeInvite,
    ShareOnDuty,
)
from progress.acts.scene import Act, OnObligation, Scene
from progress.acts.values import (
    AnswerBlock,
    AnswerComment,
    AnswerInquiry,
    BeAway,
    BeBack,
    Blocked,
    Clarify,
    Comment,
    Contribute,
    Done,
    ForSignature,
    Grant,
    Inquire,
    NameAssignee,
    Nothing,
    PlaceFiles,
    PlaceLetter,
    Progress,
    Refuse,
    Remark,
    Say,
    SettleLetter,
    TakeOut,
    TakeUp,
    TellCause,
    Undo,
    Withdraw,
)
from store import obligations, people, submissions, unclear
from store.tables import Obligation
from words.message import say

# An admin answers in an agency's place.
IN_THEIR_PLACE = (Done, Nothing, Progress, ForSignature, Say, Blocked, TellCause)
OF_ADMINS = (
    Grant,
    Refuse,
    TakeUp,
    AnswerBlock,
    Remark,
    AnswerComment,
    AnswerInquiry,
    AllowStandIn,
    AllowKey,
    Appoint,
    EndRights,
    HandOver,
    MovePerson,
    ReviewRights,
    RevokeInvite,
    EndSession,
    SettleLetter,
    PlaceLetter,
    *get_args(Decision),
)
OF_OFFICERS = (BeAway, BeBack)
# What has left the plan, or was closed, is still spoken about.
IN_ANY_STATE = (Withdraw, TakeUp, AnswerBlock, Remark, Comment, NameAssignee)


def refusal(scene: Scene, act: Act) -> Outcome | None:
    """Why this person may not do it, in words; None when they may. What it is about is read anew."""
    wanted = Role.ADMIN if isinstance(act, OF_ADMINS) else Role.OFFICER if isinstance(act, OF_OFFICERS) else None
    if wanted is not None and wanted not in scene.actor.roles:
        return Outcome((say(scene.office.text("access.denied", who=scene.office.text(f"role.{wanted}"))),))
    if isinstance(act, ShareOnDuty) and act.person != scene.actor.person_id and Role.ADMIN not in scene.actor.roles:
        return Outcome((say(scene.office.text("access.denied", who=scene.office.text(f"role.{Role.ADMIN}"))),))
    if isinstance(act, RecordEvent):
        return _of_event(scene, act)
    if isinstance(act, Undo):
        return _of_answer(scene, act)
    if isinstance(act, TakeOut):
        return _of_file(scene, act)
    if isinstance(act, PlaceFiles):
        return _of_answers(scene, act)
    if isinstance(act, Contribute):
        return _of_task(scene, act)
    if isinstance(act, Inquire) and act.agency not in scene.actor.agencies:
        return Outcome((say(scene.office.text("ask.foreign")),), aside=True)
    if isinstance(act, Clarify):
        return _of_words(scene, act)
    return _of_obligation(scene, act) if isinstance(act, OnObligation) else None


def _of_event(scene: Scene, act: RecordEvent) -> Outcome | None:
    """An admin of any work; who answers for an agency of its own that has no day yet, and never in an admin's name."""
    rows = [obligations.get(scene.session, number) for number in act.rows]
    is_admin = Role.ADMIN in scene.actor.roles
    own = all(row and row.agency_id in scene.actor.agencies and row.due is None for row in rows)
    if is_admin or (own and not act.by_admin):
        return None
    return Outcome((say(scene.office.text("ask.foreign")),), aside=True)


def _of_answer(scene: Scene, act: Undo) -> Outcome | None:
    """Who was moved to another agency answers for the former one no more, not even to take an answer back."""
    submission = submissions.get(scene.session, act.submission) if act.submission is not None else None
    row = obligations.get(scene.session, submission.obligation_id) if submission is not None else None
    if row is None or row.agency_id in scene.actor.agencies or Role.ADMIN in scene.actor.roles:
        return None
    return Outcome((say(scene.office.text("ask.foreign")),), is_over=True, aside=True)


def _of_words(scene: Scene, act: Clarify) -> Outcome | None:
    """Who answers for the agency may say what was meant, and an admin."""
    kept = [unclear.get(scene.session, number) for number in act.unclear]
    rows = [obligations.get(scene.session, each.obligation_id) if each else None for each in kept]
    if Role.ADMIN in scene.actor.roles or all(row and row.agency_id in scene.actor.agencies for row in rows):
        return None
    return Outcome((say(scene.office.text("ask.foreign")),), aside=True)


def _of_file(scene: Scene, act: TakeOut) -> Outcome | None:
    """Who sent a file takes it out, and an admin."""
    file = submissions.file(scene.session, act.file)
    if file is None or file.person_id == scene.actor.person_id or Role.ADMIN in scene.actor.roles:
        return None
    return Outcome((say(scene.office.text("takeout.not_yours")),), aside=True)


def _of_answers(scene: Scene, act: PlaceFiles) -> Outcome | None:
    """Files go to answers of one's own agencies; an admin's to those given in an agency's place."""
    rows = [obligations.get(scene.session, number) for number in act.obligations]
    if Role.ADMIN in scene.actor.roles or all(row and row.agency_id in scene.actor.agencies for row in rows):
        return None
    return Outcome((say(scene.office.text("ask.foreign")),), aside=True)


def _of_task(scene: Scene, act: Contribute) -> Outcome | None:
    """Only an agency that the plan names as coordinating adds its part, and only by who answers for it."""
    plan = scene.office.plans.get(act.plan)
    tasks = [task for task in plan.all_tasks if task.code == act.task] if plan else []
    coordinates = plan is not None and any(act.agency in plan.expand(task.coordinating) for task in tasks)
    if coordinates and act.agency in scene.actor.agencies:
        return None
    return Outcome((say(scene.office.text("ask.foreign")),), aside=True)


def _of_obligation(scene: Scene, act: OnObligation) -> Outcome | None:
    row, text = obligations.get(scene.session, act.obligation), scene.office.text
    if row is None or not _is_theirs(scene, act, row):
        return Outcome((say(text("ask.foreign")),), aside=True)
    if isinstance(act, IN_ANY_STATE):
        return None
    if row.state in (State.CLOSED, State.RETIRED):
        return Outcome((say(text("done.closed", code=row.task)),), about=row.id)
    if row.state in SET_ASIDE:
        state, compiler = text(f"state.{row.state}"), scene.office.compiler_name
        return Outcome((say(text("done.set_aside", code=row.task, state=state, compiler=compiler)),), about=row.id)
    return None


def _is_theirs(scene: Scene, act: OnObligation, row: Obligation) -> bool:
    """Whether it is of the person's agencies, of those they head, or an admin's to answer."""
    if isinstance(act, NameAssignee):
        return may_name(scene, row)
    return row.agency_id in scene.actor.agencies or (
        isinstance(act, (*IN_THEIR_PLACE, *OF_ADMINS)) and Role.ADMIN in scene.actor.roles
    )


def may_name(scene: Scene, row: Obligation) -> bool:
    """Whether this person says who carries an obligation's task out: its agency's head, or an admin."""
    headed = people.agencies_of(scene.session, scene.actor.person_id, (Role.HEAD,))
    return Role.ADMIN in scene.actor.roles or row.agency_id in headed
