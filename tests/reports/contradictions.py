"""Where a report's sentences say other than the figures and rows that they stand beside."""

import re
from collections.abc import Iterator, Sequence

from reports.figures.boxes import DONE, NOT_COUNTED, Box
from reports.figures.record import Count, Record, Row
from reports.word.annex import belongs

NOTHING = re.compile(r"(?:chậm|quá hạn|còn) 0 ngày")
SECTION = re.compile(r"^(\d+)\. (.+)$")
NUMBERS = re.compile(
    r"(?:Có|Ngoài ra có) (\d+) (?:kết quả có thời hạn|báo cáo định kỳ hoặc nhiệm vụ chung): đã hoàn thành (\d+) "
    r"\(đúng hạn (\d+), quá hạn (\d+)\)(?:; còn trong hạn (\d+))?(?:; quá hạn chưa hoàn thành (\d+))?"
    r"(?:; chờ xác nhận, bổ sung hoặc quyết định (\d+))?\."
)
STILL = re.compile(r"còn (\d+) đơn vị chưa hoàn thành")
HEADS = ("a)", "b)", "c)")


def found(record: Record, text: str) -> Iterator[str]:
    """Each contradiction in a whole office's report; `text` is its paragraphs, one a line."""
    yield from (f"nothing counted as something: {each}" for each in NOTHING.findall(text))
    yield from _whole(record, text)
    lines = text.splitlines()
    first, last = lines.index("II. KẾT QUẢ THEO TỪNG NỘI DUNG"), lines.index("III. TỒN TẠI, VƯỚNG MẮC, NGUYÊN NHÂN")
    names = {part.name for part in record.sections} | {"Chế độ báo cáo và nhiệm vụ khác"}
    places = [
        place
        for place in range(first, last)
        if (head := SECTION.match(lines[place])) and head[2] in names and not lines[place + 1].isdigit()
    ]
    seen: list[int] = []
    for place, end in zip(places, [*places[1:], last], strict=True):
        yield from _section(lines[place], lines[place + 1 : end], seen)
    late = [row for row in record.rows if row.box is Box.OVERDUE and belongs(record, row)]
    if sum(seen) != len(late):
        yield f"the sections have {sum(seen)} late results, the rows {len(late)}"


def _whole(record: Record, text: str) -> Iterator[str]:
    counted = [row for row in record.rows if row.box not in NOT_COUNTED]
    hindered = any((row.blocked and row.box not in DONE) or row.overcome for row in record.rows)
    late = any(row.box is Box.OVERDUE for row in counted)
    for there, says in (
        (hindered, "chưa ghi nhận khó khăn, vướng mắc"),
        (late, "không có nhiệm vụ quá hạn chưa hoàn thành"),
        (any(row.box is Box.OVERDUE for row in counted), "chưa ghi nhận nội dung cần đề xuất"),
        (bool(record.dated.fallen), "chưa có kết quả nào đến thời hạn"),
    ):
        if there and says in text:
            yield f"«{says}», and there is"
    for name, count in (("dated", record.dated), ("periodic", record.periodic)):
        if count.total != _sum(count):
            yield f"{name}: {count.total} in all and {_sum(count)} by box"
    for row in record.rows:
        if row.blocked and row.box not in DONE and not _is_told(row, text):
            yield f"{row.code} of {row.agency_name} is hindered and III does not say so"


def _is_told(row: Row, text: str) -> bool:
    part = text[text.index("III. TỒN TẠI") : text.index("IV. ĐỀ XUẤT")]
    return any(line.startswith(f"- Nhiệm vụ {row.code}") for line in part.splitlines())


def _sum(count: Count) -> int:
    return count.done_in_time + count.done_late + count.open + count.overdue + count.apart


def _section(head: str, lines: Sequence[str], seen: list[int]) -> Iterator[str]:
    said = [[int(each or 0) for each in numbers.groups()] for line in lines if (numbers := NUMBERS.match(line))]
    for total, done, in_time, late_done, still_open, late, waits in said:
        if total != done + still_open + late + waits or done != in_time + late_done:
            yield f"{head}: {total} is not the sum of its boxes"
    late = sum(each[5] for each in said)
    seen.append(late)
    parts = _parts(lines)
    title, told = next(((title, each) for title, each in parts if "Chưa hoàn thành, đã quá hạn" in title), ("", []))
    counted = sum(int(each) for each in re.findall(r"\((\d+) kết quả\)", title))
    if late != (listed := counted + sum(_late_in(line) for line in told)):
        yield f"{head}: {late} late in the figures, {listed} in the lines"
    done = sum(each[1] for each in said)
    if bool(done) != any(title.startswith("a) Kết quả") and each for title, each in parts):
        yield f"{head}: {done} done in the figures, and the lines say otherwise"


def _parts(lines: Sequence[str]) -> list[tuple[str, list[str]]]:
    parts: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith(HEADS):
            parts.append((line, []))
        elif line.startswith("- "):
            # Where nothing but results is told they have no head.
            if not parts:
                parts.append(("a) Kết quả", []))
            parts[-1][1].append(line)
    return parts


def _late_in(line: str) -> int:
    """How many results a line of what is late speaks of: so many agencies, or one where none is counted."""
    return sum(int(each) for each in STILL.findall(line)) + len(re.findall(r"(?<!đơn vị )chưa hoàn thành", line))
