"""What the gate lets in and what it refuses, with which sentence, and that a refusal costs nothing."""

import resource
import time
import unicodedata

import pytest
from fpdf import FPDF

from intake.errors import RefusedError
from intake.read import read
from intake.secret import is_stamp
from tests.intake import hostile
from tests.intake.hostile import MB, NO_STAMPS, PLAN, STAMPED, compound, repacked, word


def refusal(data: bytes) -> str:
    with pytest.raises(RefusedError) as error:
        read(data)
    return error.value.why


def picture_only() -> bytes:
    pages = FPDF()
    pages.add_page()
    pages.rect(10, 10, 100, 100)
    return bytes(pages.output())


def locked() -> bytes:
    pages = FPDF()
    pages.set_encryption("owner", "user")
    pages.add_page()
    pages.set_font("helvetica", "", 10)
    pages.cell(0, 5, "Ke hoach")
    return bytes(pages.output())


@pytest.mark.parametrize(
    ("why", "data"),
    [
        ("empty", b""),
        ("empty", b" \r\n\t "),
        ("too_large", b"a" * (21 * MB)),
        ("kind", b"\x7fELF\x02\x01\x01" + bytes(200)),
        ("kind", b"Rar!\x1a\x07\x01\x00"),
        ("kind", repacked(word(), {"[Content_Types].xml": None, "word/document.xml": None})),
        ("scan", b"\x89PNG\r\n\x1a\n" + bytes(50)),
        ("scan", picture_only()),
        ("encrypted", locked()),
        ("encrypted", compound("EncryptedPackage", "EncryptionInfo")),
        ("macros", compound("WordDocument", "Macros", "_VBA_PROJECT")),
        ("macros", hostile.macros()),
        ("bomb", repacked(word(), {"word/media/a.bin": bytes(120 * MB)})),
        ("bomb", repacked(word(), {"word/document.xml": b" " * (41 * MB)})),
        ("bomb", repacked(word(), {f"x/{number}": b"" for number in range(5000)})),
        ("bomb", hostile.with_doctype()),
        ("bomb", hostile.with_doctype("utf-16")),
        ("bomb", hostile.with_doctype(padded=9000)),
        ("broken", word()[:3000]),
        ("broken", repacked(word(), {"word/document.xml": b"<w:document"})),
        ("broken", b"%PDF-1.7\n" + b"x" * 500),
        ("broken", hostile.deep(40)),
        ("needs_conversion", compound("WordDocument")),
        ("no_tasks", "Kính gửi các đồng chí, chúc mừng năm mới.".encode()),
    ],
)  # fmt: skip
def test_what_is_refused_and_why(why: str, data: bytes) -> None:
    assert refusal(data) == why


@pytest.mark.parametrize("where", STAMPED)
def test_a_stamp_of_secrecy_is_found_wherever_it_stands(where: str) -> None:
    assert refusal(STAMPED[where]) == "secret"


@pytest.mark.parametrize("words", NO_STAMPS)
def test_words_about_secrets_are_no_stamp(words: str) -> None:
    assert not is_stamp(words)
    assert not is_stamp(unicodedata.normalize("NFC", words.title()))


def test_a_plan_that_speaks_of_keeping_secrets_is_read() -> None:
    assert [task.lead for task in read(word()).tasks] == [("Công an xã",)]
    assert [task.lead for task in read(PLAN.encode()).tasks] == [("Công an xã",)]


def test_a_bomb_costs_no_memory_and_no_time() -> None:
    data = repacked(word(), {"word/media/a.bin": bytes(150 * MB)})
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    assert refusal(data) == "bomb"
    assert time.process_time() - start < 1
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < 100 * MB


def test_links_to_other_machines_are_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr("socket.socket.connect", lambda _self, address: opened.append(address))
    assert read(hostile.linked("http://127.0.0.1:9")).tasks
    assert opened == []


def test_a_text_that_is_no_utf8_is_refused_with_what_to_do() -> None:
    assert refusal("Kế hoạch năm 2026".encode("utf-16-be") + b"\xff") in ("kind", "not_utf8")
