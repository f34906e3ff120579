"""A second, small plan with codes that the plan of 2020 has too."""

import json
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"


def write(folder: Path) -> tuple[Path, Path]:
    """Writes the second plan into a folder; gives the files of both."""
    first = DATA / "plan_2020.json"
    plan = json.loads(first.read_text("utf-8"))
    plan |= {"id": "ct-2020", "name": "Chỉ thị về chuyển đổi số", "short": "Chỉ thị 5", "questions": []}
    plan["decision"] = {**plan["decision"], "number": "5/CT-UBND", "title": "Chỉ thị về chuyển đổi số"}
    plan["tasks"] = [task for task in plan["tasks"] if task["code"] in ("2b", "3d")]
    plan["duties"] = []
    for task in plan["tasks"]:
        task["title"] = f"Chỉ thị: {task['title']}"
        task["questions"] = []
    path = folder / "plan_ct.json"
    path.write_text(json.dumps(plan, ensure_ascii=False), "utf-8")
    return first, path
