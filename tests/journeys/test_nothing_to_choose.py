"""A command without a code offers what it can be about by title; where that is nothing, it says so."""

from sandbox.phone import Phone, labels_of, text_of
from sandbox.world import World


def offered(phone: Phone, said: str) -> list[str]:
    """The buttons under the answer to what is said, but the one that leaves the question."""
    phone.forgets().says(said)
    return [each for each in labels_of(phone.unread[0]) if each != "Không ghi"]


def test_with_nothing_to_choose_it_is_said(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.forgets().says("/lydo").expects("không có kết quả nào bị tính quá hạn").expects_buttons().is_silent()
    lan.says("/lydo mưa lũ").expects("không có kết quả nào bị tính quá hạn").is_silent()
    lan.says("/suachua").expects("chưa có kết quả nào đã báo để sửa").expects_buttons().is_silent()
    lan.sends_photo("/lydo").expects("không có kết quả nào bị tính quá hạn", "1 ảnh đã gửi vẫn được giữ").is_silent()
    # No question was left open that the next words would answer.
    lan.says("/huy")
    assert "Không có câu hỏi nào" in lan.last


def test_what_it_can_be_about_is_offered_by_title(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 8b đã chấm điểm")
    world.later(minutes=1)
    lan.says("/done 2b đã ban hành")
    found = offered(lan, "/suachua")
    assert [each.split(" – ")[0] for each in found] == ["2b", "8b"]
    assert not any("Bổ sung" in each for each in found)
    world.at(2020, 4, 8, 9, 0)
    late = offered(lan, "/lydo mưa lũ")
    assert [each.split(" – ")[0] for each in late] == ["bc", "1e", "2h"]
    lan.says("/done 1e đã thực hiện")
    # It was late, and its cause may be told for thirty days more.
    assert [each.split(" – ")[0] for each in offered(lan, "/lydo")] == ["bc", "2h", "1e"]
    recurring = offered(lan, "/khongphatsinh")
    assert len(set(recurring)) == len(recurring)
    assert [each.rpartition(" (")[2] for each in recurring if each.startswith("bc")] == ["10/03/2020)", "10/06/2020)"]
    world.at(2020, 5, 29, 9, 0)
    assert not any(each.startswith("1e –") for each in offered(lan, "/lydo"))
    assert "1e" not in text_of(lan.unread[0])
