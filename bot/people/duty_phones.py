"""An account is a telephone that an agency shares: said on it, or by an admin who sees it asked before it is done."""

from bot.carry_out import post_outcome, scene_of
from bot.turn import Turn, identify
from bot.which.owed import said_now
from progress import duty_phone
from progress.acts.do import do
from progress.acts.rights import ShareOnDuty
from store import addresses, people
from store.people_tables import Person
from words.message import Button
from words.names import of_channel


def share_own(turn: Turn) -> None:
    """/channels duty, on the telephone itself; what follows is said to the telephone."""
    outcome = do(scene_of(turn), ShareOnDuty(said_now(turn, ""), turn.person_id, turn.incoming.channel))
    identify(turn)
    post_outcome(turn, outcome)


def share_of(turn: Turn, person: Person, channel: str, *, sure: bool) -> None:
    """/channels P12 zalo duty; asked first, the button says the same with «có»."""
    address = addresses.address_of(turn.session, person.id or 0, channel)
    agency, no = duty_phone.agency_of(turn.session, turn.office, address)
    if no:
        turn.answer(no)
    elif not sure:
        name = duty_phone.name(turn.office, agency)
        text = turn.text("duty.ask", channel=of_channel(channel), before=people.mentioned(person), name=name)
        turn.answer(text, buttons=[[Button(turn.text("duty.button"), f"/channels P{person.id} {channel} co may truc")]])
    else:
        post_outcome(turn, do(scene_of(turn), ShareOnDuty(said_now(turn, ""), person.id or 0, channel)))
