"""Letters taken apart: whatever comes is read without an error, nothing of it is lost, and own words are told from quoted."""

from __future__ import annotations

import base64
import quopri
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.base import What
from channels.mail import updates
from channels.mail.encoded import header_text, text_of
from channels.mail.html_text import words_of
from channels.mail.letter import Letter, file_in, parsed
from channels.mail.own_words import cut, own_words
from channels.mail.reports import is_automatic
from channels.mail.tokens import Tokens

NOW = datetime(2020, 1, 20, 1, tzinfo=UTC)
OWN, LAN = "nhacviec@noivu.gov.vn", "lan@sondung.gov.vn"
TOKENS = Tokens(lambda: b"k" * 32, "noivu.gov.vn")
QUOTED = "Việc 2b, hạn 30/01.\n2b xong, 2b vướng"


def letter(data: bytes | str) -> Letter:
    return parsed("1", 7, NOW, data if isinstance(data, bytes) else data.replace("\n", "\r\n").encode())


MARKED = "\n".join(f"> {line}" for line in QUOTED.splitlines())
GMAIL = f"Vào Th 2, 20 thg 1, 2020 vào lúc 07:30 Nhắc Việc <\n{OWN}> đã viết:\n\n{MARKED}"
HEAD = f"Từ: Nhắc Việc <{OWN}>\nĐã gửi: 20 Tháng Giêng 2020 07:30\nTới: Lan\nChủ đề: Việc\n\n"
OUTLOOK = f"________________________________\n{HEAD}{QUOTED}"
# What stands above or below the quoted words, and what is left of all.
OWN_WORDS = {
    "2b xong": f"2b xong\n\n{GMAIL}",
    "2b đang làm 60%": f"2b đang làm 60%\n\nOn Mon, Jan 20, 2020 at 7:30 AM Nhắc Việc <{OWN}> wrote:\n\n{MARKED}",
    "2b vướng kinh phí": f"2b vướng kinh phí\n\n{OUTLOOK}",
    "1e xong": f"1e xong\n\n-----Original Message-----\nFrom: Nhắc Việc\nSent: Monday\nTo: Lan\nSubject: Việc\n\n{QUOTED}",
    "2h xong": f"2h xong\n\n----- Thư gốc -----\n{QUOTED}",
    "2c không phát sinh": f"2c không phát sinh\n\n— Trả lời thư này: đồng chí viết phía trên dòng này —\n\n{QUOTED}",
    "dưới lời trích": f"{GMAIL}\n\ndưới lời trích\n",
    "một\n\nhai": f"> {QUOTED.splitlines()[0]}\n\nmột\n\n> hỏi nữa\n\nhai",
    "2b đã ban hành": "Kính gửi Phòng Nội vụ,\n\n2b đã ban hành\n\nTrân trọng!\nNguyễn Thị Lan\nĐT: 0905 123 456\n\n"
    + GMAIL,
    "Kính gửi Phòng Nội vụ, 2b xong": "Kính gửi Phòng Nội vụ, 2b xong",
    "2b xong rồi": "2b xong rồi\n\nĐã gửi từ iPhone của tôi\n",
    "Trân trọng": "Trân trọng",
    "chữ ký": "chữ ký\n-- \nLan\nUBND xã Sơn Dung",
    "": OUTLOOK,
    # A line that only looks like the head of a letter.
    "Từ: ngày mai em nghỉ\n2b xong": "Từ: ngày mai em nghỉ\n2b xong",
}


@pytest.mark.parametrize("own", OWN_WORDS, ids=repr)
def test_own_words_are_told_from_quoted_ones(own: str) -> None:
    assert cut(OWN_WORDS[own]) == own


PAGES = {
    "2b xong": f'<div dir="ltr">2b xong</div><br><div class="gmail_quote"><div class="gmail_attr">Vào…</div><blockquote>{QUOTED}</blockquote></div>',
    "2b vướng": f'<html><head><style>p {{x}}</style><title>t</title></head><body><p>2b vướng</p><div id="divRplyFwdMsg">Từ: x</div><p>{QUOTED}</p></body></html>',
    "1e xong\n\nhết": "<p>1e &nbsp;xong</p><blockquote>cũ <p>nữa</blockquote><p>hết</p>",
    "trước": f"<p>trước<hr id='zwchr'><b>{QUOTED}</b>",
}


@pytest.mark.parametrize("own", PAGES, ids=repr)
def test_a_page_gives_its_own_words(own: str) -> None:
    assert words_of(PAGES[own]) == own


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("đã ban hành ổn".encode(), "utf-8"),
        ("đã ban hành ổn".encode(), "iso-8859-1"),
        ("đã ban hành ổn".encode(), "us-ascii"),
        ("đã ban hành ổn".encode(), "x-unknown"),
        ("đã ban hành ổn".encode(), ""),
        ("đã ban hành ổn".encode("utf-16"), "utf-16"),
        # As Windows wrote Vietnamese: the accents apart from their letters.
        (b"\xf0a\xde ban h\xe0nh \xf4\xd2n", "windows-1258"),
        (b"\xf0a\xde ban h\xe0nh \xf4\xd2n", ""),
    ],
)
def test_letters_of_any_alphabet_are_read(data: bytes, charset: str) -> None:
    assert text_of(data, charset) == "đã ban hành ổn"


