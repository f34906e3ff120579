"""A button that took effect goes away, whatever it decided: it can be pressed for nothing no second time."""

from sandbox.phone import Phone, labels_of
from sandbox.world import World


def buttons(phone: Phone, words: str) -> list[str]:
    """The buttons that are left under the newest message that says these words."""
    found = [each for each in phone.platform.messages(phone.chat) if words in each.get("text", "")]
    return labels_of(found[-1])


def test_what_was_decided_has_no_buttons_left(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/giahan 2b 15/02 chờ tỉnh"), lan.says("/nhaclai 2h")
    assert len(buttons(boss, "Đề nghị gia hạn R1")) == 2
    boss.taps("Đồng ý")
    assert buttons(boss, "Đề nghị gia hạn R1") == []
    lan.taps("Sáng mai")
    assert buttons(lan, "2h") == []
    boss.says("/datngay 3d 30/10/2020 căn cứ KH 12/KH-UBND")
    assert "Xác nhận" in buttons(boss, "3d")[0]
    boss.taps("Xác nhận")
    assert not [
        label
        for each in boss.platform.messages(boss.chat)
        for label in labels_of(each)
        if label.startswith(("Xác nhận", "Đồng ý"))
    ]
    lan.says("/lydo 2b mưa lũ"), lan.says("/xoadulieu")
    lan.taps("Xóa")
    assert not [each for each in lan.platform.messages(lan.chat) if "Xóa" in "".join(labels_of(each))]
