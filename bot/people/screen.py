"""/desk: the way to the office's screen: its address, the login name, and a code to be typed at the computer."""

from bot.turn import Turn
from store import desk_codes, desk_keys, desk_sessions, rates
from store.desk_tables import CodeFor
from store.rates import Limit
from words.codes import fold

ENDS = frozenset({"thoat", "ket thuc", "dang xuat", "ra", "out", "end", "sign out"})
# As at the door itself: a code a minute, three at once.
SENT = Limit(60.0, 3)


def screen(turn: Turn, rest: str) -> None:
    """/desk: a code, good once for ten minutes; /desk out ends every session that is signed in."""
    me = turn.person_id
    if fold(rest).strip(" .") in ENDS:
        count = desk_sessions.end_all(turn.session, me, "ended by its person", turn.now, actor=me)
        turn.answer(turn.text("desk.chat_ended", count=count))
        return
    if not rates.allow(turn.session, f"desk_code:{me}", SENT, turn.now):
        turn.answer(turn.text("desk.chat_wait"))
        return
    key = desk_keys.live(turn.session, me)
    turn.answer(
        turn.text(
            "desk.chat",
            address=turn.office.desk_address,
            name=f"P{me}",
            code=desk_codes.make(turn.session, me, CodeFor.CHAT, turn.now),
            until=turn.now + desk_codes.STANDS,
            known=key is not None and key.confirmed_at is not None,
            count=len(desk_sessions.live_of(turn.session, me)),
        )
    )