def test_headers_are_read_however_they_are_written() -> None:
    assert header_text("=?utf-8?B?Vmnhu4djIDJi?= =?utf-8?q?_xong?=") == "Việc 2b xong"
    assert header_text("Việc 2b".encode().decode("latin-1")) == "Việc 2b"
    assert header_text("=?utf-8?B?Vmnhu4?= a\r\n b") != ""
    assert header_text("=?nothing?Q?a=ZZ?=") != ""


def read(given: Letter) -> tuple[What, str] | None:
    key, raw = updates.keyed(given)
    assert Letter.from_json(raw) == given
    found = updates.read(raw, key, NOW, OWN, TOKENS)
    return (found.what, found.text) if found is not None else None


def written(**headers: str) -> Letter:
    named = "\n".join(
        f"{name.replace('_', '-')}: {value}" for name, value in ({"From": f"Lan <{LAN}>"} | headers).items()
    )
    return letter(f"{named}\n\n2b xong\n")


PROOF = TOKENS.message_id(12, LAN)
# What came, and what it is read as.
TRUSTED: tuple[tuple[dict[str, str], What | None], ...] = (
    ({"In_Reply_To": PROOF}, What.MESSAGE),
    ({"References": f"<a@b> {PROOF} <c@d>"}, What.MESSAGE),
    ({"Subject": f"Re: Việc {TOKENS.in_subject(12, LAN)}"}, What.MESSAGE),
    ({"From": "LAN@SonDung.gov.vn", "In_Reply_To": PROOF}, What.MESSAGE),
    ({}, What.STRAY),
    ({"In_Reply_To": TOKENS.message_id(12, "minh@sonlong.gov.vn")}, What.STRAY),
    ({"In_Reply_To": PROOF, "From": "Lan <lan@sondung.gov.vn>, a@b.vn"}, What.STRAY),
    ({"In_Reply_To": PROOF, "From": "Lan <minh@sonlong.gov.vn>"}, What.STRAY),
    ({"In_Reply_To": PROOF, "Authentication_Results": "mx.noivu; spf=fail; dmarc=fail"}, What.STRAY),
    ({"In_Reply_To": PROOF, "From": ""}, What.STRAY),
    ({"In_Reply_To": PROOF, "Auto_Submitted": "auto-replied"}, None),
    ({"In_Reply_To": PROOF, "Auto_Submitted": "no"}, What.MESSAGE),
    ({"In_Reply_To": PROOF, "Precedence": "bulk"}, None),
    ({"In_Reply_To": PROOF, "Return_Path": "<>"}, None),
    ({"In_Reply_To": PROOF, "Subject": "Trả lời tự động: Việc"}, None),
    ({"In_Reply_To": PROOF, "Content_Type": "multipart/report; report-type=disposition-notification"}, None),
    ({"From": OWN}, None),
    ({"From": "MAILER-DAEMON@mail.gov.vn"}, None),
    ({"From": "noreply@shop.vn"}, None),
    ({"From": "bao@vnexpress.vn", "List_Id": "<news>"}, None),
)


@pytest.mark.parametrize(("headers", "what"), TRUSTED, ids=repr)
def test_an_answer_to_a_letter_of_ours_is_believed_and_nothing_else(headers: dict[str, str], what: What | None) -> None:
    found = read(written(**headers))
    assert (found[0] if found is not None else None) == what


def test_a_code_is_believed_of_anybody_and_nothing_beside_it() -> None:
    assert read(letter(f"From: {LAN}\n\n2b xong, mã 4827 1936 ạ")) == (What.MESSAGE, "4827 1936")


def test_the_subject_speaks_where_the_letter_says_nothing() -> None:
    unsubscribe = f"From: {LAN}\nSubject: /tamdung {TOKENS.in_subject(12, LAN)}\n\n"
    assert read(letter(unsubscribe)) == (What.MESSAGE, "/tamdung")
    assert read(letter(f"From: {LAN}\nSubject: Re: Việc {TOKENS.in_subject(12, LAN)}\n\n")) == (What.UNSHOWN, "")


