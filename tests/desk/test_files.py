"""Files that go with a form of the screen: kept with what was said, once, and asked for again where they were lost."""

from plan.people import Role
from plan.status import State
from sandbox.world import World
from store import obligations, submissions
from tests.conftest import MakeWorld
from tests.desk.people import seated
from tests.desk.test_taking_in import PDF

RUNS = b"MZ" + b"\0" * 126


def number_of(world: World, task: str, agency: str) -> int:
    """The obligation of an agency."""
    with world.service.store.look() as session:
        return obligations.of_agencies(session, [agency], task=task, states=(State.OPEN,))[0].id or 0


def files_of(world: World, row: int) -> list[tuple[str, str]]:
    """The files of the answer that stands, with what their bytes are."""
    with world.service.store.look() as session:
        answer = submissions.standing_of(session, row)
        return [(each.name, each.content) for each in submissions.files_of(session, answer.id or 0)] if answer else []


def test_an_answer_brings_its_files_once(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    world.officer("Lan", "sondung")
    row = number_of(world, "2b", "sondung")
    screen = seated(world, "Lan").opens(f"/nhiem-vu/{row}")
    form = screen.form("/lam/done") | {"note": "KH 05/KH-UBND 13/01/2020"}
    form.pop("file")
    sent = [("file", ("kh.pdf", PDF, "application/pdf")), ("file", ("../../x.pdf.exe", RUNS, "application/pdf"))]
    for _ in range(2):
        screen.posts("/lam/done", form, files=sent).shows("Đã ghi nhận", "kh.pdf", "x.pdf.exe")
    assert [name for name, _ in files_of(world, row)] == ["kh.pdf", "x.pdf.exe"]
    assert files_of(world, row)[0][1] == "application/pdf"
    # What cannot take a file takes none: it would be nobody's.
    other = number_of(world, "1e", "sondung")
    form = screen.opens(f"/nhiem-vu/{other}").form("/lam/acknowledge")
    assert screen.posts("/lam/acknowledge", form, files=sent[:1]).status == 400


def test_a_file_that_met_the_lock_is_chosen_again(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    world.officer("Lan", "sondung")
    row = number_of(world, "2b", "sondung")
    screen = seated(world, "Lan").opens(f"/nhiem-vu/{row}")
    form = screen.form("/lam/done") | {"note": "đã ban hành"}
    form.pop("file")
    world.at(2020, 1, 14, 10, 0)
    sent = {"file": ("kh.pdf", PDF, "application/pdf")}
    screen.posts("/lam/done", form, files=sent).shows("Mật khẩu")
    assert 'name="kept:file" value="kh.pdf"' in screen.page
    screen = seated(world, "Lan").opens(f"/nhiem-vu/{row}")
    again = form | {"csrf": screen.form("/lam/done")["csrf"], "file": "kh.pdf"}
    screen.posts("/lam/done", again).shows("tệp chưa lên được: kh.pdf", "đã ban hành")
    assert files_of(world, row) == []
    last = screen.form("/lam/done") | {"note": "đã ban hành"}
    last.pop("file")
    screen.posts("/lam/done", last, files=sent).shows("Đã ghi nhận")
    assert files_of(world, row) == [("kh.pdf", "application/pdf")]


def test_the_signed_report_is_kept_with_the_duty_that_it_answers(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    world.officer("Lan", "sondung").says("/done 2b")
    world.at(2020, 3, 16, 9, 0)
    screen = seated(world, "Hương").opens("/bao-cao/2020-Q1").shows_no("Bản đã ký")
    screen.opens("/bao-cao/2020-Q1/chot").sends("/bao-cao/2020-Q1/chot").shows("Chưa có bản chụp báo cáo đã ký")
    form = screen.form("/lam/done") | {"note": "15/BC-UBND 16/03/2020"}
    form.pop("file")
    screen.posts("/lam/done", form, files={"file": ("bc-ky.pdf", PDF, "application/pdf")}).shows("bc-ky.pdf")
    with world.service.store.look() as session:
        rows = obligations.of_agencies(session, ["noivu"], task="th", states=(State.DONE,))
        answer = submissions.standing_of(session, rows[0].id or 0)
    assert answer is not None
    assert answer.product_number == "15/BC-UBND"
    leader = seated(world, "Sếp").opens("/bao-cao/2020-Q1").shows("bc-ky.pdf").shows_no("Lưu bản đã ký")
    [path] = [each for each in leader.page.split('"') if "/tep/" in each and each.startswith("/nhiem-vu/")]
    assert leader.reads(path) == PDF
