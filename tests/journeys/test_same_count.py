"""The number of what is late is one number, wherever it is said."""

import re

from plan.people import Role
from sandbox.phone import text_of
from sandbox.world import World

DIGEST, OPEN = r"(\d+) việc quá hạn", r"chưa hoàn thành \((\d+) quá hạn\)"
LISTED = r"^Quá hạn.*: (\d+) việc"


def number(pattern: str, text: str) -> int:
    """How many a text says."""
    found = re.search(pattern, text)
    assert found, text
    return int(found[1])


def test_the_digest_and_the_list_of_what_is_overdue_give_one_number(world: World) -> None:
    lan, binh = world.officer("Lan", "sondung"), world.officer("Bình", "sondung", role=Role.HEAD)
    boss = world.admin("Hoa")
    lan.says("/done 2b đã ban hành").says("/giahan 1e 15/05 chờ hướng dẫn")
    boss.says("/duyet R1")
    said = []
    for day in range(1, 11):
        lan.forgets()
        world.at(2020, 4, day, 7, 30)
        for digest in [text_of(each) for each in lan.unread if re.search(DIGEST, text_of(each))]:
            lists = [text_of(each.forgets().says("/quahan sondung").unread[0]) for each in (binh, boss)]
            # What has something to be said today stands in its heading, all that is open in its last line.
            assert number(DIGEST, digest) <= number(OPEN, digest)
            said.append((number(OPEN, digest), *(number(LISTED, each) for each in lists)))
    assert said
    assert all(len({*each}) == 1 and each[0] > 0 for each in said), said
