"""Times on the phones' page: the office's wall clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local(moment: datetime) -> str:
    """An aware time as the office's wall clock shows it, ISO 8601 to the second."""
    return moment.astimezone(ZONE).isoformat(timespec="seconds")
