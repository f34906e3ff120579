"""Linking a person: the invite, the personal-data notice, the consent; and inviting."""

from bot.people import mail, nominate, strangers, way_link
from bot.people.welcome import welcome
from bot.turn import Turn, keep_handle
from channels.base import ChatKind, What
from plan.people import Role
from progress import inviting
from reports.figures.scope import find_agency
from store import addresses, consents, duty, invites, months, nominations, people, settings, ways
from store.invites import Typed
from store.people_tables import Invite
from words import consent, grammar, invite_codes, mail_addresses, short_words
from words.codes import fold
from words.message import Button, plain
from words.names import of_channel
from words.roles import split_role

ADMIN, NOTICE, AGREE = "admin", "notice", "/agree"


def start(turn: Turn, rest: str) -> None:
    """/start CODE shows the notice; /start alone shows it to the first admin, who stands in the settings."""
    if rest and rest != ADMIN:
        if not strangers.may_try_code(turn):
            strangers.answer(turn, turn.text("start.slow", compiler=_compiler(turn)))
            return
        _take_code(turn, invite_codes.found_in(rest) or rest.split()[0])
    elif _makes_first_admin(turn):
        turn.answer(notice(turn, Role.ADMIN, _compiler(turn)), buttons=_agree(turn, ADMIN))
    elif turn.person is not None and turn.roles:
        addresses.mark_reachable(turn.session, turn.incoming.channel, turn.incoming.user)
        turn.answer(turn.text("start.again"))
    else:
        answer_stranger(turn)


def _take_code(turn: Turn, code: str) -> None:
    """Takes a code of whatever kind; one that belongs elsewhere is not used up, and costs no other one a try."""
    key = turn.office.invite_key()
    invite = invites.by_code(turn.session, code, turn.now, Typed(key, turn.incoming.channel))
    if invite is not None:
        _show(turn, invite)
        return
    elsewhere = invites.channel_of(turn.session, code, turn.now, key)
    if elsewhere is None and mail.confirms(turn, code):
        return
    # Of who guesses it is a guess, wherever the code belongs.
    strangers.count_wrong_code(turn)
    if elsewhere is not None:
        bot = settings.bot_name(turn.session, elsewhere) or ""
        by_letter = elsewhere == turn.office.letters_on
        text = turn.text("start.elsewhere", channel=of_channel(elsewhere), bot=bot, by_letter=by_letter)
    elif mail.is_of_an_address(turn, code):
        text = turn.text("mail_address.elsewhere")
    else:
        wrong = "mail_address.wrong" if mail.awaits_code(turn) else "start.bad_code"
        text = turn.text(wrong, compiler=_compiler(turn))
    strangers.answer(turn, text)


def _show(turn: Turn, invite: Invite) -> None:
    """Shows the notice, and for a further way whose it will be; this account alone can agree from now on."""
    if (no := _why_not(turn, invite)) is not None:
        strangers.answer(turn, no)
        return
    invite.shown_on, invite.shown_to = turn.incoming.channel, turn.incoming.user
    turn.session.add(invite)
    of_way = (way_link.offer(turn, invite),) if invite.person_id is not None else ()
    turn.answer(*of_way, _notice_of(turn, invite), buttons=_agree(turn, str(invite.id)))


def _why_not(turn: Turn, invite: Invite) -> str | None:
    """Why an invite cannot be taken here: as a way by this account, or by one more where a platform takes no more."""
    if invite.person_id is not None and (no := way_link.refused(turn, invite)) is not None:
        return no
    role = Role(invite.role)
    if turn.person is not None and not duty.may_hold(turn.session, turn.person_id, role):
        return turn.text("duty.role_refused", name=turn.person.name, role=turn.text(f"role.{role}"))
    channel = turn.incoming.channel
    if turn.person is not None or not months.is_full(turn.session, turn.office, channel):
        return None
    others = [of_channel(each) for each in turn.office.channels if each != channel]
    return turn.text("start.full", channel=of_channel(channel), channels=others, compiler=turn.office.compiler_name)


def _notice_of(turn: Turn, invite: Invite) -> str:
    if invite.person_id is not None:
        return consent.short(turn.office, turn.incoming.channel)
    return notice(turn, Role(invite.role), turn.office.agency_name(invite.agency_id))


