"""Takes out of a time's words the figures that are no time: other documents, hours, numbers said again in words."""

import re

from plan.times.spelling import Spelled

DATED = r"(?: (?:, )?ngay (?:\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}|\d{1,2} thang \d{1,2},? nam \d{4}))?"
NOISE = (
    # «số 12/KH-UBND ngày 05/02/2020», «57-NQ/TW ngày 22/12/2024», «Thông tư 01/2025/TT-BNV».
    re.compile(r"\bso:? ?\d\S*(?: ?[/-] ?[a-z]\S*)*" + DATED),
    re.compile(r"(?<![\d/])\d+(?: ?/ ?\d{4})? ?(?:/ ?[a-z]+-|- ?[a-z]+ ?/ ?)[a-z]\S*(?: \d+)?" + DATED),
    # «15 (mười lăm)», «(tức ngày 18 tháng Giêng)».
    re.compile(r"\((?: ?(?:\d+|muoi|mot|hai|ba|bon|tu_?|nam_?|lam|sau_?|bay|tam|chin|linh|le))+ ?\)"),
    re.compile(r"\( ?tuc [^)]*\)?"),
    # «trước 17 giờ 00 ngày 30/6» is that day: the hour takes the «trước». At no hour («0 giờ») it is the day before.
    re.compile(
        r"(?:\btruoc |\bluc )?(?<![\d/.-])(?:[1-9]|1\d|2[0-4]) ?(?:h|g|gio)\b(?: ?\d{1,2}(?![\d/.-]))?(?: ?phut)?"
        r"(?: (?:sang|trua|chieu|toi_?))?,?(?! ?(?:ke|tu|sau|tinh|lam|truoc)\b)"
    ),
    # Of «01-15/3/2026» and «từ ngày 10-15/3» the end counts.
    re.compile(r"(?:\btu (?:ngay )?)?(?<![\d/.-])\d{1,2} ?- ?(?=\d{1,2} ?/ ?\d{1,2} ?/ ?20\d\d)"),
    re.compile(r"\btu (?:ngay )?\d{1,2} ?- ?(?=\d{1,2} ?/ ?\d{1,2}\b)"),
    # What a report is about, with its own day behind it: «báo cáo quý I trước ngày 10/4».
    re.compile(
        r"(?<=\bbao cao )(?:so lieu |ket qua )?(?:quy (?:i{1,3}|iv|[1-4])(?:[/-]20\d\d| nam 20\d\d)?"
        r"|thang \d{1,2}(?:/20\d\d| nam 20\d\d)?)(?=:?,? (?:gui |nop )?(?:truoc|cham nhat|muon nhat|ngay) (?:ngay )?\d)"
    ),
    # The weekday beside a date says nothing new: «thứ Sáu, ngày 15/5/2026».
    re.compile(r"\b(?:chieu |sang )?(?:thu (?:hai|ba|4|tu_?|nam_?|sau_?|6|bay|[2-7])|chu nhat),? (?=ngay \d)"),
)


def cleared(words: Spelled) -> Spelled:
    """The words without those figures; what gives a time stays where it is."""
    for pattern in NOISE:
        words = words.without([match.span() for match in pattern.finditer(words.text)])
    return words
