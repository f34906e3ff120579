"""The people of a run: admins and an officer for each agency, a group, and many who listen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from plan.people import Role
from store import obligations, people
from tests.faults.run import ADMINS, Run

OFFICERS, LISTENERS = 101, 2001
NOTICE = "Người mẫu của bản thử, không phải người thật."


@dataclass(frozen=True)
class Town:
    """Who is there: officers with the codes they may report on, and listeners with their person's row."""

    officers: dict[int, str]
    listeners: dict[int, int]
    lasting: dict[str, list[str]] = field(default_factory=dict)
    ending: dict[str, list[str]] = field(default_factory=dict)


def listeners(run: Run) -> dict[int, int]:
    """Makes those who only listen, before the processes start: heads, who get no digests."""
    found = {}
    agencies = run.office.owing()
    for place in range(run.scale.listeners):
        user = LISTENERS + place
        run.phones.add_person(user, f"Người nghe {place}")
        run.phones.press_start(user)
        with run.unit() as session:
            person = people.link(session, run.side.name, str(user), str(user), f"Người nghe {place}", NOTICE, run.now())
            assert person.id is not None
            people.join(session, person.id, agencies[place % len(agencies)], Role.HEAD, run.now())
            found[user] = person.id
    run.side.forget_updates()
    return found


def settle(run: Run, heard: dict[int, int]) -> Town:
    """Links officers, admins and the group; the processes run and nothing goes wrong yet."""
    office = run.office
    wanted = dict.fromkeys(ADMINS, (office.compiler, Role.ADMIN))
    wanted |= {OFFICERS + place: (agency, Role.OFFICER) for place, agency in enumerate(office.owing())}
    run.side.settle(run, wanted)
    officers = {user: agency for user, (agency, role) in wanted.items() if role is Role.OFFICER}
    return Town(officers, heard, *_codes(run, officers.values()))


def _codes(run: Run, agencies: Iterable[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """For each agency the codes that stay open all year, and those that can be reported as done."""
    lasting: dict[str, list[str]] = {}
    ending: dict[str, list[str]] = {}
    with run.store.look() as session:
        rows = obligations.all_of(session)
    for agency in agencies:
        kinds: dict[str, set[str]] = {}
        for row in rows:
            # 1d and 1đ are two tasks, and who owes both is asked which of them is meant.
            if row.agency_id == agency and row.task[-1] not in "dđ":
                kinds.setdefault(row.task, set()).add(row.kind)
        lasting[agency] = [code for code, held in kinds.items() if held == {"ongoing"}]
        ending[agency] = [code for code, held in kinds.items() if held != {"ongoing"}]
        assert lasting[agency], agency
        assert ending[agency], agency
    return lasting, ending
