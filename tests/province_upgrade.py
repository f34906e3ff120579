"""A newer version of this program, for a bench of what an upgrade does to a province: one migration more."""

import shutil
from pathlib import Path

from store import schema

ROOT = Path(__file__).parent.parent
# What runs a worker.
PARTS = ("answer", "app", "bot", "channels", "cli", "data", "delivery", "desk", "files", "intake", "plan", "progress",
         "reports", "sandbox", "scheduler", "store", "words")  # fmt: skip
MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{next}", "{head}", None, None


def upgrade() -> None:
    op.create_table("newer", sa.Column("id", sa.Integer, primary_key=True))


def downgrade() -> None:
    op.drop_table("newer")
"""


def newer_version(folder: Path) -> Path:
    """Where it is, in a folder of its own."""
    goal = folder / "newer"
    for name in PARTS:
        shutil.copytree(ROOT / name, goal / name, ignore=shutil.ignore_patterns("__pycache__"))
    following = f"{int(schema.HEAD) + 1:04}"
    text = MIGRATION.format(next=following, head=schema.HEAD)
    (goal / "store" / "migrations" / "versions" / f"{following}_newer.py").write_text(text, "ascii")
    return goal
