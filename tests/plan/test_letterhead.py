"""The letterheads of a plan: given, layered, and left open."""

from pathlib import Path

import pytest

from plan.errors import PlanError
from plan.loader import load, loads
from plan.model import Letterhead, Plan

PLAN = Path(__file__).parents[2] / "data" / "plan_2020.json"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load(PLAN)


def test_a_later_entry_holds_over_an_earlier_one(plan: Plan) -> None:
    commune, department = plan.letterhead_of("sondung"), plan.letterhead_of("tuphap")
    assert (commune.parent, commune.issuer, commune.place) == ("", "ỦY BAN NHÂN DÂN\nXÃ SƠN DUNG", "Sơn Dung")
    assert (commune.symbol, commune.signer) == ("BC-UBND", "CHỦ TỊCH")
    assert (department.parent, department.place, department.signer) == ("UBND HUYỆN SƠN TÂY", "Sơn Tây", "TRƯỞNG PHÒNG")
    assert commune.addressee == department.addressee


def test_every_agency_that_reports_has_a_place_an_addressee_and_a_signer(plan: Plan) -> None:
    for group in plan.groups:
        for agency in group.members:
            head = plan.letterhead_of(agency)
            assert head.place, agency
            assert head.addressee, agency
            assert head.signer, agency


def test_what_nobody_gives_is_open(plan: Plan) -> None:
    assert plan.letterhead_of("tuphap").symbol is None
    assert plan.letterhead_of("bantochuc") == Letterhead()


def test_an_entry_for_nobody_we_know_is_a_fault_with_its_place() -> None:
    text = PLAN.read_text("utf-8").replace('"of": ["sonmau"]', '"of": ["sonmauu"]')
    with pytest.raises(PlanError) as caught:
        loads(text.encode())
    assert [fault.place for fault in caught.value.faults] == ["letterhead.agency_reports[14].of[0]"]
