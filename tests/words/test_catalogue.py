"""Every sentence of both catalogues: the same keys, the same values, and a tone and markup that hold everywhere."""

import ast
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jinja2 import meta

from words.catalogue import Catalogue, CatalogueError, environment_of, load
from words.languages import TYPED
from words.message import Choice, escape, plain

ROOT = Path(__file__).parents[2]
LANGUAGES = ("vi", "en")
CODE = (
    "answer",
    "desk",
    "words",
    "intake",
    "delivery",
    "progress",
    "reports",
    "bot",
    "scheduler",
    "app",
    "sandbox",
    "cli",
)
TAG = re.compile(r"<(/?)([^<>]*)>")
JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
NOON = datetime(2020, 1, 20, 5, tzinfo=UTC)
HOSTILE = "<b>&«R&D» {{ x }}"

LISTS: dict[str, list[Any]] = {
    "tasks": ["1d", "1đ"],
    "items": ["2b.2 kịp thời", "2b.3 báo cáo"],
    "states": [("quá hạn 3 ngày làm việc", ["Xã Sơn Dung", "P. Y tế"])],
    "rows": [("P. Nội vụ", 1, 3, 2), ("Xã Sơn Dung", 2, 2, 0)],
    "plans": ["CCHC 2020"],
    "agencies": ["VP HĐND&UBND", "Xã Sơn Dung"],
    "lines": [("Lan", "bị chặn"), ("Minh", "bị chặn")],
    "ladder": ["15", "7", "3", "1"],
    "roles": ["cán bộ đầu mối, Xã Sơn Dung"],
    "uncovered": ["Xã Sơn Dung"],
    "rungs": [-3, 0, 1],
    "blocked": [("Xã Sơn Dung", "thiếu kinh phí")],
    "owed": [("Xã Sơn Dung", "2b", "quá hạn 1 ngày làm việc")],
    "groups": ["xa – UBND các xã"],
    "urged": ["Lan (Xã Sơn Dung)"],
    "nobody": ["Xã Sơn Lập"],
    "reminded": [date(2020, 1, 14), date(2020, 1, 20)],
    "others": ["Mai", "Tâm"],
    "channels": ["Telegram", "Zalo"],
    "filters": ["Phòng Tư pháp", "«thủ tục»"],
    "fields": ["tab", "agency"],
    "months": [("01/2020", 2), ("03/2020", 5)],
    "coming": [("2b", date(2020, 1, 30), "Rà soát thủ tục")],
    "heads": ["Bình"],
    "marks": [("Quá hạn", 2), ("Sắp đến hạn", 1)],
    "names": ["bao-cao.docm", "anh.exe"],
    "behind": [("Xã Sơn Dung", 2)],
    "missing": ["name", "reason"],
    "confirmed": [("Xã Sơn Dung", "mưa lũ")],
    "dues": [date(2020, 3, 31), date(2020, 6, 30)],
    "sections": ["1", "2"],
    "kinds": ["có hạn", "thường xuyên"],
    "named": ["2b", "thời hạn"],
    "unsure": ["2c"],
}
NEVER_EMPTY = (
    "dues",
    "channels",
    "fields",
    "names",
    "plans",
    "agencies",
    "ladder",
    "roles",
    "named",
    "sections",
    "kinds",
)
# Where a sentence needs another shape under a name than the others do.
SPECIAL: dict[str, dict[str, Any]] = {
    "place.done": {"tasks": ["2b", "1e"]},
    "place.no_answer": {"tasks": ["2b"]},
    "digest.item": {"story": ["Cần bổ sung: dấu"]},
    "digest.again": {"story": ["Cần bổ sung: dấu"]},
    "digest.heading": {"counts": ["2 việc quá hạn", "1 việc trong hạn"]},
    "document.periods_done": {"periods": [("quý I/2020", 22, 23), ("6 tháng năm 2020", 1, 1)]},
    "ending.succeeded": {"successors": ["Phòng Tư pháp mới"]},
    "amend.figures": {"total": (139, 116), "fallen": (85, 62), "fallen_done": (3, 1), "rate": (4, None)},
    "report_page.change": {"change": -3},
    "report_page.opinion_left": {"left": -2},
    "ways.line": {"away": NOON},
    "admin.channel_away": {"count": 12},
    "ways.list": {"lines": ["Telegram – gắn từ 07:00"], "hours": ["08:00", "17:00"]},
    "ways.hours_set": {"first": time(8), "last": time(17, 30)},
    "ways.hours_gone": {"first": time(7, 30)},
    "people.month": {"parts": ["12/50 người", "2100/3000 tin đã gửi"]},
    "put_right.ask": {"was": date(2020, 1, 30)},
    "start.plan": {"agencies": 23, "tasks": 36},
    "admin.no_officer": {"away": [("Xã Sơn Dung", "Lan", date(2020, 1, 20))]},
    "report.done": {"answered": ["th"]},
    "document.late_long": {"count": 5, "bodies": 3, "more": 2, "periods": ["quý I/2020"]},
    "admin.undated": {"items": [("2f", "Rà soát", "Quý III năm 2019"), ("3d", "Kiểm tra", "Theo kế hoạch")]},
    "summary.heading": {"tasks": 36},
    "urge.apart": {"answered": ["Xã Sơn Bua"]},
    "review.long": {"items": [("2b", "Xã Sơn Dung", 4)]},
    "history.line": {"before": date(2020, 1, 2)},
    "flag.ask": {"rows": [("2b", "UBND xã Sơn Dung", NOON, None), ("1e", "Phòng Y tế", None, date(2020, 2, 6))]},
    "paper.ask": {"rows": [("Xã Sơn Dung", NOON), ("P. Y tế", None)]},
    "flag.to_admin": {
        "items": [("2b", "Xã Sơn Dung", NOON, NOON), ("2c", "Xã Sơn Lập", NOON, None), ("2b", "P. Y tế", None, None)]
    },
    "typed.answers": {"answers": ["xong 2b", "tiến độ 2b"], "titles": ["2b – Rà soát"]},
    "typed.options": {"choices": [Choice("A", "Xác nhận", "/xacnhan S12")], "others": [("Xem", "/viec")]},
    "typed.no_such_letter": {"letters": ["A", "B"], "letter": "C"},
    "picture.month": {"month": 1},
    "letter.caption": {"codes": ["2b", "bc"]},
    "letter.which": {"late": [("Xã Sơn Lập", 2)]},
    "overdue.group": {"signing": [("Xã Sơn Dung", date(2020, 1, 13))], "waiting": [("Xã Sơn Lập", "mất điện")]},
    "summary.group": {"signing": [("Xã Sơn Dung", date(2020, 1, 13))], "waiting": [("Xã Sơn Lập", "mất điện")]},
    "cause.of_all": {"confirmed": 2, "waiting": 1},
    "document.causes": {"confirmed": 2, "waiting": 1},
    "waiting.remind": {
        "items": [
            {
                "reference": "Y3",
                "code": "2b",
                "agency": "Xã Sơn Dung",
                "kind": "ý kiến",
                "due": date(2020, 1, 30),
                "late": late,
                "words": "đã nộp bản giấy",
            }
            for late in (True, False)
        ]
    },
    "overdue.returned_group": {"owed": [("Xã Sơn Dung", 3), ("P. Y tế", 0)]},
    "letter.overdue_line": {"owed": [("2b", 5), ("bc", 9)]},
    "mydata.kept": {
        "accounts": [("telegram", "101", "lan", NOON)],
        "rows": ["Kết quả đã báo: 3"],
        "agreed": [NOON],
        "roles": [("cán bộ đầu mối", "Xã Sơn Dung", NOON, None), ("thủ trưởng", "Xã Sơn Bua", NOON, NOON)],
    },
}
DATE_NAMES = (
    "due",
    "soon",
    "anchor",
    "late_after",
    "today",
    "first",
    "last",
    "planned",
    "wanted",
    "day",
    "following",
    "ends",
    "goes",
    "signed",
    "new_anchor",
    "new_late_after",
    "handed",
    "on",
    "given",
    "past_day",
    "turned_first",
    "turned_last",
)
DATES = dict.fromkeys(DATE_NAMES, date(2020, 1, 30))
MOMENTS = dict.fromkeys(("at", "as_of", "since", "until", "kept", "answered", "recorded", "done_at", "newest"), NOON)


