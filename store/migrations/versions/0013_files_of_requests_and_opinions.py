"""A file that came with a request, a cause of delay or an opinion belongs to it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OWNERS = ("request", "opinion")


def upgrade() -> None:
    with op.batch_alter_table("evidence") as batch:
        for owner in OWNERS:
            batch.add_column(sa.Column(f"{owner}_id", sa.Integer(), nullable=True))
            batch.create_index(op.f(f"ix_evidence_{owner}_id"), [f"{owner}_id"])
            batch.create_foreign_key(op.f(f"fk_evidence_{owner}_id"), owner, [f"{owner}_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("evidence") as batch:
        for owner in reversed(OWNERS):
            batch.drop_constraint(op.f(f"fk_evidence_{owner}_id"), type_="foreignkey")
            batch.drop_index(op.f(f"ix_evidence_{owner}_id"))
            batch.drop_column(f"{owner}_id")
