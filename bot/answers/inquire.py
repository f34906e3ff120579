"""A question in plain words, under a photo, after /done 2b, and /ask 2b nộp cho ai?: offered to the compiling agency,
and sent at a yes alone, with its photos and files."""

import re
from collections.abc import Sequence

from bot import reference
from bot.answers import heard
from bot.carry_out import carry_out
from bot.questions.about_answers import Forwarding
from bot.turn import Turn
from bot.which import owed
from bot.which.replied import replied_to
from channels.base import ChatKind, What
from plan.people import Role
from progress import placing
from progress.about_files import about
from progress.acts.values import Inquire
from progress.items import code_of, task_of
from progress.submit import loose_files
from store import obligations, submissions
from words.message import Button
from words.reading import Answer, Said

AGREED = re.compile(r"co ([0-9a-f]{6})")


def ask(turn: Turn, rest: str) -> bool:
    """/ask and a question offers it; the button under that, "/ask co 3fa2b1", sends it."""
    if turn.incoming.what is What.PRESS and (match := AGREED.fullmatch(rest.strip())) is not None:
        question = turn.question(Forwarding)
        if question is None or question.token != match[1]:
            turn.hint(turn.text("inquiry.over"))
            return True
        return send(turn, question)
    if rest.strip():
        offer(turn, rest.strip(), heard.answers(turn))
    else:
        turn.answer(turn.text("inquiry.how"))
    return False


def is_one(turn: Turn, found: Sequence[Answer]) -> bool:
    """Whether a message asks and says nothing else, and is somebody's whose question admins may answer."""
    says = {each.reading.says for each in found}
    asks = Said.ASKS in says and says <= {Said.ASKS, Said.BARE}
    return asks and bool(turn.agencies) and Role.ADMIN not in turn.roles


def offer(turn: Turn, words: str, found: Sequence[Answer]) -> None:
    """Shows the question with who would get it, and keeps it until the yes."""
    codes = [reference.labelled(each.code, each.milestone) for each in found if each.code]
    if not codes and turn.incoming.reply_to:
        codes = sorted({code_of(turn.office, row) for row in replied_to(turn)})
    # A reply to a digest of many tasks is about one of them, and nobody knows which.
    code = ", ".join(dict.fromkeys(codes)) if len(codes) == 1 or any(each.code for each in found) else ""
    said = owed.said_now(turn, words)
    question = Forwarding.of(said, code=code, agency=_agency(turn, code))
    turn.ask(question)
    files = loose_files(turn.session, said)
    cut = placing.is_cut_album(files, said.album, in_group=turn.incoming.chat_kind is ChatKind.GROUP)
    compiler, until = turn.office.compiler_name, turn.now + question.stands
    text = turn.text("inquiry.offer", words=words, code=code, compiler=compiler, until=until, files=bool(files))
    yes = Button(
        turn.text("inquiry.send", compiler=compiler), f"/ask co {question.token}", turn.text("inquiry.send_typed")
    )
    no = Button(turn.text("inquiry.leave"), "/leave", turn.text("leave.button_typed"))
    turn.answer(text, about(turn.session, turn.office, files, cut=cut), buttons=[[yes], [no]])


def _agency(turn: Turn, code: str) -> str:
    """Of several agencies for which somebody answers the one that owes the task."""
    owing = {row.agency_id for row in obligations.of_task(turn.session, task_of(turn.office, code))}
    return next((each for each in turn.agencies if each in owing), turn.agencies[0])


def send(turn: Turn, question: Forwarding) -> bool:
    """Sends what was shown."""
    turn.settle_question()
    said = question.said(turn.person_id)
    return carry_out(turn, Inquire(said, question.agency, question.code)).is_over


def is_of(turn: Turn, question: Forwarding) -> bool:
    """Whether what came is of the album under which a question was asked."""
    of_album = submissions.loose_of_album(turn.session, question.album) if question.album else ()
    return bool(turn.files) and set(turn.files) <= {each.id for each in of_album}


def send_or_hold(turn: Turn, question: Forwarding) -> None:
    """A yes sends what was shown; a further picture of its album waits for the yes with the others."""
    if turn.files:
        turn.ask(question.with_files(turn.files, turn.album))
    else:
        send(turn, question)
