"""Does an act, whoever read it and from whatever: a chat, a button, later a page or a letter."""

from dataclasses import replace

from progress.acts import (
    absence,
    acknowledgement,
    adopting,
    allowing_keys,
    answers,
    appointing,
    asking,
    assigning,
    assigning_all,
    beginning,
    blockage,
    causes,
    clarifying,
    contributing,
    dating,
    deciding,
    ending_sessions,
    files,
    giving_ways,
    happened,
    inquiring,
    judging,
    letters,
    may,
    naming,
    office_day,
    on_paper,
    opining,
    putting_fields_right,
    putting_right,
    remarking,
    reviewing,
    revoking,
    second_thoughts,
    setting_aside,
    sharing,
    snooze,
    succession,
    taking_back,
    taking_over,
    urge,
    urging_by_hand,
)
from progress.acts.decisions import (
    AdoptPlan,
    Assign,
    AssignAll,
    BeginPlan,
    Decision,
    Judge,
    NoteUrging,
    PutFieldRight,
    PutRight,
    RecordEvent,
    RecordPaper,
    SetAside,
    SetDate,
    SetOfficeDay,
    TakeOver,
    Transfer,
    Urge,
    UrgeShown,
)
from progress.acts.outcomes import Outcome
from progress.acts.rights import (
    AllowKey,
    AllowStandIn,
    Appoint,
    EndRights,
    EndSession,
    GiveWay,
    HandOver,
    MovePerson,
    ReviewRights,
    RevokeInvite,
    ShareOnDuty,
)
from progress.acts.scene import Scene
from progress.acts.values import (
    Acknowledge,
    AnswerBlock,
    AnswerComment,
    AnswerInquiry,
    AnyAct,
    BeAway,
    BeBack,
    Blocked,
    Clarify,
    Comment,
    Confirm,
    Contribute,
    Correct,
    Done,
    Extend,
    ForSignature,
    Grant,
    Inquire,
    NameAssignee,
    Nothing,
    NotOurs,
    ObligationAct,
    PlaceFiles,
    PlaceLetter,
    Progress,
    Refuse,
    Remark,
    Return,
    Say,
    SettleLetter,
    Snooze,
    TakeBack,
    TakeOut,
    TakeUp,
    TellCause,
    Undo,
    Withdraw,
)
from store import obligations
from store.tables import Obligation


def do(scene: Scene, act: AnyAct) -> Outcome:
    """What came of an act, in the scene's transaction; a refusal in words where the person may not do it.

    Raises ForbiddenMoveError where the states' table has no such move, which the acts ask about first.
    """
    if (no := may.refusal(scene, act)) is not None:
        return no
    if isinstance(act, Decision):
        return _decide(scene, act)
    match act:
        case RecordEvent():
            return happened.record(scene, act)
        case Undo():
            return taking_back.undo(scene, act)
        case Clarify():
            return clarifying.clarify(scene, act, do)
        case TakeBack():
            return second_thoughts.take_back(scene, act)
        case TakeOut():
            return files.take_out(scene, act)
        case PlaceFiles():
            return files.place(scene, act)
        case SettleLetter():
            return letters.settle(scene, act)
        case Contribute():
            return contributing.contribute(scene, act)
        case BeAway():
            return absence.be_away(scene, act)
        case BeBack():
            return absence.be_back(scene, act)
        case AllowStandIn():
            return absence.allow(scene, act)
        case AllowKey():
            return allowing_keys.allow(scene, act)
        case Appoint():
            return appointing.appoint(scene, act)
        case EndRights():
            return revoking.end_rights(scene, act)
        case HandOver():
            return succession.hand_over(scene, act)
        case MovePerson():
            return succession.move(scene, act)
        case ReviewRights():
            return reviewing.review(scene, act)
        case ShareOnDuty():
            return sharing.share(scene, act)
        case RevokeInvite():
            return revoking.revoke_invite(scene, act)
        case GiveWay():
            return giving_ways.give(scene, act)
        case EndSession():
            return ending_sessions.end(scene, act)
        case Confirm():
            return deciding.confirm(scene, act)
        case Return():
            return deciding.give_back(scene, act)
        case AnswerComment():
            return opining.answer(scene, act)
        case Inquire():
            return inquiring.inquire(scene, act)
        case AnswerInquiry():
            return inquiring.answer(scene, act)
        case Grant() | Refuse() if causes.is_about(scene, act):
            return causes.decide(scene, act)
        case Grant():
            return deciding.grant(scene, act)
        case Refuse():
            return deciding.refuse(scene, act)
        case _:
            row = obligations.get(scene.session, act.obligation)
            assert row is not None
            return replace(_on_obligation(scene, act, row), about=row.id)


def _on_obligation(scene: Scene, act: ObligationAct, row: Obligation) -> Outcome:
    match act:
        case Done():
            return answers.done(scene, act, row)
        case Nothing():
            return answers.nothing(scene, act, row)
        case Progress():
            return answers.progress(scene, act, row)
        case ForSignature():
            return clarifying.for_signature(scene, act, row)
        case Say():
            return clarifying.say_unclear(scene, act, row)
        case Blocked():
            return answers.blocked(scene, act, row)
        case TellCause():
            return causes.tell(scene, act, row)
        case Acknowledge():
            return acknowledgement.acknowledge(scene, act, row)
        case Extend():
            return asking.extend(scene, act, row)
        case NotOurs():
            return asking.not_ours(scene, act, row)
        case Withdraw():
            return taking_back.withdraw(scene, act, row)
        case Correct():
            return taking_back.correct(scene, act, row)
        case Snooze():
            return snooze.snooze(scene, act, row)
        case TakeUp():
            return blockage.take_up(scene, act, row)
        case AnswerBlock():
            return blockage.answer(scene, act, row)
        case Remark():
            return remarking.remark(scene, act, row)
        case Comment():
            return opining.comment(scene, act, row)
        case PlaceLetter():
            return letters.place(scene, act, row)
        case NameAssignee():
            return naming.name(scene, act, row)


def _decide(scene: Scene, act: Decision) -> Outcome:
    match act:
        case SetDate():
            return dating.set_date(scene, act)
        case SetAside():
            return setting_aside.set_aside(scene, act)
        case Transfer():
            return setting_aside.transfer(scene, act)
        case RecordPaper():
            return on_paper.record_paper(scene, act)
        case Judge():
            return judging.judge(scene, act)
        case Assign():
            return assigning.assign(scene, act)
        case AssignAll():
            return assigning_all.assign_all(scene, act)
        case SetOfficeDay():
            return office_day.set_office_day(scene, act)
        case BeginPlan():
            return beginning.begin(scene, act)
        case AdoptPlan():
            return adopting.adopt(scene, act)
        case PutFieldRight():
            return putting_fields_right.put_right(scene, act)
        case PutRight():
            return putting_right.put_right(scene, act)
        case TakeOver():
            return taking_over.take_over(scene, act)
        case Urge():
            return urge.urge(scene, act)
        case UrgeShown():
            return urge.urge_shown(scene, act)
        case NoteUrging():
            return urging_by_hand.note(scene, act)
