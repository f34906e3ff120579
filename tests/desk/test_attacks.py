"""What somebody tries at the screen who should not: one row an attack, each with what comes of it."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import pytest
from starlette.requests import Request

from app import desk_web
from desk import forms
from desk.access import OPEN_TO
from desk.door import cookies
from desk.headers import HEADERS
from desk.navigation import PATHS
from plan.people import Role
from plan.status import State
from sandbox.world import World
from store import assignees, invites, obligations, submissions
from tests.conftest import MakeWorld
from tests.desk.computer import Computer
from tests.desk.people import seated

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(1)</script>'


def town_so_far(world: World) -> None:
    """Somebody in each role, and two answers."""
    world.admin("Hương")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    world.officer("Trưởng", "tuphap", role=Role.HEAD)
    world.officer("Lan", "sondung").sends_photo(f"/done 2b đã ban hành {HOSTILE}")
    world.officer("Mai", "sonlong").says("/done 2b")


@pytest.fixture
def town(make_world: MakeWorld) -> World:
    """An office with somebody in each role; two answers wait for the office."""
    return make_world(2020, 1, 14, 9, 0, review="all").begins(town_so_far)


def waiting(world: World) -> list[int]:
    """The numbers of the answers that wait."""
    with world.service.store.look() as session:
        rows = obligations.all_of(session, states=(State.IN_REVIEW,))
        return [found.id or 0 for row in rows if (found := submissions.standing_of(session, row.id or 0))]


def test_a_form_of_another_site_does_nothing(town: World) -> None:
    screen = seated(town, "Hương").opens("/cho-xu-ly")
    good = screen.form("/lam/confirm")
    for csrf in ("", "0" * 64, good["csrf"][:-1], forms.csrf_of("A" * 22)):
        assert screen.posts("/lam/confirm", good | {"csrf": csrf}).status == 403
    assert screen.posts("/lam/confirm", {key: value for key, value in good.items() if key != "csrf"}).status == 403
    # Another person's form, in one's own session.
    other = seated(town, "Sếp").opens("/tai-khoan").form("/ra")
    assert screen.posts("/lam/confirm", good | {"csrf": other["csrf"]}).status == 403
    for origin in ("https://evil.example", "null", "http://127.0.0.1:8091"):
        assert screen.posts("/lam/confirm", good, headers={"Origin": origin}).status == 403
    assert len(waiting(town)) == 2
    assert screen.posts("/lam/confirm", good, headers={"Origin": "http://127.0.0.1:8090"}).status == 200
    assert len(waiting(town)) == 1


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1:8090", 200), ("192.168.1.5:8090", 200), ("evil.example", 403), ("127.0.0.1.evil.example:8090", 403)],
)
def test_a_name_that_leads_here_is_no_name_of_ours(town: World, host: str, status: int) -> None:
    assert Computer(town, Host=host).opens("/vao").status == status


def test_nobody_decides_who_may_not(town: World) -> None:
    [first, second] = waiting(town)
    for name, path in (("Sếp", "/cho-xu-ly"), ("Trưởng", "/cho-xu-ly"), ("Lan", "/nhiem-vu"), ("Mai", "/nhiem-vu")):
        screen = seated(town, name).opens(path)
        assert 'action="/lam/' not in screen.page
        fields = {"csrf": screen.form("/ra")["csrf"], "back": "/", "note": "vì thế"}
        for act in ("confirm", "return"):
            for number in (first, second, 99_999):
                screen.posts(f"/lam/{act}", fields | {"nonce": forms.new_nonce(), "submission": str(number)})
    assert waiting(town) == [first, second]


def test_what_is_no_number_is_not_there(town: World) -> None:
    for number in ("", "0x1", "-1", "1 OR 1=1", "١", "9" * 13, "../1"):
        screen = seated(town, "Hương").opens("/cho-xu-ly")
        assert screen.sends("/lam/confirm", submission=number).status == 404, number


def test_nobody_names_who_carries_out_or_takes_back_what_another_said(town: World) -> None:
    boss = seated(town, "Hương").opens("/cho-xu-ly").sends("/lam/return", note="thiếu dấu")
    undo = boss.form("/lam/take-back")
    left = waiting(town)
    with town.service.store.look() as session:
        [named] = [
            row.id for row in obligations.of_task(session, "2b") if row.milestone == "2b.1" and row.agency_id == "noivu"
        ]
    for name in ("Sếp", "Trưởng", "Lan", "Mai"):
        screen = seated(town, name).opens("/nhiem-vu")
        fields = {"csrf": screen.form("/ra")["csrf"], "back": "/"}
        screen.posts("/lam/take-back", undo | fields | {"nonce": forms.new_nonce()})
        for person in ("1", "2", "3", "4", "5", ""):
            one = {"nonce": forms.new_nonce(), "obligation": str(named), "person": person}
            screen.posts("/lam/assignee", fields | one)
    assert waiting(town) == left
    with town.service.store.look() as session:
        assert assignees.standing(session) == []
    assert boss.posts("/lam/take-back", undo).status == 200
    assert len(waiting(town)) == len(left) + 1


def test_a_page_that_asks_by_itself_tells_nobody_of_anothers_work(town: World) -> None:
    with town.service.store.look() as session:
        numbers = {row.agency_id: row.id for row in obligations.of_task(session, "2b") if row.milestone == "2b.1"}
    asked = "_".join(f"{number}-0.0" for number in numbers.values())
    for name, own in (("Lan", "2b"), ("Mai", "2b"), ("Trưởng", "2b")):
        found = seated(town, name).opens(f"/nhiem-vu/moi?v={asked}")
        assert found.page.count(own) == 1, found.page
    # Every mark is wrong: all have changed, and who asks learns that of each alike.
    assert Computer(town).opens(f"/nhiem-vu/moi?v={asked}").shows("Đăng nhập")


def test_an_act_that_is_none_is_not_there(town: World) -> None:
    for act in ("", "burn", "..%2f..%2fetc%2fpasswd", "confirm%00"):
        screen = seated(town, "Hương").opens("/cho-xu-ly")
        assert screen.posts(f"/lam/{act}", screen.form("/lam/confirm")).status in (400, 404), act


def test_a_nonce_of_somebody_else_shows_nothing_and_does_nothing(town: World) -> None:
    boss, leader = seated(town, "Hương"), seated(town, "Sếp")
    boss.opens("/cho-xu-ly").sends("/lam/return", note="chỉ Lan biết")
    nonce = boss.path.rpartition("said=")[2]
    boss.shows("chỉ Lan biết")
    leader.opens(f"/nhiem-vu?said={nonce}").shows_no("chỉ Lan biết")
    [left] = waiting(town)
    fields = boss.opens("/cho-xu-ly").form("/lam/confirm") | {"nonce": nonce}
    boss.posts("/lam/confirm", fields)
    # Used once, for another act: it shows what that one did.
    assert waiting(town) == [left]


def test_words_are_shown_and_never_run(town: World) -> None:
    screen = seated(town, "Hương")
    screen.opens("/cho-xu-ly").shows(HOSTILE)
    assert "<img" not in screen.page
    assert "<script>" not in screen.page
    screen.sends("/lam/return", note=HOSTILE).shows(HOSTILE)
    assert "<img" not in screen.page
    for path in ("/vao?next=%22%3E%3Cscript%3E", f"/{quote(HOSTILE)}"):
        assert "<script>" not in Computer(town).opens(path).page
    seen = Computer(town).opens("/vao").sends("/vao", name=HOSTILE, passphrase="x" * 9)
    assert "<img" not in seen.page


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
     "/ok\r\nSet-Cookie: a=b", "/%0d%0aSet-Cookie:a=b//x", "http:evil.example", " //evil.example", "\t//evil.example"],
)  # fmt: skip
def test_no_address_leads_out(wanted: str) -> None:
    found = forms.own_path(wanted)
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))
    assert "\n" not in found
    assert "\r" not in found
    assert forms.own_path(found) == found


def test_no_path_leads_to_a_file(town: World) -> None:
    for path in (
        "/static/../site.py", "/static/%2e%2e/site.py", "/static/..%2fsite.py", "/static//etc/passwd", "/static/",
        "/static/%00", "/templates/base.html", "/static/desk.css/../../site.py",
    ):  # fmt: skip
        assert Computer(town).opens(path).status == 404, path


def test_large_and_foreign_bodies_are_refused(town: World) -> None:
    screen = Computer(town).opens("/vao")
    form = screen.form("/vao")
    assert screen.posts("/vao", form | {"name": "P" * 300_000}).status == 413
    assert screen.posts("/vao", form | {f"f{number}": "" for number in range(600)}).status == 400
    assert screen.posts("/vao", headers={"Content-Type": "application/json"}).status == 400
    assert screen.opens("/ra").status == 405


def test_every_answer_says_what_the_browser_may_do(town: World) -> None:
    boss = seated(town, "Hương")
    for path in (
        "/nhiem-vu",
        "/cho-xu-ly",
        "/ke-hoach",
        "/tai-khoan",
        "/vao",
        "/vao/lan-dau",
        "/static/desk.css",
        "/nowhere",
    ):
        boss.opens(path)
        assert {name: boss.headers.get(name) for name in HEADERS} == HEADERS, path
    inline = [each for each in ("style=", "onclick", "<style", "javascript:") if each in boss.opens("/cho-xu-ly").page]
    assert inline == []


def test_cookies_are_for_this_host_alone(town: World) -> None:
    service = town.service
    chosen = service.settings.model_copy(update={"desk_url": "https://theodoi.example"})
    town.service = replace(service, settings=chosen)
    screen = Computer(town, Host="theodoi.example").opens("/vao")
    town.service = service
    [cookie] = [each for each in screen.headers.get_list("set-cookie") if "desk_device" in each]
    assert cookie.startswith("__Host-desk_device=")
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= {each.strip() for each in cookie.split(";")}
    assert "Domain" not in cookie
    assert screen.headers["strict-transport-security"]


@pytest.mark.parametrize(
    ("peer", "secure", "says", "found"),
    [
        ("10.0.0.7", True, "10.1.1.1", "10.0.0.7"),
        ("127.0.0.1", False, "10.1.1.1", "127.0.0.1"),
        ("127.0.0.1", True, "10.1.1.1", "10.1.1.1"),
        ("127.0.0.1", True, "10.9.9.9, 10.1.1.1", "10.1.1.1"),
        ("127.0.0.1", True, "anybody", "127.0.0.1"),
        ("127.0.0.1", True, "", "127.0.0.1"),
    ],
)
def test_only_our_own_proxy_says_who_asks(town: World, peer: str, secure: bool, says: str, found: str) -> None:
    desk = replace(desk_web.desk_of(town.service), secure=secure)
    scope = {"type": "http", "client": (peer, 1), "headers": [(b"x-forwarded-for", says.encode())]}
    assert cookies.address(desk, Request(scope)) == found


def test_each_page_is_open_to_its_roles_alone(town: World) -> None:
    who = {"Hương": Role.ADMIN, "Sếp": Role.LEADER, "Trưởng": Role.HEAD, "Lan": Role.OFFICER}
    for name, role in who.items():
        screen = seated(town, name)
        for page, path in PATHS.items():
            assert screen.opens(path).status == (200 if role in OPEN_TO[page] else 404), (name, page)


# What is done with people, and where its forms go: for admins. In the town Lan is P4.
DONE_WITH_PEOPLE = (
    "/can-bo/nhieu", "/can-bo/trang-in", "/can-bo/thu-hoi?nguoi=4", "/can-bo/ban-giao?nguoi=4&cho=5",
    "/can-bo/chuyen?nguoi=4&tu=sondung&den=tuphap", "/can-bo/kenh?nguoi=4",
)  # fmt: skip
PLAIN_FORMS = ("/can-bo/moi", "/can-bo/kenh")
FORMS_OF_PEOPLE = (*PLAIN_FORMS, "/can-bo/nhieu", "/can-bo/nhieu/moi", "/can-bo/trang-in")


def test_what_is_done_with_people_is_open_to_admins_alone(town: World) -> None:
    boss = seated(town, "Hương")
    for path in (*DONE_WITH_PEOPLE, "/can-bo/nhat-ky"):
        assert boss.opens(path).status == 200, path
        Computer(town).opens(path).shows("Đăng nhập")
    row, *_ = invited = [("sondung", Role.OFFICER, "Nga"), ("tuphap", Role.ADMIN, "Tư")]
    with town.service.store.unit() as session:
        for each in invited:
            invites.prepare(session, each, town.now, by=1)
        before = {each.id: each.code_hash for each in invites.to_print(session)}
    asked = {
        "agency": row[0],
        "role": "admin",
        "person": "4",
        "way": "telegram",
        "list": "agency,name,role\nsondung,Tôi,",
        "row": [*map(str, before)],
    }
    for name in ("Sếp", "Trưởng", "Lan"):
        screen = seated(town, name)
        for path in DONE_WITH_PEOPLE:
            assert screen.opens(path).status == 404, (name, path)
        assert screen.opens("/can-bo/nhat-ky").status == (200 if name == "Sếp" else 404)
        for path in FORMS_OF_PEOPLE:
            fields = asked | {"csrf": screen.opens("/").form("/ra")["csrf"], "nonce": forms.new_nonce()}
            files = {} if path in PLAIN_FORMS else {"files": {"tep": ("ds.csv", b"agency,name\nsondung,Lan")}}
            assert screen.posts(path, fields, **files).status == 404, (name, path)
    with town.service.store.look() as session:
        assert {each.id: each.code_hash for each in invites.to_print(session)} == before


def test_an_officer_and_a_head_see_their_own_agency(town: World) -> None:
    lan = seated(town, "Lan").opens("/nhiem-vu").shows("Sơn Dung").shows_no("Sơn Long", "Tư pháp")
    assert lan.page.count("<tr") > 1
    seated(town, "Trưởng").opens("/nhiem-vu").shows("Tư pháp").shows_no("Sơn Dung")
    seated(town, "Sếp").opens("/nhiem-vu").shows("Tư pháp", "Sơn Dung", "Sơn Long")


def test_a_session_of_another_is_ended_by_nobody(town: World) -> None:
    boss, lan = seated(town, "Hương"), seated(town, "Lan")
    boss.opens("/tai-khoan")
    fields = {"csrf": lan.opens("/tai-khoan").form("/ra")["csrf"]}
    for number in ("1", "2", "999"):
        lan.posts("/tai-khoan/phien", fields | {"session": number})
    boss.opens("/tai-khoan").shows("Tên đăng nhập của đồng chí")


FUNNY: list[Callable[[Computer], Computer]] = [
    lambda one: one.opens("/vao/ma"),
    lambda one: one.opens("/mo-khoa"),
    lambda one: one.opens("/tai-khoan/ung-dung.svg"),
    lambda one: one.opens("/lam/confirm"),
    lambda one: one.opens("/cho-xu-ly?said=" + "x" * 5000),
    lambda one: one.opens("/cho-xu-ly?said=%00%ff"),
]


def test_odd_requests_are_answered_in_words(town: World) -> None:
    for place, does in enumerate(FUNNY):
        assert does(Computer(town)).status < 500, place
        assert does(seated(town, "Hương")).status < 500, place
