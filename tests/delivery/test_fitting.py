"""A message becomes what its channel can show, and nothing of it is lost on the way."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from app import office_settings
from app import settings as app_settings
from channels.abilities import Abilities, Unit
from channels.telegram.abilities import ABILITIES
from delivery.fitting import fitted
from store import deliveries, delivery_queue
from store.engine import Store
from store.postings import Destination, Identity, Posting
from store.types import DeliveryKind
from tests.outbox import posted
from words.languages import typed_in
from words.message import Button, Choice, Message, length, plain, say
from words.office import Office

NOW = datetime(2020, 1, 2, 1, tzinfo=UTC)
POOR = Abilities(text=200)


@pytest.fixture(scope="module")
def office() -> Office:
    """The office of the settings."""
    return office_settings.office_of(app_settings.read(_env_file=None))


def test_what_fits_stays_as_it_is(office: Office) -> None:
    message = say("<b>Việc</b> 2b", buttons=[[Button("Đã xong", "/done #7")]])
    assert fitted(office, message, ABILITIES) == (message,)


@pytest.mark.parametrize(
    ("unit", "sign", "most"),
    [(Unit.CODE_POINTS, "đ", 1), (Unit.BYTES, "đ", 2), (Unit.UTF16, "𝄞", 2), (Unit.BYTES, "𝄞", 4)],
)
def test_a_page_is_measured_as_the_platform_measures(office: Office, unit: Unit, sign: str, most: int) -> None:
    can = Abilities(text=300, unit=unit, button_bytes=10)
    pages = fitted(office, say(*[f"{sign * 20} {number}" for number in range(60)]), can)
    used = [length(page.markup, can.measure) for page in pages]
    room = 300 - can.measure(plain(office.text("mark.perhaps_twice"))) - 2
    # None is longer than there is room for, and none but the last could take one piece more.
    assert max(used) <= room
    assert min(used[:-1]) > room - (20 * most + len(" 59") + 2)
    assert "\n\n".join(page.plain for page in pages) == "\n\n".join(f"{sign * 20} {number}" for number in range(60))


def test_in_a_group_by_name_what_is_to_be_typed_begins_with_the_name(office: Office) -> None:
    def last(*parts: str, **more: Any) -> str:
        [page] = fitted(office, say(*parts, **more), POOR, bot="Nhắc Việc (thử)")
        # Fitted again it says it once, as a page that is sent a second time.
        assert fitted(office, page, POOR, bot="Nhắc Việc (thử)") == (page,)
        return plain(page.parts[-1])

    begin = "Trong nhóm này, đề nghị bắt đầu tin bằng tên hệ thống: «@Nhắc Việc (thử) "
    assert last("Xem: /tonghop 2b") == f"{begin}/tonghop»."
    assert last("Đồng chí trả lời «xác nhận» nếu đúng") == f"{begin}xác nhận»."
    assert last("Việc 2b", buttons=[[Button("Đã xong", "/done #7", "xong 2b")]]) == f"{begin}xong 2b»."
    assert last("Việc nào?", buttons=[[Button("Một", "/x 1")], [Button("Hai", "/x 2")]]) == f"{begin}A»."
    # Figures, quotations and addresses tell nobody what to type.
    for said in ("Đã đến hạn 5", "Nội dung: «đã ký»", "http://127.0.0.1/tra-loi/x"):
        assert last(said) == said


def test_without_buttons_it_says_what_to_type(office: Office) -> None:
    buttons = [[Button("Đã xong", "/done #7", "xong 2b"), Button("Đang thực hiện", "/progress #7", "tiến độ 2b")]]
    [page] = fitted(office, say("Việc 2b", buttons=[*buttons, [Button("Xác nhận", "/confirm S12")]]), POOR)
    assert page.buttons == ()
    assert page.parts == (
        "Việc 2b",
        "Đồng chí nhắn: «xong 2b» hoặc «tiến độ 2b»",
        "Nhắn «A»: Xác nhận",
    )
    assert page.choices == (Choice("A", "Xác nhận", "/xacnhan S12"),)
    assert Message.from_json(page.to_json()) == page


def test_letters_go_on_where_the_last_message_ended_and_stand_on_its_last_page(office: Office) -> None:
    buttons = [[Button(f"Phương án {number}", f"/confirm S{number}")] for number in range(28)]
    *pages, last = fitted(office, say("Việc 2b", "x" * 150, buttons=buttons), POOR, "X")
    assert [each.letter for each in last.choices[:4]] == ["Y", "Z", "A", "B"]
    assert not any(each.choices for each in pages)
    said = "\n".join(each.plain for each in (*pages, last))
    # There are 26 letters; what is left says its command.
    assert [len(last.choices), said.count("– Phương án"), "– Phương án 27: /xacnhan S27" in said] == [26, 2, True]
    # A page that is fitted once more is what it was.
    assert fitted(office, last, POOR) == (last,)


def test_a_sentence_about_a_button_has_another_form_where_there_is_none(office: Office) -> None:
    message = say(office.text("done.edited"))
    assert "bấm «Báo nhầm – hủy»" in fitted(office, message, ABILITIES)[0].plain
    assert "bấm" not in fitted(office, message, POOR)[0].plain
    # Kept in the outbox and read again it still has both.
    kept = Message.from_json(typed_in(message).to_json())
    assert "bấm «Báo nhầm – hủy»" in fitted(office, kept, ABILITIES)[0].plain
    assert "bấm" not in fitted(office, kept, POOR)[0].plain


def test_a_code_that_is_chosen_has_its_title_beside_it_where_there_are_no_buttons(office: Office) -> None:
    titled = [[Button("2b – Rà soát thủ tục", "/done 2b", "2b")], [Button("Không ghi", "/leave", "hủy")]]
    [page] = fitted(office, say("Việc nào?", buttons=titled), POOR)
    assert page.parts == ("Việc nào?", "– 2b – Rà soát thủ tục\nĐồng chí nhắn: «2b» hoặc «hủy»")


def test_without_files_the_words_go_alone(office: Office) -> None:
    [page] = fitted(office, say("Bảng hình", picture="matrix@x"), POOR)
    assert (page.parts, page.picture) == (("Bảng hình",), None)
    [page] = fitted(office, say("Minh chứng", attachment="evidence:1"), POOR)
    assert (page.parts, page.attachment) == (("Minh chứng", office.text("typed.no_file")), None)
    can = replace(ABILITIES, caption=100)
    first, second = fitted(office, say("a" * 40, "b" * 40, picture="matrix@x"), can)
    assert (first.picture, second.picture) == ("matrix@x", None)


def test_pages_stand_behind_the_first_whatever_was_made_in_between(store: Store) -> None:
    with store.unit() as session:
        to = Destination("telegram", "1", None)
        first = deliveries.post(session, to, Posting(DeliveryKind.ANSWER, "t", Identity("a", 1), say("1")), NOW)
        assert first is not None
        other = posted(session, "1", "another", NOW)
        second = deliveries.post_next_page(session, first, say("2"), NOW)
        assert second is not None
        assert deliveries.post_next_page(session, first, say("2"), NOW) is None
        third = deliveries.post_next_page(session, second, say("3"), NOW)
        assert third is not None
        assert (third.page, third.first_id, deliveries.first_page(session, third)) == (3, first.id, first)
        order = []
        for _ in range(4):
            [row] = delivery_queue.waiting(session, NOW, reminders=True)
            order.append(row.id)
            session.connection().exec_driver_sql(f"UPDATE delivery SET state = 'sent' WHERE id = {row.id}")
    assert order == [first.id, second.id, third.id, other]
