"""What a phone feels: buttons that are spent go away, taps too many are told over the chat, and waiting is shown."""

import time
from threading import Event, Thread

import pytest

from sandbox.phone import Phone, labels_of, text_of
from sandbox.telegram_api.values import Fault
from sandbox.world import World
from store import settings
from store.engine import Store
from tests.conftest import MakeWorld

DEADLINE_S = 30.0


def buttons(phone: Phone, piece: str) -> list[str]:
    """The buttons now under the last message with a piece."""
    found = [each for each in phone.platform.messages(phone.chat) if piece in text_of(each)]
    return labels_of(found[-1])


def test_a_spent_button_goes_away_and_comes_back_with_nothing(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    assert buttons(lan, "Tin tự động") == ["Đã xong", "Vướng mắc", "Nhắc sau", "Đã nhận việc", "Đang thực hiện"]
    lan.forgets().taps("Đang thực hiện").expects("Đã ghi tiến độ").is_silent()
    assert buttons(lan, "Tin tự động") == ["Đã xong", "Vướng mắc", "Nhắc sau", "Đã nhận việc", "Đang thực hiện"]
    lan.taps("Đã xong").expects("Đã ghi nhận 2b").is_silent()
    assert buttons(lan, "Tin tự động") == []
    lan.taps("Báo nhầm – hủy").expects("Đã hủy kết quả 2b").is_silent()
    assert buttons(lan, "Đã ghi nhận 2b") == []


def test_a_digest_keeps_the_buttons_of_its_other_items(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 3, 10, 7, 30)
    before = buttons(lan, "Tin tự động")
    assert len(before) > 2
    lan.forgets().taps(before[0])
    assert buttons(lan, "Tin tự động") == before[1:]


def test_confirmations_and_questions_lose_their_buttons_too(world: World) -> None:
    boss, both = world.admin("Hoa"), world.officer("Lan", "tuphap")
    both.says("/done 1d").expects("Đồng chí báo việc nào?").taps("1đ – Xây dựng").expects("Đã ghi nhận 1đ").is_silent()
    assert buttons(both, "Đồng chí báo việc nào?") == []
    boss.says("/invite sondung")
    boss.says("/thuhoi M1").expects("https").expects("Thu hồi đường dẫn mời").taps("Thu hồi", times=2)
    boss.expects("Đã thu hồi")
    assert buttons(boss, "Thu hồi đường dẫn mời") == []


def test_an_edit_that_fails_or_must_wait_harms_nothing(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    world.platform.faults.append(Fault("429", "editMessageReplyMarkup", lan.chat, times=5))
    lan.forgets().taps("Đã xong").expects("Đã ghi nhận 2b").is_silent()
    lan.taps("Đã xong").is_told("đã được báo hoàn thành")


def test_a_picture_is_announced_while_it_is_drawn(world: World) -> None:
    group = world.group(world.admin("Hoa"))
    world.platform.calls.clear()
    group.says("/tonghop@NhacViecBot").expects("Tổng hợp").expects_photo("Tổng hợp")
    methods = [(call.method, call.params.get("action")) for call in world.platform.calls]
    assert methods.index(("sendChatAction", "upload_photo")) < methods.index(("sendPhoto", None))


def test_typing_is_shown_when_an_answer_takes_longer(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0, in_threads=True)
    lan = world.officer("Lan", "sondung")
    world.platform.say(lan.user, lan.chat, "/viec")
    world.run(world.receiver.poll(0))
    held, shown = Event(), Event()

    def hold() -> None:
        """Keeps every writer out until "typing" is seen, as a busy disk would."""
        store = Store(f"sqlite:///{world.database}")
        with store.unit() as session:
            settings.put(session, "test", "held")
            session.flush()
            held.set()
            until = time.monotonic() + DEADLINE_S
            while time.monotonic() < until and not shown.is_set():
                if any(call.method == "sendChatAction" for call in list(world.platform.calls)):
                    shown.set()
                shown.wait(0.02)
        store.close()

    holder = Thread(target=hold)
    holder.start()
    assert held.wait(DEADLINE_S)
    world.run(world.receiver.step())
    holder.join()
    assert shown.is_set()
    world.settle()
    lan.expects("Việc chưa hoàn thành").is_silent()


@pytest.mark.parametrize("what", ["chào các đồng chí", "/done@otherbot 2b"])
def test_a_group_that_does_not_speak_to_us_sees_nothing(world: World, what: str) -> None:
    group = world.group(world.admin("Hoa"))
    world.platform.calls.clear()
    group.says(what).is_silent()
    assert not any(call.method == "sendChatAction" for call in world.platform.calls)


def test_the_order_of_what_stands_behind_a_command_does_not_matter(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    boss.forgets().says("/moi thutruong sondung").expects("Đường dẫn mời thủ trưởng của UBND xã Sơn Dung").is_silent()
    lan.says("/giahan 15/02 2b chờ tỉnh").expects("đề nghị gia hạn R1", "Đề nghị: 15/02/2020", "Lý do: chờ tỉnh")
    boss.forgets().says("/datngay 30/06/2020 sondung 1b căn cứ CV 1/UBND").expects(
        "Thời hạn: 30/06/2020", "Xã Sơn Dung"
    )
    boss.says("/lichsu sondung 2b.1").expects("Lịch sử việc 2b – UBND xã Sơn Dung")
    boss.says("/giaoviec 15/02/2020 tuphap Báo cáo số liệu; căn cứ CV 12").expects("P. Tư pháp", "15/02/2020")
