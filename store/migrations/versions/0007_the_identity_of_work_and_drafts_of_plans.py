"""Work has an identity apart from its code; what a plan is to become waits as a draft."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATES = ("waiting", "adopted", "dropped")


def upgrade() -> None:
    with op.batch_alter_table("obligation") as batch:
        batch.add_column(sa.Column("work", sa.String(), nullable=True))
    # Until now the code was the identity.
    op.execute("UPDATE obligation SET work = milestone")
    with op.batch_alter_table("obligation") as batch:
        batch.alter_column("work", existing_type=sa.String(), nullable=False)
        batch.drop_constraint(op.f("uq_obligation_plan_id_milestone_occurrence_agency_id"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_obligation_plan_id_work_occurrence_agency_id"), ["plan_id", "work", "occurrence", "agency_id"]
        )
    op.create_table(
        "plan_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"state IN {STATES!r}", name=op.f("ck_plan_draft_state_known")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_plan_draft_decided_by")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_draft_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_draft")),
    )
    op.create_index(op.f("ix_plan_draft_plan_id_state"), "plan_draft", ["plan_id", "state"])


def downgrade() -> None:
    op.drop_table("plan_draft")
    with op.batch_alter_table("obligation") as batch:
        batch.drop_constraint(op.f("uq_obligation_plan_id_work_occurrence_agency_id"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_obligation_plan_id_milestone_occurrence_agency_id"),
            ["plan_id", "milestone", "occurrence", "agency_id"],
        )
        batch.drop_column("work")
