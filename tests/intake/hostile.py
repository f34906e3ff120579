"""Documents that somebody made to harm: bombs, entities, macros, passwords, stamps, links."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from docx import Document
from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.intake.cases_sheet import saved
from tests.intake.word_files import WordFile, box, run

MB = 1024 * 1024
PLAN = """KẾ HOẠCH
Công tác năm 2026
II. NHIỆM VỤ
1. Kiểm tra công tác bảo mật và bảo vệ bí mật nhà nước
- Cơ quan chủ trì: Công an xã
- Thời gian: Quý II/2026
"""
WATERMARK = '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textpath string="TUYỆT MẬT"/></v:shape></w:pict></w:r>'


def word(text: str = PLAN, *raw: str) -> bytes:
    file = WordFile()
    file.lines(text)
    for inside in raw:
        file.raw(inside)
    return file.bytes()


def repacked(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The same archive with parts replaced, added, or taken out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as former, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        kept = {name: former.read(name) for name in former.namelist()} | dict(parts)
        for name, content in kept.items():
            if content is not None:
                archive.writestr(name, content)
    return out.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def with_doctype(coding: str = "utf-8", *, padded: int = 0) -> bytes:
    """Entities that unfold without end, in the document itself; `padded` puts that many letters before them."""
    entities = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    text = f'<?xml version="1.0"?>{"<!--" + "x" * padded + "-->" if padded else ""}{entities}<d>&b;</d>'
    return repacked(word(), {"word/document.xml": text.encode(coding)})


def in_header(stamp: str) -> bytes:
    file = WordFile()
    file.lines(PLAN)
    file.document.sections[0].header.paragraphs[0].text = stamp
    return file.bytes()


def in_note(stamp: str) -> bytes:
    file = WordFile()
    file.lines(PLAN)
    file.note(stamp)
    return file.bytes()


def in_cell(stamp: str) -> bytes:
    file = WordFile()
    file.table((("ỦY BAN NHÂN DÂN", stamp),))
    file.lines(PLAN)
    return file.bytes()


def in_sheet(*, cell: str = "", comment: str = "", header: str = "") -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (("STT", "Nhiệm vụ", "Chủ trì", "Thời gian"), (1, "Rà soát", "Phòng Kinh tế", "Quý I/2026"), (cell,)):
        sheet.append(row)
    if comment:
        sheet["B2"].comment = Comment(comment, "a")
    sheet.oddHeader.center.text = header or None
    return saved(book)


STAMPED = {
    "a line": word(f"ỦY BAN NHÂN DÂN\nMẬT\n{PLAN}"),
    "a line of a text": f"UBND XÃ\n  TỐI  MẬT \n{PLAN}".encode(),
    "decomposed": "ĐỘ MẬT: TUYỆT MẬT\n".encode() + PLAN.encode(),
    "letters apart": word(f"M Ậ T\n{PLAN}"),
    "beside the letterhead": word(f"ỦY BAN NHÂN DÂN          MẬT\n{PLAN}"),
    "a header": in_header("MẬT"),
    "a text box": word(PLAN, box("TỐI MẬT")),
    "a watermark": word(PLAN, WATERMARK),
    "a footnote": in_note("Độ mật: Mật"),
    "a cell": in_cell("TUYỆT MẬT"),
    "a cell of a sheet": in_sheet(cell="MẬT"),
    "a comment of a sheet": in_sheet(comment="TỐI MẬT"),
    "a header of a sheet": in_sheet(header="MẬT"),
    "two runs": word(PLAN, run("TỐI M") + run("ẬT")),
}
NO_STAMPS = (
    "Kiểm tra công tác bảo mật", "KIỂM TRA CÔNG TÁC BẢO MẬT", "BẢO VỆ BÍ MẬT NHÀ NƯỚC NĂM 2026", "Danh mục bí mật nhà nước",
    "ĐỔI MẬT KHẨU", "Mật độ dân số", "MẬT ĐỘ DÂN CƯ", "Thông tin mật mã", "Tài liệu độ Tối mật do công an quản lý",
)  # fmt: skip


def macros() -> bytes:
    content = part_of(word(), "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    return repacked(word(), {"[Content_Types].xml": content, "word/vbaProject.bin": b"\xd0\xcf"})


def linked(address: str) -> bytes:
    """A document whose template and picture lie on another machine."""
    relations = part_of(word(), "word/_rels/document.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    added = "".join(
        f'<Relationship Id="rX{name}" Type="{kind}/{name}" Target="{address}/{name}" TargetMode="External"/>'
        for name in ("attachedTemplate", "image", "header", "footnotes")
    )
    return repacked(
        word(),
        {"word/_rels/document.xml.rels": relations.replace("</Relationships>", f"{added}</Relationships>").encode()},
    )


def deep(levels: int) -> bytes:
    """Tables inside tables."""
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    for _ in range(levels):
        cell = cell.add_table(1, 1).cell(0, 0)
    cell.text = "x"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def compound(*streams: str) -> bytes:
    """A compound file whose directory names these streams."""
    directory = b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + directory
