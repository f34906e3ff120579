"""Who plays: example people of 23 agencies, and how each of them is with deadlines."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from plan.people import Role


class Habit(StrEnum):
    """How somebody answers; the number of working days around the deadline is in OFFSETS."""

    EARLY = "early"
    STEADY = "steady"
    LAST_DAY = "last day"
    LATE = "late"
    VERY_LATE = "very late"
    NEVER = "never"


OFFSETS = {
    Habit.EARLY: -12,
    Habit.STEADY: -2,
    Habit.LAST_DAY: 0,
    Habit.LATE: 3,
    Habit.VERY_LATE: 14,
    Habit.NEVER: None,
}


@dataclass(frozen=True)
class Player:
    """One person. `accents` and `nfd` say how they type, `photo` whether they send one, `errs` that they err first."""

    name: str
    agency: str
    role: Role = Role.OFFICER
    habit: Habit = Habit.STEADY
    accents: bool = True
    nfd: bool = False
    photo: bool = False
    errs: bool = False


OFFICERS = (
    Player("Đinh Thị Lan", "sondung", habit=Habit.EARLY, photo=True),
    Player("Hồ Văn Long", "sonlong", habit=Habit.STEADY, accents=False),
    Player("Đinh Tân", "sontan", habit=Habit.LAST_DAY, nfd=True),
    Player("Phạm Mùa", "sonmua", habit=Habit.STEADY, errs=True),
    Player("Đinh Liên", "sonlien", habit=Habit.LATE),
    Player("Nguyễn Bua", "sonbua", habit=Habit.STEADY),
    Player("Trần Tinh", "sontinh", habit=Habit.STEADY),
    Player("Lê Lập", "sonlap", habit=Habit.VERY_LATE),
    Player("Võ Màu", "sonmau", habit=Habit.NEVER),
    Player("Bùi Văn Phòng", "vanphong", habit=Habit.EARLY),
    Player("Cao Nội", "noivu", habit=Habit.STEADY, photo=True),
    Player("Mai Tư", "tuphap", habit=Habit.EARLY),
    Player("Tạ Tài", "taichinh", habit=Habit.LATE),
    Player("Vũ Văn", "vanhoa", habit=Habit.STEADY),
    Player("Hà Môi", "tnmt", habit=Habit.LAST_DAY),
    Player("Lý Lao", "ldtbxh", habit=Habit.STEADY),
    Player("Đỗ Giáo", "giaoduc", habit=Habit.EARLY),
    Player("Ngô Y", "yte", habit=Habit.STEADY, accents=False),
    Player("Dương Thanh", "thanhtra", habit=Habit.STEADY),
    Player("Đoàn Nông", "nongnghiep", habit=Habit.LATE),
    Player("Tô Kinh", "kinhte", habit=Habit.STEADY),
    Player("Y Dân", "dantoc", habit=Habit.VERY_LATE),
    Player("Kha Đài", "daitruyenthanh", habit=Habit.STEADY),
)
# A second officer reads everything and leaves the answering to the first.
SECONDS = (
    Player("Đinh Thị Hoa", "sondung"),
    Player("Nguyễn Nội Hai", "noivu"),
    Player("Mai Tư Hai", "tuphap"),
    Player("Bùi Phòng Hai", "vanphong"),
)
HEADS = (
    Player("Chủ tịch Dung", "sondung", Role.HEAD),
    Player("Chủ tịch Liên", "sonlien", Role.HEAD),
    Player("Chủ tịch Lập", "sonlap", Role.HEAD),
    Player("Chủ tịch Màu", "sonmau", Role.HEAD),
    Player("Trưởng phòng Tài", "taichinh", Role.HEAD),
    Player("Trưởng phòng Nông", "nongnghiep", Role.HEAD),
    Player("Trưởng ban Dân", "dantoc", Role.HEAD),
    Player("Chủ tịch Tinh", "sontinh", Role.HEAD),
)
ADMINS = (Player("Nguyễn Thị Hương", "noivu", Role.ADMIN), Player("Cao Phó", "noivu", Role.ADMIN))
SUCCESSOR = Player("Trần Kế", "sontinh", habit=Habit.STEADY)


def everybody() -> Iterable[Player]:
    """All who are there on the first day."""
    return (*OFFICERS, *SECONDS, *HEADS, *ADMINS)
