"""What the plan's own sheet is made of: its columns by their keys, and the mark by which it is known again."""

from dataclasses import dataclass

MARK, VERSION = "nhacviec-plan", "1"
# The sheet that bears the mark, and nothing that people read.
MARKED = "nhacviec"
TASKS, BODIES = "tasks", "bodies"
BASIS = "basis"


@dataclass(frozen=True)
class Column:
    """A column: its key stands in a hidden row, whatever its head says; `width` in characters."""

    key: str
    width: float
    is_day: bool = False
    of_task: bool = False  # it says something of the whole task, and stands in the first of its rows only


COLUMNS = (
    Column("id", 10),
    Column("drop", 6),
    Column("code", 9),
    Column("section", 16, of_task=True),
    Column("title", 52, of_task=True),
    Column("lead", 26, of_task=True),
    Column("leads", 18, of_task=True),
    Column("coordinating", 26, of_task=True),
    Column("monitor", 26, of_task=True),
    Column("product", 26, of_task=True),
    Column("printed", 26),
    Column("kind", 13),
    Column("due", 12, is_day=True),
    Column("start", 12, is_day=True),
    Column("due_basis", 18),
    Column("questions", 40),
)
BODY_COLUMNS = (Column("id", 12), Column("name", 44), Column("members", 60))
