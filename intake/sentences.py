"""Tasks without labels: a sentence that names who and until when."""

import re

from intake import bodies
from intake.fields import OpenTask
from intake.letters import one_line, plain
from intake.outline import Entry, Piece
from intake.roles import Role

# What an agency does in such a sentence; behind it the work is told.
_DOES = (
    r"chủ trì|tham mưu|có trách nhiệm|chịu trách nhiệm|thực hiện|xây dựng|tổ chức|triển khai"
    r"|hướng dẫn|báo cáo|tổng hợp|theo dõi"
    r"|đôn đốc|kiểm tra|rà soát|ban hành|phối hợp|cập nhật|hoàn thành|hoàn thiện|gửi|nộp|lập"
    r"|trình|đề xuất|tiếp tục|đẩy mạnh"
    r"|tăng cường|thường xuyên|bố trí|cung cấp|đăng tải|tuyên truyền|thống kê|niêm yết|phụ trách|căn cứ"
    r"|định kỳ|chủ động|kịp thời|là đầu mối"
)
_GIVEN = re.compile(
    rf"(?:^|[,;.]\s*|\b)(?:giao|Giao|phân công|Phân công|yêu cầu|Yêu cầu|đề nghị"
    rf"|Đề nghị)\s+(?:cho\s+)?(?P<lead>[^.:]*?)\s*:?\s*\b(?P<does>{_DOES})\b"
)
# Spaces are counted where two runs of them meet: a cell of empty lines would be tried in every division.
_SUBJECT = re.compile(rf"^(?P<lead>[^.:]{{3,250}}?)\s{{0,4}}[,:]?\s{{0,4}}\b(?P<does>{_DOES})\b")
_NAMED = re.compile(r"^(?P<lead>[^.:]{3,150}?)\s*:\s*(?P<work>\S.*)$", re.DOTALL)
_WITH = re.compile(
    r"(?:^|[,;]?\s{0,4})(?:chủ trì|chủ động)?\s{0,4},?\s{0,4}phối hợp\s+(?:chặt chẽ\s+)?(?:với"
    r"|cùng(?: với)?)\s+(?P<with>.*?)(?=\s+(?:"
    r"tham mưu|thực hiện|xây dựng|tổ chức|triển khai|hướng dẫn|báo cáo|tổng hợp|theo dõi"
    r"|đôn đốc|kiểm tra|rà soát|ban hành|hoàn thành"
    r"|hoàn thiện|lập|trình|đề xuất|tăng cường|cập nhật|niêm yết|tuyên truyền|thống kê"
    r"|công khai|khảo sát)\b|[.;]|, (?:xong|trước|hoàn thành|chậm nhất)|$)"
)
DASHES = re.compile(r"\s[–—-]\s")
# Where in a sentence its time stands: from one of these words to the end of the clause.
_TIME = re.compile(
    r"(?:\b(?:hoàn thành|xong)?\s*(?:chậm nhất|muộn nhất"
    r"|trước(?: ngày)?|trong(?: tháng| quý| năm)|đến hết|hết(?: ngày| tháng| quý)"
    r"|vào(?: ngày)?"
    r"|định kỳ|hằng|hàng|thường xuyên|từ ngày|từ tháng|mỗi (?:tuần|tháng|quý|năm)|khi (?:có|phát sinh|xảy ra)"
    r"|(?:ngay )?sau khi|sau mỗi)\s*[^;]*?|\b(?:quý|tháng"
    r"|ngày)\s+[\dIVX][^;,]*?)(?=\s*;|\.\s|\.?\s*$|\./)",
    re.IGNORECASE,
)
_HAS_TIME = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,4}|\bquý\s+[IVX\d]|\btháng\s+\d|\bngày\s+\d|\bnăm\s+20\d\d"
    r"|h[ằà]ng (?:ngày|tuần|tháng|quý|năm)|thường xuyên|định kỳ|ngày làm việc|mỗi (?:tuần|tháng|quý|năm)"
    r"|khi có\b|sau khi\b|sau mỗi\b",
    re.IGNORECASE,
)


def task(entry: Entry) -> OpenTask | None:
    """The task that an entry without fields tells in its sentence; None where it names nobody."""
    if dashed := between_dashes(
        entry.title, OpenTask("", entry.line.place, code=entry.code, section=entry.section_above)
    ):
        return dashed
    words = one_line(" ".join([entry.title, *(f"{each.code} {each.text}" for each in entry.pieces)]))
    return _task(words, OpenTask(words, entry.line.place, code=entry.code, section=entry.section_above))


def task_of_line(piece: Piece) -> OpenTask | None:
    """The task that a line without a number tells; it must name both who and a time."""
    if dashed := between_dashes(piece.text, OpenTask("", piece.line.place)):
        return dashed
    found = _task(piece.text, OpenTask(piece.text, piece.line.place))
    return found if found is not None and found.value(Role.TIME) else None


def _task(words: str, found: OpenTask) -> OpenTask | None:
    lead, work = lead_of(words)
    if not lead:
        return None
    found.add(Role.LEAD, lead)
    if coordinating := coordinating_in(work):
        found.add(Role.COORDINATING, coordinating)
    if time := time_in(work):
        found.add(Role.TIME, time)
    return found


def between_dashes(words: str, found: OpenTask) -> OpenTask | None:
    """«việc – đơn vị – thời hạn – căn cứ», as meetings conclude; a name may hold a dash of its own."""
    fields = DASHES.split(words)
    for at in range(2, len(fields)):
        if not (_HAS_TIME.search(fields[at]) and len(fields[at]) < 80):
            continue
        for first in range(1, at):
            lead = " - ".join(fields[first:at])
            if is_named(lead):
                found.title = " - ".join(fields[:first])
                found.add(Role.LEAD, lead)
                found.add(Role.TIME, fields[at])
                if basis := " - ".join(fields[at + 1 :]):
                    found.add(Role.NOTE, basis)
                return found
    return None


def lead_of(words: str) -> tuple[str, str]:
    """Who is to do what a sentence tells, as printed, and the rest of it; an empty name where nobody is named."""
    for form in (_GIVEN, _SUBJECT, _NAMED):
        match = form.search(words)
        if match and is_named(lead := match["lead"].strip(" ,:")):
            return lead, words[match.end("lead") :]
    return "", words


def tells_work(words: str) -> bool:
    """Whether words tell what somebody is to do, not only who."""
    return any(form.search(words) for form in (_GIVEN, _SUBJECT))


def coordinating_in(words: str) -> str:
    """Who is named behind «phối hợp với», "" where nobody is."""
    match = _WITH.search(words)
    return match["with"].strip(" ,") if match else ""


def is_named(lead: str) -> bool:
    """Whether a subject is made of names alone."""
    named = bodies.names(lead)
    return bool(named) and all(map(bodies.is_body, named)) and len(plain(lead)) < 250 and not _HAS_TIME.search(lead)


def time_in(words: str) -> str:
    """The words of a sentence that give its time, "" where there are none; a document's own date is none."""
    bare = re.sub(
        r"\bsố\s+\S+/\S+(?:\s+ngày\s+\d{1,2}/\d{1,2}/\d{4}|\s+ngày\s+\d{1,2} tháng \d{1,2} năm \d{4})?",
        lambda match: "·" * len(match[0]),
        words,
    )
    found = [match for match in _TIME.finditer(bare) if _HAS_TIME.search(match[0])]
    return "; ".join(words[match.start() : match.end()].strip(" ,.") for match in found)
