"""The evidence file, opened as an archive clerk opens it years later."""

import hashlib
import io
import re
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path, PurePosixPath

import pytest
from openpyxl import load_workbook

from plan.status import EventKind
from reports.archive.dossier import write
from reports.archive.dossier_values import Contents, Selection, SelectionError
from store.types import EvidenceState
from tests.reports.answers import PDF, answer, contribute, evidence, officer, withdraw
from tests.reports.book import Book, at

NOW = at(2020, 4, 1, 8)
# Windows: "Naming Files, Paths, and Namespaces".
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}
NASTY = (
    "../../etc/passwd",
    "C:\\x\\y.pdf",
    "con",
    "nul.pdf",
    "a" * 400 + ".pdf",
    "Kế hoạch rà soát.PDF",
    "‮fdp.exe",
    "",
)


def archived(book: Book, folder: Path, name: str = "ho-so.zip", **selection: str) -> tuple[Contents, zipfile.ZipFile]:
    path = folder / name
    contents = write(book.store, book.office, Selection(**selection), NOW, path)
    assert [each.name for each in folder.glob("*.part")] == []
    return contents, zipfile.ZipFile(path)


def files(package: zipfile.ZipFile) -> list[str]:
    return [name for name in package.namelist() if "/" in name]


def page(package: zipfile.ZipFile) -> str:
    return package.read("muc-luc.html").decode()


@pytest.fixture
def lan(book: Book) -> int:
    return officer(book, "Lan", at(2020, 1, 2, 8))


def test_a_file_is_named_by_code_agency_day_and_document(book: Book, lan: int, tmp_path: Path) -> None:
    when = at(2020, 1, 20, 8, 12)
    number = answer(book, "2b.1", "sondung", lan, when, "đã ban hành", product_number="05/KH-UBND")
    evidence(book, lan, when, PDF, "Kế hoạch rà soát.pdf", submission=number)
    evidence(book, lan, when, PDF + b"2", "Kế hoạch rà soát.pdf", submission=number)
    evidence(book, lan, at(2020, 3, 2, 9), b"\xff\xd8\xff\xe0jpeg", "", submission=answer(
        book, "1đ.1", "tuphap", lan, at(2020, 3, 2, 9)))  # fmt: skip
    _, package = archived(book, tmp_path, period="2020-Q1")
    assert files(package) == [
        "minh-chung/1dd_tuphap_2020-03-02_01_document.jpg",
        "minh-chung/2b_sondung_2020-01-20_05-kh-ubnd_01_ke-hoach-ra-soat.pdf",
        "minh-chung/2b_sondung_2020-01-20_05-kh-ubnd_02_ke-hoach-ra-soat.pdf",
    ]
    assert package.getinfo(files(package)[1]).date_time == (2020, 1, 20, 8, 12, 0)
    assert "Kế hoạch rà soát.pdf" in page(package)
    assert "đã ban hành" in page(package)


def test_names_from_phones_are_harmless_and_no_two_are_the_same(book: Book, lan: int, tmp_path: Path) -> None:
    when = at(2020, 1, 20, 8)
    number = answer(book, "2b.1", "sondung", lan, when, product_number="../05/KH\\x")
    for place, name in enumerate(NASTY):
        evidence(book, lan, when, PDF + bytes([place]), name, submission=number)
    _, package = archived(book, tmp_path, task="2b")
    names = files(package)
    assert len({name.lower() for name in names}) == len(NASTY)
    for name in names:
        assert re.fullmatch(r"[a-z0-9_./-]+", name)
        path = PurePosixPath(name)
        assert not path.is_absolute()
        assert ".." not in path.parts
        assert path.stem not in RESERVED
        assert len(name) <= 200


def test_the_sums_are_read_by_the_usual_program(book: Book, lan: int, tmp_path: Path) -> None:
    when = at(2020, 1, 20, 8)
    evidence(book, lan, when, PDF, "a.pdf", submission=answer(book, "2b.1", "sondung", lan, when))
    _, package = archived(book, tmp_path, agency="sondung")
    package.extractall(tmp_path / "out")
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=tmp_path / "out", capture_output=True, text=True
    )
    assert (done.returncode, done.stdout.count(": OK")) == (0, 3), done.stderr


