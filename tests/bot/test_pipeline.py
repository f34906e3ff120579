"""Which step takes what was said, and that deciding so changes nothing."""

from dataclasses import replace

import pytest

from bot.door.pipeline import STEPS, hear
from bot.questions.about_answers import Reason
from bot.questions.wishes import Basis
from bot.turn import Turn, identify
from channels.base import ChatKind, Incoming, What
from sandbox.phone import Phone
from sandbox.world import World


def came(world: World, phone: Phone, text: str) -> Incoming:
    """A message as a channel reads it."""
    return Incoming(
        channel="telegram",
        key="900",
        what=What.MESSAGE,
        chat=str(phone.chat),
        chat_kind=ChatKind.PRIVATE,
        chat_title="",
        user=str(phone.user),
        user_name="Lan",
        text=text,
        sent_at=world.now,
        message_id="900",
    )


def taken_by(world: World, incoming: Incoming, *, asked: Reason | Basis | None = None, files: bool = False) -> str:
    """The name of the step that takes it; a look at the database takes no write."""
    store, office, limits = world.service.store, world.service.current(), world.channel.abilities
    if asked is not None:
        with store.unit() as session:
            turn = Turn(session, office, incoming, world.now, limits)
            identify(turn)
            turn.ask(asked)
    with store.look() as session:
        turn = Turn(session, office, incoming, world.now, limits, files=(1,) if files else ())
        identify(turn)
        heard = hear(turn)
        found = [step.__name__ for step in STEPS if step(heard) is not None]
        assert not [*session.new, *session.dirty, *session.deleted]
    return found[0]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("/done 2b", "command"),
        ("xong 2b", "command"),
        ("/nhac 2b", "not_allowed"),
        ("/abc", "unknown_command"),
        ("chào đồng chí", "plain_words"),
    ],
)
def test_what_is_said_in_private(world: World, text: str, step: str) -> None:
    lan = world.officer("Lan", "sondung")
    assert taken_by(world, came(world, lan, text)) == step


def test_a_question_takes_words_before_a_command_does(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    said = came(world, lan, "xong 2b nhưng chưa ký")
    assert taken_by(world, said) == "command"
    # A verb with its code is no answer to a question about something else.
    assert taken_by(world, said, asked=Reason(obligation=1)) == "command"
    reason = came(world, lan, "xong sao được khi chưa có kinh phí")
    assert taken_by(world, reason, asked=Reason(obligation=1)) == "expected_words"
    assert taken_by(world, came(world, lan, "/viec")) == "command"
    assert taken_by(world, said, files=True) == "command"
    assert taken_by(world, reason, asked=Basis(verb="end"), files=True) == "expected_words"


def test_a_picture_of_an_album_waits_and_a_group_may_speak_to_another_bot(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    picture = replace(came(world, lan, ""), album="1:7")
    assert taken_by(world, picture, files=True) == "album_picture"
    group = world.group(world.admin("Hoa"), lan)
    for text, step in (("/abc", "command_of_others"), ("/viec", "not_allowed"), ("/done 2b", "command")):
        said = replace(came(world, lan, text), chat=str(group.chat), chat_kind=ChatKind.GROUP)
        assert taken_by(world, said) == step
