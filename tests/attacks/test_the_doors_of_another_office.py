"""What opens something of one office, tried at every door of another: there it is as unknown as a stranger's guess.

The routes are those that the applications have: a new page is tried as soon as it is there.
"""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from sqlmodel import func, select
from starlette.applications import Starlette
from starlette.routing import Route

from app import board_web, office_settings, offices, wiring
from app.board import Board
from app.clock import machine_now
from app.installation_settings import Installation
from app.rooms import Door, House
from app.rooms_web import Doors, outside
from desk import forms
from plan.people import Role
from progress.answering import token_of
from store import answer_links, desk_sessions, file_links, submissions
from store.answer_tables import Evidence
from store.desk_sessions import Computer as From
from store.desk_tables import Stage
from store.file_links import Left
from store.people_tables import Address, Membership, Person
from store.tables import AuditEntry, Delivery, Inbox, Obligation, ObligationEvent
from store.types import DeliveryKind, DeliveryState, EvidenceState

SCREENS, ANSWERS, KEY = "https://nhacviec.example.vn", "https://tra-loi.example.vn", "ab" * 32
A, B = "sondung", "sonlap"
SECRETS = {A: "a" * 40, B: "b" * 40}
MADE_UP = "A" * 22
TELLS = "X-Telegram-Bot-Api-Secret-Token"

PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
# What a page draws anew each time it is shown.
DRAWN = re.compile(r'name="(csrf|nonce)" value="[^"]*"')


@dataclass
class Keys:
    """What opens something of an office."""

    session: str
    answer: str
    file: str


@dataclass
class Province:
    """An installation with two offices, whose rows bear the same numbers."""

    house: House
    board: Board
    doors: dict[str, Doors]
    keys: dict[str, Keys]

    async def asks(self, url: str, method: str = "GET", **how: Any) -> httpx.Response:
        """One request of a browser that keeps nothing."""
        site = SCREENS if url.startswith(SCREENS) else ANSWERS
        transport = httpx.ASGITransport(self.doors[site], client=("203.0.113.9", 1), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=site) as client:
            return await client.request(method, url, **how)

    def routes(self, door: Door) -> Iterator[tuple[str, str]]:
        """Every (method, path) of an office's application, with numbers and names that are there in its place."""
        app = self.house.room(B).doors[door]
        # What takes webhooks stands before the pages, and holds them.
        held = [each.cell_contents for each in getattr(app, "__closure__", None) or ()]
        pages = next(each for each in (app, *held) if isinstance(each, Starlette))
        named = {"agency": "sondung", "act": "confirm", "token": self.keys[A].answer}
        for route in pages.routes:
            if isinstance(route, Route):
                path = PARAMETER.sub(lambda match: named.get(match[1], "1"), route.path)
                yield from ((method, path) for method in sorted(route.methods or ()) if method != "HEAD")


def filled(house: House, name: str) -> Keys:
    """Puts into an office an admin who is signed in, a file of theirs, and links that were sent to them."""
    room, now = house.room(name), machine_now()
    store = room.service.store
    with store.unit() as session:
        session.add(Person(id=1, name=f"Bí mật {name}", created_at=now))
        session.flush()
        compiler = room.service.office.compiler
        session.add(Address(person_id=1, channel="telegram", user="5", chat="5", linked_at=now))
        session.add(Membership(person_id=1, agency_id=compiler, role=Role.ADMIN, since=now))
        work = session.exec(select(Obligation).where(Obligation.id == 1)).one()
        session.add(Membership(person_id=1, agency_id=work.agency_id, role=Role.OFFICER, since=now))
        row = Delivery(
            kind=DeliveryKind.ANSWER, priority=0, channel="telegram", chat="5", person_id=1, why="test",
            state=DeliveryState.SENT, not_before=now, created_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        file = Evidence(
            id=1, source="1", person_id=1, channel="telegram", file_id="f", unique_id="f", kind="document",
            name=f"{name}.pdf", mime="application/pdf", content="application/pdf", sent_at=now, not_before=now,
            state=EvidenceState.STORED, sha256=submissions.keep_blob(session, name.encode()), obligation_id=1,
        )  # fmt: skip
        submissions.keep_file(session, file)
        made = token_of(room.service.office)
        link = answer_links.keep(session, row, 1, made, now)
        left = file_links.keep(session, row, Left(f"{name}.pdf", "application/pdf", name.encode()), made, now)
        at = From("", "", "203.0.113.9")
        return Keys(desk_sessions.begin(session, 1, Stage.IN, at, now, second_at=now), link, left)


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Province]:
    """Two offices with the same plan, each in its folder."""
    root = tmp_path_factory.mktemp("offices")
    for name, secret in SECRETS.items():
        place = offices.add(
            root,
            name,
            f"TELEGRAM_BOT_TOKEN=1234567:{secret[:30]}-of-{name}\nWEBHOOK_SECRET={secret}\n"
            f"WEBHOOK_URL={ANSWERS}/o/{name}/goi\n",
        )
        (place.folder / "var").mkdir()
        copyfile(migrated, place.folder / "var" / "nhacviec.db")
    to = Installation(
        pages_url=SCREENS, answers_url=ANSWERS, board_key=SecretStr(KEY), pages_listen="127.0.0.1:8090",
        answers_listen="127.0.0.1:8091",
    )  # fmt: skip
    house = House(root, to)
    house.look()
    for name in SECRETS:
        wiring.sync(house.room(name).service)
    text, board = office_settings.sentences(), Board(house)
    doors = {
        SCREENS: Doors(house, Door.SCREEN, board_web.make(board, to, text, machine_now), text),
        ANSWERS: Doors(house, Door.PUBLIC, outside(text), text),
    }
    yield Province(house, board, doors, {name: filled(house, name) for name in SECRETS})
    house.close()


