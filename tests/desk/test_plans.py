"""Kế hoạch at the screen: an office's document becomes a plan that reminds, an amendment is looked at and adopted."""

import io
import re
import zipfile
from datetime import date
from html import unescape

from openpyxl import load_workbook
from sqlmodel import select

from desk import forms
from plan.people import Role
from sandbox.world import World
from store import audit, current_office, plan_drafts, plan_imports
from store.answer_tables import Blob
from store.import_tables import PlanAnswer, PlanImport
from store.tables import Obligation
from tests.conftest import MakeWorld
from tests.desk.computer import FIELD, Computer
from tests.desk.people import seated
from tests.intake.amendments import amendment
from tests.intake.cases_sheet import saved
from tests.intake.hostile import STAMPED
from tests.journeys.test_own_document import TEXT
from tests.journeys.test_plan_amended_by_document import POINTS
from tests.newoffice.document import document

UPLOAD = "/ke-hoach/tep"
VILLAGES = "Thôn Đông, Thôn Tây\nThôn Nam"
SHORT = TEXT.replace("Công khai thủ tục hành chính", "Công khai thủ tục hành chính <b>mới</b>")


def drops(screen: Computer, name: str, data: bytes, **changes: str) -> Computer:
    """Opens the page and drops a document in."""
    form = screen.opens("/ke-hoach").form(UPLOAD)
    form.pop("tep", None)
    return screen.posts(UPLOAD, form | changes, files={"tep": (name, data)})


def presses(screen: Computer, asks: str, **fields: str) -> Computer:
    """Presses the first answer of the question that says these words, or sends `fields` in its place."""
    cards = re.findall(r'<li class="card" id="cau-.*?</li>\n', screen.page, re.DOTALL)
    card = next((each for each in cards if asks in each), None)
    assert card is not None, f"{asks!r} is asked nowhere: {screen.text}"
    [path, *_] = re.findall(r'action="([^"]*)"', card)
    choice = re.search(r'name="choice" value="([^"]*)"', card)
    sent = fields or {"choice": unescape(choice[1]) if choice else ""}
    return screen.posts(path, {unescape(name): unescape(value) for name, value in FIELD.findall(card)} | sent)


def new_office(world: World) -> None:
    """Somebody who decides for an office without a plan, and a leader."""
    world.admin("Bình", "donvi")


def kept(world: World) -> tuple[int, int]:
    """How many documents are kept, and how many are worked on."""
    with world.service.store.look() as session:
        return len(session.exec(select(Blob)).all()), len(plan_imports.open_ones(session))


