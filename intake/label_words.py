"""The words of labels and of columns' heads, folded, by what they say of a task."""

import re

from intake.roles import Role

OF = (
    r"(?:(?:co quan|don vi|bo phan|phong|ban|nguoi|ca nhan|can bo|cong chuc|to chuc|lanh dao"
    r"|dau moi|phan cong|cac|va|hoac|dia phuong|nganh|thanh vien)[ ,/]*)*"
)
DOING = (
    r"(?:[ ,/]*(?:thuc hien|trien khai|tham muu|chu tri|xay dung|to chuc|trinh|chinh|nhiem vu"
    r"|chiu trach nhiem|va|cong viec))*"
)
# A person beside an agency: in charge there, and no lead of its own.
PERSON = re.compile(r"(?:nguoi|can bo|chuyen vien|cong chuc|lanh dao|dong chi|ca nhan)\b")
# Labels that are words of any sentence too: behind them somebody has to be named.
WEAK = re.compile(
    r"thuc hien|trien khai|phu trach|trach nhiem|to chuc thuc hien|giao|tham gia|chi dao|kiem tra|giam sat|theo doi"
)
# From top to bottom: what holds «thực hiện» as a part of another phrase is looked for first.
ROLES = (
    (Role.BOTH, rf"{OF}chu tri[ ,;/&+-]*(?:va )?{OF}phoi hop(?:[ ,/]*thuc hien)?"),
    (
        Role.TIME,
        r"(?:thoi (?:gian|han|diem)|han|tien do|moc thoi gian|ngay|hoan thanh|ket thuc"
        r"|ke hoach thoi gian)(?:[ ,/]*(?:to chuc|thuc hien|hoan thanh"
        r"|trien khai|bao cao|bat dau|ket thuc|va|gui|du kien|xong|phai|trinh|ban hanh|tien do"
        r"|thoi (?:gian|han)|han|chot|nam \d{4}"
        r"|\(?nam \d{4}\)?|\(?\d{4}\)?|hoan tat|nop|dia diem|truoc ngay|truoc))*",
    ),
    (
        Role.PRODUCT,
        r"(?:du kien )?(?:cac )?(?:san pham|ket qua|dau ra"
        r"|muc tieu can dat)(?:[ ,/();]*(?:san pham|ket qua|dau ra|du kien|dat duoc|thuc hien"
        r"|hoan thanh|can dat|chu yeu|yeu cau|cua nhiem vu|dau ra|giao nop|phai dat|dat|va|hoac|cu the))*",
    ),
    (
        Role.COORDINATING,
        rf"{OF}(?:phoi hop|cung phoi hop|tham gia)(?:[ ,/]*(?:thuc hien|theo doi|don doc"
        rf"|trien khai|huong dan|va|tham gia|chinh))*",
    ),
    (
        Role.MONITOR,
        rf"{OF}(?:phu trach[ ,/]*)?(?:theo doi|don doc|giam sat|kiem tra"
        rf"|chi dao)(?:[ ,/]*(?:theo doi|don doc|giam sat|kiem tra"
        r"|chi dao|thuc hien|phu trach|va|danh gia))*|lanh dao (?:ubnd )?(?:xa |phuong )?phu trach",
    ),
    (
        Role.LEAD,
        rf"{OF}(?:chu tri|tham muu|thuc hien|phu trach|duoc giao|chiu trach nhiem|trach nhiem"
        rf"|trien khai|dau moi){DOING}|phan cong|dau moi|trach nhiem",
    ),
    (
        Role.NOTE,
        r"ghi chu|(?:nguon )?kinh phi(?: thuc hien)?|du toan|can cu(?: phap ly)?|van ban (?:giao|chi dao|can cu)",
    ),
)
TITLE = (
    r"(?:ten |noi dung |cac )*(?:nhiem vu|noi dung|cong viec|hoat dong|dau viec"
    r"|viec)(?:[ ,/-]*(?:nhiem vu|noi dung|cong viec|giai phap|cu the|trong tam|chu yeu"
    r"|thuc hien|can thuc hien|duoc giao|va|hoat dong|giao|cai cach hanh chinh|cchc"
    r"|trien khai))*"
)
# When it begins; the last day in time stands in another column.
START = r"(?:thoi gian |ngay )?(?:bat dau|khoi cong)|tu ngay|thoi gian tu"
# What a table that is kept through the year says of the state of its work; its other columns of documents and days are
# those of results too.
STATE = re.compile(
    r"(?:tinh trang|trang thai|tinh hinh)(?: thuc hien| hoan thanh| xu ly| nhiem vu)*|da hoan thanh"
    r"|(?:ket qua|tien do) (?:thuc hien )?(?:den nay|den ngay.{0,20}|hien tai)"
)
OF_RESULT = re.compile(
    r"(?:so(?:[ ,/]*(?:va )?ky hieu)?|ky hieu)(?: (?:cua )?van ban)?(?: ket qua| ban hanh| hoan thanh)*"
    r"|van ban (?:da )?(?:ban hanh|ket qua|hoan thanh)|ket qua thuc hien"
    r"|ngay(?:[ ,]*thang)?(?:[ ,]*nam)? (?:ban hanh|ky|van ban|hoan thanh|cua van ban)(?: thuc te| van ban)*"
)
CODE = r"(?:so )?(?:tt|stt|thu tu)|so tt|ma(?: so)?(?: nhiem vu)?|ky hieu|no"
