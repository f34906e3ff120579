"""What stands behind a command in any order means the same."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import ROOT
from bot.which.order import code_first, day_last, person_first
from plan.loader import load
from plan.people import Role
from plan.workdays import load_calendar
from words import catalogue
from words.office import Office
from words.roles import split_role

DATA = ROOT / "data"


@pytest.fixture(scope="module")
def office() -> Office:
    plan = load(DATA / "plan_2020.json")
    return Office({plan.id: plan}, load_calendar(DATA / "days_vn.toml"), catalogue.load(DATA / "texts_vi.toml"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15/02 2b chờ tỉnh", "2b 15/02 chờ tỉnh"),
        ("15/02/2020, 1dd", "1đ 15/02/2020"),
        ("sondung 2b căn cứ CV 15/UBND", "2b sondung căn cứ CV 15/UBND"),
        ("UBND xã Sơn Dung 2b.2", "2b.2 UBND xã Sơn Dung"),
        ("30/06/2020 sondung 1b căn cứ CV 1", "1b sondung 30/06/2020 căn cứ CV 1"),
        # Who gives comes before who takes.
        ("sondung tuphap 2b căn cứ CV 9", "2b sondung tuphap căn cứ CV 9"),
        # What is in order, or says nothing of this, stays as it is.
        ("2b sondung 15/02 lý do", "2b sondung 15/02 lý do"),
        ("#57 sondung", "#57 sondung"),
        ("chờ 2b của tỉnh", "chờ 2b của tỉnh"),
        ("sondung chưa có 2b", "sondung chưa có 2b"),
        ("co 000000", "co 000000"),
        ("", ""),
    ],
)
def test_a_code_comes_first_whatever_stood_before_it(office: Office, typed: str, meant: str) -> None:
    assert code_first(office, typed) == meant


@given(parts=st.permutations(("2b", "sondung", "15/02")))
def test_every_order_is_one(office: Office, parts: list[str]) -> None:
    # A code in front is read as it always was.
    if parts[0] != "2b":
        assert code_first(office, " ".join(parts)).split()[:1] == ["2b"]
        assert sorted(code_first(office, " ".join(parts)).split()) == sorted(parts)


def test_days_roles_and_persons_too(office: Office) -> None:
    assert day_last(office, "15/02/2020 tuphap, yte Báo cáo số liệu") == "tuphap, yte 15/02/2020 Báo cáo số liệu"
    assert day_last(office, "tuphap 15/02/2020 Báo cáo") == "tuphap 15/02/2020 Báo cáo"
    assert [person_first(each) for each in ("tuphap P2", "sondung p 2 tuphap", "P2 P5", "P2 tuphap")] == [
        "P2 tuphap",
        "p2 sondung tuphap",
        "P2 P5",
        "P2 tuphap",
    ]
    for words in permutations(("thủ trưởng", "sondung")):
        assert split_role(" ".join(words)) == ("sondung", Role.HEAD)
    assert split_role("thutruong") == ("", Role.HEAD)
    assert split_role("sondung") == ("sondung", None)
