"""Parts a field into the names of those who are meant; an office's name may hold a comma and an «và» of its own."""

import re
from functools import lru_cache

from intake.letters import one_line, plain

# What a body's name begins with. Small letters matter: in «sở, ban, ngành» nobody begins. Behind some of the words
# stands what makes them another one: «Ban hành», «Phòng, chống», «Tổ chức», «Hội nghị».
_HEAD = (
    r"(?:Ủy ban|Uỷ ban|UBND|HĐND|UBMT\w*|Hội đồng|Thường trực|Văn phòng|VP|PHÒNG|P\.|Sở|Trung tâm|TT\b|TTPV\w*"
    r"|Phòng\b(?!,? chống| ngừa| cháy| học| bệnh)|Ban\b(?! hành| bố| đầu)|Hội\b(?! nghị| thảo| thi\b| họp| chợ)"
    r"|Bộ\b(?! tiêu chí| chỉ số| quy| câu hỏi| hồ sơ| mã| máy| thủ tục| luật| tài liệu| dữ liệu| nhận diện)"
    r"|Thanh tra(?!,| việc| công tác| đột xuất| định kỳ| chuyên)|Lãnh đạo(?!,| thực| việc)|Tổ\b(?! chức)"
    r"|Đoàn\b(?! kết| viên)|Trường\b(?! hợp)|Xã\b(?! hội)|Bản(?= [A-ZĐ])|Báo(?= [A-ZĐ])|Công an|CA\b|Công chức|CC\b"
    r"|Cán bộ|Chi cục|Cục|Tổng cục|Đài|Mặt trận|MTTQ|Trạm|Bưu điện|Kho bạc|KBNN|Bảo hiểm|BHXH|Thuế\b|Chủ tịch|Phó\b"
    r"|Trưởng\b|Chánh\b|Thủ trưởng|Giám đốc|Hiệu trưởng|Bí thư|Bộ phận|Quân sự|Đảng ủy|Đảng uỷ|Huyện ủy|Tỉnh ủy"
    r"|Viện\b|Tòa\b|Liên đoàn|Ngân hàng|Điện lực|Phường\b|Đặc khu|Thôn\b|Ấp\b|BCH\b|BCĐ\b|Cơ quan|Đơn vị|Các\b|các\b"
    r"|Toàn\b|toàn thể|Tất cả|tất cả|Mọi\b|mọi\b|Địa phương|Doanh nghiệp|Đồng chí|đồng chí|Đ/c|đ/c|Ông\b|Bà\b|Hạt\b"
    r"|Ngành\b|thôn\b|tổ dân phố|Kế toán|Thành viên|Văn thư|Chuyên viên|Nhóm|Hợp tác xã|Nhà\b|Khối|Chi bộ|Công ty|Quỹ\b"
    r"|Đội\b|Đồn\b|Thành đoàn|Huyện đoàn|Xã đội|Tư pháp|Nội vụ|Chi hội|trưởng|trường\b|trạm|công chức|cán bộ"
    r"|[A-ZĐ]{2,}\b)"
)
# «Các nội dung trên» is no group: what a group is made of.
_MEMBERS = (
    "co quan|don vi|phong|ban|so|nganh|xa|phuong|thon|to|to chuc|hoi|doan the|dia phuong|truong|cong chuc"
    r"|can bo|thanh vien"
    "|bo phan|ubnd|doanh nghiep|chi bo|dong chi|ap|cap|trung tam|dau moi|tram|chu dau tu|chi hoi|khu pho"
)
_WHOLE = re.compile(rf"(?:cac|moi|tat ca|toan the|toan bo|nhung|mot so)(?: cac)? (?:{_MEMBERS})\b")
_ABBREVIATED = re.compile(r"(?:UBND|HĐND|UBMT\w*|MTTQ|VP|TT|TTPV\w*|BCH|BCĐ|CA|BHXH|KBNN|BQL|CC)\b")
_STARTS = re.compile(_HEAD)
# What may part two names; the comma and the «và» only where a name begins behind them.
_COMMA = re.compile(rf"\s*,\s*(?=(?:và\s+)?{_HEAD})")
_AND = re.compile(rf"\s+(?:và|&|cùng(?: với)?)\s+(?={_HEAD})")
_SURE = re.compile(r"\s*;\s*|\s*\+\s+")
# A narrow column sets two names below each other with nothing between them.
_GLUED = re.compile(
    r"(?<=^)((?:Phòng|Sở|Trung tâm|Công an) (?:[^;,]*? )?[\w-]*[a-zà-ỹđ]) (?=(?:Phòng"
    r"|Văn phòng|Sở|Trung tâm|Công an) )"
)
_LINKED = re.compile(r"(?:của|thuộc|tại|cùng|với|và|do|bởi)$")
_BULLET = re.compile(r"^\s*[-–+•*]\s+(?=\S)")
# A line that ends with the beginning of a name goes on: «Văn phòng / HĐND và / UBND xã».
_BROKEN = re.compile(
    r"(?:^|[;,\s])(?:Văn phòng(?: HĐND(?: và)?)?|Phòng|Sở|Ban|Bộ|Trung tâm|Đ/c|Đồng chí|Phó"
    r"|Trưởng|Các|các|Công chức|UBND|Ủy ban"
    r"|Chủ tịch|HĐND|Ban Chỉ huy|Bộ phận|Lãnh đạo|Thủ trưởng)$"
)
# «Văn phòng HĐND và UBND xã», «HĐND&UBND»: one office.
_ONE_OFFICE = re.compile(r"(?:Văn phòng|VP)\s+(?:HĐND|Hội đồng nhân dân)$")
_GROUP_OF = re.compile(
    r"(?:(?:thu truong|nguoi dung dau|lanh dao|chu tich|pho chu tich|truong|bi thu|giam doc"
    r"|cong chuc|can bo|toan the|tat ca|moi) )*"
    r"(?:cac|moi|tat ca|toan the|toan bo|nhung)\b|(?:ubnd|uy ban nhan dan|hdnd) (?:cap|cac)\b"
    r"|(?:hdnd|ubnd)[ ,va&]*ubnd (?:cap|cac)\b"
    r"|(?:chu tich|thu truong) (?:ubnd|uy ban nhan dan) (?:cap|cac)\b|(?:co quan|don vi"
    r"|dia phuong|ban nganh|nganh)\b(?:.*\blien quan\b|,)"
    r"|cap (?:xa|huyen)\b|(?:thon|to dan pho|ap|ban)(?:, (?:thon|to dan pho|ap|ban))*$"
    r"|(?:mot so|nhieu)\b|.*\bcac (?:xa|phuong|thon|to dan pho|truong|ap)\b"
)
_POSITION = re.compile(
    r"(?:dong chi|d/c|ong|ba|chu tich|pho chu tich|pct|truong (?:phong|ban|thon|doan|cong an"
    r"|tram|bo phan)|pho (?:phong|truong|giam doc|chanh)"
    r"|chanh|giam doc|hieu truong|bi thu|pho bi thu|cong chuc|can bo|ke toan|thu ky|uy vien|chi huy truong)\b"
)
# What stands in brackets behind a name says how it takes part: «(thẩm định hồ sơ)».
_REMARK = re.compile(r"\s*\((?P<words>[^()]*)\)")
_ABBREVIATION = re.compile(r"[A-ZĐ][\wĐ.&-]{1,}")
LONGEST = 130
DITTO = re.compile(r"[-–.\s]*(?:nt|n\.t|như trên|nhu tren|như tr|//|\"|”|〃|-\s*\"\s*-)[-–.\s]*", re.IGNORECASE)
VAGUE = re.compile(r"\b(?:lien quan|theo chuc nang|duoc kiem tra|duoc giao|tren dia ban|co lien quan)\b")


