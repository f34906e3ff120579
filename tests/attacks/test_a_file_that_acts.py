"""Somebody sends as evidence what runs a program for whoever opens it."""

import io
import zipfile

import pytest

from files.content import examine, export_name, may_act
from files.file_types import RUN_BY_NAME
from plan.people import Role
from sandbox.phone import text_of
from sandbox.telegram_api.values import Fault
from sandbox.world import World
from tests.conftest import MakeWorld

EXE = b"MZ\x90\0" + bytes(200)


def packed(*names: str) -> bytes:
    """An archive of files of these names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def macros() -> bytes:
    """A Word file with a program of its own, whatever it is called."""
    return packed("[Content_Types].xml", "word/document.xml", "word/VBAPROJECT.bin")


ACTING: dict[str, tuple[str, bytes]] = {
    "a program called a picture": ("anh.jpg", EXE),
    "a shortcut": ("ke-hoach.pdf.lnk", b"L\0\0\0\x01\x14\x02\0" + bytes(60)),
    "a page": ("bao-cao.html", b"<!DOCTYPE html><script>x</script>"),
    "a drawing": ("so-do.svg", b"<svg xmlns='x' onload='x()'/>"),
    "a Word file with macros": ("bao-cao.docx", macros()),
    "a script of the shell": ("chay.txt", b"#!/bin/sh\nrm -rf /\n"),
    "a script by its name": ("bao-cao.js", b"var x = new ActiveXObject('WScript.Shell')"),
    "a page of programs by its name": ("mau.hta", b"<hta:application>"),
    "an archive with a program": ("anh-hien-truong.zip", packed("anh-1.jpg", "anh-2.jpg.scr")),
    "an installer by its name": ("phan-mem.msi", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
}


@pytest.mark.parametrize("kind", ACTING)
def test_it_is_known_and_gets_no_name_that_runs(kind: str) -> None:
    name, data = ACTING[kind]
    content = examine(data).content
    assert may_act(name, content)
    assert not export_name(name, content).lower().endswith((*RUN_BY_NAME, ".docm", ".xlsm", ".pptm", ".script", ".apk"))


@pytest.mark.parametrize("name", ["ke-hoach.pdf", "bao-cao.docx", "anh.exe.jpg", "html", "js"])
def test_what_is_harmless_is_not_warned_about(name: str) -> None:
    assert not may_act(name, examine(b"%PDF-1.4").content)


def test_it_is_kept_and_everybody_who_gets_it_is_warned(make_world: MakeWorld) -> None:
    world: World = make_world(2020, 1, 2, 7, 0, review="all")
    boss, lan, head = (
        world.admin("Hoa"),
        world.officer("Lan", "sondung"),
        world.officer("Tâm", "sondung", role=Role.HEAD),
    )
    # The admin is asked when the bytes are here: what is asked before that knows only the name.
    world.platform.faults.append(Fault("429", "sendMessage", boss.chat))
    lan.forgets().sends_file("anh.jpg", EXE, "/done 2b")
    told = [text_of(each) for each in lan.unread]
    assert any("Đã ghi nhận 2b" in each and "1 tệp" in each for each in told)
    assert sum("có thể chạy chương trình khi mở" in each and "PDF" in each for each in told) == 1
    world.later(minutes=1)
    asked = next(text_of(each) for each in boss.unread if "Đề nghị xác nhận" in text_of(each))
    assert "Cẩn thận: anh.jpg" in asked
    for phone in (boss, lan, head):
        phone.forgets().says("/minhchung 2b" if phone is not boss else "/minhchung 2b sondung")
        phone.expects("1 tệp").expects_file("anh_exe.bin", "Cẩn thận", "không mở trên máy làm việc")
    data = boss.forgets().says("/hoso 2b sondung")
    found = next(each for each in boss.unread if "document" in each)
    with zipfile.ZipFile(io.BytesIO(world.platform.file_bytes(found["document"]["file_id"]))) as package:
        inside = next(each for each in package.namelist() if each.endswith(".bin"))
        page = package.read("muc-luc.html").decode()
        assert package.read(inside) == EXE, "it is kept as it came"
    assert inside in page
    assert f'href="{inside}"' not in page
    assert "không mở: tệp có thể chạy chương trình" in page
    assert data is boss
