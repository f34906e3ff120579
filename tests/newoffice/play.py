"""An office without a plan begins: from its Word file to the first reminders, all from the phone, and counted."""

import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sandbox.phone import Phone, labels_of, text_of
from sandbox.world import World
from store import plan_imports
from tests.conftest import HANOI
from tests.newoffice.document import document

# Written in the place of a button: who belongs to a group.
WRITTEN = {"«Các thôn»": "Thôn Đông, Thôn Tây, Thôn Nam, Thôn Bắc"}
FIRST, GO_ON, TAKE = "Xem câu hỏi, trả lời", "Câu ", "Đưa vào theo dõi, bắt đầu nhắc"


@dataclass
class Told:
    """What happened: `steps` are what the admin did, `questions` what was asked, `digests` what officers received."""

    steps: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    figures: str = ""
    digests: list[str] = field(default_factory=list)
    tasks: int = 0
    seconds: float = 0.0


def play(folder: Path) -> Told:
    """Plays it in the sandbox; `seconds` are real ones, from the file's sending to the last digest."""
    told, began = Told(), time.monotonic()
    with World(folder, datetime(2026, 1, 12, 8, 0, tzinfo=HANOI), plan_file=()) as world:
        boss = world.admin("Bình", "donvi")
        boss.sends_file("ke-hoach-2026.docx", document(), mime="application/vnd.openxmlformats").forgets()
        told.steps.append("sends ke-hoach-2026.docx")
        told.figures = boss.last.split(".docx: ", 1)[1].split(".", 1)[0]
        _press(boss, told, FIRST)
        while boss.last.startswith(GO_ON) or "\nCâu " in boss.last:
            _answer(boss, told)
        _press(boss, told, TAKE)
        _press(boss, told, "Xác nhận")
        with world.service.store.look() as session:
            (plan_id,) = plan_imports.adopted(session)
        plan = world.service.current().plans[plan_id]
        told.tasks = len(plan.tasks)
        officers = [world.officer(f"Cán bộ {each.id}", each.id).forgets() for each in plan.agencies]
        world.at(2026, 1, 13, 7, 30)
        world.at(2026, 1, 23, 7, 30)
        told.digests = [text_of(message) for phone in officers for message in phone.unread]
    told.seconds = time.monotonic() - began
    return told


def _press(phone: Phone, told: Told, label: str) -> None:
    phone.forgets().taps(label)
    told.steps.append(f"taps [{label}]")


def _answer(phone: Phone, told: Told) -> None:
    """The first answer that is offered, or words where the office alone knows."""
    asked = phone.last
    told.questions.append(asked[asked.index(GO_ON) :].split("\n", 1)[0])
    words = next((words for name, words in WRITTEN.items() if name in asked), "")
    if words:
        phone.forgets().says(words)
        told.steps.append(f"writes «{words}»")
    else:
        _press(phone, told, labels_of(phone.unread[-1])[0])


def main() -> None:
    """Prints the steps, the questions and the seconds."""
    with tempfile.TemporaryDirectory() as folder:
        told = play(Path(folder))
    count = (
        f"{told.tasks} tasks, {len(told.questions)} questions, {len(told.steps)} steps of the admin, "
        f"{len(told.digests)} first reminders, {told.seconds:.1f} s"
    )
    lines = (told.figures, "", *told.steps, "", *told.questions, "", count)
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    main()
