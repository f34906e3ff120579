"""Short names that people can type and lists can hold: ids of agencies and plans, and the names of narrow columns."""

import re
from collections.abc import Collection

from intake.letters import plain

# What stands before an agency's own name, and behind it where it names the office's own place without a name of it.
BEFORE = re.compile(
    r"^(?:uy ban nhan dan|ubnd|hdnd|phong|so|ban chi huy|ban|trung tam|tt|bo phan|cong chuc|chi cuc|chuyen vien"
    r"|can bo|to(?! chuc)|hoi|xa|phuong|thi tran|dac khu|huyen|tinh|thanh pho|p\.)\b\.?\s*"
)
BEHIND = re.compile(r"\s{1,4}(?:xa|phuong|huyen|tinh|thanh pho|thi xa|dac khu|tinh uy)$")
LINKING = frozenset({"va", "cua", "cac", "cho", "ve", "thuoc"})
LONGEST, LONG = 24, 12
# «Ban hành Kế hoạch …», «Bảng phân công nhiệm vụ …»: what a plan's title says of every plan.
OF_EVERY_PLAN = re.compile(
    r"^(?:ve viec|(?:ve )?(?:viec )?ban hanh|(?:bang )?phan cong(?: nhiem vu)?|ke hoach|chuong trinh(?: cong tac)?"
    r"|danh muc|nhiem vu|trien khai|thuc hien|phu luc|to chuc|cong tac|bang tong hop|cac|trong tam)\b[\s,:]*"
)
UNTIL = re.compile(r"[\s,(]{1,4}(?:nam|giai doan|tren dia ban|cua|quy|thang|kem theo|dot|tai|nam hoc)\b")
SHORTER = (
    (re.compile(r"^Ủy ban nhân dân\b|^Uỷ ban nhân dân\b", re.IGNORECASE), "UBND"),
    (re.compile(r"^Phòng\b", re.IGNORECASE), "P."),
    (re.compile(r"^Trung tâm\b", re.IGNORECASE), "TT"),
    (re.compile(r"^Văn phòng\b", re.IGNORECASE), "VP"),
    (re.compile(r"^Ban Chỉ huy\b", re.IGNORECASE), "BCH"),
    (re.compile(r"\bHội đồng nhân dân\b", re.IGNORECASE), "HĐND"),
    (re.compile(r"\bHĐND (?:và|&) UBND\b"), "HĐND&UBND"),
    (re.compile(r"(?<=\w)\s+(?:xã|phường|huyện)$"), ""),
)


def of_agency(name: str, taken: Collection[str]) -> str:
    """An id for an agency: its own words run together, their first letters where that is long; `taken` are in use."""
    words = plain(name)
    if words.startswith(("van phong", "vp ")):
        return _free("vanphong", taken)
    kept = words
    for _ in range(2):
        kept = BEFORE.sub("", kept) or kept
    kept = BEHIND.sub("", kept)
    parts = [part for part in re.split(r"[^a-z0-9]+", kept) if part and part not in LINKING]
    # «Các xã» is made of such words alone.
    found = "".join(parts) or re.sub(r"[^a-z0-9]", "", BEFORE.sub("", words) or words)
    if len(found) > LONG and len(parts) > 2:
        found = "".join(part if part.isdigit() else part[0] for part in parts)
    found = found[:LONGEST]
    return _free(found if found[:1].isalpha() else f"cq{found}"[:LONGEST], taken)


def of_plan(title: str, year: int, taken: Collection[str]) -> str:
    """An id for a plan: the first letters of what it is about, and its year: cchc-2026."""
    return _free(f"{_initials(title) or 'kh'}-{year}", taken, "-")


def short_title(title: str, year: int) -> str:
    """The short name of a plan: CCHC 2026."""
    return f"{(_initials(title) or 'kh').upper()} {year}"


def plan_name(title: str) -> str:
    """The name of a plan by its title, without the words that issue it; capitals are made those of a sentence."""
    name = re.sub(r"^(?:về\s+)?(?:việc\s+)?ban hành\s+", "", title.strip(), flags=re.IGNORECASE)
    if name.isupper():
        name = name.lower()
    return name[:1].upper() + name[1:]


def _initials(title: str) -> str:
    words = plain(title)
    while (rest := OF_EVERY_PLAN.sub("", words)) != words:
        words = rest
    words = UNTIL.split(words, maxsplit=1)[0].replace(" nha nuoc", "")
    parts = [part for part in re.split(r"[^a-z0-9]+", words) if part and part not in LINKING]
    return "".join(part[0] for part in parts[:6] if part[0].isalpha())


def shorter(name: str, taken: Collection[str]) -> str:
    """A name for narrow columns that nobody else bears: P. Kinh tế; the whole name where there is none."""
    found = name
    for pattern, short in SHORTER:
        found = pattern.sub(short, found)
    found = " ".join(found.split())
    return name if found.casefold() in taken else found


def _free(wanted: str, taken: Collection[str], joint: str = "") -> str:
    """The id, or the first one with a number behind it that is free."""
    found, number = wanted, 1
    while found in taken:
        number += 1
        tail = f"{joint}{number}"
        found = f"{wanted[: LONGEST - len(tail)]}{tail}"
    return found
