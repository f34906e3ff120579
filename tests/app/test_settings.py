"""Settings: read once, faults all at once, secrets from files, and no moved clock for real people."""

from datetime import time
from pathlib import Path

import pytest

from app.settings import Settings, SettingsError, read, without_secrets

TOKEN = "123456789:AAaaBBbbCCccDDddEEeeFFffGGggHHhhIIi"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty environment in an empty folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(f"{name.upper()}_FILE", raising=False)
    monkeypatch.chdir(tmp_path)


def test_the_defaults_are_those_of_an_office() -> None:
    found = read()
    assert found.remind_days == (15, 7, 3, 1, 0)
    assert found.send_windows[0] == (time(7, 30), time(10, 30))
    assert found.timezone.key == "Asia/Ho_Chi_Minh"


def test_a_sandbox_never_shares_an_offices_database(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read().database_url == "sqlite:///var/sandbox.db"
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    assert read().database_url == "sqlite:///var/nhacviec.db"


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_ADMIN_IDS", "11, 22")
    monkeypatch.setenv("REMIND_DAYS", "10,5,0")
    monkeypatch.setenv("SEND_WINDOWS", "08:00-09:00, 14:00-15:30")
    found = read()
    assert found.telegram_admin_ids == (11, 22)
    assert found.remind_days == (10, 5, 0)
    assert found.send_windows == ((time(8), time(9)), (time(14), time(15, 30)))


def test_every_fault_at_once_each_with_what_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "REMIND_DAYS": "soon",
        "SEND_WINDOWS": "10:00-09:00",
        "TELEGRAM_ADMIN_IDS": "lan",
        "LOG_LEVEL": "loud",
        "TIMEZONE": "Sơn Tây",
        "DESK_SHEET_COLUMNS": "number=STT; burn=Ghi chú",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read()
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in sorted(lines)] == [
        "DESK_SHEET_COLUMNS",
        "LOG_LEVEL",
        "REMIND_DAYS",
        "SEND_WINDOWS",
        "TELEGRAM_ADMIN_IDS",
        "TIMEZONE",
    ]
    assert all("write" in line or "timezone" in line.lower() for line in lines)


def test_a_secret_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", "utf-8")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(tmp_path / "token"))
    found = read()
    assert found.telegram_bot_token is not None
    assert found.telegram_bot_token.get_secret_value() == TOKEN
    assert TOKEN not in repr(found)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(tmp_path / "nothing"))
    with pytest.raises(SettingsError, match=r"TELEGRAM_BOT_TOKEN_FILE: .*nothing cannot be read"):
        read()


def test_a_moved_clock_is_refused_with_the_real_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOCK_START", "2020-01-02T07:00")
    assert read().start is not None
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    with pytest.raises(SettingsError, match="CLOCK_START"):
        read()
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8020")
    start = read().start
    assert start is not None
    assert start.isoformat() == "2020-01-02T07:00:00+07:00"


SECRET = "a-secret-of-thirty-two-letters-00"


