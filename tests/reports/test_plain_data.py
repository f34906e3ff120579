"""The report as csv and json, as programs and spreadsheets read it, and its description."""

import csv as reader
import hashlib
import io
import json as parser
import re
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

from plan.model import Value
from reports.figures import record as model
from reports.figures.boxes import Box
from reports.figures.record import Issue, Record
from reports.tables.plain_data import csv, history_csv, json
from tests.reports.records import AS_OF, row, sample
from words.office import Office

PAGE = Path(__file__).parents[2] / "docs" / "report-data.md"
ISSUE = Issue(id=4, number=1, issued_at=AS_OF)
MODELS = (
    model.Record, model.Issue, model.Window, model.PlanName, model.Count, model.Part, model.Row, model.Entry,
    model.Before,
)  # fmt: skip


def lines(office: Office, record: Record) -> list[dict[str, str]]:
    data = csv(office, record)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(reader.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_csv_has_a_line_for_each_obligation(office: Office) -> None:
    found = lines(office, sample())
    assert [each["Mã"] for each in found] == ["2b", "2b", "2b", "1đ", "2b", "8b", "1a", "1c.2"]
    assert found[0]["Thời hạn"] == "30/01/2020"
    assert found[0]["Thời điểm báo kết quả"] == "20/01/2020 08:12"
    assert found[2]["Số ngày làm việc còn lại (âm là quá hạn)"] == "-31"
    assert found[6]["Thời hạn"] == "Thường xuyên"


def test_the_history_has_a_line_for_each_event(office: Office) -> None:
    record = sample()
    found = list(reader.DictReader(io.StringIO(history_csv(office, record).decode("utf-8-sig"), newline="")))
    assert len(found) == len(record.history) > 0
    codes = {each.id: each.code for each in record.rows}
    assert [each["Mã"] for each in found] == [codes.get(each.row, "") for each in record.history]
    assert all(each["Thời điểm"] for each in found)


@pytest.mark.parametrize("hostile", ["=1+1", "+84905", "-1", "@x", "\t=1", "\n=1", " =1"])
def test_a_text_in_the_csv_is_no_formula(office: Office, hostile: str) -> None:
    record = sample().model_copy(update={"rows": (row(1, Box.OVERDUE, days=-1, blocked=hostile),)})
    assert lines(office, record)[0]["Khó khăn, vướng mắc / lý do chậm"] == f"'{hostile}"


def test_the_json_is_the_record_and_proves_it() -> None:
    record = sample()
    read = parser.loads(json(record, ISSUE))
    assert list(read) == ["format", "version", "sha256", "issue", "record"]
    assert Record.model_validate(read["record"]) == record
    assert Issue.model_validate(read["issue"]) == ISSUE
    again = parser.dumps(read["record"], ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(again.encode()).hexdigest() == read["sha256"] == record.sha256
    assert parser.loads(json(record, None))["issue"] is None
    assert json(record, ISSUE) == json(sample(), ISSUE)


@pytest.mark.parametrize("each", MODELS, ids=lambda each: each.__name__)
def test_every_field_of_the_json_is_described_and_no_other(each: type[Value]) -> None:
    part = re.search(rf"^## {each.__name__}\b.*?\n(.*?)(?=^## |\Z)", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert part is not None, f"{PAGE.name} has no part '## {each.__name__}'"
    described = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \| [^|]{3,} \|$", part[1], re.MULTILINE)
    assert described == [(name, left_out(field)) for name, field in each.model_fields.items()]


def left_out(field: FieldInfo) -> str:
    """The value with which a field is not written, as the page says it."""
    if field.is_required():
        return "never"
    return "all 0" if field.default == model.Count() else f"`{parser.dumps(field.default)}`"
