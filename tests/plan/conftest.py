"""The plan of 2020 and the office's calendar, as they are shipped."""

from pathlib import Path

import pytest

from plan.loader import load
from plan.model import Plan
from plan.workdays import Calendar, load_calendar

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load(DATA / "plan_2020.json")


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return load_calendar(DATA / "days_vn.toml")


@pytest.fixture(scope="session")
def decision() -> str:
    return (DATA / "decision_2020.txt").read_text(encoding="utf-8")
