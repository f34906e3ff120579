"""Somebody asks to be erased: nothing of theirs is left in any column, and nothing of anybody else's is touched."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from markupsafe import escape

from sandbox.phone import Phone
from sandbox.world import World

# What may go on holding words of the person: the office's record of the work, which names nobody by itself.
RECORD = {"obligation_event.note", "obligation.blocked", "submission.note"}


def cells(world: World) -> Iterator[tuple[str, str]]:
    """Every value of the database as text, with the column it stands in."""
    with closing(sqlite3.connect(world.database)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in names:
            cursor = connection.execute(f"SELECT * FROM {table}")
            columns = [each[0] for each in cursor.description]
            for row in cursor:
                yield from ((f"{table}.{name}", str(value)) for name, value in zip(columns, row, strict=True))


def holding(world: World, *wanted: str) -> set[str]:
    """The columns in which something stands, as it is or as JSON writes it."""
    spelled = {each for word in wanted for each in (word, json.dumps(word)[1:-1])}
    return {place for place, text in cells(world) if any(each in text for each in spelled)}


def test_no_column_keeps_the_account_or_the_name(world: World) -> None:
    lan, admin = world.officer("Mèo Rất Riêng", "sondung"), world.admin("Hoa")
    lan.sends_photo("/done 2b").forgets()
    lan.says("/giahan 1e 15/03/2020 chờ hướng dẫn").forgets()
    lan.says("/vuongmac 2h thiếu người").forgets()
    lan.says("/suachua 2b nội dung khác").forgets()
    admin.forgets()
    account = str(lan.user)
    assert holding(world, "Mèo Rất Riêng") & {"person.name"}
    lan.says("/xoadulieu co").forgets()
    world.later(minutes=5)
    alone = re.compile(rf"(?<!\d){account}(?!\d)")
    assert {place for place, text in cells(world) if alone.search(text) and not place.startswith("rate.")} == set()
    assert holding(world, "Mèo Rất Riêng") - RECORD == set()


@pytest.mark.parametrize("name", ["a", "e", "null", "2b", "parts", '"', "\\", "<b>"])
def test_a_name_that_is_a_piece_of_other_words_takes_nothing_else_with_it(world: World, name: str) -> None:
    lan, admin = world.officer(name, "sondung"), world.admin("Hoa")
    admin.forgets()
    lan.says("/giahan 2b 15/02/2020 chờ văn bản của huyện")
    before = _notices(world)
    lan.says("/xoadulieu co").forgets()
    after = _notices(world)[: len(before)]
    assert [each.replace("cán bộ đã xóa", str(escape(name))) for each in after] == before
    assert "chờ văn bản của huyện" in "".join(after)


def test_a_colleagues_answer_that_waits_is_not_blanked(world: World) -> None:
    lan, binh = world.officer("Lan", "sondung"), world.officer("Bình", "sondung")
    with world.service.store.unit() as session:
        from store import inbox

        raw = json.dumps(
            {"message": {"reply_to_message": {"from": {"id": lan.user, "first_name": "Lan"}}, "text": "x"}}
        )
        inbox.keep(session, "telegram", [("77", raw)], world.now)
    _erase(world, lan)
    assert any(place == "inbox.raw" and '"x"' in text for place, text in cells(world))
    assert binh is not None


def _notices(world: World) -> list[str]:
    """What others were told."""
    with closing(sqlite3.connect(world.database)) as connection:
        rows = connection.execute("SELECT body FROM delivery WHERE kind = 'notice' AND body IS NOT NULL ORDER BY id")
        from words.mentions import bare

        return [bare("\n".join(json.loads(row[0])["parts"])) for row in rows]


def _erase(world: World, phone: Phone) -> None:
    from store import people, privacy

    with world.service.store.unit() as session:
        found = people.by_user(session, "telegram", str(phone.user))
        assert found is not None
        privacy.erase(session, found[0].id or 0, "cán bộ đã xóa", world.now, via="test", actor=None)
    assert Path(world.database).exists()
