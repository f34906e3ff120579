"""People at the screen's door: the way in as each of them goes it, through the chat and the pages."""

import re

from sandbox.phone import Phone, text_of
from sandbox.world import World
from store import desk_sessions, people
from store.desk_sessions import Computer as From
from store.desk_tables import Stage
from tests.desk.computer import PASSPHRASE, Computer

CODE = re.compile(r"\b[0-9]{6}\b")
NAME = re.compile(r"\bP[0-9]+\b")


def asks_for_code(phone: Phone) -> tuple[str, str]:
    """/theodoi on the phone: the login name and the code."""
    phone.forgets().says("/theodoi")
    text = text_of(phone.unread[-1])
    name, code = NAME.search(text), CODE.search(text)
    assert name is not None, text
    assert code is not None, text
    return name[0], code[0]


def sets_passphrase(world: World, phone: Phone, second: Phone, computer: Computer | None = None) -> str:
    """The first visit: a passphrase is set and confirmed by another admin; gives the login name."""
    computer = computer or Computer(world)
    name, code = asks_for_code(phone)
    second.forgets()
    computer.opens("/vao/lan-dau").sends("/vao/lan-dau", name=name, code=code, passphrase=PASSPHRASE, again=PASSPHRASE)
    world.settle()
    second.expects("Xác nhận mật khẩu trang theo dõi").taps("Xác nhận")
    return name


def signs_in(world: World, phone: Phone, name: str, computer: Computer | None = None) -> Computer:
    """Signs in with the passphrase and the code that comes to the phone."""
    computer = computer or Computer(world)
    phone.forgets()
    computer.opens("/vao").sends("/vao", name=name, passphrase=PASSPHRASE)
    world.settle()
    found = CODE.search(text_of(phone.unread[-1]))
    assert found is not None, computer.text
    return computer.sends("/vao/ma", code=found[0])


def seated(world: World, name: str) -> Computer:
    """Somebody's computer, signed in: how they came in is told in test_door."""
    phone = world.phone(name)
    computer = Computer(world)
    with world.service.store.unit() as session:
        found = people.by_user(session, world.channel.name, str(phone.user))
        assert found is not None, f"{name} is linked to nothing"
        at = From("", "", "10.0.0.7")
        token = desk_sessions.begin(session, found[0].id or 0, Stage.IN, at, world.now, second_at=world.now)
    computer.cookies.set("desk", token)
    return computer
