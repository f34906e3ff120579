"""What the screen lets go of, and what it keeps."""

from datetime import UTC, datetime, timedelta

from sqlmodel import select

from store import desk_codes, desk_failures, desk_keys, desk_presses, desk_retention, desk_sessions
from store.desk_sessions import Computer
from store.desk_tables import CodeFor, DeskCode, DeskFailure, DeskKey, DeskPress, DeskSession, Stage
from store.engine import Store
from store.people_tables import Person
from words.message import say

NOW = datetime(2020, 1, 14, 2, 0, tzinfo=UTC)


def test_what_is_over_goes_and_what_still_counts_stays(store: Store) -> None:
    with store.unit() as session:
        person = Person(name="Hương", created_at=NOW)
        session.add(person)
        session.flush()
        me = person.id or 0
        for moment in (NOW - timedelta(days=500), NOW):
            desk_codes.make(session, me, CodeFor.CHAT, moment)
            desk_presses.keep(session, moment.isoformat(), me, [say("xong")], moment)
            desk_failures.note(session, me, f"10.0.0.{moment.year - 2018}", moment)
            desk_keys.put(session, me, "argon2", moment, confirmed=True)
            for stage in Stage:
                desk_sessions.begin(session, me, stage, Computer("", "", ""), moment)
        printed = desk_codes.make_reserve(session, me, NOW - timedelta(days=500))
    with store.unit() as session:
        desk_retention.drop(session, NOW)
    with store.look() as session:
        left = {table.__name__: len(session.exec(select(table)).all()) for table in
                (DeskCode, DeskPress, DeskFailure, DeskSession)}  # fmt: skip
        # A passphrase that was replaced today, and the one that replaced it.
        assert len(session.exec(select(DeskKey)).all()) == 2
    assert left == {"DeskCode": 1 + len(printed), "DeskPress": 1, "DeskFailure": 1, "DeskSession": 2}
