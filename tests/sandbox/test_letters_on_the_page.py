"""Mailboxes on the phones' page: letters shown as messages, answered from there as a program would."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.mailbox.post import Post
from sandbox.page.boxes import Owner
from sandbox.page.letters import Letters
from sandbox.telegram_api.values import Upload

NOW = datetime(2020, 1, 14, 0, 30, tzinfo=UTC)
LETTER = "Subject: Việc cần thực hiện\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n2b, hạn 30/01\r\n".encode()
BOT = 99


@pytest.fixture
def letters() -> Letters:
    return Letters(Post(lambda: NOW), [Owner(5950, "Lan", "lan@sondung.example.vn", "UBND xã")])


def test_a_letter_is_shown_answered_and_its_file_is_given(letters: Letters) -> None:
    assert letters.person(5950) == {
        "chat": 5950, "name": "Lan", "about": "UBND xã – thư điện tử", "started": True, "arrived": 0, "kind": "mail",
    }  # fmt: skip
    with pytest.raises(ValueError, match="chưa có thư"):
        letters.write(5950, "2b xong")
    letters._post.bring("lan@sondung.example.vn", LETTER)
    letters.write(5950, "2b xong", [Upload("ke-hoach.pdf", "application/pdf", b"%PDF")])
    first, answer = letters.chat(5950, 10, BOT)["messages"]
    assert (first["from"], first["text"], first["at"]) == (
        BOT,
        "Việc cần thực hiện\n\n2b, hạn 30/01",
        "2020-01-14T07:30:00+07:00",
    )
    assert first["entities"] == [{"type": "bold", "offset": 0, "length": 18}]
    # What the program quotes is not shown again.
    assert (answer["from"], answer["text"]) == (5950, "Re: Việc cần thực hiện\n\n2b xong")
    assert letters.file(answer["document"]["file_id"]) == ("ke-hoach.pdf", b"%PDF")
    with pytest.raises(ValueError, match="Không có"):
        letters.file("mail-77-0")
    assert letters.chat(5950, 1, BOT)["earlier"] == 1
