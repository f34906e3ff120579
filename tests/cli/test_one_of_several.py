"""A command for one office of an installation, given where the installation stands."""

import shutil
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plan.people import Role
from store import people
from store.engine import Store
from store.plan_tables import AgencyRow
from tests.cli.command import nhacviec

ADDRESS = "https://nhacviec.tinh.example.vn"
NOW = datetime(2020, 1, 14, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, migrated: Path) -> Path:
    """An installation with one office, which has an admin."""
    nhacviec(tmp_path, "office", "add", "son-tay")
    record = tmp_path / "offices" / "son-tay" / "var" / "sandbox.db"
    record.parent.mkdir()
    shutil.copyfile(migrated, record)
    store = Store(f"sqlite:///{record}")
    with store.unit() as session:
        session.add(AgencyRow(id="noivu", name="Phòng Nội vụ"))
        session.flush()
        person = people.link(session, "telegram", "7", "7", "Hoa", "…", NOW)
        people.join(session, person.id or 0, "noivu", Role.ADMIN, NOW)
    store.close()
    return tmp_path


def test_what_it_prints_leads_to_the_offices_own_pages(folder: Path) -> None:
    said = nhacviec(folder, "--office", "son-tay", "desk", "code", "P1", PAGES_URL=ADDRESS)
    assert f"at {ADDRESS}/o/son-tay/vao/lan-dau" in said
    own = "https://theodoi.son-tay.example.vn"
    with (folder / "offices" / "son-tay" / ".env").open("a") as settings:
        settings.write(f"DESK_URL={own}\n")
    assert f"at {own}/vao/lan-dau" in nhacviec(folder, "--office", "son-tay", "desk", "code", "P1", PAGES_URL=ADDRESS)
    nowhere = nhacviec(folder, "--office", "son-tay", "desk", "code", "P1", PAGES_LISTEN="")
    assert "at no address: PAGES_LISTEN is empty" in nowhere


def doctor(folder: Path, **given: str) -> str:
    """What it says of the office, in one line."""
    return " ".join(nhacviec(folder, "--office", "son-tay", "doctor", code=1, **given).split())


def test_doctor_looks_for_who_serves_it_and_the_pages_of_all(folder: Path) -> None:
    alive = ("--office", "son-tay", "alive", "--only", "desk")
    with socket.create_server(("127.0.0.1", 0)) as held:
        listen = f"127.0.0.1:{held.getsockname()[1]}"
        given = {"PAGES_URL": ADDRESS, "PAGES_LISTEN": listen}
        said = doctor(folder, **given)
        assert f"somebody takes calls at {listen}; the office's address is {ADDRESS}/o/son-tay" in said
        nhacviec(folder, *alive, code=0, **given)
    said = doctor(folder, **given)
    assert (
        f"nobody on this machine takes calls at {listen} for {ADDRESS}/o/son-tay: is `nhacviec pages` running" in said
    )
    nhacviec(folder, *alive, code=1, **given)
    # `run` beside the workers would be a second receiver of its bot.
    assert "scheduler: no sign of life: is `nhacviec work` running?" in said
    assert "`nhacviec work` cannot serve this office" in said
    assert "run`" not in said
    assert "off: PAGES_LISTEN is empty" in doctor(folder, PAGES_LISTEN="")
    assert "PAGES_LISTEN is 0.0.0.0:9" in (said := doctor(folder, PAGES_LISTEN="0.0.0.0:9"))
    assert "set PAGES_URL" in said


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["TELEGRAM_BOT_TOKE=1"], ["TELEGRAM_BOT_TOKE is no setting, TELEGRAM_BOT_TOKEN is"]),
        (["CONTROL_URL=x"], ["CONTROL_URL is no setting; docs/settings.md names them all"]),
        (["REMIND_DAYS=15,x"], ["REMIND_DAYS: write whole numbers with commas, for example 15,7,3,1,0"]),
        (["REVIEW=nobody", "HEAD_CONFIRM=yes"], ["REVIEW: ", "HEAD_CONFIRM is no setting, HEAD_CONFIRMS is"]),
    ],
)
def test_an_office_is_not_added_with_settings_that_are_wrong(tmp_path: Path, lines: list[str], says: list[str]) -> None:
    given = [word for line in lines for word in ("--set", line)]
    said = nhacviec(tmp_path, "office", "add", "xa", *given, code=2)
    assert all(each in said for each in says)
    assert list(tmp_path.iterdir()) == []


def test_settings_that_are_to_be_completed_are_taken(tmp_path: Path) -> None:
    """A file of a secret is laid beside them later; what an address needs too is written later."""
    given = ("telegram_bot_token_file=token", "WEBHOOK_URL=https://bot.example.vn/telegram", "DATA_CONTACT=Hoa, 090")
    nhacviec(tmp_path, "office", "add", "xa", *(word for line in given for word in ("--set", line)))
    assert (tmp_path / "offices" / "xa" / ".env").read_text().splitlines() == [*given]


def test_a_name_that_is_no_setting_is_named_where_one_looks(folder: Path) -> None:
    with (folder / "offices" / "son-tay" / ".env").open("a") as settings:
        settings.write("REMIND_DAY=9\nTZ=Asia/Ho_Chi_Minh\n")
    listed = nhacviec(folder, "office", "list")
    assert "son-tay\tno token yet; REMIND_DAY is no setting, REMIND_DAYS is; TZ is no setting" in listed
    said = doctor(folder)
    assert "REMIND_DAY in .env is no setting" in said
    assert "TZ in .env is no setting" in said
