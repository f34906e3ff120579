"""What a large document of an office costs: read in its own process, and taken over as a plan.

`python -m tests.large_documents` prints it alone; `make bench` prints it among the rest.
"""

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from docx import Document
from openpyxl import Workbook

from app import reading, settings, wiring
from app.wiring import migrate
from intake import read as intake_read
from intake.draft import Draft
from store import plan_sync
from tests.footprint import MEASURED
from tests.intake.cases import HEAD, KT, VHXH, VP
from tests.intake.cases_unruled import COLUMNS, Unruled
from tests.intake.settled_drafts import answered, plan_of

TASKS, ROWS = 300, 3000
TIMES = 3
# How often the words of each task are said: together more than sixty pages.
LINES = 2
LEADS = (VP, KT, VHXH)
TIME = ("Quý II/2026", "Trước ngày 30/6/2026", "Thường xuyên", "Hằng quý, 6 tháng, năm", "Tháng 9/2026")
TODAY = date(2026, 1, 25)


def task(at: int) -> tuple[str, ...]:
    """Number, words, lead, who helps, time and product of one of many tasks."""
    words = f"Rà soát, đánh giá thủ tục hành chính thuộc phạm vi quản lý và kiến nghị đơn giản hóa đợt {at}"
    return str(at), words, LEADS[at % 3], "Công an xã; các thôn", TIME[at % 5], "Báo cáo của Ủy ban nhân dân xã"


def word() -> bytes:
    """Three hundred tasks with labelled fields, on more than sixty pages."""
    document = Document()
    for line in HEAD.partition("I. MỤC ĐÍCH")[0].strip().split("\n"):
        document.add_paragraph(line)
    document.add_paragraph("II. NHIỆM VỤ")
    for at in range(1, TASKS + 1):
        number, words, lead, helps, time_words, product = task(at)
        document.add_paragraph(f"{number}. {'; '.join([words] * LINES)}.")
        for label, said in (
            ("Cơ quan chủ trì", lead), ("Cơ quan phối hợp", helps), ("Sản phẩm", product), ("Thời gian", time_words),
        ):  # fmt: skip
            document.add_paragraph(f"- {label}: {said}.")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def sheet() -> bytes:
    """Three thousand rows of Excel."""
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.append(["KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2026"])
    page.append(list(COLUMNS))
    for at in range(1, ROWS + 1):
        page.append(list(task(at)))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def pdf() -> bytes:
    """Three hundred rows of a PDF without ruling lines."""
    pages = Unruled(2, centred=False, drawn=False)
    pages.add_page()
    for line in HEAD.partition("I. MỤC ĐÍCH")[0].strip().split("\n"):
        pages.say(line)
    pages.put(COLUMNS)
    for at in range(1, TASKS + 1):
        pages.put(task(at))
    return bytes(pages.output())


def rows() -> list[tuple[str, str]]:
    """Each document with its time and memory; then what its plan takes."""
    with tempfile.TemporaryDirectory() as folder:
        found = [
            (f"to read {TASKS} tasks of Word, the process' start included", read(Path(folder), word)),
            (f"to read {ROWS} rows of Excel", read(Path(folder), sheet)),
            (f"to read {TASKS} rows of a PDF without lines", read(Path(folder), pdf)),
        ]
        return [*found, (f"a plan of {TASKS} tasks: questions answered, made, followed", followed(Path(folder)))]


def read(folder: Path, make: Callable[[], bytes]) -> str:
    """The shortest of some runs of the process that reads, the least that a processor was at it, its most memory."""
    file = folder / "document"
    file.write_bytes(make())
    child = f"{sys.executable} -m app.reading_child {reading.SECONDS} {reading.MEMORY_MB} < {file}"
    said = [
        subprocess.run(
            [sys.executable, "-c", MEASURED, "sh", "-c", child],
            env={"LC_ALL": "C.UTF-8", "PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True, text=True, check=True,
        ).stdout.split()
        for _ in range(TIMES)
    ]  # fmt: skip
    seconds, busy = (min(float(each[place]) for each in said) for place in (0, 1))
    return f"{seconds:.1f} s ({busy:.1f} of a processor), {max(int(each[2]) for each in said) / 1024:.0f} MB at most"


def followed(folder: Path) -> str:
    """Seconds from a draft with its answers to a plan, and from the plan to all that is owed."""
    draft: Draft = intake_read.read(word())
    coded, given, _ = answered(draft, today=TODAY)
    url = f"sqlite:///{folder / 'office.db'}"
    migrate(url)
    service = wiring.open_service(settings.Settings(_env_file=None, database_url=url, plan_file=()))
    began = time.perf_counter()
    plan = plan_of(coded, given, today=TODAY)
    made = time.perf_counter()
    with service.store.unit() as session:
        synced = plan_sync.sync(session, plan, service.office.calendar, service.clock(), TODAY)
    return f"{made - began:.1f} s to make, {time.perf_counter() - made:.1f} s to follow {synced.added} results"


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what:<64}{figure}")
