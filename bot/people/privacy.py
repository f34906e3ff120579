"""What a person may ask about themselves: what is kept, its erasing, and quiet."""

from datetime import date, datetime, time, timedelta

from bot.turn import Turn
from plan.people import Role
from progress.open_work import in_words, open_work
from store import consents, memory, nominations, people, privacy
from store.postings import Identity, notice
from words import consent
from words.codes import fold
from words.dates import passed_instead, read_day
from words.grammar import YES
from words.message import Button

WHOLE = frozenset({"thong bao", "toan van", "notice", "whole"})
OFF, ALWAYS = frozenset({"off", "tat", "thoi", "bat lai"}), frozenset({"all", "mai", "luon"})
# "Until I say otherwise"; an end there must be, so that the field stays an instant.
ALWAYS_DAYS = 3650


def mydata(turn: Turn, rest: str) -> None:
    """/mydata: everything that is kept about the one who asks; /mydata notice: the whole notice of personal data."""
    whole = consent.whole(turn.office, turn.incoming.channel)
    if fold(rest).strip(" .") in WHOLE:
        turn.answer(whole)
        return
    if turn.person is None:
        turn.answer(turn.text("mydata.nothing", number=turn.incoming.user), whole)
        return
    found = privacy.kept(turn.session, turn.person_id)
    roles = [
        (turn.text(f"role.{each.role}"), turn.office.agency_name(each.agency_id), each.since, each.until)
        for each in found.memberships
    ]
    turn.answer(
        turn.text(
            "mydata.kept",
            name=found.person.name,
            accounts=[(each.channel, each.user, each.handle, each.linked_at) for each in found.addresses],
            roles=roles,
            agreed=[each.agreed_at for each in found.consents],
            rows=[turn.text(f"mydata.{table}", count=count) for table, count in found.rows.items()],
            megabytes=f"{found.file_bytes / 1024 / 1024:.1f}".replace(".", turn.text("mydata.comma")),
            last=_last_quiet_day(turn, found.person.quiet_until) if people.is_quiet(found.person, turn.now) else None,
            compiler=turn.office.compiler_name,
            newer=consents.newest(turn.session, turn.person_id) < consent.EDITION,
            open_count=_open_count(turn),
        ),
        buttons=[[Button(turn.text("button.notice"), "/mydata notice", turn.text("button.notice_typed"))]],
    )


def _open_count(turn: Turn) -> str:
    """How much the one who asks has to do; nothing for who answers for no agency."""
    work = open_work(turn.session, turn.office, turn.agencies, turn.office.today(turn.now)) if turn.agencies else None
    return in_words(turn.office, work) if work is not None and work.unfinished else ""


def erase(turn: Turn, rest: str) -> None:
    """/erase explains and asks; the button, or "/erase co", erases."""
    if turn.person is None:
        turn.answer(turn.text("mydata.nothing", number=turn.incoming.user))
        return
    compiler = turn.office.compiler_name
    if nominations.is_last_admin(turn.session, turn.person_id):
        turn.answer(turn.text("erase.last_admin", agency=compiler))
        return
    if fold(rest).strip(" .") not in YES:
        agencies = [turn.office.agency_name(each) for each in turn.agencies]
        text = turn.text("erase.ask", agencies=agencies, compiler=compiler)
        turn.answer(text, buttons=[[Button(turn.text("button.erase"), "/erase co")]])
        return
    turn.answer(turn.text("erase.done", compiler=compiler))
    roles = turn.roles
    agencies = [turn.office.agency_name(each) for each in turn.agencies]
    privacy.erase(
        turn.session, turn.person_id, turn.text("person.erased"), turn.now, via=turn.via, actor=turn.person_id
    )
    if roles:
        _tell_admins(turn, turn.text("erase.to_admin", agencies=agencies, at=turn.now), "a person erased their data")


def quiet(turn: Turn, rest: str) -> bool:
    """/quiet offers some lengths; /quiet 7 (days), /quiet 10/2 (that day included), /quiet off."""
    today = turn.office.today(turn.now)
    wish = fold(rest).strip(" .")
    if wish in OFF:
        people.be_quiet(turn.session, turn.person_id, None, turn.now, via=turn.via)
        turn.answer(turn.text("quiet.off"))
        return True
    if (passed := passed_instead(rest, today)) is not None:
        # A year without reminders is no slip of the hand.
        turn.answer(turn.text("quiet.passed", past_day=passed, day=read_day(rest, today)))
        return False
    until = _until(turn, wish, rest, today)
    if until is None:
        _offer(turn, misread=bool(wish))
        return False
    assert turn.person is not None
    people.be_quiet(turn.session, turn.person_id, until, turn.now, via=turn.via)
    memory.unsay(turn.session, turn.person_id)
    last = None if wish in ALWAYS else _last_quiet_day(turn, until)
    turn.answer(turn.text("quiet.on", last=last, compiler=_compiler(turn)))
    if (agencies := _left_alone(turn)) and until - turn.now > timedelta(days=1):
        text = turn.text("quiet.to_admin", agencies=agencies, last=last)
        _tell_admins(turn, text, "an agency's only officer asked for quiet")
    return True


def _until(turn: Turn, wish: str, rest: str, today: date) -> datetime | None:
    """The midnight at which reminders begin again."""
    if wish in ALWAYS:
        return _midnight(turn, today + timedelta(days=ALWAYS_DAYS))
    if wish.isdigit() and 1 <= int(wish) <= ALWAYS_DAYS:
        return _midnight(turn, today + timedelta(days=int(wish)))
    day = read_day(rest, today)
    if day is None or not today <= day <= today + timedelta(days=ALWAYS_DAYS):
        return None
    return _midnight(turn, day + timedelta(days=1))


def _midnight(turn: Turn, day: date) -> datetime:
    return datetime.combine(day, time(), turn.office.zone)


def _offer(turn: Turn, *, misread: bool) -> None:
    assert turn.person is not None
    lengths = [
        ("button.quiet_day", "/quiet 1"),
        ("button.quiet_week", "/quiet 7"),
        ("button.quiet_always", "/quiet all"),
    ]
    now_quiet = people.is_quiet(turn.person, turn.now)
    if now_quiet:
        lengths.append(("button.quiet_off", "/quiet off"))
    last = _last_quiet_day(turn, turn.person.quiet_until) if now_quiet else None
    buttons = [[Button(turn.text(label), command)] for label, command in lengths]
    turn.answer(turn.text("quiet.ask", misread=misread, last=last), buttons=buttons)


def _last_quiet_day(turn: Turn, until: datetime | None) -> date | None:
    """People say "to the end of the 10th", not "to 00:00 on the 11th"."""
    return turn.office.today(until) - timedelta(days=1) if until else None


def _left_alone(turn: Turn) -> list[str]:
    """The person's agencies for which nobody is reminded now."""
    covered = {
        membership.agency_id for _, _, membership in people.reachable(turn.session, Role.OFFICER, remind_at=turn.now)
    }
    return [turn.office.agency_name(each) for each in turn.agencies if each not in covered]


def _compiler(turn: Turn) -> str:
    return turn.office.compiler_name


def _tell_admins(turn: Turn, text: str, why: str) -> None:
    turn.tell_admins(notice(Identity("privacy", f"{why}:{turn.update}"), text, why))
