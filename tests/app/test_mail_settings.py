"""What an office sets of its mail, what doctor finds of it, and that no password is shown anywhere."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import checks, shown_settings, wiring
from app.settings import Settings, SettingsError, read, without_secrets
from channels.mail.address import IMAP_PORTS, SMTP_PORTS, server
from desk.installation import Shown
from sandbox.mailbox.post import Post
from sandbox.mailbox.servers import Servers

SMTP, FROM = "smtps://nhacviec%40noivu.gov.vn:m%E1%BA%ADt%3Akh%2Fu@mail.gov.vn", "Nhắc Việc <nhacviec@noivu.gov.vn>"
NOW = datetime(2020, 1, 2, tzinfo=UTC)


def settings(**given: object) -> Settings:
    return read(_env_file=None, **given)


def test_servers_are_read_from_their_addresses() -> None:
    found = settings(
        smtp_url=SMTP, mail_from=FROM, imap_url="starttls://nhacviec@noivu.gov.vn:x@mail.gov.vn/INBOX/Tra%20loi"
    )
    out, back = found.mail_out, found.mail_back
    assert out is not None
    assert back is not None
    assert (out.way, out.host, out.port, out.user, out.password) == (
        "smtps", "mail.gov.vn", 465, "nhacviec@noivu.gov.vn", "mật:kh/u",
    )  # fmt: skip
    # The last @ stands before the host, whatever stands in a name.
    assert (back.port, back.user, back.folder) == (143, "nhacviec@noivu.gov.vn", "INBOX/Tra loi")
    assert found.mail_sender is not None
    assert (found.mail_sender.address, found.mail_sender.name) == ("nhacviec@noivu.gov.vn", "Nhắc Việc")
    # Mail alone serves people: no sandbox starts, and the clock is the machine's.
    assert (found.has_bot, found.real, found.keeps_machine_time) == (True, True, True)
    assert not without_secrets(found).has_bot


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"smtp_url": "mail.gov.vn"}, "SMTP_URL: write smtp://, smtps://, starttls://"),
        ({"smtp_url": "smtps://a:b@"}, "SMTP_URL: write"),
        ({"smtp_url": "smtps://only-a-name@mail.gov.vn"}, "SMTP_URL: a name and a password belong together"),
        ({"smtp_url": "smtps://mail.gov.vn/folder"}, "SMTP_URL: write"),
        ({"smtp_url": "smtps://mail.gov.vn"}, "MAIL_FROM: SMTP_URL needs it"),
        ({"smtp_url": SMTP, "mail_from": "Nhắc Việc"}, "MAIL_FROM: write one address"),
        ({"smtp_url": SMTP, "mail_from": "a@b.vn, c@d.vn"}, "MAIL_FROM: write one address"),
        (
            {"smtp_url": SMTP, "mail_from": FROM, "imap_url": "imaps://mail.gov.vn"},
            "IMAP_URL: write the name and the password",
        ),
        ({"imap_url": "imaps://a:b@mail.gov.vn"}, "IMAP_URL: SMTP_URL is missing"),
        ({"mail_attach_mb": 0}, "MAIL_ATTACH_MB"),
    ],
)
def test_faults_say_what_to_write(given: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        settings(**given)
    assert said in str(raised.value)
    assert "kh/u" not in str(raised.value)


def test_no_password_is_shown() -> None:
    found = settings(smtp_url=SMTP, mail_from=FROM, imap_url=SMTP.replace("smtps", "imaps"))
    by_name = {each.name: each for each in shown_settings.shown(found)}
    assert (by_name["smtp_url"].shown, by_name["imap_url"].shown) == (Shown.SECRET_SET, Shown.SECRET_SET)
    assert "kh/u" not in repr(found) + repr(found.mail_out) + repr(by_name)
    assert server(SMTP, SMTP_PORTS).masked("535 no: mật:kh/u, m%E1%BA%ADt%3Akh%2Fu") == "535 no: …, …"
    assert server(SMTP.replace("smtps", "imap"), IMAP_PORTS).is_open
    assert not server("smtp://a:b@127.0.0.1", SMTP_PORTS).is_open


def test_doctor_signs_in_to_both_and_says_what_is_wrong(tmp_path: Path) -> None:
    post = Post(lambda: NOW)
    servers = Servers(post)
    wants, reads = servers.settings["mail_from"], "hệ thống chỉ đọc, không xóa, không đánh dấu."

    def found() -> dict[str, tuple[bool | None, str]]:
        chosen = settings(database_url=f"sqlite:///{tmp_path}/office.db", **servers.settings)
        service = wiring.open_service(chosen)
        done = asyncio.run(checks.examine(chosen))
        service.store.close()
        return {each.name: (each.ok, each.said(service.office.text)) for each in done if each.name.startswith("mail")}

    try:
        assert found() == {
            "mail": (True, f"Thư điện tử gửi đi từ {wants} qua 127.0.0.1: máy chủ đã nhận đăng nhập."),
            "mailbox": (True, f"Hộp thư INBOX trên 127.0.0.1 đọc được, có 0 thư; {reads}"),
        }
        wrong = servers.settings
        post.password = "changed"
        chosen = settings(database_url=f"sqlite:///{tmp_path}/office.db", **wrong)
        refused = {each.name: each for each in asyncio.run(checks.examine(chosen))}
        assert (refused["mail"].ok, refused["mail"].key) == (False, "mail_refused")
        assert (refused["mailbox"].ok, refused["mailbox"].key) == (False, "mailbox_refused")
        assert "not-a-real-one" not in repr(refused)
    finally:
        servers.close()