@cache
def sources(language: str) -> dict[str, str]:
    table = tomllib.loads((ROOT / "data" / f"texts_{language}.toml").read_text("utf-8"))
    return {f"{part}.{name}": text for part, sentences in table.items() for name, text in sentences.items()}


@cache
def variables(text: str) -> set[str]:
    return meta.find_undeclared_variables(environment_of("vi").parse(text))


def values(key: str, names: set[str], *, empty: bool) -> dict[str, Any]:
    """Values for a sentence: full ones, or as empty as the data can make them."""
    found: dict[str, Any] = {}
    for name in names:
        if name in SPECIAL.get(key, {}):
            found[name] = SPECIAL[key][name]
        elif name in LISTS:
            found[name] = [] if empty and name not in NEVER_EMPTY else LISTS[name]
        elif name in DATES or name in MOMENTS:
            # Conditions ask whether two days are the same one.
            found[name] = (DATES | MOMENTS)[name] if empty or name != "anchor" else date(2020, 1, 22)
        elif name == "early":
            found[name] = None if empty else date(2020, 3, 10)
        elif name in ("rate", "in_time"):
            found[name] = None if empty else 79
        else:
            found[name] = 0 if empty else "3"
    return found


@pytest.fixture(scope="module", params=LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> Catalogue:
    return load(ROOT / "data" / f"texts_{request.param}.toml")


def test_a_catalogue_says_which_sentences_it_has(catalogue: Catalogue) -> None:
    assert "when.late" in catalogue
    assert "when.never" not in catalogue
    with pytest.raises(CatalogueError, match=r"when\.never"):
        catalogue("when.never")


def rendered(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for key, text in sources(catalogue.language).items():
        for empty in (False, True):
            yield key, catalogue(key, **values(key, variables(text), empty=empty))


def test_both_languages_hold_the_same_sentences_with_the_same_values() -> None:
    vietnamese, english = sources("vi"), sources("en")
    assert sorted(vietnamese) == sorted(english)
    differing = {key for key in vietnamese if variables(vietnamese[key]) != variables(english[key])}
    assert differing == set()


def test_the_files_keep_their_sentences_in_the_same_order() -> None:
    assert list(sources("vi")) == list(sources("en"))


def test_every_sentence_renders(catalogue: Catalogue) -> None:
    empty = {key for key, text in rendered(catalogue) if not text}
    assert empty == set()


def test_markup_is_small_and_balanced(catalogue: Catalogue) -> None:
    for key, text in rendered(catalogue):
        open_tags: list[str] = []
        for closing, name in TAG.findall(text):
            assert name in ("b", "i", "code"), f"{key}: <{closing}{name}>"
            if closing:
                assert open_tags, f"{key}: </{name}> closes nothing"
                assert open_tags.pop() == name, f"{key}: tags cross"
            else:
                open_tags.append(name)
        assert not open_tags, f"{key}: <{open_tags}> is not closed"
        assert "<" not in TAG.sub("", text), f"{key}: a bare <"


def test_spaces_are_as_a_reader_expects_them(catalogue: Catalogue) -> None:
    for key, text in rendered(catalogue):
        read = plain(text)
        assert "  " not in read, f"{key}: two spaces in {read!r}"
        assert not re.search(r"[ \t]\n|\n[ \t]| [,.;:?](?:\s|$)", read), f"{key}: a stray space in {read!r}"
        assert "\n\n\n" not in read, f"{key}: two empty lines"
        assert read == read.strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tone_is_quiet_and_the_letters_are_composed(language: str) -> None:
    for key, text in sources(language).items():
        assert unicodedata.is_normalized("NFC", text), f"{key} is not NFC"
        bare = JINJA.sub("", text)
        assert "!" not in bare, f"{key}: an exclamation mark"
        assert not re.search(r"\b(yêu cầu|phê bình)\b(?! hoặc)", bare, re.IGNORECASE), f"{key}: words of a leader"


def test_values_are_shown_and_never_become_markup(catalogue: Catalogue) -> None:
    text = catalogue("progress.recorded", code="2b", agency="A", note=HOSTILE)
    assert escape(HOSTILE) in text
    assert HOSTILE in plain(text)


def test_an_unknown_sentence_is_named(catalogue: Catalogue) -> None:
    with pytest.raises(CatalogueError, match=r"nowhere\.at_all"):
        catalogue("nowhere.at_all")


def test_a_broken_template_is_named_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "texts_xx.toml"
    path.write_text('[a]\nb = "{{ x"\nc = "{% if %}"\n', "utf-8")
    with pytest.raises(CatalogueError, match=r"texts_xx\.toml: a\.b: .*a\.c: "):
        load(path).refuse_broken()


def test_a_missing_value_is_an_error_and_not_a_gap(catalogue: Catalogue) -> None:
    with pytest.raises(Exception, match="count"):
        catalogue("files.photo")


KEY = re.compile(r"[a-z_]+\.[A-Za-z0-9_]+")
HEAD = re.compile(r"[a-z_]+\.[a-z_]*")


@cache
def nodes() -> tuple[ast.AST, ...]:
    files = (path for folder in CODE for path in (ROOT / folder).rglob("*.py"))
    return tuple(node for path in files for node in ast.walk(ast.parse(path.read_text("utf-8"))))


def keys_asked_for() -> Iterator[str]:
    """The literal keys of calls `text("...")`."""
    for node in nodes():
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "text":
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and KEY.fullmatch(first.value):
                yield first.value


def keys_named() -> tuple[set[str], tuple[str, ...]]:
    """The keys that stand anywhere in the code, and the heads of those that it puts together."""
    named = {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    # A page's template asks for its sentences as t('…').
    templates = [*(ROOT / "desk" / "templates").glob("*.html"), *(ROOT / "answer" / "templates").glob("*.html")]
    pages = "".join(path.read_text("utf-8") for path in templates)
    named |= set(re.findall(r"\bt\('([a-z_]+\.[a-z_0-9]+)'", pages))
    # The phones' page asks for its own by their bare names.
    texts = [
        path.read_text("utf-8") for path in (ROOT / "sandbox").rglob("*") if path.suffix in (".py", ".js", ".html")
    ]
    named |= {f"sandbox.{name or word}" for name, word in re.findall(r'"(\w+)"|\bWORDS\.(\w+)', "".join(texts))}
    joined = [node.values[0] for node in nodes() if isinstance(node, ast.JoinedStr) and node.values]
    heads = {str(first.value) for first in joined if isinstance(first, ast.Constant)}
    heads |= set(re.findall(r"\bt\('([a-z_]+\.[a-z_]*)' ~", pages))
    return named, tuple(head for head in heads if HEAD.fullmatch(head))


def test_every_sentence_that_the_code_asks_for_is_there() -> None:
    asked = set(keys_asked_for())
    assert len(asked) > 50
    assert asked - set(sources("vi")) == set()


def test_no_sentence_is_left_that_nobody_says() -> None:
    named, heads = keys_named()
    # The form without buttons is chosen by the channel, not named by anybody.
    asked = {key: key.removesuffix(TYPED) for key in sources("vi")}
    unsaid = {key for key, own in asked.items() if {key, own}.isdisjoint(named) and not own.startswith(heads)}
    assert unsaid == set()


# Printed for people who come to Telegram, shown over a button of Telegram, and said on the screen and on its papers.
OF_BUTTONS = ("import.second", "import.third", "access.not_yours", "plan_sheet.guide", "desk", "sandbox")


def test_who_has_no_buttons_reads_of_none() -> None:
    """Where a sentence speaks of one, it has a form for channels without them, which does not."""
    speaks = {
        key: text
        for key, text in sources("vi").items()
        if re.search(r"\b(bấm|nút)\b", text, re.IGNORECASE) and not key.startswith(OF_BUTTONS)
    }
    assert [key for key in speaks if key.endswith(TYPED) or f"{key}{TYPED}" not in sources("vi")] == []