def test_a_new_office_drops_its_word_in_and_is_reminded(make_world: MakeWorld) -> None:
    world = make_world(2026, 1, 12, 8, 0, plan_file=()).begins(new_office)
    screen = seated(world, "Bình").opens("/ke-hoach")
    screen.shows("Chưa có kế hoạch nào được theo dõi", "Không đưa văn bản có dấu MẬT")
    data = document()
    drops(screen, "C:\\máy\\ke-hoach.docx", data)
    screen.shows("Đã đọc ke-hoach.docx", "52 dòng: 40 nhiệm vụ, 12 dòng không phải nhiệm vụ", "Phải trả lời trước (4)")
    assert "<mark>Các thôn</mark>" in screen.page
    assert "<mark>Quý I, II năm 2026</mark>" in screen.page
    assert screen.page.count("doubtful") >= 4
    screen.shows("Các việc: 2d, 6d", "Hạn 30/06/2026", "Phần nêu mục đích, mục tiêu")
    assert screen.opens("/ke-hoach/1/dua-vao").status == 404
    queue = screen.opens("/cho-xu-ly?loai=draft").shows(
        "Kế hoạch đang chờ 1", "ke-hoach.docx", "4 câu phải trả lời trước"
    )
    assert 'href="/ke-hoach/1"' in queue.page
    # The chat's list says the same.
    world.phone("Bình").forgets().says("/choxuly").expects(
        "Kế hoạch đang đọc dở, bản mới chưa áp dụng, kế hoạch cũ chưa chọn cách bắt đầu: 1",
        "«ke-hoach.docx»",
        "4 câu phải trả lời trước",
    )
    screen.opens("/ke-hoach/1")
    presses(screen, "«Các thôn» gồm", words=VILLAGES).shows("Đã ghi: Thôn Đông; Thôn Tây; Thôn Nam")
    presses(screen, "«Các phòng, ban, đơn vị» gồm").shows("Phải trả lời trước (2)")
    presses(screen, "mỗi kỳ một kết quả?", words="bao giờ cũng được").shows("Chưa hiểu câu trả lời cho câu")
    presses(screen, "mỗi kỳ một kết quả?").shows("Đã ghi: Hạn 30/06/2026")
    presses(screen, "cùng làm một kết quả?").shows(
        "Đã đủ để đưa vào", "Xem trước 30 ngày tới", "Thôn Đông – 2d; Thôn Tây – 2d"
    )
    presses(screen, "Đơn vị nào tổng hợp", later="1").shows("Đã ghi: để sau", "Còn 1 câu cần trả lời")
    screen.opens("/ke-hoach/1/dua-vao").shows("Xem lại lần cuối", "40 nhiệm vụ của 8 cơ quan", "Còn 1 câu được để lại")
    sent = screen.form("/ke-hoach/1/dua-vao")
    screen.posts("/ke-hoach/1/dua-vao", sent).shows("Đã đưa CCHC 2026 vào theo dõi", "40 nhiệm vụ", "15/KH-UBND")
    screen.posts("/ke-hoach/1/dua-vao", sent).shows("Đã đưa CCHC 2026 vào theo dõi")
    # One task was past already, and nobody has said yet whether it is reminded of.
    screen.opens("/cho-xu-ly").shows("Kế hoạch đang chờ 1", "còn 1 việc đã quá hạn từ trước")
    screen.sends("/lam/begin-today").shows("nhắc cả 1 việc đã quá hạn")
    screen.opens("/cho-xu-ly").shows("Không có gì đang chờ")
    with world.service.store.look() as session:
        assert len(audit.of_actions(session, ("plan.imported",))) == 1
        given = session.exec(select(PlanAnswer)).all()
        assert {(each.person_id, each.via) for each in given} == {(1, "desk:form")}
        owing = {row.agency_id for row in session.exec(select(Obligation))}
    assert {"thondong", "thontay", "thonnam"} <= owing
    plan = world.service.current().plans["cchc-2026"]
    lan = world.officer("Lan", plan.owners(plan.task("1a"), plan.task("1a").milestones[0])[0]).forgets()
    world.at(2026, 1, 21, 7, 30)
    lan.expects("1a", "Ban hành kế hoạch rà soát văn bản", "30/01")
    screen = seated(world, "Bình")
    drops(screen, "lai.docx", data).shows("lai.docx đã được gửi trước đây và kế hoạch đang được theo dõi")
    # The same words in another file are a version that changes nothing.
    drops(screen, "luu-lai.docx", document() + b"\0").shows("Đây là bản mới của CCHC 2026")
    screen.sends("/ke-hoach/3/dua-vao").shows("luu-lai.docx giống kế hoạch đang theo dõi").shows_no(
        "Bản mới chờ áp dụng"
    )