def is_ditto(text: str) -> bool:
    """Whether a cell repeats the one above: nt, -nt-, //, «như trên»."""
    return bool(DITTO.fullmatch(text.strip()))


@lru_cache(1024)
def names(field: str) -> tuple[str, ...]:
    """The names in a field, in their order and each once, without remarks in brackets; those it holds as printed.

    A comma, an «và» or a new line parts two names only where a name begins behind it: «Phòng Kinh tế, Hạ tầng và Đô
    thị» is one office, «Các cơ quan, đơn vị» one group.
    """
    found: dict[str, None] = {}
    for piece in _pieces(_without_remarks(field)):
        name = one_line(piece).strip(" ,;:.-–+")
        if name:
            found[name] = None
    return tuple(found)


def _without_remarks(field: str) -> str:
    """The field with brackets taken out, but for those that hold an abbreviation of the name."""
    return _REMARK.sub(lambda match: match[0] if _ABBREVIATION.fullmatch(match["words"]) else "", field)


def _pieces(field: str) -> list[str]:
    pieces: list[str] = []
    for sure in _SURE.split(_unbroken(field)):
        for rough in _COMMA.split(sure):
            pieces += _at_and(re.sub(r"^và\s+", "", rough.strip()))
    return pieces


def _unbroken(field: str) -> str:
    """A field on one line: a new line parts names where one begins on it and the line before does not ask for more."""
    text = ""
    for line in field.split("\n"):
        line, bullets = _BULLET.subn("", line)
        begins = (
            not _BROKEN.search(text)
            and (bullets or _STARTS.match(line.strip()))
            and not re.search(r"(?:\b(?:và|với|cùng|của)|[,&/-])$", text)
        )
        text = f"{text}{'; ' if text and begins else ' ' if text else ''}{line.strip()}"
    return text


