"""When a second program on the same account is one, and when it is only our own former poll."""

from datetime import UTC, datetime, timedelta

from store import rivals
from store.engine import Store

NOW = datetime(2020, 1, 2, 1, tzinfo=UTC)


def test_it_must_last_a_minute_and_is_over_when_it_stays_away(store: Store) -> None:
    def met(after: float) -> datetime | None:
        with store.unit() as session:
            return rivals.meet(session, "telegram", NOW + timedelta(seconds=after))

    def stands(after: float) -> datetime | None:
        with store.look() as session:
            return rivals.anywhere(session, NOW + timedelta(seconds=after))

    assert [stands(0), met(0), met(30), stands(30)] == [None] * 4
    assert [met(60), stands(60), met(300), stands(599)] == [NOW] * 4
    assert [stands(601), met(601)] == [None, None]
    assert met(661) == NOW + timedelta(seconds=601)
