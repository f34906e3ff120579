"""What is open and near is found by an index, and what was said of it by another: a beat reads what is due, not what is
kept."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

OPEN = "state = 'open'"


def upgrade() -> None:
    where = sa.text(OPEN)
    columns = ["kind", "due", "agency_id"]
    op.create_index("obligation_open", "obligation", columns, sqlite_where=where, postgresql_where=where)
    op.create_index(op.f("ix_obligation_due"), "obligation", ["due"])
    op.create_index("reminder_step", "reminder", ["step", "due", "obligation_id", "person_id", "delivery_id"])


def downgrade() -> None:
    op.drop_index("reminder_step", "reminder")
    op.drop_index(op.f("ix_obligation_due"), "obligation")
    op.drop_index("obligation_open", "obligation")