def test_what_is_missing_is_said_and_never_left_out(book: Book, lan: int, tmp_path: Path) -> None:
    when = at(2020, 1, 20, 8)
    number = answer(book, "2b.1", "sondung", lan, when)
    for state in (EvidenceState.WAITING, EvidenceState.TOO_BIG, EvidenceState.REFUSED, EvidenceState.FAILED):
        evidence(book, lan, when, None, f"{state}.pdf", submission=number, state=state)
    lost = evidence(book, lan, when, b"%PDF-lost", "mat.pdf", submission=number)
    changed = evidence(book, lan, when, b"%PDF-changed", "sua.pdf", submission=number)
    with book.store.unit() as session:
        run = session.connection().exec_driver_sql
        run("PRAGMA defer_foreign_keys=ON")
        run("UPDATE evidence SET sha256 = (SELECT sha256 FROM blob WHERE data = ?) WHERE id = ?", (b"%PDF-lost", lost))
        run("UPDATE blob SET data = ? WHERE data = ?", (b"%PDF-other", b"%PDF-changed"))
    with book.store.writer.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("DELETE FROM blob WHERE data = ?", (b"%PDF-lost",))
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    contents, package = archived(book, tmp_path, task="2b")
    assert changed
    assert files(package) == []
    assert {file.name: file.missing for file in contents.absent} == {
        "waiting.pdf": "waiting", "too_big.pdf": "too_big", "refused.pdf": "refused", "failed.pdf": "failed",
        "mat.pdf": "lost", "sua.pdf": "broken",
    }  # fmt: skip
    for words in (
        "waiting.pdf: chưa tải về khi lập hồ sơ", "mat.pdf: nội dung không còn trong cơ sở dữ liệu",
        "sua.pdf: nội dung không khớp mã SHA-256", "chưa có kết quả, hạn 30/01/2020",
    ):  # fmt: skip
        assert words in page(package)
    assert hashlib.sha256(b"%PDF-other").hexdigest() not in page(package)


def test_only_answers_that_stand_give_evidence_and_the_others_are_listed(book: Book, lan: int, tmp_path: Path) -> None:
    taken = answer(book, "2b.1", "sondung", lan, at(2020, 1, 10, 8), "báo nhầm")
    evidence(book, lan, at(2020, 1, 10, 8), b"%PDF-nham", "nham.pdf", submission=taken)
    withdraw(book, taken, at(2020, 1, 10, 9))
    back = answer(book, "2b.1", "sondung", lan, at(2020, 1, 20, 8), "lần một")
    withdraw(book, back, at(2020, 1, 21, 8), EventKind.RETURNED)
    stands = answer(book, "2b.1", "sondung", lan, at(2020, 1, 22, 8), "lần hai")
    evidence(book, lan, at(2020, 1, 22, 8), b"%PDF-dung", "dung.pdf", submission=stands)
    contents, package = archived(book, tmp_path, agency="sondung")
    assert [package.read(name) for name in files(package)] == [b"%PDF-dung"]
    assert [(each.words, each.ended) for each in contents.withdrawn] == [
        ("báo nhầm", "đã hủy 09:00 ngày 10/01/2020"),
        ("lần một", "được trả lại 08:00 ngày 21/01/2020"),
    ]
    assert [each.words for each in contents.answers] == ["lần hai"]
    assert "lần một" in page(package)


def test_what_coordinating_agencies_added_stands_apart(book: Book, lan: int, tmp_path: Path) -> None:
    when = at(2020, 2, 3, 9)
    added = contribute(book, "1c", "vanphong", lan, when, "đã góp ý")
    evidence(book, lan, when, PDF, "gop-y.pdf", contribution=added)
    _, package = archived(book, tmp_path, task="1c")
    assert files(package) == ["phoi-hop/1c_vanphong_2020-02-03_01_gop-y.pdf"]
    _, other = archived(book, tmp_path, "khac.zip", period="2020-Q3")
    assert files(other) == []


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        ({"period": "2020-Q1"}, ["2b", "1c"]),
        ({"period": "2020-Q1", "task": "2b"}, ["2b"]),
        ({"period": "2020-Q1", "agency": "tuphap"}, ["1c"]),
        ({"period": "2020-Y"}, ["2b", "2b", "1c"]),
        ({"task": "2b", "agency": "sondung"}, ["2b"]),
    ],
)
def test_a_selection_is_of_the_moments_of_the_answers(
    book: Book, lan: int, tmp_path: Path, selection: dict[str, str], found: list[str]
) -> None:
    answer(book, "2b.1", "sondung", lan, at(2020, 3, 14, 23, 59))
    answer(book, "2b.1", "sonlap", lan, at(2020, 3, 15, 0, 0))
    answer(book, "1c.1", "tuphap", lan, at(2020, 3, 10, 8))
    contents, _ = archived(book, tmp_path, **selection)
    assert sorted(each.code for each in contents.answers) == sorted(found)


