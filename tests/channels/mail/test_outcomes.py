"""What a server of mail answers at each step, as the decision about the letter, the address and the account."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from channels.base import Attached, Envelope, Outgoing
from channels.errors import ChannelError, Sent
from channels.mail.channel import Mail
from tests.channels.mail.servers import PASSWORD, Answers, serving
from words.faults import Fault
from words.message import say

LAN = "lan@sondung.gov.vn"
LETTER = Outgoing(
    LAN, say("<b>2b</b> · còn 3 ngày"), 12, envelope=Envelope("Việc cần thực hiện", "— trên —", "— dưới —", "/tamdung")
)


def failing(answers: Answers, outgoing: Outgoing = LETTER, *, password: str = PASSWORD) -> ChannelError:
    async def play() -> ChannelError:
        async with serving(answers, password=password) as channel:
            with pytest.raises(ChannelError) as raised:
                await channel.send(outgoing)
            return raised.value

    return asyncio.run(play())


# (what the server says at MAIL, RCPT, DATA): gone, permanent, stop, sent, the word for people
TABLE: tuple[tuple[dict[str, str], bool, bool, bool, Fault], ...] = (
    ({"rcpt": "550 5.1.1 User unknown"}, True, True, False, Fault.CLOSED),
    ({"rcpt": "550 No such user here"}, True, True, False, Fault.CLOSED),
    ({"rcpt": "553 5.1.3 Bad address"}, True, True, False, Fault.CLOSED),
    ({"rcpt": "550 5.2.1 Mailbox disabled"}, True, True, False, Fault.CLOSED),
    ({"rcpt": "552 5.2.2 Mailbox full"}, False, False, False, Fault.OTHER),
    ({"rcpt": "550 5.7.1 Relaying denied"}, False, False, False, Fault.OTHER),
    ({"rcpt": "554 Transaction failed"}, False, True, False, Fault.REFUSED),
    ({"rcpt": "450 4.2.0 Greylisted, try again"}, False, False, False, Fault.OTHER),
    ({"rcpt": "421 4.3.2 Closing"}, False, False, True, Fault.OTHER),
    ({"mail": "553 5.7.1 Sender address rejected: not owned by user"}, False, False, True, Fault.ACCOUNT),
    ({"mail": "552 5.3.4 Message too big"}, False, True, False, Fault.TOO_BIG),
    ({"mail": "452 4.3.1 Insufficient storage"}, False, False, False, Fault.OTHER),
    ({"data": "552 5.3.4 Message size exceeds limit"}, False, True, False, Fault.TOO_BIG),
    ({"data": "554 5.7.1 Looks like spam"}, False, True, False, Fault.REFUSED),
    ({"data": "451 4.3.0 Try again later"}, False, False, False, Fault.OTHER),
)


@pytest.mark.parametrize(("said", "gone", "permanent", "stop", "fault"), TABLE, ids=lambda each: str(each))
def test_an_answer_is_a_decision(said: dict[str, str], gone: bool, permanent: bool, stop: bool, fault: Fault) -> None:
    error = failing(Answers(mail=said.get("mail", ""), rcpt=said.get("rcpt", ""), data=said.get("data", "")))
    assert (error.gone, error.permanent, error.stop, error.fault) == (gone, permanent, stop, fault)
    assert error.sent is Sent.NO
    # One person's full mailbox, or a greylist, says nothing of the server: nobody else's letters go another way.
    waits_alone = not (permanent or stop) and "mail" not in said
    assert error.is_of_platform is (not waits_alone and not (permanent and not stop))


def test_a_line_cut_after_the_letter_leaves_it_in_doubt() -> None:
    answers = Answers(cut=True)
    error = failing(answers)
    assert error.sent is Sent.UNKNOWN
    assert (error.permanent, error.stop) == (False, False)
    assert len(answers.taken) == 1


def test_a_refused_password_stops_the_channel_and_is_said_nowhere() -> None:
    error = failing(Answers(), password="sai-mật-khẩu")
    assert error.stop
    assert (error.fault, error.sent) == (Fault.ACCOUNT, Sent.NO)
    assert "sai-mật-khẩu" not in str(error)


def test_a_server_that_is_away_was_sent_nothing() -> None:
    async def play() -> ChannelError:
        async with serving(Answers()) as channel:
            pass
        with pytest.raises(ChannelError) as raised:
            await channel.send(LETTER)
        return raised.value

    error = asyncio.run(play())
    assert (error.sent, error.stop, error.fault) == (Sent.NO, True, Fault.OTHER)


def test_a_file_above_the_limit_is_not_even_offered() -> None:
    answers = Answers()
    heavy = Outgoing(LAN, say("Báo cáo"), 13, attached=Attached("bao-cao.docx", b"x" * (10 * 1024 * 1024 + 1)))
    assert failing(answers, heavy).fault is Fault.TOO_BIG
    assert not answers.taken


def sent(outgoing: Outgoing, do: Callable[[Mail], None] = lambda _: None, *, back: bool = True) -> Answers:
    answers = Answers()

    async def play() -> None:
        async with serving(answers, back=back) as channel:
            assert await channel.open() == "nhacviec@noivu.gov.vn"
            receipt = await channel.send(outgoing)
            assert receipt.message_id == answers.taken[0]["Message-ID"]
            await channel.send(outgoing)
            do(channel)

    asyncio.run(play())
    return answers


def test_a_letter_is_whole_and_sent_again_it_is_the_same() -> None:
    first, again = sent(LETTER).taken
    assert first["Message-ID"] == again["Message-ID"]
    assert str(first["Subject"]).startswith("Việc cần thực hiện [NV-12-")
    assert str(first["From"]) == "Nhắc Việc <nhacviec@noivu.gov.vn>"
    assert (first["To"], first["Auto-Submitted"]) == (LAN, "auto-generated")
    assert str(first["Date"]) == "Mon, 20 Jan 2020 00:30:00 +0000"
    assert (
        str(first["List-Unsubscribe"]).strip().startswith("<mailto:nhacviec@noivu.gov.vn?subject=/tamdung%20%5BNV-12-")
    )
    text, page = first.get_body(("plain",)), first.get_body(("html",))
    assert text is not None
    assert page is not None
    assert text.get_content().replace("\r\n", "\n").split("\n\n") == ["— trên —", "2b · còn 3 ngày", "— dưới —\n"]
    assert "<b>2b</b> · còn 3 ngày" in page.get_content()


def test_a_command_begins_a_letter_that_says_it_and_nothing_else_does() -> None:
    said = say("Đến 30/01, và/hoặc: <b>/xong_2b</b> · https://a.vn/xong")
    page = sent(replace(LETTER, message=said)).taken[0].get_body(("html",))
    assert page is not None
    content = page.get_content()
    assert '<b><a href="mailto:nhacviec@noivu.gov.vn?subject=/xong_2b%20%5BNV-12-' in content
    assert content.count("mailto:") == 1
    assert '<a href="https://a.vn/xong">https://a.vn/xong</a>' in content
    alone = sent(replace(LETTER, message=said), back=False).taken[0].get_body(("html",))
    assert alone is not None
    assert "mailto:" not in alone.get_content()


def test_where_nobody_reads_answers_none_is_asked_for() -> None:
    letter = sent(LETTER, back=False).taken[0]
    text = letter.get_body(("plain",))
    assert text is not None
    assert "trên" not in text.get_content()
    assert letter["List-Unsubscribe"] is None
    assert "NV-" not in str(letter["Subject"])


def test_a_file_and_a_picture_go_along() -> None:
    report = Attached("Báo cáo quý I.docx", b"PK\x03\x04 words")
    letter = sent(
        Outgoing(LAN, say("Báo cáo: https://office.example.vn/a?b=1."), 14, picture=b"\x89PNG", attached=report)
    ).taken[0]
    (file,) = letter.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("Báo cáo quý I.docx", b"PK\x03\x04 words")
    assert [part.get_content_type() for part in letter.walk() if not part.is_multipart()] == [
        "text/plain", "text/html", "image/png",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ]  # fmt: skip
    page = letter.get_body(("html",))
    assert page is not None
    assert '<a href="https://office.example.vn/a?b=1">' in page.get_content()
    assert 'src="cid:picture"' in page.get_content()


def test_letters_of_two_people_never_share_a_proof() -> None:
    def look(channel: Mail) -> None:
        mine = channel.tokens.message_id(12, LAN)
        assert channel.tokens.letter([f"a {mine} b"], LAN) == 12
        assert channel.tokens.letter([mine], "minh@sondung.gov.vn") is None
        assert channel.tokens.letter([channel.tokens.in_subject(12, LAN).lower()], LAN) == 12
        assert channel.tokens.letter([mine.replace("nv-12", "nv-13")], LAN) is None

    sent(LETTER, look)