def cookie(token: str) -> dict[str, str]:
    """What a browser sends of a session."""
    return {"Cookie": f"__Secure-desk={token}"}


def seen(response: httpx.Response) -> tuple[int, str, str]:
    """What somebody learns of an answer."""
    return response.status_code, response.headers.get("location", ""), DRAWN.sub("", response.text)


def counts(province: Province, name: str) -> list[int]:
    """How much is recorded in an office."""
    with province.house.room(name).service.store.look() as session:
        return [
            session.exec(select(func.count()).select_from(each)).one() for each in (AuditEntry, ObligationEvent, Inbox)
        ]


def test_a_session_of_one_office_opens_no_page_of_another(province: Province) -> None:
    async def run() -> None:
        tried = 0
        for method, path in province.routes(Door.SCREEN):
            if method == "GET":
                at, tried = f"{SCREENS}/o/{B}{path}", tried + 1
                foreign = await province.asks(at, headers=cookie(province.keys[A].session))
                assert seen(foreign) == seen(await province.asks(at)), path
        assert tried > 40
        # At home the same sessions do open pages, each those of its own office.
        for name, other in ((A, B), (B, A)):
            for path in ("/", "/nhiem-vu", "/can-bo", "/tai-khoan"):
                page = await province.asks(f"{SCREENS}/o/{name}{path}", headers=cookie(province.keys[name].session))
                assert f"Bí mật {name}" in page.text, path
                assert f"Bí mật {other}" not in page.text, path
                assert f'href="/o/{name}/nhiem-vu"' in page.text
        file = f"/o/{B}/nhiem-vu/1/tep/1"
        assert (await province.asks(f"{SCREENS}{file}", headers=cookie(province.keys[B].session))).content == B.encode()

    asyncio.run(run())


def test_no_form_of_one_office_does_anything_in_another(province: Province) -> None:
    keys, before = province.keys, counts(province, B)

    async def run() -> None:
        page = await province.asks(f"{SCREENS}/o/{A}/tai-khoan", headers=cookie(keys[A].session))
        token = re.search(r'name="csrf" value="([0-9a-f]{64})"', page.text)
        assert token is not None
        sent = {"csrf": token[1], "nonce": forms.new_nonce(), "back": "/", "number": "1", "submission": "1"}
        for method, path in province.routes(Door.SCREEN):
            if method != "POST":
                continue
            at = f"{SCREENS}/o/{B}{path}"
            # In A's session A's form is what one is that somebody made up with its session; in B's it is refused.
            foreign = await province.asks(at, "POST", data=sent, headers=cookie(keys[A].session))
            unknown = sent | {"csrf": forms.csrf_of(MADE_UP)}
            assert seen(foreign) == seen(await province.asks(at, "POST", data=unknown, headers=cookie(MADE_UP))), path
            mixed = await province.asks(at, "POST", data=sent, headers=cookie(keys[B].session))
            assert mixed.status_code >= 400, path

    asyncio.run(run())
    assert counts(province, B) == before


