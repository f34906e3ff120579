"""Acts made without a word: what a page would make, with the same rules and the same replies."""

from dataclasses import replace
from datetime import date

from sqlmodel import select

from plan.people import Role
from plan.status import State
from progress.acts.do import do
from progress.acts.outcomes import Outcome, ToAdmins, ToPerson
from progress.acts.rights import AllowStandIn
from progress.acts.scene import Actor, Scene
from progress.acts.values import (
    AnswerBlock,
    AnyAct,
    BeAway,
    BeBack,
    Blocked,
    Contribute,
    Done,
    Extend,
    Grant,
    Progress,
    Refuse,
    Remark,
    TakeUp,
    Undo,
)
from progress.submit import Statement
from sandbox.phone import Phone
from sandbox.world import World
from store import absences, people, remarks, requests
from store.answer_tables import Contribution, Submission
from store.postings import to_person
from store.tables import Delivery, Obligation
from store.types import DeliveryKind


class Page:
    """Somebody who acts by forms: no chat, no update, no words to read."""

    def __init__(self, world: World, phone: Phone, roles: set[Role], agencies: tuple[str, ...]) -> None:
        self.world, self.count = world, 0
        with world.service.store.look() as session:
            found = people.by_user(session, "telegram", str(phone.user))
        assert found is not None
        person, address = found
        self.actor = Actor(person.id or 0, person.name, frozenset(roles), agencies, to_person(address))

    def said(self, note: str = "") -> Statement:
        self.count += 1
        return Statement(
            self.actor.person_id, self.world.now, f"page:{self.actor.person_id}:{self.count}", "page", note
        )

    def does(self, act: AnyAct) -> Outcome:
        with self.world.service.store.unit() as session:
            return do(Scene(session, self.world.service.current(), self.actor, self.world.now), act)


def row_of(world: World, agency: str, milestone: str) -> Obligation:
    with world.service.store.look() as session:
        query = select(Obligation).where(Obligation.agency_id == agency, Obligation.milestone == milestone)
        return session.exec(query).one()


def number(world: World, agency: str, milestone: str) -> int:
    return row_of(world, agency, milestone).id or 0


def words(outcome: Outcome) -> str:
    return "\n".join(message.plain for message in outcome.replies)


def test_an_officer_answers_and_takes_it_back_without_a_word(world: World) -> None:
    page = Page(world, world.officer("Lan", "sondung"), {Role.OFFICER}, ("sondung",))
    first = Done(page.said(), number(world, "sondung", "2b.1"))
    assert page.does(first).is_over
    assert row_of(world, "sondung", "2b.1").state == State.DONE
    assert page.does(first).repeated
    with world.service.store.look() as session:
        submission = session.exec(select(Submission)).one()
        confirmation = session.exec(select(Delivery).where(Delivery.kind == DeliveryKind.CONFIRMATION)).one()
        assert (submission.via, confirmation.submission_id) == ("page", submission.id)
    assert "đã được báo hoàn thành" in words(page.does(replace(first, said=page.said())))
    assert "Đã hủy kết quả 2b" in words(page.does(Undo(page.said(), submission.id)))
    assert row_of(world, "sondung", "2b.1").state == State.OPEN


def test_what_is_not_theirs_is_refused_and_changes_nothing(world: World) -> None:
    officer = Page(world, world.officer("Lan", "sondung"), {Role.OFFICER}, ("sondung",))
    admin = Page(world, world.admin("Hoa"), {Role.ADMIN}, ())
    theirs = number(world, "sonlong", "2b.1")
    refused: list[AnyAct] = [Done(officer.said(), theirs), Progress(admin.said(), theirs)]
    for page, act in zip((officer, admin), refused, strict=True):
        outcome = page.does(act)
        assert (outcome.is_over, outcome.notices) == (False, ())
        assert words(outcome)
    assert row_of(world, "sonlong", "2b.1").state == State.OPEN
    in_their_place = admin.does(Done(admin.said(), theirs))
    assert in_their_place.is_over
    assert row_of(world, "sonlong", "2b.1").state == State.DONE


