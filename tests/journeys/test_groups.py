"""Groups that follow a part of the office, and groups with topics."""

from sandbox.phone import text_of
from sandbox.world import GROUP, World

FORUM = -1_000_000_004_100


def test_a_group_follows_a_part_of_the_office_until_it_is_changed(world: World) -> None:
    boss = world.admin("Hoa")
    group = world.group(boss, linked=False)
    group.forgets().says("/link@NhacViecBot xa").expects("Đã gắn nhóm", "Nhóm theo dõi: UBND các xã (9 đơn vị)")
    group.says("/tonghop@NhacViecBot").expects("Tổng hợp CCHC 2020 – UBND các xã – đến", "54 đầu việc có thời hạn")
    assert "P. Nội vụ" not in group.last
    group.expects_photo("Tổng hợp CCHC 2020 – UBND các xã đến").is_silent()
    group.says("/quahan@NhacViecBot").expects("không có việc nào của UBND các xã quá hạn").is_silent()
    group.says("/tonghop@NhacViecBot tuphap").expects("Nhóm này chỉ theo dõi UBND các xã").is_silent()
    group.says("/tonghop@NhacViecBot sonmau").expects("UBND xã Sơn Màu", "6 đầu việc có thời hạn").is_silent()
    world.at(2020, 1, 6, 8, 0)
    group.expects("Tổng hợp CCHC 2020 – UBND các xã", "54 đầu việc có thời hạn").expects_photo(
        "UBND các xã"
    ).is_silent()
    group.says("/link@NhacViecBot Sơn Màu").expects("Đã đổi phạm vi", "UBND xã Sơn Màu (1 đơn vị)").is_silent()
    group.says("/link@NhacViecBot sơn mau mau").expects("Chưa rõ «sơn mau mau»", "xa – UBND các xã").is_silent()
    new = world.platform.migrate(GROUP)
    world.settle()
    moved = group.in_chat(new).forgets()
    moved.says("/tonghop@NhacViecBot").expects("UBND xã Sơn Màu").forgets()
    moved.says("/link@NhacViecBot sonmau").expects("đã được gắn", "UBND xã Sơn Màu").is_silent()
    moved.says("/link@NhacViecBot").expects("Đã đổi phạm vi", "Nhóm theo dõi cả cơ quan").is_silent()
    moved.says("/tonghop@NhacViecBot").expects("139 đầu việc có thời hạn")


def test_a_group_with_topics_is_spoken_to_in_the_topic_of_the_link(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.platform.add_group(FORUM, "Diễn đàn", [boss.user, lan.user], supergroup=True)
    world.platform.add_topic(FORUM, 7, "CCHC")
    world.platform.add_topic(FORUM, 9, "Chung")
    world.platform.add_bot_to_group(FORUM, boss.user)
    world.settle()
    topic, other, everywhere = boss.in_chat(FORUM, 7), boss.in_chat(FORUM, 9), boss.in_chat(FORUM).forgets()
    topic.says("/link@NhacViecBot").expects("Đã gắn nhóm").is_silent()
    other.is_silent()
    # The answer goes to the topic of the question, whatever the group's own topic is.
    other.says("/quahan@NhacViecBot").expects("không có việc nào quá hạn").is_silent()
    lan.in_chat(FORUM, 9).says("/done@NhacViecBot 2b").expects("không có việc nào").expects("Đã ghi nhận 2b")
    topic.is_silent()
    everywhere.forgets()
    world.at(2020, 1, 6, 8, 0)
    topic.expects("Tổng hợp CCHC 2020").expects_photo("Tổng hợp").is_silent()
    assert len(everywhere.unread) == 2


def test_a_topic_that_was_deleted_does_not_lose_the_message(world: World) -> None:
    boss = world.admin("Hoa")
    world.platform.add_group(FORUM, "Diễn đàn", [boss.user], supergroup=True)
    world.platform.add_topic(FORUM, 7, "CCHC")
    world.platform.add_bot_to_group(FORUM, boss.user)
    world.settle()
    boss.in_chat(FORUM, 7).says("/link@NhacViecBot")
    world.platform.remove_topic(FORUM, 7)
    group = boss.in_chat(FORUM).forgets()
    world.at(2020, 1, 6, 8, 0)
    group.expects("Tổng hợp CCHC 2020").expects_photo("Tổng hợp").is_silent()
    assert all(
        "message_thread_id" not in each for each in world.platform.messages(FORUM) if "Tổng hợp" in text_of(each)
    )


def test_a_fresh_group_is_greeted_and_told_what_to_do(world: World) -> None:
    group = world.group(world.admin("Hoa"), linked=False)
    said = [text_of(each) for each in world.platform.messages(group.chat)]
    assert [each for each in said if "Kính chào các đồng chí" in each and "/gannhom" in each] == said[-1:]
