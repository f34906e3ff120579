"""The report to be signed: its layout by law, its sentences and tables, blanks, hostile answers, and size."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from PIL import Image

from plan.model import Kind, Letterheads, Plan
from reports.figures import period
from reports.figures.boxes import Box
from reports.figures.by_milestone import Teller
from reports.figures.record import Count, Issue, Part, Record
from reports.word import documents
from reports.word.documents import AGENCY_REPORT, GIVEN, LETTER, OPINION, REPORT, agency_report_docx, report_docx
from tests.libreoffice import to_pdf
from tests.reports.book import Book
from tests.reports.contradictions import found
from tests.reports.docx_text import opened, table_with, words
from tests.reports.played import play_year
from tests.reports.records import row, sample
from words.office import Office

FOLDER = Path(__file__).parents[2] / "data" / "templates"
ISSUED = Issue(id=7, number=1, issued_at=datetime(2020, 3, 16, 1, 0, tzinfo=UTC))
STT = "STT"


def report(office: Office, record: Record, issue: Issue | None = None) -> bytes:
    return report_docx(office, record, issue, FOLDER)


def of_one(record: Record, agency: str, name: str) -> Record:
    """The part of a record that is about one agency."""
    rows = tuple(each for each in record.rows if each.agency == agency)
    parts = tuple(part for part in record.agencies if part.key == agency)
    ids = {each.id for each in rows}
    return record.model_copy(
        update={
            "scope": (agency,), "about": name, "rows": rows, "agencies": parts, "groups": (), "dated": parts[0].dated,
            "between": tuple(each for each in record.between if each in ids),
            "uncounted": tuple(each for each in record.uncounted if each in ids),
        }
    )  # fmt: skip


def without_letterhead(office: Office) -> Office:
    plans: dict[str, Plan] = {
        key: plan.model_copy(update={"letterhead": Letterheads()}) for key, plan in office.plans.items()
    }
    return Office(plans, office.calendar, office.text)


# The layout: Decree 30/2020/NĐ-CP, annex I.


@pytest.fixture(params=[REPORT, AGENCY_REPORT, LETTER, OPINION])
def template(request: pytest.FixtureRequest) -> bytes:
    return (FOLDER / str(request.param)).read_bytes()


@pytest.fixture
def laid_out(office: Office, template: bytes) -> Iterator[bytes]:
    """A template as it lies in data/; the filled report has the same layout."""
    return iter((template, report(office, sample())))


def test_the_templates_of_the_house_have_no_fault() -> None:
    assert set(GIVEN) == {path.name for path in FOLDER.glob("*.docx")}
    assert documents.check(FOLDER) == []


def millimetres(length: Length | None) -> int:
    assert length is not None
    return round(length / Mm(1))


def test_paper_and_margins_are_those_of_the_decree(laid_out: Iterator[bytes]) -> None:
    for data in laid_out:
        for number, section in enumerate(opened(data).sections):
            landscape = number > 0
            size = (297, 210) if landscape else (210, 297)
            assert (millimetres(section.page_width), millimetres(section.page_height)) == size
            assert section.orientation == (WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT)
            assert 20 <= millimetres(section.top_margin) <= 25
            assert 20 <= millimetres(section.bottom_margin) <= 25
            assert 30 <= millimetres(section.left_margin) <= 35
            assert 15 <= millimetres(section.right_margin) <= 20


def test_the_page_number_stands_top_centre_and_not_on_page_one(laid_out: Iterator[bytes]) -> None:
    for data in laid_out:
        first, *annexes = opened(data).sections
        (paragraph,) = first.header.paragraphs
        assert "PAGE" in "".join(each.text or "" for each in paragraph._p.iter(qn("w:instrText")))
        assert paragraph.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
        assert first.different_first_page_header_footer
        assert not any(each.text for each in first.first_page_header.paragraphs)
        # The annexes go on counting from the first page on.
        assert all(each.header.is_linked_to_previous for each in annexes)
        assert not any(each.different_first_page_header_footer for each in annexes)


def test_every_style_is_times_new_roman_in_the_sizes_of_the_decree(laid_out: Iterator[bytes]) -> None:
    for data in laid_out:
        styles = opened(data).styles
        sizes = {
            "Body Text": (13, 14), "Heading 1": (13, 14), "Title": (14, 14), "Letterhead": (12, 13), "Motto": (13, 14),
            "Place and Date": (13, 14), "Recipients Head": (12, 12), "Recipients": (11, 11), "Signer": (13, 14),
            "Table Text": (10, 12), "Table Head": (10, 12), "Header": (13, 14),
        }  # fmt: skip
        for name, (least, most) in sizes.items():
            font = styles[name].font
            assert font.name == "Times New Roman", name
            assert least <= font.size.pt <= most, name
        assert styles["Body Text"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
        assert round(styles["Body Text"].paragraph_format.first_line_indent.mm) == 10
        assert (styles["Recipients Head"].font.bold, styles["Recipients Head"].font.italic) == (True, True)
        assert styles["Place and Date"].font.italic
        assert styles["Signer"].font.bold
        assert {font for run in _runs(data) if (font := run.font.name)} <= {"Times New Roman"}


def _runs(data: bytes) -> Iterator[Run]:
    document = opened(data)
    for element in document.element.body.iter(qn("w:p")):
        yield from Paragraph(element, document).runs


def test_the_header_table_holds_bodies_motto_number_and_date(office: Office) -> None:
    table = opened(report(office, sample())).tables[0]
    left, right = (cell.text.strip().splitlines() for cell in table.rows[0].cells)
    assert left == ["UBND HUYỆN SƠN TÂY", "PHÒNG NỘI VỤ"]
    assert right == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    number, day = (cell.text for cell in table.rows[1].cells)
    assert number.split() == ["Số:", "/BC-PNV"]
    assert day == "Sơn Tây, ngày … tháng … năm 2020"
    lines = [each for each in table._tbl.iter(qn("w:pBdr")) if each.find(qn("w:top")) is not None]
    assert len(lines) == 2


def test_the_end_has_recipients_and_a_blank_signature(office: Office) -> None:
    document = opened(report(office, sample()))
    signed = next(table for table in document.tables if "Nơi nhận:" in table.rows[0].cells[0].text)
    left, right = (cell.text.splitlines() for cell in signed.rows[0].cells)
    assert left[:2] == ["Nơi nhận:", "- Như trên;"]
    assert left[-1] == "- Lưu: VT."
    assert right[0] == "TRƯỞNG PHÒNG"
    assert set("".join(right[1:])) == {"…"}


def test_header_rows_repeat_and_rows_stay_whole(office: Office) -> None:
    for table in opened(report(office, sample())).tables:
        head = table.rows[0]
        if head.cells[0].text != STT:
            continue
        assert head._tr.xpath("./w:trPr/w:tblHeader")
        assert all(cell.xpath("./w:tcPr/w:shd") for cell in head._tr.tc_lst)
        # What lists agencies may go on over the page, what has the official columns does not.
        whole = [each for each in table.rows if not each._tr.xpath("./w:tc/w:tcPr/w:gridSpan")]
        assert all(each._tr.xpath("./w:trPr/w:cantSplit") for each in whole)


# What it says.


def test_the_figures_are_those_of_the_record(office: Office) -> None:
    text = words(report(office, sample()))
    assert "Kế hoạch có 4 nhiệm vụ do 4 cơ quan, đơn vị thực hiện" in text
    assert "Kỳ báo cáo quý I/2020 tính từ ngày 15/12/2019 đến ngày 14/3/2020." in text
    assert "- Đã hoàn thành: 2 kết quả, gồm 1 kết quả hoàn thành đúng hạn và 1 kết quả hoàn thành quá hạn." in text
    assert "- Chưa hoàn thành, còn trong hạn: 2 kết quả, trong đó có 1 kết quả sắp đến hạn." in text
    assert "- Chưa hoàn thành, đã quá hạn: 1 kết quả." in text
    assert "đang chờ xác nhận, bổ sung hoặc quyết định: 1 kết quả" in text
    assert "2/3 kết quả đã hoàn thành, đạt tỷ lệ 67%." in text
    assert "Có 1 kết quả có thời hạn từ ngày 15/3/2020 đến ngày 31/3/2020" in text
    assert "thuộc các nhiệm vụ: 1đ (1 kết quả)" in text


def test_the_decision_is_named_to_the_end_of_the_plans_name(office: Office) -> None:
    assert (
        "Thực hiện Quyết định số 2579/QĐ-UBND ngày 31/12/2019 của Chủ tịch Ủy ban nhân dân huyện Sơn Tây về việc ban "
        "hành Kế hoạch cải cách hành chính năm 2020, Phòng Nội vụ tổng hợp, báo cáo"
    ) in words(report(office, sample()))


def test_assigned_work_is_reported_under_the_offices_own_plan(office: Office) -> None:
    given = sample()
    assigned = given.plans[0].model_copy(update={"id": "giaoviec-2020", "name": "Việc giao năm 2020", "assigned": True})
    text = words(report(office, given.model_copy(update={"plans": (*given.plans, assigned)})))
    assert "Kết quả thực hiện Kế hoạch cải cách hành chính năm 2020, quý I/2020" in text
    assert "Việc giao năm 2020" not in text
    assert text.startswith("UBND HUYỆN SƠN TÂY")


def test_what_was_done_is_late_or_hinders_is_told_with_who(office: Office) -> None:
    text = words(report(office, sample()))
    assert "2/4 đơn vị đã hoàn thành." in text
    assert "Chưa hoàn thành, đã quá hạn (nêu tại mục III): 2b (1 kết quả)." in text
    assert "UBND xã Sơn Lập chậm 31 ngày làm việc." in text
    assert "UBND xã Sơn Lập: =thiếu kinh phí; chưa có cán bộ chuyên trách." in text
    assert "đã nêu tại mục III đối với nhiệm vụ 2b." in text


def test_the_annex_has_the_official_columns_with_agencies_together(office: Office) -> None:
    rows = table_with(report(office, sample()), "Nhiệm vụ (mã)")
    assert rows[0] == [
        "STT", "Nhiệm vụ (mã)", "Chủ trì", "Phối hợp", "Sản phẩm", "Thời hạn",
        "Kết quả (số, ký hiệu, ngày văn bản)", "Tình trạng", "Khó khăn, vướng mắc / lý do chậm", "Ghi chú",
    ]  # fmt: skip
    of_2b = next(each for each in rows if len(each) == 10 and each[1].startswith("2b. "))
    assert of_2b[5:7] == ["trước ngày 31/01/2020 (hết ngày 30/01/2020)", "2/4 đơn vị hoàn thành"]
    under = rows[rows.index(of_2b) + 1 :]
    assert under[0][1].startswith("Chưa hoàn thành, quá hạn (1): UBND xã Sơn Lập (quá hạn 31 ngày làm việc; vướng mắc")
    assert [each[1].partition(" (")[0] for each in under[:4]] == [
        "Chưa hoàn thành, quá hạn", "Chờ xác nhận", "Hoàn thành quá hạn", "Hoàn thành đúng hạn",
    ]  # fmt: skip


def test_figures_by_agency_and_what_is_not_counted(office: Office) -> None:
    data = report(office, sample())
    agencies = table_with(data, "Cơ quan, đơn vị")
    assert agencies[-1] == ["4", "UBND xã Sơn Lập", "1", "0", "0", "0", "0", "1", "0", "0%", "0"]
    assert table_with(data, "Lý do, căn cứ")[1:] == [
        ["1", "8b. Chấm điểm chỉ số cải cách hành chính", "Phòng Tư pháp", "Tạm hoãn", "tạm hoãn theo CV 12/UBND-NV"]
    ]


def test_a_quiet_period_says_so(office: Office) -> None:
    quiet = sample().model_copy(
        update={"rows": (row(1, Box.OPEN, due=date(2020, 6, 30)),), "between": (), "uncounted": (), "dated": Count()}
    )
    text = words(report(office, quiet))
    assert "chưa có kết quả nào đến thời hạn." in text
    assert "không có nhiệm vụ quá hạn chưa hoàn thành." in text
    assert "2. Trong kỳ, hệ thống chưa ghi nhận khó khăn, vướng mắc do các cơ quan, đơn vị báo cáo." in text
    assert "Trong kỳ, hệ thống chưa ghi nhận nội dung cần đề xuất, kiến nghị." in text
    assert "KHÔNG ĐƯA VÀO TÍNH TOÁN" not in text


def test_a_difficulty_that_was_overcome_is_told(office: Office) -> None:
    done = row(1, Box.DONE_LATE, overcome="thiếu kinh phí", done_at=datetime(2020, 2, 4, 2, 0, tzinfo=UTC))
    going_on = row(2, Box.OVERDUE, agency="sonlap", agency_name="UBND xã Sơn Lập", overcome="mất điện", days=-3)
    text = words(report(office, sample().model_copy(update={"rows": (done, going_on)})))
    assert "UBND xã Sơn Dung: thiếu kinh phí (đã nêu trong kỳ; đến nay đã hoàn thành)" in text
    assert "UBND xã Sơn Lập: mất điện (đã nêu trong kỳ; đến nay không còn nêu)" in text
    assert "tháo gỡ" not in text


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ((0,), "UBND xã Sơn Dung vừa quá hạn."),
        ((0, -4), "2 đơn vị quá hạn, lâu nhất 4 ngày làm việc, gồm UBND xã Sơn Lập, UBND xã Sơn Dung."),
        ((-4, -4), "2 đơn vị chậm 4 ngày làm việc, gồm UBND xã Sơn Dung, UBND xã Sơn Lập."),
        ((-2, -4), "2 đơn vị chậm từ 2 đến 4 ngày làm việc, gồm UBND xã Sơn Lập, UBND xã Sơn Dung."),
    ],
)
def test_nobody_is_late_by_0_days(office: Office, days: tuple[int, ...], says: str) -> None:
    who = (("sondung", "UBND xã Sơn Dung"), ("sonlap", "UBND xã Sơn Lập"))
    rows = tuple(
        row(number, Box.OVERDUE, days=late, agency=agency, agency_name=name)
        for number, (late, (agency, name)) in enumerate(zip(days, who, strict=False))
    )
    text = words(report(office, sample().model_copy(update={"rows": rows})))
    assert says in text
    assert "0 ngày làm việc" not in text.replace("10 ngày", "")


def test_who_waits_for_a_signature_or_has_written_is_not_listed_as_silent(office: Office) -> None:
    signing = row(1, Box.OVERDUE, days=-3, signing=date(2020, 1, 29))
    unclear = row(2, Box.OVERDUE, days=-3, agency="sonlap", agency_name="UBND xã Sơn Lập", said="đã gửi văn thư")
    text = words(report(office, sample().model_copy(update={"rows": (signing, unclear)})))
    late = text[text.index("III. TỒN TẠI") :]
    assert "UBND xã Sơn Dung (đã trình, chờ ký từ ngày 29/01/2020)" in late
    assert "UBND xã Sơn Lập (đã báo, đang làm rõ: đã gửi văn thư)" in late


def test_what_recurs_is_one_line_and_the_year_is_said_once(office: Office) -> None:
    rows = tuple(
        row(
            place * 10 + number, Box.DONE_IN_TIME if number or place else Box.OVERDUE, code="bc", task="bc", duty=True,
            milestone="bc.1", kind=Kind.PERIODIC, occurrence=f"2020-{key}", period=name, agency=f"x{number}",
            agency_name=f"Đơn vị {number}", due=date(2020, month, 10), last=date(2020, month, 10), days=-2,
        )
        for place, (key, name, month) in enumerate((("Q1", "quý I/2020", 3), ("H1", "6 tháng đầu năm 2020", 6)))
        for number in range(3)
    )  # fmt: skip
    window = sample().window.model_copy(
        update={"key": "2020-Y", "last": date(2020, 12, 14), "ends": date(2020, 12, 31)}
    )
    record = sample().model_copy(update={"rows": rows, "period": "năm 2020", "window": window, "between": ()})
    text = words(report(office, record))
    assert text.count("- Nhiệm vụ bc") == 2  # what was done, how long it is late
    assert "quý I/2020: 2/3 đơn vị đã hoàn thành; 6 tháng đầu năm 2020: 3/3 đơn vị đã hoàn thành." in text
    assert "đã quá hạn (nêu tại mục III): bc (1 kết quả)." in text
    assert "Kết quả thực hiện Kế hoạch cải cách hành chính năm 2020\n" in text
    assert "năm 2020, năm 2020" not in text


@pytest.mark.parametrize(
    "key", ["2020-H1", *(pytest.param(key, marks=pytest.mark.long) for key in ("2020-Q1", "2020-Q3", "2020-Y"))]
)
def test_no_sentence_of_a_played_year_contradicts_its_figures(book: Book, key: str) -> None:
    book = play_year(book)
    for known in (date(2020, 2, 10), date(2020, 3, 20), date(2021, 1, 4)):
        now = datetime(known.year, known.month, known.day, 1, tzinfo=UTC)
        window = period.window(book.office, key, now)
        if window.first > known:
            continue
        with book.store.look() as session:
            record = period.make(session, book.office, window, known_at=now)
        assert list(found(record, words(report(book.office, record)))) == []


def test_a_draft_says_so_and_an_issue_has_its_number_and_fingerprint(office: Office) -> None:
    record = sample()
    draft, issued = words(report(office, record)), words(report(office, record, ISSUED))
    assert "DỰ THẢO – số liệu đến hết ngày 14/3/2020" in draft
    assert "DỰ THẢO" not in issued
    assert issued.splitlines()[-1] == (
        f"Báo cáo phát hành lần 1 lúc 08:00 ngày 16/03/2020, số liệu đến hết ngày 14/3/2020; mã đối chiếu "
        f"{record.sha256[:8]}."
    )


def test_a_correction_says_which_issue_it_replaces_and_why(office: Office) -> None:
    correction = ISSUED.model_copy(update={"number": 2, "corrects": 1, "reason": "sửa ngày hoàn thành của 2b"})
    lines = words(report(office, sample(), correction)).splitlines()
    head = lines.index("(Bản đính chính, thay thế lần phát hành 1; lý do: sửa ngày hoàn thành của 2b)")
    assert lines.index("BÁO CÁO") < head < lines.index("I. TÌNH HÌNH CHUNG")
    assert "(Bản đính chính" not in words(report(office, sample(), ISSUED))
    last = lines[-1]
    assert last.endswith("Thay thế lần phát hành 1; lý do: sửa ngày hoàn thành của 2b.")


def test_a_window_that_is_open_is_as_of_its_moment(office: Office) -> None:
    record = sample()
    window = record.window.model_copy(update={"over": False, "as_of": datetime(2020, 2, 5, 3, 30, tzinfo=UTC)})
    text = words(report(office, record.model_copy(update={"window": window})))
    assert "và chưa kết thúc. Số liệu trong báo cáo lấy đến 10:30 ngày 05/02/2020" in text


def test_the_same_record_gives_the_same_file(office: Office) -> None:
    assert report(office, sample(), ISSUED) == report(office, sample(), ISSUED)


def test_the_language_of_who_asks_does_not_change_it(office: Office) -> None:
    asked = office.speaking("en")
    assert report(asked, sample()) == report(office, sample())


def test_without_a_letterhead_there_are_dots_to_fill_in(office: Office) -> None:
    data = report(without_letterhead(office), sample())
    left, _ = (cell.text.split() for cell in opened(data).tables[0].rows[0].cells)
    assert left == ["……………………", "PHÒNG", "NỘI", "VỤ"]
    assert "Kính gửi: ……………………." in words(data)


def test_answers_are_text_whatever_they_hold(office: Office) -> None:
    hostile = "A & B <x> {{ name }} {% if %} \x00\x0b]]>"
    record = sample().model_copy(
        update={"rows": (row(1, Box.OVERDUE, days=-3, agency_name=hostile, blocked=hostile, reason=hostile),)}
    )
    assert "A & B <x> {{ name }} {% if %} ]]>" in words(report(office, record))


def test_pictures_stand_in_the_annex_under_their_captions(office: Office, tmp_path: Path) -> None:
    Image.new("RGB", (600, 900), "white").save(tmp_path / "matrix.png")
    data = report_docx(office, sample(), None, FOLDER, {"Bảng đơn vị": (tmp_path / "matrix.png").read_bytes()})
    (shape,) = opened(data).inline_shapes
    assert shape.height.mm <= 150
    assert "Bảng đơn vị" in words(data)


def blank(width: int, height: int) -> bytes:
    """A white picture."""
    held = BytesIO()
    Image.new("RGB", (width, height), "white").save(held, "PNG")
    return held.getvalue()


@pytest.mark.parametrize(
    ("widths", "captions"), [((1080, 1080), ["Tiến độ; bảng đơn vị"]), ((1080, 3200), ["Tiến độ", "Bảng đơn vị"])]
)
def test_two_pictures_share_a_page_where_both_are_tall(
    office: Office, widths: tuple[int, int], captions: list[str]
) -> None:
    pictures = {"Tiến độ": blank(widths[0], 1000), "Bảng đơn vị": blank(widths[1], 2300)}
    data = report_docx(office, sample(), None, FOLDER, pictures)
    shown = [shape.width.mm for shape in opened(data).inline_shapes]
    assert len(shown) == len(captions)
    assert all(width <= 250 for width in shown)
    lines = [paragraph.text for paragraph in opened(data).paragraphs]
    assert [line for line in lines if "Tiến độ" in line or line == "Bảng đơn vị"] == captions


# An agency's own.


def test_an_agency_reports_under_its_own_head(office: Office) -> None:
    data = agency_report_docx(office, of_one(sample(), "sonlap", "UBND xã Sơn Lập"), None, FOLDER)
    left, _ = (cell.text.strip() for cell in opened(data).tables[0].rows[0].cells)
    assert left == "ỦY BAN NHÂN DÂN\nXÃ SƠN LẬP"
    text = words(data)
    assert "Sơn Lập, ngày … tháng … năm 2020" in text
    assert "của UBND xã Sơn Lập" in text
    assert "Kính gửi: Ủy ban nhân dân huyện Sơn Tây\n(qua Phòng Nội vụ)." in text
    assert "CHỦ TỊCH" in text
    assert "kính gửi Phòng Nội vụ tổng hợp" in text
    assert "chậm 31 ngày làm việc." in text


def test_a_department_reports_under_the_district(office: Office) -> None:
    data = agency_report_docx(office, of_one(sample(), "tuphap", "Phòng Tư pháp"), None, FOLDER)
    left, _ = (cell.text.strip() for cell in opened(data).tables[0].rows[0].cells)
    assert left == "UBND HUYỆN SƠN TÂY\nPHÒNG TƯ PHÁP"
    assert "TRƯỞNG PHÒNG" in words(data)


def test_the_whole_office_is_no_agency(office: Office) -> None:
    with pytest.raises(ValueError, match="one agency"):
        agency_report_docx(office, sample(), None, FOLDER)


# Size.


@pytest.mark.long
def test_300_agencies_and_100_tasks_stay_a_document_to_read(office: Office) -> None:
    boxes = (Box.DONE_IN_TIME, Box.DONE_LATE, Box.OVERDUE, Box.OPEN)
    rows = tuple(
        row(
            task * 300 + agency, boxes[agency % 4], code=f"{task}a", task=f"{task}a", milestone=f"{task}a.1",
            section=str(task % 8), agency=f"x{agency}", agency_name=f"Đơn vị số {agency}", days=-agency,
            blocked=f"vướng mắc số {agency}", number=f"KH {agency}/KH-UBND",
        )
        for task in range(100)
        for agency in range(300)
    )  # fmt: skip
    record = sample().model_copy(
        update={
            "rows": rows, "between": (), "uncounted": (),
            "sections": tuple(Part(key=str(each), name=f"Nội dung {each}", dated=Count()) for each in range(8)),
        }
    )  # fmt: skip
    data = report(office, record)
    assert len(data) < 1_000_000
    table = table_with(data, "Nhiệm vụ (mã)")
    # A row for each task, at most one for each of its four boxes, one for each section, and the head.
    assert len(table) == 100 * (1 + 4) + 8 + 1
    assert "45 đơn vị khác (chi tiết tại bảng tính kèm theo)" in table[3][1]


@pytest.mark.long
def test_libreoffice_opens_and_prints_it(office: Office, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(report(office, sample(), ISSUED))
    assert to_pdf(tmp_path / "report.docx").startswith(b"%PDF")


@pytest.mark.parametrize(("count", "others"), [(5, ""), (6, ""), (7, "2 đơn vị khác")])
def test_one_other_agency_is_named_and_more_are_counted(office: Office, count: int, others: str) -> None:
    rows = [row(each, Box.OVERDUE, days=-3, agency=f"x{each}", agency_name=f"Xã {each}") for each in range(count)]
    said = Teller(office).named(rows, 5)
    assert "1 đơn vị khác" not in said
    assert others in said
    assert ("khác" in said) is bool(others)
    assert ("Xã 5" in said) is (count == 6)