def typed_code(turn: Turn, text: str) -> str | None:
    """The code of an invite that a text is, without a command; of who has a role here only one that stands alone."""
    if turn.incoming.chat_kind is not ChatKind.PRIVATE or turn.incoming.what is not What.MESSAGE or turn.incoming.files:
        return None
    if not turn.roles:
        return invite_codes.found_in(text)
    return invite_codes.alone_in(text) if turn.open_question() is None else None


def notice(turn: Turn, role: Role, agency: str) -> str:
    """The office's personal-data notice, as it is shown and kept with the consent."""
    return consent.short(turn.office, turn.incoming.channel, turn.text(f"role.{role}"), agency)


def answer_stranger(turn: Turn) -> None:
    """A polite way to ask, and nothing else; who waits to be confirmed reads that."""
    strangers.answer(turn, strangers.no_role(turn))


def agree(turn: Turn, rest: str) -> bool:
    """The button "Tôi đồng ý", or the words «đồng ý»: uses the invite up and links the person."""
    incoming = turn.incoming
    pressed = incoming.what is What.PRESS
    if not pressed and rest and is_offered(turn) and not short_words.agrees(rest):
        _ask_again(turn, rest)
        return False
    offered = rest if pressed else _offered(turn)
    if turn.roles and offered in (None, NOTICE) and _agrees_anew(turn):
        return True
    if offered is None:
        if turn.roles:
            turn.not_understood()
        else:
            answer_stranger(turn)
        return False
    if offered == ADMIN and _makes_first_admin(turn):
        _link(turn, Role.ADMIN, turn.office.compiler, None)
        return True
    number = grammar.number(offered)
    invite = invites.by_id(turn.session, number, turn.now) if number is not None else None
    mine = invite is not None and (invite.shown_on, invite.shown_to) == (incoming.channel, incoming.user)
    if mine and invite is not None and (no := _why_not(turn, invite)) is not None:
        strangers.answer(turn, no)
        return False
    if not mine or invite is None or invite.id is None or not invites.consume(turn.session, invite.id, turn.now):
        strangers.answer(turn, turn.text("start.bad_code", compiler=_compiler(turn)))
        return False
    if invite.person_id is None:
        invite.used_by = _link(turn, Role(invite.role), invite.agency_id, invite)
    else:
        invite.used_by = way_link.link(turn, invite, _notice_of(turn, invite))
    turn.session.add(invite)
    return True


def is_offered(turn: Turn) -> bool:
    """Whether this account was shown a notice that waits for its consent."""
    if turn.incoming.chat_kind is not ChatKind.PRIVATE:
        return False
    anew = bool(turn.roles) and consents.newest(turn.session, turn.person_id) < consent.EDITION
    return anew or _offered(turn) is not None


def _ask_again(turn: Turn, rest: str) -> None:
    """Consent with a condition, a question about it, or an "ok" is none: nothing is recorded, and it is asked again."""
    offered = _offered(turn)
    buttons = _agree(turn, NOTICE if offered is None else offered)
    key = "consent.not_plain" if short_words.begins_to_agree(rest) else "consent.perhaps"
    turn.answer(turn.text(key, compiler=_compiler(turn), contact=turn.office.contact), buttons=buttons)


def _agrees_anew(turn: Turn) -> bool:
    """Who agreed to an older edition of the notice agrees to the one that holds now; False where they did before."""
    if consents.newest(turn.session, turn.person_id) >= consent.EDITION:
        return False
    words = plain(consent.short(turn.office, turn.incoming.channel))
    consents.agree(turn.session, turn.person_id, words, consent.EDITION, turn.now)
    turn.answer(turn.text("consent.agreed"))
    return True


def _offered(turn: Turn) -> str | None:
    """What the last notice that this account was shown asks consent to: whoever types the words has it before them."""
    invite = invites.shown(turn.session, turn.incoming.channel, turn.incoming.user, turn.now)
    return str(invite.id) if invite is not None else None


def _makes_first_admin(turn: Turn) -> bool:
    """Whether the settings make this account the office's first admin: not once there was one.

    Whoever was an admin and is none any more stands in the settings still; later ones come by invite, from an admin or
    from the machine (`nhacviec invite`).
    """
    account = (turn.incoming.channel, turn.incoming.user)
    return account in turn.office.admins and not people.ever_held(turn.session, Role.ADMIN)