def test_a_cell_is_corrected_and_a_document_given_up(make_world: MakeWorld) -> None:
    world = make_world(2026, 1, 12, 8, 0, plan_file=()).begins(new_office)
    screen = seated(world, "Bình")
    drops(screen, "k.txt", SHORT.encode()).shows("1.2", "<b>mới</b>")
    assert "<b>mới" not in screen.page
    page = screen.opens("/ke-hoach/1/viec?ma=1.2").shows("Sửa việc 1.2")
    form = page.form("/ke-hoach/1/o") | {"title": "Công khai thủ tục", "lead": "Thôn Đông\r\nThôn Tây", "monitor": "",
                                         "coordinating": "", "time": "khi nào rảnh"}  # fmt: skip
    screen.posts("/ke-hoach/1/o", form).shows(
        "Đã sửa việc 1.2: Nhiệm vụ, Chủ trì", "«khi nào rảnh»: chưa đọc được thời hạn", "Thôn Đông; Thôn Tây"
    )
    screen.posts("/ke-hoach/1/o", form).shows("Đã sửa việc 1.2")
    with world.service.store.look() as session:
        assert len(session.exec(select(PlanAnswer)).all()) == 2
    # What another admin wrote meanwhile stays: this form changed nothing.
    old = {key: value for key, value in form.items() if key.startswith("was_") or key in ("csrf", "code", "back")}
    same = {key.removeprefix("was_"): value for key, value in old.items() if key.startswith("was_")}
    again = old | same | {"nonce": forms.new_nonce()}
    screen.posts("/ke-hoach/1/o", again).shows("Việc 1.2 không có ô nào khác đi", "Thôn Đông; Thôn Tây")
    screen.opens("/ke-hoach/1/viec?ma=1.1").sends("/ke-hoach/1/o", 1).shows("Đã sửa việc 1.1: không theo dõi")
    screen.shows("1 nhiệm vụ")
    assert screen.opens("/ke-hoach/1/viec?ma=1.1").status == 404
    with zipfile.ZipFile(io.BytesIO(screen.reads("/ke-hoach/1/phieu"))) as parts:
        assert "word/document.xml" in parts.namelist()
    drops(screen, "k2.txt", SHORT.replace("mới", "cũ").encode()).shows("Đang có một văn bản chờ đưa vào", "k.txt")
    screen.opens("/ke-hoach/1").sends("/ke-hoach/1/bo").shows("Đã bỏ văn bản k.txt", "Chưa có kế hoạch nào")
    assert screen.opens("/ke-hoach/1").status == 404
    assert kept(world)[1] == 0


def test_what_is_refused_is_not_kept(make_world: MakeWorld) -> None:
    world = make_world(2026, 1, 12, 8, 0, plan_file=()).begins(new_office)
    screen = seated(world, "Bình")
    for data in (STAMPED["a header"], STAMPED["a line of a text"]):
        drops(screen, "bao-cao.docx", data).shows("dấu chỉ độ mật nên bị từ chối và không được lưu").shows_no("bao-cao")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 120_000_000)
    drops(screen, "x.docx", bomb.getvalue()).shows("Không đọc tệp này và không lưu lại")
    drops(screen, "x.exe", b"MZ\x90\x00" * 50).shows("Không đọc tệp này và không lưu lại")
    drops(screen, "lon.txt", b"a" * (21 * 1024 * 1024))
    assert screen.status == 413
    drops(screen, "rong.txt", b"").shows("Tệp rỗng")
    form = screen.opens("/ke-hoach").form(UPLOAD)
    form.pop("tep", None)
    screen.posts(UPLOAD, form, files={"tep": ("", b"")}).shows("Chưa chọn tệp nào")
    assert screen.posts(UPLOAD, form).status == 400
    assert drops(screen, "a.txt", SHORT.encode(), csrf="0" * 64).status == 403
    assert drops(screen, "a.txt", SHORT.encode(), nonce="x").status == 404
    with world.service.store.look() as session:
        rows = session.exec(select(PlanImport)).all()
    assert {(row.state, row.name, row.draft, row.sha256) for row in rows} == {("refused", "", "", None)}
    assert kept(world) == (0, 0)


