"""A document that an admin sends without a word while a plan serves: it may be the new plan, and that is asked."""

from bot.turn import Turn
from channels.base import ChatKind, What
from plan.people import Role
from store import loose, plan_imports, removed_files
from store.import_tables import PlanImport
from words.message import Button
from words.names import clean
from words.render import clip

FILE = "tailieu"
KINDS = (".docx", ".doc", ".odt", ".xlsx", ".csv", ".pdf", ".txt")
NAME = 120


def may_be_plan(turn: Turn) -> bool:
    """Whether what came is one document of a kind that plans are sent in, from an admin, with no word about it."""
    incoming = turn.incoming
    if Role.ADMIN not in turn.roles or incoming.chat_kind is not ChatKind.PRIVATE or incoming.what is not What.MESSAGE:
        return False
    alone = (
        not incoming.text.strip() and incoming.reply_to is None and incoming.album is None and not incoming.forwarded
    )
    files = incoming.files
    return alone and len(files) == 1 and files[0].kind == "document" and files[0].name.lower().endswith(KINDS)


def ask(turn: Turn) -> None:
    """Asks what it is; it is kept as a file of nothing yet, and a code makes it evidence as ever."""
    if not turn.files:
        return
    name = clip(clean(turn.incoming.files[0].name), NAME)
    button = Button(turn.text("plan_import.button_is_plan"), f"/plan {FILE} {turn.files[0]}")
    turn.answer(turn.text("plan_import.is_plan", name=name), buttons=[[button]])


def take(turn: Turn, number: str) -> bool:
    """It is a plan: it is read as one, and is no evidence any more. True: what the button offered is over."""
    found = loose.by_ids(turn.session, turn.person_id, [int(number)]) if number.isdecimal() else []
    if not found or not found[0].file_id:
        turn.hint(turn.text("plan_import.over"))
        return True
    if before := plan_imports.open_ones(turn.session):
        turn.answer(turn.text("plan_import.one_at_a_time", name=before[0].name))
        return False
    file = found[0]
    name = clip(clean(file.name), NAME)
    row = PlanImport(
        source=file.source, name=name, made_at=turn.now, made_by=turn.person_id, via=turn.via,
        state=plan_imports.WAITING, channel=file.channel, file_id=file.file_id, not_before=turn.now,
    )  # fmt: skip
    plan_imports.expect(turn.session, row)
    why = turn.text("plan_import.was_plan")
    removed_files.remove(turn.session, file, turn.person_id, why, turn.now, via=turn.via)
    turn.answer(turn.text("plan_import.taken", name=name))
    return True
