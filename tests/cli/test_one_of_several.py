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
    assert "no address" in nhacviec(folder, "--office", "son-tay", "desk", "code", "P1", PAGES_LISTEN="")


def test_doctor_looks_for_who_serves_the_pages_of_all(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        listen = f"127.0.0.1:{held.getsockname()[1]}"
        given = {"PAGES_URL": ADDRESS, "PAGES_LISTEN": listen}
        said = nhacviec(folder, "--office", "son-tay", "doctor", code=1, **given)
        assert f"{ADDRESS}/o/son-tay" in said
        assert "no sign of life at" not in said
    silent = nhacviec(folder, "--office", "son-tay", "doctor", code=1, **given)
    assert f"no sign of life at {listen}: is `nhacviec pages` running?" in " ".join(silent.split())
