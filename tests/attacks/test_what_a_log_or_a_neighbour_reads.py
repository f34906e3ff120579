"""What another user of the machine, or a reader of the log, must not learn."""

import logging
import os
import stat
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.logs import Redacting
from app.settings import Settings, SettingsError, read
from app.wiring import telegram_of
from cli import main
from store.engine import Store

TOKEN = "123456789:AAaaBBbbCCccDDddEEeeFFffGGggHHhhIIi"


def test_an_error_of_the_database_tells_nothing_that_people_wrote(store: Store) -> None:
    with pytest.raises(DBAPIError) as raised, store.unit() as session:
        session.connection().execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": "căn cước 0123"})
    assert "căn cước" not in str(raised.value)


@pytest.mark.parametrize(
    "address", ["socks5://lan:matkhau@10.0.0.1:1080", "postgresql+psycopg://nhacviec:matkhau@db/office"]
)
def test_a_password_in_an_address_is_not_in_the_log(address: str) -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 0, "cannot reach %s", (address,), None)
    assert "matkhau" not in Redacting("%(message)s").format(record)


def test_a_proxy_is_a_secret_with_a_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_PROXY", "socks5://lan:matkhau@127.0.0.1:1080")
    found = read()
    assert "matkhau" not in repr(found)
    telegram_of(found)
    for wrong in ("127.0.0.1:1080", "ftp://127.0.0.1", "socks5://"):
        monkeypatch.setenv("TELEGRAM_PROXY", wrong)
        with pytest.raises(SettingsError, match="TELEGRAM_PROXY: write the proxy"):
            read()


def test_what_the_command_writes_is_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given, office = tmp_path / "list.csv", tmp_path / "office"
    given.write_text("agency,name,role\nsondung,Lan,officer\n", "utf-8")
    office.mkdir()
    monkeypatch.chdir(office)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr(sys, "argv", ["nhacviec", "people", "import", str(given)])
    before = os.umask(0o022)
    try:
        with pytest.raises(SystemExit):
            main.main()
    finally:
        os.umask(before)
    written = [path for path in office.rglob("*") if path.is_file()]
    assert written
    assert [path for path in written if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