def test_a_name_does_nothing_and_a_form_sent_twice_acts_once(make_world: MakeWorld) -> None:
    world = make_world(2026, 1, 12, 8, 0, plan_file=()).begins(new_office)
    screen = seated(world, "Bình").opens("/ke-hoach")
    form = {key: value for key, value in screen.form(UPLOAD).items() if key != "tep"}
    name = '../../etc/<script>alert(1)</script>"k.txt'
    for _ in range(2):
        screen.posts(UPLOAD, form, files={"tep": (name, SHORT.encode())})
        assert "<script>alert" not in screen.page
    assert kept(world) == (1, 1)
    with world.service.store.look() as session:
        [row] = plan_imports.open_ones(session)
    assert "/" not in row.name
    # Whoever is not signed in, or whose page is locked, is led away with nothing looked at.
    assert "Đăng nhập" in Computer(world).posts(UPLOAD, form, files={"tep": ("a.txt", SHORT.encode())}).text
    first = screen.opens("/ke-hoach/1").form("/ke-hoach/1/tra-loi")
    for choice in ("", "nothing-of-ours"):
        assert screen.posts("/ke-hoach/1/tra-loi", first | {"choice": choice}).status == 400
    screen.posts("/ke-hoach/1/tra-loi", first | {"question": "burn", "choice": "x"}).shows("không còn nữa")
    assert screen.opens("/ke-hoach/x").status == 404
    assert screen.opens("/ke-hoach/2").status == 404


def test_a_page_that_is_locked_takes_no_document(make_world: MakeWorld) -> None:
    world = make_world(2026, 1, 12, 8, 0, plan_file=()).begins(new_office)
    screen = seated(world, "Bình").opens("/ke-hoach")
    form = {key: value for key, value in screen.form(UPLOAD).items() if key != "tep"}
    world.later(minutes=6)
    screen.posts(UPLOAD, form, files={"tep": ("k.txt", SHORT.encode())}).shows("Trang đã khóa").shows_no(
        "vừa nhập vẫn còn"
    )
    assert kept(world) == (0, 0)


def town(world: World) -> None:
    """The plan of 2020 with two answers to 2b, and somebody in each role."""
    world.admin("Hoa")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    world.officer("Lan", "sondung").says("/done 2b KH 05/KH-UBND")
    world.officer("Mai", "sonlong").says("/done 2b KH 07/KH-UBND")


def test_an_amendment_is_compared_chosen_and_adopted(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 6, 9, 0).begins(town)
    world.at(2020, 6, 8, 9, 0)
    lan = world.phone("Lan").forgets()
    screen = seated(world, "Hoa")
    drops(screen, "sua-doi.txt", amendment(*POINTS)).shows("văn bản sửa đổi CCHC 2020", "Bãi bỏ điểm b khoản 2 Mục II")
    screen.sends("/ke-hoach/1/dua-vao").shows(
        "Bản mới của CCHC 2020", "512/QĐ-UBND ngày 08/06/2020", "2h → 2g", "trước ngày 31/8/2020",
        "2 kết quả đã báo, vẫn lưu, không tính nữa",
    )  # fmt: skip
    path = "/ke-hoach/thay-doi/1"
    assert "<del>" in screen.page
    assert f'href="{path}"' in screen.opens("/cho-xu-ly").shows("Kế hoạch đang chờ 1", "căn cứ 512/QĐ-UBND").page
    world.phone("Hoa").forgets().says("/choxuly").expects("CCHC 2020: ", "điểm thay đổi, căn cứ 512/QĐ-UBND")
    screen.opens(path)
    assert "<ins>" in screen.page
    screen.sends(f"{path}/chon", leave_kind="deadline").shows("Giữ nguyên như bản đang áp dụng: thời hạn")
    screen.shows_no("trước ngày 31/8/2020")
    screen.sends(f"{path}/chon", all="1").shows("trước ngày 31/8/2020")
    screen.sends(f"{path}/chon", 1, leave="9z").shows("Điểm này không còn nữa")
    assert screen.posts(f"{path}/chon", screen.form(f"{path}/chon")).status == 400
    screen.opens(path)
    screen.sends(f"{path}/chon", 1, leave="6d").shows("Giữ nguyên như bản đang áp dụng: 6d")
    screen.sends(f"{path}/chon", all="1")
    form = screen.opens(f"{path}/ap-dung").shows("đã có 2 kết quả").form(f"{path}/ap-dung")
    screen.opens("/ke-hoach").shows("Bản mới chờ áp dụng", "7 điểm thay đổi")
    stale = form | {"seen": "0" * 12, "nonce": forms.new_nonce()}
    screen.posts(f"{path}/ap-dung", stale).shows("Bản kế hoạch đã khác so với lúc xem")
    screen.posts(f"{path}/ap-dung", form).shows("Đã đưa vào áp dụng CCHC 2020", "139 → 116", "2b (mã trước đây)")
    screen.posts(f"{path}/ap-dung", form).shows("Đã đưa vào áp dụng CCHC 2020")
    world.settle()
    lan.expects("được sửa đổi", "Bỏ 2b")
    with world.service.store.look() as session:
        [entry] = audit.of_actions(session, ("plan.adopted",))
        assert (entry.via, entry.actor) == ("desk:form", 1)
        moved = session.exec(select(Obligation).where(Obligation.work == "6d.1")).first()
        assert moved is not None
        assert moved.due == date(2020, 8, 30)
        assert plan_drafts.waiting(session) == []
    assert screen.opens(path).status == 404


