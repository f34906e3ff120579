"""Files that belong to nothing and messages that were given up are found by indexes: each page of the screen counts
them, and the tables hold all that was ever sent."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

OF_NOTHING = (
    "submission_id IS NULL AND contribution_id IS NULL AND request_id IS NULL AND opinion_id IS NULL "
    "AND obligation_id IS NULL"
)
FOUND = {
    "delivery_given_up": ("delivery", ["id"], "state = 'failed' AND person_id IS NOT NULL"),
    "evidence_loose": ("evidence", ["left_at", "sent_at"], OF_NOTHING),
}


def upgrade() -> None:
    for name, (table, columns, condition) in FOUND.items():
        where = sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name, (table, _, _) in FOUND.items():
        op.drop_index(name, table)