def _link(turn: Turn, role: Role, agency_id: str, invite: Invite | None) -> int:
    incoming, name = turn.incoming, invite.label if invite is not None else ""
    agency = turn.office.agency_name(agency_id)
    shown = plain(notice(turn, role, agency))
    person = people.link(
        turn.session, incoming.channel, incoming.user, incoming.chat, name or incoming.user_name, shown, turn.now
    )
    assert person.id is not None
    turn.person, turn.address = person, addresses.address_of(turn.session, person.id, incoming.channel)
    if turn.address is not None and turn.address.rank != ways.CHOSEN:
        turn.address.rank = ways.rank(turn.office.channel_order, incoming.channel)
    keep_handle(turn)
    if nominations.is_needed(turn.session, person.id, role):
        nominate.by_invite(turn, agency_id, invite)
        return person.id
    number = invite.id if invite is not None else None
    people.join(turn.session, person.id, agency_id, role, turn.now, via=turn.via, invite=number)
    linked = turn.text("start.welcome", role=turn.text(f"role.{role}"), agency=agency)
    turn.answer(linked, *welcome(turn, role, agency_id), *_of_shared_phones(turn, role))
    return person.id


def _of_shared_phones(turn: Turn, role: Role) -> tuple[str, ...]:
    """How a telephone that is shared is told, where an account is a telephone's: where codes are typed into a chat."""
    is_chat = not turn.limits.invite and not turn.limits.letters
    return (turn.text("duty.offer"),) if is_chat and role is Role.OFFICER else ()


def invite(turn: Turn, rest: str) -> None:
    """/invite sondung [thủ trưởng|tổng hợp|lãnh đạo]: a one-time link, or a code to type, for an agency."""
    channel, rest = _channel_of(turn, rest)
    to, rest = _address_in(turn, channel, rest)
    name, wanted = split_role(rest)
    role = wanted or Role.OFFICER
    agency_id = find_agency(turn.office, name) if name else None
    if agency_id is None:
        key = "invite.unknown" if name else "invite.which"
        turn.answer(turn.text(key, wanted=name, agencies=_agency_lines(turn)))
        return
    is_typed = channel != turn.incoming.channel or not turn.limits.invite
    typed = Typed(turn.office.invite_key(), channel) if is_typed else None
    code = invites.make(turn.session, agency_id, role, turn.person_id, turn.now, via=turn.via, typed=typed)
    bot = settings.bot_name(turn.session, channel) or ""
    if to:
        turn.send(
            *inviting.by_letter(turn.office, channel, to, (agency_id, role), invite_codes.shown(code), turn.update)
        )
    turn.answer(
        turn.text(
            "invite.code" if is_typed else "invite.link",
            role=turn.text(f"role.{role}"),
            agency=turn.office.agency_name(agency_id),
            days=invites.INVITE_DAYS,
            link="" if is_typed else turn.limits.invite_link(bot, code),
            code=invite_codes.shown(code),
            bot=bot,
            others=[] if is_typed else sorted(turn.office.typed_on),
            wanted=name,
            to=to,
            by_mail=channel == turn.office.letters_on,
        )
    )


def _channel_of(turn: Turn, rest: str) -> tuple[str, str]:
    """The channel of an invite, the one of this chat where no other is named, and what was said without its name."""
    words = rest.split()
    named = [word for word in words if fold(word) in turn.office.typed_on]
    if not named:
        return turn.incoming.channel, rest
    return turn.office.typed_on[fold(named[0])], " ".join(word for word in words if word not in named)


def _address_in(turn: Turn, channel: str, rest: str) -> tuple[str, str]:
    """The address of mail to which an invite goes, where one stands in the words; and the words without it."""
    address = mail_addresses.found_in(rest) if channel == turn.office.letters_on else None
    if address is None:
        return "", rest
    return address, " ".join(word for word in rest.split() if "@" not in word)


def _agency_lines(turn: Turn) -> list[str]:
    found = {agency.id: agency.name for plan in turn.office.plans.values() for agency in plan.agencies}
    return [f"{agency_id} – {name}" for agency_id, name in found.items()]


def _agree(turn: Turn, reference: str) -> list[list[Button]]:
    return [[Button(turn.text("button.agree"), f"{AGREE} {reference}", turn.text("button.agree_typed"))]]


def _compiler(turn: Turn) -> str:
    return turn.office.compiler_name
