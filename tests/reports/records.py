"""A small record with a row of each kind, for the tests of what is made from records."""

from datetime import UTC, date, datetime

from plan.model import Kind
from reports.figures.boxes import Box
from reports.figures.record import Before, Count, Entry, Part, PlanName, Record, Row, Window

AS_OF = datetime(2020, 3, 14, 16, 59, 59, 999999, tzinfo=UTC)
BASIS = "Quyết định số 2579/QĐ-UBND ngày 31/12/2019"
DATED = Count(
    total=6, done_in_time=1, done_late=1, open=2, near=1, overdue=1, waiting=1, suspended=1, fallen=3, fallen_done=2,
    rate=67,
)  # fmt: skip
TITLE_2B = (
    "Xây dựng và triển khai thực hiện kế hoạch rà soát, đánh giá thủ tục hành chính thuộc thẩm quyền giải quyết hoặc "
    "phạm vi quản lý của đơn vị"
)


def row(row_id: int, box: Box, **changes: object) -> Row:
    """One row, 2b of a commune unless told otherwise."""
    given: dict[str, object] = {
        "id": row_id, "plan": "cchc-2020", "code": "2b", "task": "2b", "milestone": "2b.1", "section": "2",
        "kind": Kind.DATED, "title": TITLE_2B, "basis": BASIS, "agency": "sondung", "agency_name": "UBND xã Sơn Dung",
        "lead": "Các cơ quan, đơn vị; UBND các xã", "coordinating": "Văn phòng HĐND&UBND huyện",
        "product": "Kế hoạch của các cơ quan, đơn vị, UBND cấp xã", "printed": "trước ngày 31/01/2020",
        "due": date(2020, 1, 30), "planned": date(2020, 1, 30), "last": date(2020, 1, 30), "box": box,
    }  # fmt: skip
    return Row.model_validate({**given, **changes})


def sample() -> Record:
    """Quarter I of 2020 of an office with two communes and one department, as of the window's end."""
    rows = (
        row(1, Box.DONE_IN_TIME, done_at=datetime(2020, 1, 20, 1, 12, tzinfo=UTC), number="KH 05/KH-UBND",
            signed=date(2020, 1, 19), subject="Rà soát thủ tục hành chính năm 2020", evidence=2),
        row(2, Box.DONE_LATE, agency="sonlien", agency_name="UBND xã Sơn Liên", note="đã ban hành văn bản",
            done_at=datetime(2020, 2, 4, 2, 0, tzinfo=UTC)),
        row(3, Box.OVERDUE, agency="sonlap", agency_name="UBND xã Sơn Lập", days=-31,
            blocked="=thiếu kinh phí; chưa có cán bộ chuyên trách"),
        row(4, Box.NEAR, code="1đ", task="1đ", milestone="1đ.1", section="1", agency="tuphap",
            agency_name="Phòng Tư pháp", title="Rà soát văn bản do đơn vị tham mưu", printed="Quý I năm 2020",
            due=date(2020, 3, 31), planned=date(2020, 3, 31), last=date(2020, 3, 31), days=13,
            progress="60 % đang lấy ý kiến"),
        row(5, Box.WAITING, agency="tuphap", agency_name="Phòng Tư pháp", reason="chờ Phòng Nội vụ xác nhận",
            done_at=datetime(2020, 1, 29, 3, 0, tzinfo=UTC)),
        row(6, Box.SUSPENDED, code="8b", task="8b", milestone="8b.1", section="8", agency="tuphap",
            agency_name="Phòng Tư pháp", title="Chấm điểm chỉ số cải cách hành chính", printed="Quý I năm 2020",
            due=date(2020, 3, 31), reason="tạm hoãn theo CV 12/UBND-NV"),
        row(7, Box.ONGOING, code="1a", task="1a", milestone="1a.1", section="1", kind=Kind.ONGOING, agency="tuphap",
            agency_name="Phòng Tư pháp", title="Nâng cao chất lượng xây dựng văn bản", printed="Thường xuyên", due=None,
            planned=None, last=None, progress="quý I: thẩm định 3 dự thảo"),
        row(8, Box.OPEN, code="1c.2", task="1c", milestone="1c.2", occurrence="2020-H1", period="6 tháng năm 2020",
            section="1", kind=Kind.PERIODIC, agency="tuphap", agency_name="Phòng Tư pháp",
            title="Theo dõi thi hành pháp luật", printed="định kỳ", due=date(2020, 6, 10), planned=date(2020, 6, 10),
            last=date(2020, 6, 10), days=60),
    )  # fmt: skip
    commune = Count(total=1, done_in_time=1, fallen=1, fallen_done=1, rate=100)
    return Record(
        window=Window(
            key="2020-Q1", first=date(2019, 12, 15), last=date(2020, 3, 14), ends=date(2020, 3, 31), as_of=AS_OF,
            over=True,
        ),
        period="quý I/2020",
        compiler="noivu",
        compiler_name="Phòng Nội vụ",
        plans=(
            PlanName(
                id="cchc-2020", name="Kế hoạch cải cách hành chính năm 2020", label="CCHC 2020", year=2020,
                number="2579/QĐ-UBND", signed=date(2019, 12, 31),
                issuer="Chủ tịch Ủy ban nhân dân huyện Sơn Tây",
                title="Ban hành Kế hoạch cải cách hành chính năm 2020, trên địa bàn huyện Sơn Tây",
            ),
        ),
        known_at=datetime(2020, 3, 16, 1, 0, tzinfo=UTC),
        tasks=4,
        ongoing_tasks=1,
        undated_tasks=0,
        unconfirmed_tasks=0,
        dated=DATED,
        periodic=Count(total=1, open=1),
        before=Before(
            key="2019-Y", name="năm 2019", as_of=datetime(2019, 12, 14, 16, 59, 59, tzinfo=UTC), dated=Count()
        ),
        sections=(
            Part(key="1", name="Cải cách thể chế", dated=Count(total=1, open=1, near=1)),
            Part(key="2", name="Cải cách thủ tục hành chính", dated=Count(
                total=4, done_in_time=1, done_late=1, overdue=1, waiting=1, fallen=3, fallen_done=2, rate=67)),
            Part(key="8", name="Công tác chỉ đạo, điều hành", dated=Count(suspended=1)),
        ),
        agencies=(
            Part(key="tuphap", name="Phòng Tư pháp", dated=Count(total=2, open=1, near=1, waiting=1, suspended=1)),
            Part(key="sondung", name="UBND xã Sơn Dung", dated=commune),
            Part(key="sonlien", name="UBND xã Sơn Liên", dated=Count(total=1, done_late=1, fallen=1, fallen_done=1,
                                                                    rate=100)),
            Part(key="sonlap", name="UBND xã Sơn Lập", dated=Count(total=1, overdue=1, fallen=1, rate=0)),
        ),
        groups=(Part(key="xa", name="UBND các xã", dated=Count(total=3, done_in_time=1, done_late=1, overdue=1,
                                                               fallen=3, fallen_done=2, rate=67)),),
        rows=rows,
        between=(4,),
        uncounted=(6,),
        history=(
            Entry(row=1, at=datetime(2020, 1, 1, 1, 0, tzinfo=UTC), recorded_at=datetime(2020, 1, 1, 1, 0, tzinfo=UTC),
                  kind="created", due=date(2020, 1, 30)),
            Entry(row=1, at=datetime(2020, 1, 20, 1, 12, tzinfo=UTC), kind="submitted",
                  recorded_at=datetime(2020, 1, 20, 1, 12, 3, tzinfo=UTC), note="KH 05/KH-UBND 19/01/2020"),
        ),
    )  # fmt: skip
