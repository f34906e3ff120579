"""What somebody tries at the page to answer on who should not: one test an attack, each with what comes of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from answer import acting, uploads
from answer.filled import Filled
from answer.guard import headers
from answer.page import STYLE_HASH
from answer.place import Place
from app import answer_web
from progress.answering import opened
from sandbox.world import World
from tests.answer.people import linked_and_given, reader, with_a_page
from tests.answer.reader import SITE, Reader, links_in
from tests.channels.on_zalo import OnZalo
from tests.conftest import MakeWorld
from tests.journeys.test_zalo import kept

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(1)</script>'


@pytest.fixture
def zalo(make_world: MakeWorld) -> OnZalo:
    """The world with the page."""
    return with_a_page(make_world)


def recorded(world: World) -> list[tuple[object, ...]]:
    """What was ever said by a link."""
    return kept(world, "SELECT kind, note FROM obligation_event WHERE via = 'link:form' ORDER BY id")


def place_of(world: World) -> Place:
    """What the page is made of."""
    service = world.service
    return Place(service.store, service.live.of, service.clock, answer_web.spool_of(service.settings))


def test_looking_uses_nothing_up_and_leaves_no_trace(zalo: OnZalo) -> None:
    _, path = linked_and_given(zalo)
    before = [kept(zalo.world, f"SELECT * FROM {table}") for table in ("answer_link", "audit", "setting", "inbox")]
    browser = Reader(zalo.world, **{"User-Agent": "facebookexternalhit/1.1 Zalo-Preview"})
    for method in ("GET", "HEAD", "GET"):
        assert browser.opens(path, method).status == 200
    assert before == [
        kept(zalo.world, f"SELECT * FROM {table}") for table in ("answer_link", "audit", "setting", "inbox")
    ]
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
        assert browser.opens(path, method).status == 405
    browser.sends(path, answer="done").shows("Đã ghi nhận")


def test_every_answer_says_that_nothing_of_others_runs_and_keeps_no_cookie(zalo: OnZalo) -> None:
    _, path = linked_and_given(zalo)
    browser = reader(zalo)
    for asked in (path, "/b/" + "a" * 26, "/t/" + "a" * 26, "/", "/b/x"):
        browser.opens(asked)
        for name, value in headers(STYLE_HASH).items():
            assert browser.headers[name] == value, f"{name} of {asked}"
        assert "set-cookie" not in browser.headers
        assert browser.headers["strict-transport-security"]
    policy = headers(STYLE_HASH)["Content-Security-Policy"]
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert headers(STYLE_HASH)["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("host", "status"),
    [("bao.example.vn", 200), ("127.0.0.1:8091", 200), ("evil.example", 403), ("bao.example.vn.evil.example", 403)],
)
def test_a_name_that_leads_here_is_no_name_of_ours(zalo: OnZalo, host: str, status: int) -> None:
    _, path = linked_and_given(zalo)
    assert reader(zalo).opens(path, Host=host).status == status


def test_a_form_of_another_site_does_nothing(zalo: OnZalo) -> None:
    _, path = linked_and_given(zalo)
    browser = reader(zalo)
    for origin in ("https://evil.example", "https://bao.example.vn.evil.example", "http://127.0.0.1:8091"):
        assert browser.sends(path, answer="done", headers={"Origin": origin}).status == 403
    assert recorded(zalo.world) == []
    # What a browser says of a page that names no referrer.
    browser.sends(path, answer="done", headers={"Origin": "null"}).shows("Đã ghi nhận")


def test_who_guesses_is_slowed_and_finds_nothing(zalo: OnZalo) -> None:
    _, path = linked_and_given(zalo)
    thief = Reader(zalo.world, "198.51.100.7")
    for wrong in (
        "a" * 26,
        path.rpartition("/")[2].upper(),
        path.rpartition("/")[2][:-1],
        "../b",
        "%00",
        "' OR 1=1 --",
    ):
        assert thief.opens(f"/b/{wrong}").status == 404
    statuses = [thief.opens(f"/{'b' if number % 2 else 't'}/{'b' * 26}").status for number in range(40)]
    assert statuses[-1] == 429
    assert reader(zalo).opens(path).status == 200


def test_a_link_sends_no_more_forms_than_a_person_would(zalo: OnZalo) -> None:
    _, path = linked_and_given(zalo)
    browser = reader(zalo)
    statuses = [browser.sends(path, answer="blocked").status for _ in range(22)]
    assert statuses[0] == 422
    assert statuses[-1] == 429
    zalo.world.later(minutes=11)
    browser.sends(path, answer="done").shows("Đã ghi nhận")


def test_what_was_written_is_text_wherever_it_is_shown(zalo: OnZalo) -> None:
    lan, path = linked_and_given(zalo)
    browser = reader(zalo)
    # A mark of ours for an address, too, as if the message had been written by us.
    mark = "\ue003answer:1\ue001x\ue004"
    browser.sends(path, [(f"{HOSTILE}.pdf", b"%PDF-1.4")], answer="blocked", number=HOSTILE + mark)
    assert browser.status == 422
    assert "<script" not in browser.page
    assert "<img" not in browser.page
    browser.sends(path, answer="done", note=HOSTILE + mark, kept=browser.kept)
    assert "<script" not in browser.page
    assert links_in(lan.last) == []
    assert "onerror" in lan.last


def test_two_forms_at_once_are_recorded_once(zalo: OnZalo) -> None:
    lan, path = linked_and_given(zalo)
    place, now = place_of(zalo.world), zalo.world.now
    with place.store.look() as session:
        found = opened(session, place.office_of(session), path.rpartition("/")[2], now)
    assert found is not None
    forms = [Filled(answer="done", note="một"), Filled(answer="blocked", note="hai")]
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(lambda form: acting.carry_out(place, found, form, now), forms))
    assert sorted(each.recorded for each in done) == [False, True]
    assert len(recorded(zalo.world)) == 1
    zalo.world.settle()
    assert len(lan.unread) == 1


def test_files_of_others_are_not_taken_along(zalo: OnZalo) -> None:
    mai = zalo.linked("Mai", "sonlong")
    mai.sends_photo()
    lan, path = linked_and_given(zalo)
    (theirs,) = kept(zalo.world, "SELECT id FROM evidence")[0]
    reader(zalo).sends(path, answer="done", kept=[str(theirs), "999999999999", "-1", "x"]).shows("Đã ghi nhận")
    assert kept(zalo.world, "SELECT submission_id FROM evidence") == [(None,)]
    assert "ảnh" not in lan.last.partition("Đã ghi nhận")[2].partition("Báo qua")[0]


def test_only_what_was_offered_is_done(zalo: OnZalo) -> None:
    _, path = linked_and_given(zalo)
    browser = reader(zalo)
    for answer in ("nothing", "confirm", "withdraw", "", "done; drop table"):
        browser.sends(path, answer=answer, note="vì thế", obligation="1", person="2").shows("Đề nghị chọn", status=422)
    assert recorded(zalo.world) == []


def test_a_program_is_kept_as_in_the_chat_and_named(zalo: OnZalo) -> None:
    lan, path = linked_and_given(zalo)
    reader(zalo).sends(path, [("anh.jpg", b"MZ\0\0" + b"\0" * 200)], answer="done").shows("anh.jpg")
    assert kept(zalo.world, "SELECT state, kind FROM evidence") == [("stored", "document")]
    lan.expects("Đã ghi nhận").expects("anh.jpg").is_silent()


def test_what_one_person_may_send_in_a_day_holds_here_too(make_world: MakeWorld) -> None:
    zalo = with_a_page(make_world, evidence_files_per_day=2)
    _, path = linked_and_given(zalo)
    files = [(f"{number}.pdf", b"%PDF-1.4" + bytes([number])) for number in range(4)]
    reader(zalo).sends(path, files, answer="done").shows("Đã ghi nhận", "2 tệp")
    states = kept(zalo.world, "SELECT state FROM evidence ORDER BY id")
    assert states == [("stored",), ("stored",), ("refused",), ("refused",)]


def test_without_room_nothing_is_read_and_nothing_is_used_up(make_world: MakeWorld) -> None:
    zalo = with_a_page(make_world, disk_free_mb=10**9)
    _, path = linked_and_given(zalo)
    reader(zalo).sends(path, [("a.pdf", b"%PDF-1.4")], answer="done").shows("hết chỗ", status=507)
    assert kept(zalo.world, "SELECT count(used_at) FROM answer_link") == [(0,)]


def test_where_the_database_has_its_size_words_are_taken_and_files_wait_with_who_has_them(zalo: OnZalo) -> None:
    _, path = linked_and_given(zalo)
    service = zalo.world.service
    zalo.world.service = replace(service, office=replace(service.office, most_bytes=1))
    browser = reader(zalo)
    browser.sends(path, [("a.pdf", b"%PDF-1.4")], answer="done", note="đã trình").shows("a.pdf", "đã trình", status=422)
    assert recorded(zalo.world) == []
    browser.sends(path, answer="done", note="đã trình").shows("Đã ghi nhận")
    assert kept(zalo.world, "SELECT state FROM evidence") == []


def test_what_says_that_it_is_huge_is_refused_before_it_comes(zalo: OnZalo) -> None:
    _, path = linked_and_given(zalo)
    browser = reader(zalo)
    browser.sends(path, answer="done", headers={"Content-Length": str(10**12)}).shows("quá lớn", status=413)
    assert browser.opens(path).status == 200


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b"nonsense"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 200 + b"--x--",
        ),
        ("application/json", b'{"answer": "done"}'),
        ("text/plain", b"answer=done"),
        ("application/x-www-form-urlencoded", b"answer=done&note=%ff%fe"),
    ],
)
def test_what_is_no_form_of_ours_is_refused_in_words(zalo: OnZalo, kind: str, body: bytes) -> None:
    _, path = linked_and_given(zalo)
    app = httpx.ASGITransport(answer_web.make(zalo.world.service))

    async def sent() -> httpx.Response:
        async with httpx.AsyncClient(transport=app, base_url=SITE) as browser:
            return await browser.post(path, content=body, headers={"Content-Type": kind})

    found = zalo.world.run(sent())
    assert found.status_code == 400, found.text
    assert "Đề nghị mở lại đường dẫn" in found.text
    assert recorded(zalo.world) == []


def test_who_sends_slowly_is_let_go_and_nothing_stays_on_the_disk(
    zalo: OnZalo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PATIENCE_S", 0.01)
    (spool := tmp_path / "spool").mkdir()
    head = {"type": "http", "headers": [(b"content-type", b"multipart/form-data; boundary=x")]}
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF'
    pieces = iter([{"type": "http.request", "body": part, "more_body": True}])

    async def receive() -> dict[str, object]:
        import asyncio

        found = next(pieces, None)
        if found is None:
            await asyncio.Event().wait()
        return found or {}

    with pytest.raises(HTTPException) as refused:
        zalo.world.run(uploads.read(Request(head, receive), spool))
    assert refused.value.status_code == 408
    assert list(spool.iterdir()) == []


def test_a_file_is_on_the_databases_disk_while_it_comes_and_no_bigger_than_it_may_be(
    zalo: OnZalo, tmp_path: Path
) -> None:
    (spool := tmp_path / "spool").mkdir()

    async def body() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="C:\\\\a\\\\phim.mp4"\r\n\r\n'
        for _ in range(30):
            yield b"z" * uploads.MB
        yield b"\r\n--x--\r\n"

    source = body()

    async def receive() -> dict[str, object]:
        piece = await anext(source, b"")
        return {"type": "http.request", "body": piece, "more_body": piece != b""}

    head = {"type": "http", "headers": [(b"content-type", b"multipart/form-data; boundary=x")]}
    came = zalo.world.run(uploads.read(Request(head, receive), spool))
    assert came.too_big == ("phim.mp4",)
    assert came.files == ()
    [file] = [each for _, each in came.fields.multi_items()]
    assert isinstance(file, uploads.Piecewise)
    assert file.file.seek(0, 2) <= uploads.MOST_FILE
    assert list(spool.iterdir()) == [], "a file has no name that could stay"
    assert answer_web.spool_of(zalo.world.service.settings) == zalo.world.database.resolve().parent
    zalo.world.run(came.close())


def test_a_picture_of_lines_is_saved_and_never_shown_in_our_pages(zalo: OnZalo) -> None:
    from desk.file_response import SANDBOX, of_file

    response = of_file("hinh.svg", "image/svg+xml", b"<svg onload=alert(1)>")
    assert response.media_type == "application/octet-stream"
    assert response.headers["content-disposition"].startswith("attachment")
    assert response.headers["content-security-policy"] == SANDBOX
