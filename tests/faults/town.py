"""The people of a run: admins and an officer for each agency by real invites, a group, and many who listen."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from plan.people import Role
from store import invites, nominations, obligations, people
from tests.faults.ledger import Arrival
from tests.faults.run import ADMINS, GROUP, Run

OFFICERS, LISTENERS = 101, 2001
PATIENCE_S = 90.0
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
        run.platform.add_person(user, f"Người nghe {place}")
        run.platform.press_start(user)
        with run.unit() as session:
            person = people.link(session, "telegram", str(user), str(user), f"Người nghe {place}", NOTICE, run.now())
            assert person.id is not None
            people.join(session, person.id, agencies[place % len(agencies)], Role.HEAD, run.now())
            found[user] = person.id
    pending = run.platform.pending_updates()
    run.platform.take_updates(run.platform.open_poll(), int(pending[-1]["update_id"]) + 1, 1, None)
    run.platform.told.clear()
    return found


def settle(run: Run, heard: dict[int, int]) -> Town:
    """Links officers and admins through the conversation itself; the processes run and nothing goes wrong yet."""
    office, platform = run.office, run.platform
    wanted = dict.fromkeys(ADMINS, (office.compiler, Role.ADMIN))
    wanted |= {OFFICERS + place: (agency, Role.OFFICER) for place, agency in enumerate(office.owing())}
    for user, (agency, role) in wanted.items():
        with run.unit() as session:
            code = invites.make(session, agency, role, None, run.now())
        platform.add_person(user, f"Cán bộ {user}")
        platform.press_start(user, code)
    agree = office.text("button.agree")
    for user in wanted:
        asked = _wait(run, user, agree)
        platform.tap(user, user, int(asked.message_id), agree)
    for user in wanted:
        _wait(run, user, "Đồng chí chưa có quyền này" if user in ADMINS[1:] else "Đã gắn tài khoản")
    with run.unit() as session:
        for each in nominations.waiting(session, run.now()):
            nominations.decide(session, each, run.now(), granted=True, by=None, via="cli")
    platform.add_group(GROUP, "CCHC – nhóm thử", [*wanted])
    platform.add_bot_to_group(GROUP, ADMINS[0])
    _wait(run, GROUP, "/gannhom")
    platform.say(ADMINS[0], GROUP, f"/link@{platform.bot['username']}")
    _wait(run, GROUP, "Đã gắn nhóm")
    officers = {user: agency for user, (agency, role) in wanted.items() if role is Role.OFFICER}
    return Town(officers, heard, *_codes(run, officers.values()))


def _wait(run: Run, chat: int, words: str) -> Arrival:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        for arrival in list(run.platform.by_chat[str(chat)]):
            if words in arrival.text or any(words == label for label, _ in arrival.labels):
                return arrival
        time.sleep(0.02)
    raise AssertionError(f"{words!r} did not come to {chat}; see {run.folder}")


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