def faults(monkeypatch: pytest.MonkeyPatch, **given: str) -> list[str]:
    """What is wrong with these settings of a real service."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    try:
        read()
    except SettingsError as error:
        return str(error).splitlines()
    return []


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    [fault] = faults(monkeypatch, WEBHOOK_URL="https://bot.example.vn/telegram")
    assert fault.startswith("WEBHOOK_SECRET: WEBHOOK_URL needs it: make one with: python3 -c")
    (tmp_path / "secret").write_text(f"{SECRET}\n", "utf-8")
    assert faults(monkeypatch, WEBHOOK_SECRET_FILE=str(tmp_path / "secret")) == []
    found = read()
    assert found.webhook_secret is not None
    assert found.webhook_secret.get_secret_value() == SECRET
    assert SECRET not in repr(found)


def test_every_fault_of_the_webhook_and_the_monitor_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found = faults(
        monkeypatch,
        WEBHOOK_URL="http://bot.example.vn/telegram",
        WEBHOOK_SECRET="short",
        WEBHOOK_LISTEN="8443",
        HEALTH_LISTEN="localhost",
        PING_URL="monitor",
    )
    assert [line.split(":")[0] for line in found] == [
        "WEBHOOK_URL", "WEBHOOK_SECRET", "WEBHOOK_LISTEN", "HEALTH_LISTEN", "PING_URL",
    ]  # fmt: skip
    assert all("write" in line for line in found)


@pytest.mark.parametrize(
    ("url", "piece"),
    [
        ("https://bot.example.vn:9000/telegram", "443, 80, 88 and 8443"),
        (f"https://bot.example.vn/{TOKEN}", "leave the token out"),
        ("https://bot.example.vn/telegram?key=1", "public address"),
        ("https://me:word@bot.example.vn/telegram", "public address"),
        ("https:///telegram", "public address"),
        ("bot.example.vn", "public address"),
    ],
)
def test_addresses_that_are_no_webhook(monkeypatch: pytest.MonkeyPatch, url: str, piece: str) -> None:
    [fault] = faults(monkeypatch, WEBHOOK_URL=url, WEBHOOK_SECRET=SECRET)
    assert piece in fault


def test_http_is_for_another_address_of_the_bot_api_only(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "http://127.0.0.1:8500/telegram"
    assert faults(monkeypatch, WEBHOOK_URL=url, WEBHOOK_SECRET=SECRET) != []
    assert faults(monkeypatch, TELEGRAM_API_URL="http://127.0.0.1:8020", HEALTH_LISTEN="") == []


def test_lifted_limits_are_refused_with_the_real_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read().send_rate == "telegram"
    monkeypatch.setenv("SEND_RATE", "none")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    with pytest.raises(SettingsError, match="SEND_RATE"):
        read()
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8020")
    assert read().send_rate == "none"
    monkeypatch.setenv("SEND_RATE", "fast")
    with pytest.raises(SettingsError, match="SEND_RATE: write telegram or none"):
        read()


def test_an_office_may_be_on_zalo_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZALO_BOT_TOKEN", f"1459232241454765289:{TOKEN[10:]}")
    found = read()
    assert (found.has_bot, found.real, found.keeps_machine_time) == (True, True, True)
    assert found.database_url == "sqlite:///var/nhacviec.db"
    assert TOKEN[10:] not in repr(found)
    assert not without_secrets(found).has_bot
    monkeypatch.setenv("CLOCK_START", "2020-01-02T07:00")
    with pytest.raises(SettingsError, match="moved clock"):
        read()
    monkeypatch.setenv("ZALO_API_URL", "http://127.0.0.1:8030")
    assert not read().real
    # A stand-in for one platform does not make the other one's people unreal.
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    with pytest.raises(SettingsError, match="moved clock"):
        read()
    monkeypatch.setenv("ZALO_BOT_TOKEN", "1459232241454765289")
    with pytest.raises(SettingsError, match="ZALO_BOT_TOKEN: copy the whole token"):
        read()


def test_a_higher_offices_form_is_a_list_of_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_SHEET_COLUMNS", "number=STT; task = Tên  nhiệm vụ ;due; =Ghi chú;")
    assert read().desk_sheet_columns == (("number", "STT"), ("task", "Tên nhiệm vụ"), ("due", ""), ("", "Ghi chú"))
    for wrong, says in (("=", "«» is no column"), ("stt=STT", "«stt» is no column"), ("task;" * 41, "40 columns")):
        monkeypatch.setenv("DESK_SHEET_COLUMNS", wrong)
        with pytest.raises(SettingsError, match=says):
            read()


@pytest.mark.parametrize(
    ("url", "piece"),
    [
        ("https://bao.example.vn", ""),
        ("https://bao.example.vn:8443/", ""),
        ("http://127.0.0.1:8091", ""),
        ("http://bao.example.vn", "https://"),
        ("https://bao.example.vn/tra-loi", "public address"),
        ("https://lan@bao.example.vn", "public address"),
        ("bao.example.vn", "public address"),
    ],
)
def test_what_officers_open_is_an_address_alone_and_over_tls(
    monkeypatch: pytest.MonkeyPatch, url: str, piece: str
) -> None:
    found = faults(monkeypatch, PUBLIC_URL=url)
    assert len(found) == bool(piece)
    assert all(each.startswith("PUBLIC_URL: ") and piece in each for each in found)
    if not piece:
        assert read().public_url == url.rstrip("/")
