"""The newest answer of a person, and a plan that asks how to begin or changed since a moment, are found by an index:
neither what a person ever answered nor what plans say is read for it. So is what waits for review, of which the index
holds all that is asked."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ASKS = "start = 'ask'"
AT_REVIEW = "state IN ('at_head', 'in_review')"


def upgrade() -> None:
    where = sa.text(ASKS)
    op.create_index("plan_asking", "plan", ["id"], sqlite_where=where, postgresql_where=where)
    op.create_index(op.f("ix_plan_synced_at"), "plan", ["synced_at"])
    op.create_index(op.f("ix_submission_person_id_recorded_at"), "submission", ["person_id", "recorded_at"])
    _at_review(["id", "state", "agency_id"])


def downgrade() -> None:
    _at_review(["id"])
    op.drop_index(op.f("ix_submission_person_id_recorded_at"), "submission")
    op.drop_index(op.f("ix_plan_synced_at"), "plan")
    op.drop_index("plan_asking", "plan")


def _at_review(columns: list[str]) -> None:
    where = sa.text(AT_REVIEW)
    op.drop_index("obligation_at_review", "obligation")
    op.create_index("obligation_at_review", "obligation", columns, sqlite_where=where, postgresql_where=where)
