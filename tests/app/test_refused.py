"""What is refused with a sentence before anything is made of it."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from app.settings import Settings
from app.wiring import NoDatabaseError, open_existing, refuse_missing


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"telegram_admin_ids": "-1001234"}, "groups and channels"),
        ({"telegram_admin_ids": "1087968824"}, "Telegram's own"),
        ({"telegram_admin_ids": "12", "telegram_bot_token": "12:abc"}, "the bot itself"),
        ({"timezone": ZoneInfo("Etc/GMT+7")}, "the other side of Greenwich"),
    ],
)
def test_who_can_be_no_admin_and_where_no_office_is(given: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Settings(_env_file=None, **given)


def test_no_database_is_made_by_what_only_reads_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/var/nhacviec.db"
    for refused in (lambda: refuse_missing(url), lambda: open_existing(Settings(_env_file=None, database_url=url))):
        with pytest.raises(NoDatabaseError, match="there is no database at"):
            refused()
    assert list(tmp_path.iterdir()) == []
