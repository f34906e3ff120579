"""The mailbox read by IMAP: from where we began, each letter once, whatever becomes of its numbers or of the line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from channels.errors import ChannelError, FileGoneError
from channels.mail import reader as reading
from channels.mail.reader import Mark, Reader
from sandbox.mailbox.person import Correspondent
from sandbox.mailbox.post import PASSWORD
from tests.channels.on_mail import OnMail, on_mail
from words.faults import Fault


@pytest.fixture
def mail() -> Iterator[OnMail]:
    with on_mail() as found:
        yield found


def reader(mail: OnMail, mark: Mark | None = None, password: str = PASSWORD) -> Reader:
    return Reader(replace(mail.back, password=password), mark or Mark(), mail._now)


def lan(mail: OnMail) -> Correspondent:
    return Correspondent(mail.post, "Lan", "lan@sondung.example.vn")


def subjects(found: Reader) -> list[str]:
    return [each.one("Subject") for each in found.read()]


def after_a_restart(mail: OnMail, mark: Mark) -> list[str]:
    again = reader(mail, Mark(list(mark.kept)))
    found = subjects(again)
    again.close()
    return found


def test_what_lay_there_before_is_not_ours_and_each_letter_comes_once(mail: OnMail) -> None:
    lan(mail).writes("cũ", subject="trước")
    mark, writer = Mark(), lan(mail)
    first = reader(mail, mark)
    assert subjects(first) == []
    writer.writes("a", subject="một").writes("b", subject="hai")
    assert subjects(first) == ["một", "hai"]
    # Until the next look it is not marked as read: whoever dies between is given it again.
    assert after_a_restart(mail, mark) == ["một", "hai"]
    assert subjects(first) == []
    assert after_a_restart(mail, mark) == []
    writer.writes("c", subject="ba")
    assert subjects(first) == ["ba"]
    first.close()
    assert mail.tried == []


def test_many_come_some_at_a_time(mail: OnMail) -> None:
    found, writer = reader(mail), lan(mail)
    found.read()
    for place in range(25):
        writer.writes("x", subject=str(place))
    assert subjects(found) == [str(place) for place in range(20)]
    assert subjects(found) == [str(place) for place in range(20, 25)]
    found.close()


def test_numbered_anew_the_last_days_come_again_and_files_are_found_by_the_letters_name(mail: OnMail) -> None:
    found, writer = reader(mail), lan(mail)
    found.read()
    writer.writes("a", subject="một", files=[("a.pdf", b"%PDF-1")])
    (letter,) = found.read()
    (file,) = letter.files
    file_id = f"{letter.validity} {letter.uid} {file.number} {letter.one('Message-ID')}"
    assert found.file(file_id) == b"%PDF-1"
    found.read()
    mail.post.own.number_anew()
    writer.writes("b", subject="hai")
    # What was read before is known by its key (tests/journeys/test_mail.py).
    assert subjects(found) == ["một", "hai"]
    assert found.file(file_id) == b"%PDF-1"
    mail.post.own.letters.pop(0)
    found.read()
    with pytest.raises(FileGoneError):
        found.file(file_id)
    found.close()


def test_a_line_that_was_lost_is_taken_up_again(mail: OnMail) -> None:
    found = reader(mail)
    found.read()
    lan(mail).writes("a", subject="một")
    assert found._connection is not None
    found._connection.shutdown()
    assert subjects(found) == ["một"]
    found.close()


def test_a_refused_password_is_told_and_said_nowhere(mail: OnMail) -> None:
    with pytest.raises(ChannelError) as raised:
        reader(mail, password="sai-rồi").read()
    assert (raised.value.stop, raised.value.fault) == (True, Fault.ACCOUNT)
    assert "sai-rồi" not in str(raised.value)


def test_a_folder_that_is_none_is_named(mail: OnMail) -> None:
    server = replace(mail.back, folder="Không có")
    with pytest.raises(ChannelError, match="mailbox"):
        Reader(server, Mark(), mail._now).read()


def test_of_a_very_large_letter_the_beginning_is_read(mail: OnMail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 3000)
    monkeypatch.setattr(reading, "HEAD_BYTES", 1500)
    found = reader(mail)
    found.read()
    lan(mail).writes("2b xong", subject="lớn", files=[("a.bin", b"x" * 9000)])
    (letter,) = found.read()
    assert letter.one("Subject") == "lớn"
    assert letter.bodies[0].data.strip() == b"2b xong"
    found.close()