def test_the_sheet_goes_out_and_comes_back_by_the_same_form(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 6, 9, 0).begins(town)
    screen = seated(world, "Hoa")
    screen.opens("/ke-hoach").shows("2579/QĐ-UBND", "ngày 31/12/2019", "Tải bảng Excel")
    data = screen.reads("/ke-hoach/xuat")
    assert screen.headers["content-disposition"] == 'attachment; filename="ke-hoach-cchc-2020.xlsx"'
    drops(screen, "nguyen.xlsx", saved(load_workbook(io.BytesIO(data)))).shows(
        "nguyen.xlsx giống kế hoạch đang theo dõi"
    )
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    due = next(cell.column for cell in sheet[1] if cell.value == "due")
    number = next(each[0].row for each in sheet.iter_rows(min_row=6) if each[2].value == "2h")
    sheet.cell(number, due).value = date(2020, 5, 20)
    changed = saved(book)
    drops(screen, "sua.xlsx", changed).shows("trả lại với 1 điểm thay đổi", "Bản mới của CCHC 2020", "20/05/2020")
    screen.sends("/ke-hoach/thay-doi/1/bo").shows("Đã bỏ bản kế hoạch")
    drops(screen, "sua.xlsx", changed).shows("trả lại với 1 điểm thay đổi")
    screen.opens("/ke-hoach/thay-doi/2/ap-dung").sends("/ke-hoach/thay-doi/2/ap-dung").shows("Đã đưa vào áp dụng")
    drops(screen, "cu.xlsx", data).shows("được xuất trước khi CCHC 2020 thay đổi", "2h", "xuất lại tệp")
    assert screen.opens("/ke-hoach/xuat?ke-hoach=x").status == 404


