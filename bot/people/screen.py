"""/desk: the way to the office's screen: its address, the login name, and a code to be typed at the computer."""

import re

from bot.turn import Turn
from plan.people import Role
from progress.acts.outcomes import ToPerson
from store import desk_codes, desk_keys, desk_sessions, people
from store.desk_tables import CodeFor
from store.postings import Identity
from words.codes import fold
from words.mentions import mention

ENDS = frozenset({"thoat", "ket thuc", "dang xuat", "ra", "out", "end", "sign out"})
OF_ANOTHER = re.compile(r"^(.+?)\s+p\s*(\d{1,9})$")


def screen(turn: Turn, rest: str) -> None:
    """/desk: a code, good once for ten minutes; /desk out ends every session that is signed in, an admin's /desk out P5
    those of somebody else."""
    me, words = turn.person_id, fold(rest).strip(" .")
    if (other := OF_ANOTHER.match(words)) is not None and other[1] in ENDS:
        _end_of_another(turn, int(other[2]))
        return
    if words in ENDS:
        count = desk_sessions.end_all(turn.session, me, "ended by its person", turn.now, actor=me)
        turn.answer(turn.text("desk.chat_ended", count=count))
        return
    if turn.person is not None and turn.person.duty_of is not None:
        turn.answer(turn.text("duty.no_screen", name=turn.person.name))
        return
    if not desk_codes.take_turn(turn.session, me, turn.now):
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


def _end_of_another(turn: Turn, number: int) -> None:
    """The sessions of a computer that was lost, or of a passphrase that became known; the audit says who ended them."""
    person = people.get(turn.session, number)
    if Role.ADMIN not in turn.roles:
        turn.answer(turn.text("access.denied", who=turn.text(f"role.{Role.ADMIN}")))
        return
    if person is None or person.erased_at is not None:
        turn.answer(turn.text("revoke.unknown", reference=f"P{number}"))
        return
    me = turn.person_id
    count = desk_sessions.end_all(turn.session, number, "ended by an admin", turn.now, actor=me)
    turn.answer(turn.text("desk.chat_ended_of", person=people.mentioned(person), count=count))
    if count and number != me and turn.person is not None:
        told = turn.text("desk.ended_by", by=mention(me, turn.person.name), at=turn.now)
        identity = Identity("sessions_ended", f"{number}:{turn.source}")
        turn.notifier.tell_of(ToPerson(number, told, "an admin ended their sessions", identity, None))
