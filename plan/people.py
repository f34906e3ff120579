"""Who a person can be to the office."""

from enum import StrEnum


class Role(StrEnum):
    """What a membership lets a person do; one person may hold several, in several agencies."""

    OFFICER = "officer"  # cán bộ đầu mối: is reminded, answers for the agency
    HEAD = "head"  # thủ trưởng: may answer for the agency
    ADMIN = "admin"  # đầu mối tổng hợp: invites, links groups, reads the summary
    LEADER = "leader"  # lãnh đạo: reads everything, changes nothing
