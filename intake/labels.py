"""The labels of a task's fields, in a line («- Cơ quan chủ trì:») and in a table's head: one list for both."""

import re
from dataclasses import dataclass
from enum import StrEnum

from intake.letters import plain
from words.codes import fold


class Role(StrEnum):
    """What a field or a column says of its task."""

    CODE = "code"
    TITLE = "title"
    LEAD = "lead"
    COORDINATING = "coordinating"
    BOTH = "both"  # lead and coordinating bodies in one field
    MONITOR = "monitor"
    PRODUCT = "product"
    TIME = "time"
    NOTE = "note"


@dataclass(frozen=True)
class Labelled:
    """A piece of a line with its role, None for words before the first label."""

    role: Role | None
    text: str


_OF = (
    r"(?:(?:co quan|don vi|bo phan|phong|ban|nguoi|ca nhan|can bo|cong chuc|to chuc|lanh dao"
    r"|dau moi|phan cong|cac|va|hoac|dia phuong|nganh|thanh vien)[ ,/]*)*"
)
_DOING = (
    r"(?:[ ,/]*(?:thuc hien|trien khai|tham muu|chu tri|xay dung|to chuc|trinh|chinh|nhiem vu"
    r"|chiu trach nhiem|va|cong viec))*"
)
# From top to bottom: what holds «thực hiện» as a part of another phrase is looked for first.
_ROLES = (
    (Role.BOTH, rf"{_OF}chu tri[ ,;/&+-]*(?:va )?{_OF}phoi hop(?:[ ,/]*thuc hien)?"),
    (
        Role.TIME,
        r"(?:thoi (?:gian|han|diem)|han|tien do|moc thoi gian|ngay"
        r"|ke hoach thoi gian)(?:[ ,/]*(?:to chuc|thuc hien|hoan thanh"
        r"|trien khai|bao cao|bat dau|ket thuc|va|gui|du kien|xong|phai|trinh|ban hanh|tien do"
        r"|thoi (?:gian|han)|han|chot|nam \d{4}"
        r"|\(?nam \d{4}\)?|\(?\d{4}\)?|hoan tat|nop))*",
    ),
    (
        Role.PRODUCT,
        r"(?:du kien )?(?:cac )?(?:san pham|ket qua|dau ra"
        r"|muc tieu can dat)(?:[ ,/();]*(?:san pham|ket qua|dau ra|du kien|dat duoc|thuc hien"
        r"|hoan thanh|can dat|chu yeu|yeu cau|cua nhiem vu|dau ra|giao nop|phai dat|dat|va|hoac|cu the))*",
    ),
    (
        Role.COORDINATING,
        rf"{_OF}(?:phoi hop|cung phoi hop|tham gia)(?:[ ,/]*(?:thuc hien|theo doi|don doc"
        rf"|trien khai|huong dan|va|tham gia|chinh))*",
    ),
    (
        Role.MONITOR,
        rf"{_OF}(?:phu trach[ ,/]*)?(?:theo doi|don doc|giam sat|kiem tra"
        rf"|chi dao)(?:[ ,/]*(?:theo doi|don doc|giam sat|kiem tra"
        r"|chi dao|thuc hien|phu trach|va|danh gia))*|lanh dao (?:ubnd )?(?:xa |phuong )?phu trach",
    ),
    (
        Role.LEAD,
        rf"{_OF}(?:chu tri|tham muu|thuc hien|phu trach|duoc giao|chiu trach nhiem|trach nhiem"
        rf"|trien khai|dau moi){_DOING}|phan cong|dau moi|trach nhiem",
    ),
    (
        Role.NOTE,
        r"ghi chu|(?:nguon )?kinh phi(?: thuc hien)?|du toan|can cu(?: phap ly)?|van ban (?:giao|chi dao|can cu)",
    ),
)
_TITLE = (
    r"(?:ten |noi dung |cac )*(?:nhiem vu|noi dung|cong viec|hoat dong|dau viec"
    r"|viec)(?:[ ,/-]*(?:nhiem vu|noi dung|cong viec|giai phap|cu the|trong tam|chu yeu"
    r"|thuc hien|can thuc hien|duoc giao|va|hoat dong|giao|cai cach hanh chinh|cchc"
    r"|trien khai))*"
)
_CODE = r"(?:so )?(?:tt|stt|thu tu)|so tt|ma(?: so)?(?: nhiem vu)?|ky hieu|no"
FIELD = [(role, re.compile(form)) for role, form in _ROLES]
COLUMN = [(Role.CODE, re.compile(_CODE)), *FIELD, (Role.TITLE, re.compile(_TITLE))]
_ANY = "|".join(f"(?:{form})" for _, form in _ROLES)
# A label in a line stands at its start or behind the end of another field.
_IN_LINE = re.compile(rf"(?:^|[.;,–-] ?(?:[-+] ?)?|\) )(?P<label>{_ANY}) ?:(?!//)")
_DASHED = re.compile(rf"^(?P<label>{_OF}(?:chu tri|phoi hop)(?: thuc hien)?|thoi gian(?: thuc hien)?|san pham) [-–] ")
LONGEST = 60


def labelled(text: str) -> list[Labelled]:
    """A line parted at its labels, «Cơ quan chủ trì: A. Thời gian: Quý I» in two; without any it is one piece.

    What reads as a label and has no colon behind it is none.
    """
    folded = fold(text)
    if len(folded) != len(text):
        return [_at_start(text)]
    found = [(match.start("label"), match.end(), match["label"]) for match in _IN_LINE.finditer(folded)]
    if not found and (match := _DASHED.match(folded)):
        found = [(0, match.end(), match["label"])]
    if not found:
        return [Labelled(None, text)]
    pieces = []
    if before := text[: found[0][0]].strip(" -+–"):
        # «Nội dung phối hợp: …» inside a title is no field; only what stands at the start or behind a full stop is.
        pieces.append(Labelled(None, before))
    for (_, end, label), following in zip(found, [*found[1:], (len(text), 0, "")], strict=True):
        pieces.append(Labelled(role_of(label), text[end : following[0]].strip(" ;–-").strip()))
    return pieces


def _at_start(text: str) -> Labelled:
    label, colon, rest = text.partition(":")
    role = role_of(plain(label)) if colon and len(label) <= LONGEST else None
    return Labelled(role, rest.strip() if role else text)


def role_of(label: str) -> Role | None:
    """The role of a field by its folded label; None for words that are none."""
    label = " ".join(label.replace("*", " ").split()).strip(" ,.:;()")
    return next((role for role, form in FIELD if form.fullmatch(label)), None)


def column_role(head: str) -> Role | None:
    """The role of a column by the words of its head; None for one that says something else."""
    words = plain(head).strip(" .:*")
    bare = re.sub(r"\s*\(.*?\)", "", words)
    return next((role for text in (words, bare) for role, form in COLUMN if form.fullmatch(text)), None)
