"""`plan diff` and `plan adopt`: what an amended file changes, and that it changes nothing before it is adopted."""

import json
from pathlib import Path

from store import plan_drafts
from store.engine import Store
from tests.cli.command import ROOT, nhacviec
from tests.databases import migrated

FIRST = ROOT / "data" / "plan_2020.json"


def without_2b(folder: Path) -> Path:
    """The plan of 2020 without its 2b, in a file."""
    plan = json.loads(FIRST.read_text("utf-8"))
    plan["tasks"] = [task for task in plan["tasks"] if task["code"] != "2b"]
    path = folder / "amended.json"
    path.write_text(json.dumps(plan, ensure_ascii=False), "utf-8")
    return path


def codes(store: Store) -> set[str]:
    with store.look() as session:
        plan = plan_drafts.adopted(session, "cchc-2020")
    return {task.code for task in plan.tasks} if plan else set()


def test_the_difference_of_two_files(tmp_path: Path) -> None:
    (step,) = json.loads(nhacviec(tmp_path, "plan", "diff", str(FIRST), str(without_2b(tmp_path)), "--json"))
    assert (step["op"], step["code"], step["asked"]) == ("withdraw", "2b", False)


def test_a_changed_file_serves_once_it_is_adopted(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    migrated(url)
    assert "No version" in nhacviec(tmp_path, "plan", "adopt", "--yes", DATABASE_URL=url)
    store, amended = Store(url), str(without_2b(tmp_path))
    assert "2b" in codes(store)
    # Looking is no adopting.
    nhacviec(tmp_path, "summary", DATABASE_URL=url, PLAN_FILE=amended)
    assert "2b" in codes(store)
    said = nhacviec(tmp_path, "plan", "adopt", "--yes", DATABASE_URL=url, PLAN_FILE=amended)
    assert "withdraw" in said
    assert "is adopted" in said
    assert "2b" not in codes(store)
    store.close()
