"""The process that reads one document: its limits hold, and it has neither the network nor the office's secrets."""

import subprocess
import sys
from pathlib import Path

import pytest

from app import converting, reading, reading_answer
from app.settings import Settings
from intake.errors import RefusedError
from intake.read import read
from tests import libreoffice
from tests.intake.fuzz import feed
from tests.intake.hostile import MB, PLAN, STAMPED, compound, repacked, word
from tests.intake.word_files import WordFile

ROOT = Path(__file__).parents[2]
CHILD = "import app.no_network as n, socket; print(n.take_away()); socket.socket(socket.{family})"


def chosen(**values: str) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


def refusal(data: bytes, **values: str) -> str:
    with pytest.raises(RefusedError) as error:
        reading.read(data, chosen(**values))
    return error.value.why


def test_the_draft_comes_back_as_it_was_read() -> None:
    data = (ROOT / "data" / "decision_2020.txt").read_bytes()
    assert reading.read(data, chosen()) == read(data)


def test_a_refusal_comes_back_with_its_reason() -> None:
    assert refusal(STAMPED["a text box"]) == "secret"
    assert refusal(repacked(word(), {"word/media/a.bin": bytes(120 * MB)})) == "bomb"
    assert refusal(compound("WordDocument")) == "needs_conversion"


def test_what_takes_too_long_or_too_much_is_ended() -> None:
    data = PLAN.encode()
    with pytest.raises(RefusedError) as slow:
        reading.draft_of(data, seconds=0)
    assert slow.value.why == "too_slow"
    with pytest.raises(RefusedError) as heavy:
        reading.draft_of(data, memory_mb=30)
    assert heavy.value.why in ("too_heavy", "broken")


@pytest.mark.parametrize(("family", "works"), [("AF_INET", False), ("AF_INET6", False), ("AF_UNIX", True)])
def test_the_network_is_gone_but_for_this_machine_alone(family: str, works: bool) -> None:
    done = subprocess.run([sys.executable, "-c", CHILD.format(family=family)], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "True"
    assert (done.returncode == 0) is works, done.stderr
    assert works or "PermissionError" in done.stderr


def test_bytes_that_are_no_answer_are_a_broken_document() -> None:
    for answer in (b"", b"{}", b'{"draft": {}}', b"\xff", b'{"refused": 1}'):
        with pytest.raises(RefusedError):
            reading_answer.draft_in(answer)


@pytest.mark.long
@pytest.mark.parametrize("ending", ["doc", "odt"])
def test_an_older_document_is_read_by_libreoffice_without_the_network(ending: str, tmp_path: Path) -> None:
    office = libreoffice.program()
    file = WordFile()
    file.lines(PLAN)
    older = converting.converted(file.bytes(), ending, office)
    assert older[:4] != b"PK\x03\x04" or ending == "odt"
    draft = reading.read(older, chosen(office_program=office))
    assert [(task.title, task.lead) for task in draft.tasks] == [
        ("Kiểm tra công tác bảo mật và bảo vệ bí mật nhà nước", ("Công an xã",))
    ]


@pytest.mark.long
def test_two_hundred_broken_documents_end_in_an_answer() -> None:
    """What `make fuzz-intake` reads in its own process, read as an office's document is."""
    ended = feed(200, 11, reading.draft_of)
    assert sum(ended.values()) == 200
    assert not {"too_slow", "too_heavy"} & set(ended)
    assert {"read", "broken"} <= set(ended)
