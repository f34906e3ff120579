"""How dates, times and sizes look to a Vietnamese reader; times are shown in the office's zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(value: date) -> str:
    """20/01/2020."""
    return f"{value:%d/%m/%Y}"


def written_day(value: date) -> str:
    """31/3/2020, 05/01/2020: as an official document writes it, with a 0 before the months 1 and 2 only (Decree
    30/2020/NĐ-CP, annex I)."""
    return f"{value:%d/%m/%Y}" if value.month < 3 else f"{value:%d}/{value.month}/{value:%Y}"


def short_day(value: date) -> str:
    """20/01, where the year goes without saying."""
    return f"{value:%d/%m}"


def weekday(value: date) -> str:
    """The Vietnamese name of the weekday."""
    return WEEKDAYS[value.weekday()]


def english_weekday(value: date) -> str:
    """The English name of the weekday, whatever the machine's own language."""
    return ENGLISH_WEEKDAYS[value.weekday()]


def moment(value: datetime, zone: ZoneInfo = OFFICE_ZONE, *, joined: str = "ngày") -> str:
    """08:12 ngày 20/01/2020, in the office's zone; `joined` is the word between."""
    local = value.astimezone(zone)
    return f"{local:%H:%M} {joined} {local:%d/%m/%Y}"


def clock(value: datetime, zone: ZoneInfo = OFFICE_ZONE) -> str:
    """08:12, in the office's zone, where the day goes without saying."""
    return f"{value.astimezone(zone):%H:%M}"


def size(count: int) -> str:
    """A file's size as a person says it, with the Vietnamese decimal comma."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    unit, name = (1024**2, "MB") if count < 1024**3 else (1024**3, "GB")
    return f"{count / unit:.1f} {name}".replace(".0 GB", " GB").replace(".", ",")


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return cut[: cut.rfind(" ") if " " in cut else limit - 1].rstrip(" ,;:.-") + "…"