def test_a_leader_reads_and_others_have_no_such_page(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 6, 9, 0).begins(town)
    world.officer("Trưởng", "tuphap", role=Role.HEAD)
    boss = seated(world, "Hoa")
    drops(boss, "k.txt", SHORT.encode())
    good = boss.form("/ke-hoach/1/tra-loi")
    paths = ("/ke-hoach", "/ke-hoach/1", "/ke-hoach/xuat", "/ke-hoach/ngay-nghi", "/ke-hoach/1/phieu")
    acts = ("1/tra-loi", "1/bo", "1/dua-vao", "1/o", "thay-doi/1/chon", "thay-doi/1/bo", "thay-doi/1/ap-dung", "tep")
    for name in ("Sếp", "Trưởng", "Lan"):
        screen = seated(world, name)
        for path in paths:
            assert screen.opens(path).status == (200 if name == "Sếp" else 404), (name, path)
            if path != "/ke-hoach/xuat" and not path.endswith("phieu"):
                assert 'action="/ke-hoach' not in screen.page
        for path in ("/ke-hoach/1/dua-vao", "/ke-hoach/1/viec?ma=1.2"):
            assert screen.opens(path).status == 404, (name, path)
        fields = good | {"csrf": screen.opens("/tai-khoan").form("/ra")["csrf"], "code": "1.2", "leave": "2b"}
        for act in acts[:-1]:
            screen.posts(f"/ke-hoach/{act}", fields | {"nonce": forms.new_nonce(), "choice": "x"}, follow=False)
            assert screen.status in (303, 404), (name, act)
        screen.posts(UPLOAD, fields, files={"tep": ("a.txt", SHORT.encode())})
        assert screen.status == (200 if name == "Sếp" else 404)
    with world.service.store.look() as session:
        assert [row.name for row in plan_imports.open_ones(session)] == ["k.txt"]
        assert session.exec(select(PlanAnswer)).all() == []
        assert len(session.exec(select(PlanImport)).all()) == 1


def test_days_that_were_added_and_what_they_move(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0).begins(town)
    boss = world.phone("Hoa")
    seated(world, "Hoa").opens("/ke-hoach/ngay-nghi").shows("Chưa thêm ngày nào")
    boss.says("/ngaynghi 30/01/2020 mất điện toàn xã").taps("Xác nhận")
    screen = seated(world, "Sếp").opens("/ke-hoach/ngay-nghi").shows("30/01/2020", "nghỉ", "mất điện toàn xã", "2b")
    with world.service.store.look() as session:
        assert list(current_office.days(session)) == [date(2020, 1, 30)]
    assert 'action="/ke-hoach' not in screen.page
    # The same at the screen: seen first, done once, taken back.
    look = "/ke-hoach/ngay-nghi/xem"
    assert screen.opens(f"{look}?loai=off&ngay=2020-02-10&ly-do=x").status == 404
    lan, page = world.phone("Lan").forgets(), seated(world, "Hoa")
    page.opens(f"{look}?loai=off&ngay=2020-03-13&ly-do=cúp <b>nước</b>").shows("Thêm ngày nghỉ: 13/03/2020", "Hạn đổi")
    assert "<b>nước" not in page.page
    form = page.form("/lam/office-day")
    for _ in range(2):
        page.posts("/lam/office-day", form).shows("13/03/2020", "cúp <b>nước</b>")
    page.posts("/lam/office-day", form | {"nonce": forms.new_nonce()}).shows("Ngày 13/03/2020 đã là ngày nghỉ")
    page.posts("/lam/office-day", form | {"nonce": forms.new_nonce(), "day": "2020-01-02"}).shows("đã qua")
    for wrong in ({"kind": "x"}, {"note": ""}, {"day": "x"}, {"day": "9999-12-31"}):
        assert page.posts("/lam/office-day", form | {"nonce": forms.new_nonce()} | wrong).status == 400, wrong
    for odd in ("loai=x&ngay=2020-03-13&ly-do=x", "loai=off&ngay=2020-03-16&ly-do="):
        assert page.opens(f"{look}?{odd}").status == 404, odd
    for odd in ("loai=off&ngay=x", "loai=off&ngay=9999-12-31&ly-do=x", "loai=work&ngay=2020-03-16&ly-do=x"):
        assert "/lam/office-day" not in page.opens(f"{look}?{odd}").page, odd
    page.opens(f"{look}?loai=off&ngay=2020-03-13&bo=1").sends("/lam/office-day").shows_no("cúp <b>nước</b>")
    with world.service.store.look() as session:
        assert list(current_office.days(session)) == [date(2020, 1, 30)]
        done = [each.action for each in audit.of_actions(session, ("day.off", "day.undone"))]
    assert done == ["day.off", "day.off", "day.undone"]
    lan.is_silent()
