"""What a hostile phone types: commands nearly right, markup, halves of characters, far too much of anything."""

from hypothesis import strategies as st

# Stands in every hostile text, so that the text can be found again in what arrives.
MARK = "ĐỘC"
TEXTS = (
    f"<b>{MARK}</b>",
    f'<a href="https://x.vn">{MARK}</a>',
    f"</b></i></code><i>{MARK}",
    f"<code>{MARK}",
    f"&lt;b&gt;{MARK}&amp;&#60;b&#62;",
    f"& {MARK} &notanentity; &#0; &#xD800;",
    f"{{{{ 7*7 }}}}{{% for x in y %}}{MARK}",
    f"%s%n%(x)s{MARK}",
    f"{MARK}\x00\x1b[2J\x07\x08\x7f\x9b",
    f"\u202e{MARK}\u2066\u200f\u2069gpj.exe",
    f"{MARK}\ud800 \udfff\ud83d",
    f"{MARK}\r\n2020-01-02 ERROR all is lost\u2028\u0085x",
    MARK + "e\u0301\u0489\u0316" * 300,
    MARK + "😀" * 2040,
    f"{MARK} " + "x" * 4000,
    MARK + "<" * 1000 + "&" * 1000,
    f"{MARK}|#1|/done #1|" + "đ" * 80,
    f"'; DROP TABLE person; -- {MARK}",
    f"[{MARK}](tg://user?id=1) *x* _y_ `z`",
    f"@all https://evil.example/{MARK} 0912345678",
    f"{MARK}\ufeff\ufffe\uffff\U0010ffff",
    f"=cmd|'/c calc'!A1 {MARK}",
    " \n\t\u3000\u200b",
    "",
)
LETTERS = st.characters() | st.sampled_from("<>&;\"'|/#đ1\ud800\x00\u202e\n ")
hostile = st.sampled_from(TEXTS) | st.text(LETTERS, max_size=30)
names = st.sampled_from(("Lan", "Trần Văn Mùa", "Ban quản lý")) | hostile.map(lambda text: text[:64])
VERBS = (
    "/done", "/xong", "/tiendo", "/progress", "/vuongmac", "/viec", "/chitiet", "/hoantac", "/undo", "/tonghop",
    "/quahan", "/invite", "/moi", "/link", "/begin", "/trogiup", "/start", "/agree", "/pick", "/nothing", "/",
    "/done_2b", "/done@NhacViecBot", "/tonghop@NhacViecBot", "/quahan@NhacViecBot", "/done@otherbot", "/ĐỘC<b>",
    "/link@NhacViecBot", "xong", "đã xong", "đang làm", "vướng mắc", "tiến độ", "việc", "tổng hợp", "quá hạn",
    "trợ giúp", "/giahan", "/khongthuoc", "/suachua", "/nhaclai", "/duyet", "/tuchoi", "/traloi", "/tiepnhan",
    "/minhchung", "/lichsu", "/nhatky", "",
)  # fmt: skip
WHAT = (
    "2b 15/02 chờ", "15/02", "R1", "R1 không", "r999999999", "thứ hai", "30/2", "#1 ٣/٣",
    "2b", "1đ", "1d", "1dd", "2d", "2b.2", "2b.99", "9z", "2", "#1", "#40", "#999999999999", "#9999999999999999", "²",
    "٣ب", "9" * 30, "60", "60%", "100", "12345", "sondung", "UBND xã Sơn Dung", "sondung admin", "admin",
    "today cchc-2020", "history cchc-2020", "today <b>", "progress #5", "-1", "1e", "1c", "",
)  # fmt: skip


@st.composite
def said(draw: st.DrawFn, codes: tuple[str, ...]) -> str:
    """A text of the grammar with something hostile in it; `codes` are invite codes that work."""
    if draw(st.integers(0, 30)) == 0:
        return f"/start {draw(st.sampled_from((*codes, 'khong-co', 'x' * 64)))}"
    parts = (draw(st.sampled_from(VERBS)), draw(st.sampled_from(WHAT)), draw(hostile))
    return " ".join(part for part in parts if part)[:4096]
