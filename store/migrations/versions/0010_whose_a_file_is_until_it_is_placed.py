"""Whose a file is until it is placed, and what is left of one that was taken out."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATES = ("waiting", "stored", "too_big", "refused", "failed")
NAME = "ck_evidence_state_known"


def upgrade() -> None:
    with op.batch_alter_table("evidence") as batch:
        batch.add_column(sa.Column("obligation_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("removed_by", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("removed_why", sa.Text(), server_default="", nullable=False))
        batch.add_column(sa.Column("removed_hash", sa.String(), server_default="", nullable=False))
        batch.create_index(op.f("ix_evidence_obligation_id"), ["obligation_id"])
        batch.create_foreign_key(op.f("fk_evidence_obligation_id"), "obligation", ["obligation_id"], ["id"])
        batch.create_foreign_key(op.f("fk_evidence_removed_by"), "person", ["removed_by"], ["id"])
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(op.f(NAME), _one_of(*STATES, "removed"))


def downgrade() -> None:
    # The former revision has no word for what was taken out: it is not to be had any more.
    state = sa.table("evidence", sa.column("state"))
    op.execute(state.update().where(state.c.state == "removed").values(state="failed"))
    with op.batch_alter_table("evidence") as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(op.f(NAME), _one_of(*STATES))
        batch.drop_constraint(op.f("fk_evidence_removed_by"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_evidence_obligation_id"), type_="foreignkey")
        batch.drop_index(op.f("ix_evidence_obligation_id"))
        for column in ("removed_hash", "removed_why", "removed_by", "removed_at", "told_at", "left_at"):
            batch.drop_column(column)
        batch.drop_column("obligation_id")


def _one_of(*states: str) -> str:
    listed = ", ".join(f"'{each}'" for each in states)
    return f"state IN ({listed})"