def test_what_blocks_waits_for_words_and_then_reaches_the_admins(world: World) -> None:
    page = Page(world, world.officer("Lan", "sondung"), {Role.OFFICER}, ("sondung",))
    act = Blocked(page.said(), number(world, "sondung", "2b.1"))
    asked = page.does(act)
    assert (asked.waits, asked.notices) == (act, ())
    told = page.does(Blocked(page.said("chưa có kinh phí"), act.obligation))
    (notice,) = told.notices
    assert isinstance(notice, ToAdmins)
    assert "chưa có kinh phí" in notice.text
    assert [button.command for row in notice.buttons for button in row] == [
        f"/taken #{act.obligation}",
        f"/reply #{act.obligation}",
    ]


def test_a_request_is_asked_and_decided_once(world: World) -> None:
    officer = Page(world, world.officer("Lan", "sondung"), {Role.OFFICER}, ("sondung",))
    admin = Page(world, world.admin("Hoa"), {Role.ADMIN}, ())
    row = number(world, "sondung", "2b.1")
    vague = officer.does(Extend(officer.said(), row, None, "chờ tỉnh"))
    assert isinstance(vague.waits, Extend)
    assert (vague.waits.reason, vague.notices) == ("chờ tỉnh", ())
    asked = officer.does(Extend(officer.said(), row, date(2020, 2, 20), "chờ tỉnh"))
    assert isinstance(asked.notices[0], ToAdmins)
    assert asked.notices[0].asked
    with world.service.store.look() as session:
        (waiting,) = requests.all_waiting(session)
    denied = officer.does(Grant(officer.said(), waiting.id or 0))
    assert (denied.notices, row_of(world, "sondung", "2b.1").extensions) == ((), 0)
    why = admin.does(Refuse(admin.said(), waiting.id or 0))
    assert isinstance(why.waits, Refuse)
    granted = admin.does(Grant(admin.said(), waiting.id or 0))
    assert isinstance(granted.notices[0], ToPerson)
    assert row_of(world, "sondung", "2b.1").due == date(2020, 2, 20)
    again = admin.does(Grant(admin.said(), waiting.id or 0))
    assert again.notices == ()
    assert words(again)


def test_an_agency_hears_what_was_recorded_in_its_place(world: World) -> None:
    mai = Page(world, world.officer("Mai", "sonlong"), {Role.OFFICER}, ("sonlong",))
    admin = Page(world, world.admin("Hoa"), {Role.ADMIN}, ())
    (notice,) = admin.does(Done(admin.said("sổ 46"), number(world, "sonlong", "2b.1"))).notices
    assert isinstance(notice, ToPerson)
    assert notice.person_id == mai.actor.person_id
    assert "sổ 46" in notice.text


def test_what_blocks_is_taken_up_once_and_answered_to_who_reported_it(world: World) -> None:
    lan = Page(world, world.officer("Lan", "sondung"), {Role.OFFICER}, ("sondung",))
    admin = Page(world, world.admin("Hoa"), {Role.ADMIN}, ())
    row = number(world, "sondung", "2b.1")
    lan.does(Blocked(lan.said("chưa có kinh phí"), row))
    denied = lan.does(AnswerBlock(lan.said("tự trả lời"), row))
    assert (denied.notices, "đầu mối" in words(denied)) == ((), True)
    taken = admin.does(TakeUp(admin.said(), row))
    assert [each.person_id for each in taken.notices if isinstance(each, ToPerson)] == [lan.actor.person_id]
    assert "1 cán bộ" in words(taken)
    assert admin.does(TakeUp(admin.said(), row)).notices == ()
    asked = admin.does(AnswerBlock(admin.said(), row))
    assert (isinstance(asked.waits, AnswerBlock), asked.notices) == (True, ())
    (notice,) = admin.does(AnswerBlock(admin.said("sẽ cấp trong tuần"), row)).notices
    assert "sẽ cấp trong tuần" in notice.text