@pytest.mark.parametrize("selection", [{"period": "2020-Q2"}, {"task": "9z"}])
def test_what_does_not_exist_is_said(book: Book, tmp_path: Path, selection: dict[str, str]) -> None:
    with pytest.raises(SelectionError, match=r"Q1|2b"):
        archived(book, tmp_path, **selection)
    assert list(tmp_path.glob("*.zip*")) == []


def test_it_is_the_same_to_the_byte_and_never_half_there(book: Book, lan: int, tmp_path: Path) -> None:
    when = at(2020, 1, 20, 8)
    evidence(book, lan, when, PDF, "a.pdf", submission=answer(book, "2b.1", "sondung", lan, when))
    archived(book, tmp_path, "one.zip", task="2b")
    archived(book, tmp_path, "two.zip", task="2b")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        write(book.store, book.office, Selection(task="2b"), NOW, tmp_path / "taken")
    assert list(tmp_path.glob("*.part")) == []


def test_it_may_be_larger_than_a_plain_zip_can_be(
    book: Book, lan: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    when, much = at(2020, 1, 20, 8), PDF + bytes(300_000)
    evidence(book, lan, when, much, "a.pdf", submission=answer(book, "2b.1", "sondung", lan, when))
    # Gigabytes would take a test too long: the limit comes down instead.
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 200_000)
    _, package = archived(book, tmp_path, task="2b")
    assert package.testzip() is None
    assert package.read(files(package)[0]) == much
    assert package.getinfo("SHA256SUMS").header_offset > 200_000


def test_the_contents_are_a_workbook_too(book: Book, lan: int, tmp_path: Path) -> None:
    when = at(2020, 1, 20, 8)
    number = answer(book, "2b.1", "sondung", lan, when, "=1+1")
    evidence(book, lan, when, PDF, "=cmd.pdf", submission=number)
    _, package = archived(book, tmp_path, task="2b")
    opened = load_workbook(io.BytesIO(package.read("muc-luc.xlsx")))
    assert opened.sheetnames == [
        "Tệp minh chứng",
        "Kết quả đã báo",
        "Phần phối hợp",
        "Gửi kèm, chưa phải kết quả",
        "Còn thiếu",
        "Không còn giá trị",
    ]
    line = [cell.value for cell in opened["Tệp minh chứng"][5]]
    assert line[3:5] == ["minh-chung/2b_sondung_2020-01-20_01_cmd.pdf", "=cmd.pdf"]
    assert line[-1] == hashlib.sha256(PDF).hexdigest()
    words = opened["Kết quả đã báo"]["G5"]
    assert (words.value, words.data_type) == ("=1+1", "s")
    assert isinstance(opened["Kết quả đã báo"]["F5"].value, datetime)


def test_the_page_escapes_what_people_wrote(book: Book, lan: int, tmp_path: Path) -> None:
    number = answer(book, "2b.1", "sondung", lan, at(2020, 1, 20, 8), "<script>alert(1)</script>\x00")
    evidence(book, lan, at(2020, 1, 20, 8), PDF, '"><img src=x>.pdf', submission=number)
    _, package = archived(book, tmp_path, task="2b")
    assert "<script" not in page(package)
    assert "<img" not in page(package)
    assert "&lt;script&gt;alert(1)" in page(package)


def test_an_empty_file_says_so(book: Book, tmp_path: Path) -> None:
    contents, package = archived(book, tmp_path, agency="sonlap")
    assert contents.known_at is None
    assert "Không có." in page(package)
    assert "chưa có kết quả nào" in page(package)