def test_pictures_inside_the_text_are_files_and_seals_are_none() -> None:
    made = EmailMessage()
    made["From"], made["In-Reply-To"], made["Message-ID"] = LAN, PROOF, "<a@b>"
    made.set_content("2b xong")
    made.add_alternative('<p>2b xong</p><img src="cid:a"><img src="cid:b">', subtype="html")
    page = made.get_payload()[1]  # type: ignore[index]
    page.add_related(b"\x89PNG" + b"s" * 900, "image", "png", cid="<a>")  # type: ignore[union-attr]
    page.add_related(b"\x89PNG" + b"p" * 90_000, "image", "png", cid="<b>")  # type: ignore[union-attr]
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Kế hoạch 05.pdf")
    made.add_attachment(b"sig", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    found = updates.read(updates.keyed(letter(made.as_bytes()))[1], "m:1", NOW, OWN, TOKENS)
    assert found is not None
    assert [(each.kind, each.name, each.size) for each in found.files] == [
        ("photo", "", 90_004),
        ("document", "Kế hoạch 05.pdf", 4),
    ]
    number = int(found.files[1].file_id.split(" ")[2])
    assert file_in(made.as_bytes(), number) == b"%PDF"


def test_a_nest_without_end_is_kept_as_it_came() -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{place}\r\n\r\n--b{place}\r\n" for place in range(3000))
    found = letter(f"From: {LAN}\r\n{deep}Content-Type: text/plain\r\n\r\n2b xong".encode())
    assert found.bodies or found.files
    read(found)


@given(st.binary(max_size=3000))
def test_any_bytes_are_a_letter(data: bytes) -> None:
    found = letter(data)
    read(found)
    assert own_words(found) is not None
    is_automatic(found, OWN)
    for each in (*found.files, None):
        file_in(data, each.number if each is not None else 3)


PIECES = st.sampled_from(
    [
        b"From: Lan <lan@sondung.gov.vn>", b"From: =?utf-8?B?TGFu?= <", b"Subject: =?x?Q?=ZZ?=", b"\r\n", b"\n", b"--b", b"--b--",
        b'Content-Type: multipart/mixed; boundary="b"', b"Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        b"Content-Type: text/plain; charset=\xff\xfe", b"Content-Type: text/html; charset*=utf-8''%ZZ", b"Content-Type: message/rfc822",
        b"Content-Type: message/delivery-status", b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: quoted-printable",
        b"Content-Transfer-Encoding: x-uuencode", b"begin 644 a\nM\xff", b"Content-Disposition: attachment; filename*=x'y'%F0%9F",
        b'Content-Disposition: attachment; filename="=?utf-8?B?////?="', b"VmnhuA==", b"=C4=91=ZZ", "2b xong đã làm".encode(),
        b"Action: failed", b"Status: 5.1.1", b"Final-Recipient: rfc822; lan@sondung.gov.vn", b"Message-ID: <nv-12-aaaaaaaa@x>",
        b"Date: \xff", b"In-Reply-To: " + PROOF.encode(), b"<!DOCTYPE [<![CDATA[", b"<blockquote><p", b"&#xFFFFFFFF;", b"\x00",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_pieces_of_letters_in_any_order_are_a_letter(pieces: list[bytes]) -> None:
    data = b"\r\n".join(pieces)
    found = letter(data)
    read(found)
    for each in found.files:
        data_of = file_in(data, each.number)
        assert data_of is not None
        assert len(data_of) == each.size
    assert updates.shortened(updates.keyed(found)[1], 50)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zs", "Zl", "Zp", "M")), min_size=1, max_size=12)
LEAVES = st.one_of(
    st.tuples(st.just("text"), WORDS, st.sampled_from(["8bit", "base64", "quoted-printable"])),
    st.tuples(st.just("file"), WORDS, st.sampled_from(["base64"])),
)
NESTS = st.recursive(
    LEAVES, lambda inner: st.tuples(st.just("nest"), st.lists(inner, min_size=1, max_size=4)), max_leaves=8
)


def built(nest: tuple[object, ...], depth: int = 0) -> bytes:
    """A part as bytes."""
    if nest[0] == "nest":
        mark = f"=b{depth}="
        inner = b"".join(f"--{mark}\r\n".encode() + built(each, depth + 1) + b"\r\n" for each in nest[1])  # type: ignore[attr-defined]
        return f'Content-Type: multipart/mixed; boundary="{mark}"\r\n\r\n'.encode() + inner + f"--{mark}--\r\n".encode()
    kind, word, how = nest
    data = str(word).encode()
    coded = (
        base64.encodebytes(data)
        if how == "base64"
        else quopri.encodestring(data)
        if how == "quoted-printable"
        else data
    )
    named = 'Content-Disposition: attachment; filename="a.bin"\r\n' if kind == "file" else ""
    mime = "application/octet-stream" if kind == "file" else "text/plain; charset=utf-8"
    head = f"Content-Type: {mime}\r\nContent-Transfer-Encoding: {how}\r\n{named}\r\n"
    return head.encode() + coded.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def flat(nest: tuple[object, ...]) -> list[tuple[object, ...]]:
    if nest[0] == "nest":
        return [leaf for each in nest[1] for leaf in flat(each)]  # type: ignore[attr-defined]
    return [nest]


@given(NESTS)
def test_nothing_of_a_nest_is_lost(nest: tuple[object, ...]) -> None:
    data = f"From: {LAN}\r\n".encode() + built(nest)
    found, leaves = letter(data), flat(nest)
    texts = [text_of(each.data, each.charset).strip() for each in found.bodies]
    assert texts == [text_of(str(word).encode(), "utf-8").strip() for kind, word, _ in leaves if kind == "text"]
    files = [file_in(data, each.number) for each in found.files]
    assert files == [str(word).encode() for kind, word, _ in leaves if kind == "file"]