def test_no_link_and_no_secret_of_one_office_opens_anything_in_another(province: Province) -> None:
    keys, before = province.keys, counts(province, B)
    made_up = "a" * 26
    update = {"update_id": 7, "message": {"message_id": 1}}

    async def run() -> None:
        for method, path in province.routes(Door.PUBLIC):
            for token in (keys[A].answer, keys[A].file):
                foreign = await province.asks(f"{ANSWERS}/o/{B}{path.replace(keys[A].answer, token)}", method)
                unknown = await province.asks(f"{ANSWERS}/o/{B}{path.replace(keys[A].answer, made_up)}", method)
                assert seen(foreign) == seen(unknown), path
                assert foreign.status_code == 404
        opened = await province.asks(f"{ANSWERS}/o/{A}/b/{keys[A].answer}")
        assert opened.status_code == 200
        assert f"/o/{A}/b/{keys[A].answer}" in opened.text
        assert (await province.asks(f"{ANSWERS}/o/{A}/t/{keys[A].file}/tep")).content == A.encode()
        for secret, status in ((SECRETS[A], 403), ("", 403), (SECRETS[B], 200)):
            hook = f"{ANSWERS}/o/{B}/goi"
            assert (await province.asks(hook, "POST", json=update, headers={TELLS: secret})).status_code == status
            assert counts(province, B)[2] == before[2] + (status == 200)

    asyncio.run(run())
    assert counts(province, B)[:2] == before[:2]


def test_no_door_leads_to_an_office_under_the_name_of_another(province: Province) -> None:
    async def run() -> None:
        for path in (
            f"/o/{A}/../{B}/nhiem-vu",
            f"/o/{A}/o/{B}/nhiem-vu",
            f"/o/{A}%2f..%2f{B}/nhiem-vu",
            f"/o/{B.upper()}/",
        ):
            response = await province.asks(f"{SCREENS}{path}", headers=cookie(province.keys[A].session))
            assert f"Bí mật {B}" not in response.text
            assert response.status_code in (303, 404), path
        # What is no office's: the board takes no office's session, and an office not the board's.
        assert 'name="key"' in (await province.asks(SCREENS, headers=cookie(province.keys[A].session))).text
        signed = await province.asks(f"{SCREENS}/vao", "POST", data={"key": KEY})
        token = signed.headers["set-cookie"].partition(";")[0]
        assert signed.status_code == 303
        at_b = await province.asks(f"{SCREENS}/o/{B}/nhiem-vu", headers={"Cookie": token})
        assert at_b.headers["location"].startswith(f"/o/{B}/vao")
        await province.board.look()
        board = await province.asks(SCREENS, headers={"Cookie": token})
        assert board.status_code == 200
        # Sums only: of each office one row, of persons and tasks nothing.
        assert B in board.text
        assert "Bí mật" not in board.text
        assert "278" in board.text
        # What a monitor asks names offices to who brings the key, and to nobody else.
        told, bearer = await province.asks(f"{SCREENS}/healthz"), {"Authorization": f"Bearer {KEY}"}
        assert (told.status_code, told.json()) == (503, {"healthy": False})
        named = await province.asks(f"{SCREENS}/healthz", headers=bearer)
        assert named.json()["offices"] == {A: ["silent"], B: ["silent"]}
        for headers in ({}, {"Authorization": "Bearer " + "0" * 64}, {"Cookie": token}):
            assert (await province.asks(f"{SCREENS}/metrics", headers=headers)).status_code == 404
        figures = (await province.asks(f"{SCREENS}/metrics", headers=bearer)).text
        for name in SECRETS:
            assert f'nhacviec_obligations{{office="{name}",state="open"}} ' in figures
        assert figures.count("# TYPE nhacviec_obligations ") == 1

    asyncio.run(run())


def test_what_opens_the_board_ends_and_is_for_one_use() -> None:
    lock, now = board_web.Locked(Installation(board_key=SecretStr(KEY))), machine_now()
    link = lock.token(board_web.BY_LINK, now + board_web.LINK)
    assert lock.opens(board_web.BY_LINK, link, now)
    assert not lock.opens(board_web.COOKIE, link, now)
    assert not lock.opens(board_web.BY_LINK, link, now + board_web.LINK)
    later = str(int(link.partition(".")[0]) + 999) + "." + link.partition(".")[2]
    assert not lock.opens(board_web.BY_LINK, later, now)
    for token in ("", ".", "1.", "²." + "0" * 64, "9" * 11 + ".x"):
        assert not lock.opens(board_web.BY_LINK, token, now)
    none = board_web.Locked(Installation(board_key=None))
    assert not none.is_key("")
    assert not none.opens(board_web.BY_LINK, none.token(board_web.BY_LINK, now + board_web.LINK), now)
