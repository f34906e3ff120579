"""The shapes in which days, months, quarters, half-years and years are printed, over words in one spelling.

Each begins with `SAID`, the words before it that may change its meaning. They are tried in the order in which
`plan.times.dates` names them, and what one has taken the next does not see.
"""

import re

SAID = (
    r"(?P<said>(?:(?:truoc|sau|het|den|tu|ke|tinh|trong|vao|ca|cuoi|dau|giua|ngay|cham|muon|nhat|khoang|du kien"
    r"|thoi diem|thoi gian|khong qua|khong muon hon|khong cham hon|han|cho|som|hoac|nua|la|mung|mong) )*)"
)
JOINT = r" ?[/.-] ?"
YEAR = r"20\d\d(?!\d)"
LATER = r"nam (?:sau|toi_?|ke tiep|tiep theo|lien ke|lien sau)"
OF_YEAR = rf"(?:{JOINT}(?P<year>{YEAR})|,? ?\(?(?:cua )?nam (?P<of>{YEAR})\)?|,? ?(?:cua )?(?P<later>{LATER}))?"
DAY, NUMBER = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})"
# «tháng mười hai» is spelled 10 2.
MONTH = r"(?P<month>10 [12](?!\d)|\d{1,2})"
# What joins the items of a list: «quý I, II», «tháng 4-6», «III & IV».
LISTED = r"(?:,? ?\b(?:va|den|hoac)\b ?| ?[,/&+-] ?)"
# A figure that goes on before this one would make another date of it: the 5 of 15/6 and the 6 of «tháng 5-6/2026».
ALONE = r"(?<![\d/.])(?<![\d/.] )(?<!\d-)(?<!\d- )"
# «đợt 3/2026» and «kỳ họp 6/2026» are no months.
COUNTED = ("dot", "ky", "lan", "khoa", "so", "phien", "hop", "q", "giai doan")
NO_NUMBER_OF = "".join(rf"(?<!\b{word} )" for word in COUNTED)
# Another figure of a date behind this one, but for the beginning of a date after a dash.
GOES_ON = rf"{JOINT}\d{{1,2}}(?!\d)"
NOT_CUT = r"(?! ?[/.] ?\d| ?- ?\d{1,2}(?!\d| ?/)| \d|\d)"

# 15/6/2026, 15-6-2026, 15.6.26, and 15/06/20 26 of a narrow cell: the same sign twice.
WHOLE_DAY = re.compile(
    rf"{SAID}(?<!thang ){ALONE}{DAY} ?(?P<joint>[/.-]) ?{NUMBER} ?(?P=joint) ?"
    r"(?P<year>\d\d(?:\d\d| \d\d)?)(?![\d/]| \d)"
)
# ngày 15 tháng 6 năm 2026.
WRITTEN_DAY = re.compile(
    rf"{SAID}{ALONE}(?<!thang )(?<!quy )(?<!trong ){DAY} ?(?:cua )?thang {MONTH}(?![\d.]| thang|{GOES_ON}){OF_YEAR}"
    rf"(?!{LISTED}\d{{1,2}}\b(?!{JOINT})| ?lan\b)"
)
# ngày 15 các tháng 3, 6, 9, 12.
DAY_OF_MONTHS = re.compile(
    rf"{SAID}(?:(?<=ngay )|(?<=truoc )|(?<=den )){DAY} ?(?:cua )?(?:cac )?thang "
    rf"(?P<list>\d{{1,2}}(?:{LISTED}(?:thang )?\d{{1,2}}(?![\d.]|{GOES_ON}))+){OF_YEAR}"
)
# 6/2026, tháng 6-2026, T6/2026.
MONTH_OF_YEAR = re.compile(
    rf"{SAID}(?:(?:thang|t) )?{ALONE}{NO_NUMBER_OF}{NUMBER}{JOINT}(?P<year>{YEAR})(?! ?[/.] ?\d)(?!-\d\d?-)"
)
# 15/6. Without a year a date needs the slash, or «ngày» and the like before it: 1.5 and 2-3 are other things too.
DAY_OF_YEAR = re.compile(rf"{SAID}{ALONE}{NO_NUMBER_OF}{DAY} ?/ ?{NUMBER}{NOT_CUT}{OF_YEAR}")
NAMED_DAY = re.compile(
    rf"{SAID}(?:(?<=ngay )|(?<=truoc )|(?<=den )|(?<=het )){DAY} ?[.-] ?{NUMBER}(?! ?[/.-] ?\d| \d|\d){OF_YEAR}"
)
WEEK = re.compile(
    rf"{SAID}\btuan (?:thu )?(?P<week>[1-5]|nhat|hai|ba|tu_?|dau|cuoi)(?: tien| cung)?,? (?:cua )?thang {MONTH}"
    rf"{OF_YEAR}"
)
MONTHS = re.compile(
    rf"{SAID}\b(?:thang|t) (?P<list>{MONTH}(?![\d.])(?:{LISTED}(?:thang )?\d{{1,2}}(?![\d]|{GOES_ON}))*){OF_YEAR}"
    r"(?! ?lan\b)"
)
QUARTER = r"(?:i{1,3}|iv|[1-4])(?![\w])"
QUARTERS = re.compile(
    rf"{SAID}\b(?:quy|q\.?) ?(?P<list>{QUARTER}(?:{LISTED}(?:quy )?{QUARTER}(?! ?thang))*){OF_YEAR}(?! ?lan\b)"
)
# 6 tháng đầu năm 2026, 3 tháng cuối năm, 9 tháng đầu năm, nửa cuối năm.
HALF = re.compile(
    rf"{SAID}(?:\b0?(?P<count>[369]) thang|nua) (?P<which>dau|cuoi) (?:cua )?nam(?: nay)?(?:(?: |, | cua nam )"
    rf"(?P<year>{YEAR}))?"
)
NAMED_YEAR = re.compile(rf"{SAID}\bnam (?P<year>{YEAR})(?!{JOINT}\d{{1,2}}\b)")
THIS_YEAR = re.compile(
    r"(?P<said>(?:(?:trong|ca|het|cuoi|dau|giua|den|truoc|tu|nay) )+)nam\b(?: nay)?"
    r"(?! (?:\d|hoc|sau|truoc|toi|tiep|ke|mot|1))"
)
BARE_YEAR = re.compile(rf"{SAID}{ALONE}(?P<year>{YEAR})(?!{JOINT}\d\d?\b)")
