"""Cards about people and what they sent: who is to be let in, questions, files of no task, who is not reached."""

from desk.desk import Asked
from desk.queue.card import CONFIRMS, RETURNS, Card, Form, files_line
from progress.waiting import Waiting
from store import desk_keys, inquiries, nominations, people, stray_letters
from store.answer_tables import Evidence
from store.desk_tables import DeskKey
from store.letter_tables import StrayLetter
from store.people_tables import Absence, Nomination
from store.report_tables import Inquiry
from store.tables import Delivery
from words.file_names import called
from words.render import clip

# Of a stranger's words so much stands on a card.
QUOTED = 300


def card(asked: Asked, waits: Waiting) -> Card:
    """The card of something about a person."""
    match waits.thing:
        case Inquiry() as found:
            made = _inquiry(asked, waits, found)
        case Nomination() as found:
            made = _nomination(asked, waits, found)
        case Absence() as found:
            made = _stand_in(asked, waits, found)
        case DeskKey() as found:
            made = _key(asked, waits, found)
        case Evidence() as found:
            made = _file(asked, waits, found)
        case StrayLetter() as found:
            made = _letter(asked, waits, found)
        case Delivery() as found:
            made = _unreached(asked, waits, found)
        case _:
            raise TypeError(f"no card for {waits.name}")
    return made


def _inquiry(asked: Asked, waits: Waiting, found: Inquiry) -> Card:
    short = asked.office.agency_short(found.agency_id)
    said = asked.t("desk.queue_inquiry", person=_who(asked, found.person_id), at=found.at, last=found.due)
    heading = f"{found.code} – {short}" if found.code else short
    about, label = (("inquiry", str(found.id)),), asked.t("desk.words")
    form = Form("answer-question", asked.t("reply.answer_button"), about, label, wanted=True, key=RETURNS)
    line = files_line(asked, inquiries.files_of(asked.session, found))
    return Card(waits.name, waits.kind, heading, "", "", said, found.words, line, _if_admin(asked, form))


def _nomination(asked: Asked, waits: Waiting, found: Nomination) -> Card:
    heading = _who(asked, found.person_id)
    agency, by = asked.office.agency_short(found.agency_id), _who(asked, found.named_by or 0)
    said = asked.t("desk.queue_admin", agency=agency, at=found.at, by=by if found.named_by else "")
    me = asked.viewer.person_id
    forms = _two(asked, "appoint", "person", found.person_id, may=nominations.may_decide(found, me))
    return Card(waits.name, waits.kind, heading, "", "", said, forms=forms)


def _stand_in(asked: Asked, waits: Waiting, found: Absence) -> Card:
    heading = _who(asked, found.wanted_id or 0)
    said = asked.t("desk.queue_stand_in", name=_who(asked, found.person_id), first=found.first, last=found.last)
    return Card(
        waits.name, waits.kind, heading, "", "", said, forms=_two(asked, "stand-in", "absence", found.id or 0, may=True)
    )


def _key(asked: Asked, waits: Waiting, found: DeskKey) -> Card:
    said = asked.t("desk.queue_key", at=found.made_at)
    may = desk_keys.may_confirm(found, asked.viewer.person_id)
    forms = _two(asked, "key", "key", found.id or 0, may=may)
    return Card(waits.name, waits.kind, _who(asked, found.person_id), "", "", said, forms=forms)


def _file(asked: Asked, waits: Waiting, found: Evidence) -> Card:
    about = (("file", str(found.id)),)
    out = Form("take-out", asked.t("desk.queue_take_out"), about, asked.t("desk.reason"), wanted=True, key=RETURNS)
    said = asked.t("desk.queue_file", at=found.sent_at)
    heading = f"{_who(asked, found.person_id)}: {called(asked.office, found.name, found.kind)}"
    forms = _if_admin(asked, out)
    return Card(waits.name, waits.kind, heading, "", "", said, found.caption, forms=forms)


def letter_words(asked: Asked, found: StrayLetter, *, opens: bool = False) -> str:
    """When a letter came that is nobody's, and to whom the address belongs that it bears."""
    known = people.by_user(asked.session, stray_letters.channel_of(found), found.sender)
    person = _who(asked, known[0].id or 0) if known is not None else ""
    return asked.t("desk.queue_letter", is_ours=found.is_ours, at=found.at, person=person, opens=opens)


def _letter(asked: Asked, waits: Waiting, found: StrayLetter) -> Card:
    """What can be recorded of it is said on its own page, to which the card leads."""
    # No key of its own: what is read in haste is not thrown away by a letter of the keyboard.
    seen = Form("settle-letter", asked.t("desk.letter_settle"), (("letter", str(found.id)),))
    heading = found.name if found.name == found.sender else f"{found.name} ({found.sender})"
    return Card(
        name=waits.name,
        kind=waits.kind,
        heading=heading,
        title=found.subject,
        link=f"/cho-xu-ly/thu/{found.id}",
        said=letter_words(asked, found, opens=True),
        quote=clip(found.words, QUOTED),
        files=asked.t("desk.letter_files", count=found.files) if found.files else "",
        forms=_if_admin(asked, seen),
        many=seen.act,
        number=found.id or 0,
    )


def _unreached(asked: Asked, waits: Waiting, found: Delivery) -> Card:
    said = asked.t("desk.queue_unreached", at=found.created_at)
    return Card(waits.name, waits.kind, _who(asked, found.person_id or 0), "", "", said)


def _two(asked: Asked, act: str, name: str, number: int, *, may: bool) -> tuple[Form, ...]:
    """Yes and no; who may not say yes is offered the no alone."""
    about = ((name, str(number)),)
    yes = Form(f"{act}-yes", asked.t("button.confirm"), about, key=CONFIRMS)
    no = Form(f"{act}-no", asked.t("desk.queue_no"), about)
    return _if_admin(asked, *([yes] if may else []), no)


def _if_admin(asked: Asked, *forms: Form) -> tuple[Form, ...]:
    return forms if asked.viewer.is_admin else ()


def _who(asked: Asked, person: int) -> str:
    return people.named(asked.session, asked.office.agency_short, person)