def test_a_coordinating_agency_adds_its_part_once_and_no_other_does(world: World) -> None:
    page = Page(world, world.officer("Lan", "sondung"), {Role.OFFICER}, ("sondung",))
    plan = row_of(world, "sondung", "2b.1").plan_id
    own = Contribute(page.said("đã gửi danh mục"), plan, "1c", "sondung")
    assert page.does(own).is_over
    assert not page.does(own).is_over
    for act in (replace(own, task="2b"), replace(own, agency="sonlong"), replace(own, plan="none")):
        refused = page.does(replace(act, said=page.said()))
        assert (refused.is_over, refused.aside) == (False, True)
    with world.service.store.look() as session:
        row = session.exec(select(Contribution)).one()
    assert (row.task, row.agency_id, row.note) == ("1c", "sondung", "đã gửi danh mục")


def test_only_an_admin_adds_to_the_proof_sheet(world: World) -> None:
    lan = Page(world, world.officer("Lan", "sondung"), {Role.OFFICER}, ("sondung",))
    admin = Page(world, world.admin("Hoa"), {Role.ADMIN}, ())
    row = number(world, "sondung", "2b.1")
    assert "đầu mối" in words(lan.does(Remark(lan.said("sửa sổ"), row)))
    assert isinstance(admin.does(Remark(admin.said(), row)).waits, Remark)
    assert "/doichieu 2b sondung" in words(admin.does(Remark(admin.said("khớp sổ công văn"), row)))
    with world.service.store.look() as session:
        (kept,) = remarks.of(session, row)
    assert (kept.text, kept.via, kept.person_id) == ("khớp sổ công văn", "page", admin.actor.person_id)


def test_an_officer_is_away_with_a_stand_in_who_hears_of_it_and_is_freed(world: World) -> None:
    lan = Page(world, world.officer("Lan", "sondung"), {Role.OFFICER}, ("sondung",))
    mai = Page(world, world.officer("Mai", "sonlong"), {Role.OFFICER}, ("sonlong",))
    boss = Page(world, world.admin("Hoa"), {Role.ADMIN}, ())
    first, last, stand_in = date(2020, 2, 3), date(2020, 2, 7), mai.actor.person_id
    for wrong in (BeAway(lan.said(), last, first), BeAway(lan.said(), first, last, lan.actor.person_id)):
        assert not lan.does(wrong).is_over
    (elsewhere,) = lan.does(BeAway(lan.said(), first, last, stand_in)).notices
    assert isinstance(elsewhere, ToAdmins)
    with world.service.store.look() as session:
        (row,) = absences.of_person(session, lan.actor.person_id, first)
    assert (row.first, row.last, row.stand_in_id, row.wanted_id) == (first, last, None, stand_in)
    assert not lan.does(AllowStandIn(lan.said(), row.id or 0, granted=True)).is_over
    told, named = boss.does(AllowStandIn(boss.said(), row.id or 0, granted=True)).notices
    assert isinstance(told, ToPerson)
    assert isinstance(named, ToPerson)
    assert told.person_id == lan.actor.person_id
    assert (named.person_id, named.unasked) == (stand_in, True)
    assert boss.does(AllowStandIn(boss.said(), row.id or 0, granted=False)).aside
    with world.service.store.look() as session:
        (row,) = absences.of_person(session, lan.actor.person_id, first)
    assert (row.stand_in_id, row.wanted_id) == (stand_in, None)
    (freed,) = lan.does(BeBack(lan.said())).notices
    assert isinstance(freed, ToPerson)
    assert freed.person_id == stand_in
    assert lan.does(BeBack(lan.said())).notices == ()
