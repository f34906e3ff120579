"""The demo against the running processes: its steps, and a fresh town at the same address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.example_people import LEADER_USER
from tests.app.test_processes import COMMUNE_OFFICE, Sandbox

# Processes that start twice are long by nature.
pytestmark = pytest.mark.long


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    """The sandbox on its first morning."""
    sandbox = Sandbox(tmp_path)
    sandbox.start()
    yield sandbox
    sandbox.end()


def steps(sandbox: Sandbox) -> int:
    """The first two steps; gives the commune's chat."""
    commune = sandbox.chat_of(COMMUNE_OFFICE)
    sandbox.post("/sandbox/step", json={"step": "commune"})
    sandbox.wait(lambda: not sandbox.get("/sandbox/state")["moving"])
    assert sandbox.get("/sandbox/state")["now"].startswith("2020-01-14T07:3")
    # Nothing but a database that is known to serve here reminds anybody.
    assert any("2b" in text for text in sandbox.texts(commune))
    sandbox.post("/sandbox/step", json={"step": "photo"})
    sandbox.wait(lambda: any("Minh chứng: 1 ảnh" in text for text in sandbox.texts(commune)))
    # The same morning on Zalo: what is typed there is answered there.
    on_zalo = next(each["chat"] for each in sandbox.get("/sandbox/state")["people"] if each.get("kind") == "zalo")
    assert any("2b" in text for text in sandbox.texts(on_zalo))
    sandbox.post("/sandbox/step", json={"step": "zalo_photo"})
    sandbox.wait(lambda: any("Minh chứng: 1 ảnh" in text for text in sandbox.texts(on_zalo)))
    return commune


def test_the_steps_and_again_from_the_first_day(sandbox: Sandbox) -> None:
    commune = steps(sandbox)
    process, address = sandbox.process.pid, sandbox.page.base_url
    sandbox.post("/sandbox/again")

    def is_new() -> bool:
        answer = sandbox.page.get("/sandbox/state")
        return answer.status_code == 200 and answer.json()["now"].startswith("2020-01-02")

    sandbox.wait(is_new)
    assert sandbox.texts(commune) == ["/start"]
    assert (sandbox.process.pid, sandbox.page.base_url) == (process, address)
    assert steps(sandbox) == commune
    sandbox.post("/sandbox/step", json={"step": "leader"})
    sandbox.wait(lambda: any("Tổng hợp" in text for text in sandbox.texts(LEADER_USER)))
