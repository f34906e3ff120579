"""Letters: addresses that are named and proven, and those that came and are nobody's."""

from bot.carry_out import carry_out
from bot.people import way_link
from bot.turn import Turn
from progress.acts.rights import GiveWay
from progress.mail_addresses import confirm_address
from progress.submit import Statement
from store import address_codes, consents, people, rates, stray_letters
from store.letter_tables import StrayLetter
from store.postings import Identity, Posting, notice, to_person
from store.rates import Limit
from store.types import DeliveryKind
from words import consent
from words.mail_addresses import found_in
from words.message import plain, say
from words.render import clip

SHOWN_WORDS = 200
# Whoever writes somebody's address into "From" has so many letters sent to them in a day.
ASKED = Limit(14_400.0, 5)


def name_for(turn: Turn, said: Statement, person_id: int, words: str) -> None:
    """Names the address of somebody, one's own too, that stands in the words."""
    address = found_in(words)
    if not turn.office.letters_on:
        turn.answer(turn.text("mail_address.none_here"))
    elif address is None:
        turn.answer(turn.text("mail_address.which"))
    else:
        carry_out(turn, GiveWay(said, person_id, turn.office.letters_on, address))


def confirms(turn: Turn, code: str) -> bool:
    """Takes eight digits that prove an address, in a chat or from the address itself; False where they prove none.

    The letter with the code held the notice of personal data: whoever says the code has it before them.
    """
    incoming = turn.incoming
    place = (incoming.channel, incoming.user)
    found = confirm_address(turn.session, turn.office, code, place, turn.person_id_or_none, turn.via, turn.now)
    if found is None:
        return False
    number, channel = found.person_id, turn.office.letters_on
    person = people.get(turn.session, number)
    speaking = turn.office.speaking(person.language if person is not None else None)
    shown = consent.short(speaking, channel)
    consents.agree(turn.session, number, plain(shown), consent.EDITION, turn.now)
    turn.answer(speaking.text("mail_address.confirmed", address=found.user))
    if person is not None:
        way_link.tell_elsewhere(turn, person, channel)
    return True


def is_of_an_address(turn: Turn, code: str) -> bool:
    """Whether eight digits prove an address, though not from here."""
    return address_codes.is_known(turn.session, code, turn.office.invite_key(), turn.now)


def awaits_code(turn: Turn) -> bool:
    """Whether a code that proves an address is awaited of who says something here."""
    place = (turn.incoming.channel, turn.incoming.user)
    return address_codes.is_asked(turn.session, turn.now, person_id=turn.person_id_or_none, place=place)


def keep_stray(turn: Turn) -> None:
    """Keeps a letter that is not proven to be anybody's; who it claims to be from is asked to answer one of ours, and
    the admins hear of it once a day."""
    incoming = turn.incoming
    row = _kept(turn, is_ours=False)
    _tell(turn)
    known = people.by_user(turn.session, incoming.channel, incoming.user)
    if known is not None and people.memberships(turn.session, known[0].id or 0):
        office = turn.office.speaking(known[0].language)
        if not rates.allow(turn.session, f"stray-asked:{known[0].id}", ASKED, turn.now):
            return
        # With the words, so that the answer to this letter can be a single one.
        text = office.text("mailbox.ask_again", words=clip(row.words, SHOWN_WORDS), files=row.files)
        identity = Identity("stray-asked", row.id, person_id=known[0].id)
        turn.send(
            to_person(known[1]), Posting(DeliveryKind.ANSWER, "a letter that proves nothing", identity, say(text))
        )


def keep_given_back(turn: Turn) -> None:
    """Keeps that a letter of ours was not brought, and why; the admins hear of it once a day."""
    _kept(turn, is_ours=True)
    _tell(turn)


def _kept(turn: Turn, *, is_ours: bool) -> StrayLetter:
    incoming = turn.incoming
    row = StrayLetter(
        source=turn.source, at=incoming.sent_at, sender=incoming.user, name=incoming.user_name,
        subject=incoming.chat_title, words=incoming.text, files=len(incoming.files), is_ours=is_ours,
    )  # fmt: skip
    return stray_letters.keep(turn.session, row)


def _tell(turn: Turn) -> None:
    count, today = stray_letters.count(turn.session), turn.office.today(turn.now)
    text = turn.text("mailbox.told", count=count)
    turn.notifier.tell_admins(notice(Identity("stray-told", day=today), text, "letters that are nobody's"))