def _at_and(piece: str) -> list[str]:
    found, start = [], 0
    for match in _AND.finditer(piece):
        before = piece[start : match.start()]
        if _ONE_OFFICE.search(before) or not _STARTS.match(before):
            continue
        found.append(before)
        start = match.end()
    return [part for each in (*found, piece[start:]) for part in _unglued(each)]


def _unglued(piece: str) -> list[str]:
    match = _GLUED.match(piece)
    if match is None or _LINKED.search(match[1]):
        return [piece]
    return [match[1], *_unglued(piece[match.end() :])]


def starts_a_name(text: str) -> bool:
    """Whether somebody's name stands at the start of a text."""
    return bool(_STARTS.match(text))


def is_body(name: str) -> bool:
    """Whether a name, as a sentence begins with it, can only be somebody: a group of bodies, no «Các nội dung trên»."""
    if re.match(r"[A-ZĐ]{2,}\b", name):
        return bool(_ABBREVIATED.match(name))
    words = plain(name)
    if re.match(r"(?:cac|moi|tat ca|toan|nhung|mot so)\b", words):
        return bool(_WHOLE.match(words))
    return starts_a_name(name)


def is_group(name: str) -> bool:
    """Whether a name means several bodies: «các phòng, ban», «UBND cấp xã», «các thôn»."""
    return bool(_GROUP_OF.match(plain(name)))


def may_be_several(name: str) -> bool:
    """Whether a comma in a name may part two: «Phòng Nội vụ, Tư pháp»; an office's own commas end in an «và»."""
    return "," in name and " và " not in name.rpartition(",")[2] and not is_group(name)


def is_strange(name: str) -> bool:
    """Whether a name does not look like anybody's: it begins like none, holds a figure of a date, or is a sentence."""
    return not starts_a_name(name) or len(name) > LONGEST or bool(re.search(r"\d\s*/\s*\d|:", name))


def is_position(name: str) -> bool:
    """Whether a name is a person's post: «Công chức Tư pháp - Hộ tịch»."""
    return not is_group(name) and bool(_POSITION.match(plain(name)))


def group_key(name: str) -> str:
    """What makes two printed groups one: «UBND cấp xã» and «Chủ tịch UBND các xã» have the same members."""
    words = re.sub(r"^(?:thu truong|nguoi dung dau|lanh dao|chu tich) ", "", plain(name))
    words = words.replace("uy ban nhan dan", "ubnd").replace("cap xa", "cac xa")
    return re.sub(r"[ ,;]+", " ", words).strip()


def is_vague(name: str) -> bool:
    """Whether a group does not say which: «các cơ quan liên quan», «theo chức năng, nhiệm vụ được giao»."""
    return bool(VAGUE.search(plain(name)))


# Spaces are counted where two runs of them meet: a cell of empty lines would be tried in every division.
_LEADS = re.compile(
    r"^\s{0,4}[-+•]?\s{0,4}(?:(?:Cơ quan|Đơn vị|Bộ phận)\s+)?(?:chủ trì|Chủ trì|CHỦ TRÌ|CT)(?:\s+thực hiện)?\s*:\s*",
    re.MULTILINE,
)
_COORDINATES = re.compile(
    r"(?:^|[;,.\n])?\s{0,4}[-+•]?\s{0,4}(?:(?:Cơ quan|cơ quan|Đơn vị|đơn vị|Bộ phận"
    r"|bộ phận)\s+)?(?:phối hợp|Phối hợp|PHỐI HỢP|PH)(?:\s+(?:thực hiện|cùng|với))*\s*:\s*"
)
_LEADS_WITH = re.compile(
    rf"\s{{0,4}}(?:,\s{{0,4}})?(?:chủ trì\s{{0,4}}[,;]?\s{{0,4}})?phối hợp\s+(?:(?:với|cùng(?: với)?)\s+|(?={_HEAD}))",
    re.IGNORECASE,
)
_LEADS_BEHIND = re.compile(r"\s{0,4}\(?\s{0,4}chủ trì\s{0,4}\)?\s*$", re.IGNORECASE)


def led_and_coordinated(field: str) -> tuple[str, str]:
    """One field that names who leads and who coordinates, parted: «Chủ trì: A; phối hợp: B», «A phối hợp với B»."""
    for form in (_COORDINATES, _LEADS_WITH):
        first, *rest = form.split(field, maxsplit=1)
        if rest and first.strip():
            return _LEADS_BEHIND.sub("", _LEADS.sub("", first)).strip(" ;,.\n"), rest[0].strip()
    return _LEADS_BEHIND.sub("", _LEADS.sub("", field)).strip(), ""
