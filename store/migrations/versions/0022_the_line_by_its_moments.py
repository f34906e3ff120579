"""What is due is found by its moment: a look at the line reads its beginning and not all that waits for a later day."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

WAITS = "state IN ('due', 'in_doubt', 'sending')"


def _made_anew(columns: list[str]) -> None:
    op.drop_index("delivery_due", "delivery")
    op.create_index("delivery_due", "delivery", columns, sqlite_where=sa.text(WAITS), postgresql_where=sa.text(WAITS))


def upgrade() -> None:
    _made_anew(["priority", "not_before", "id"])


def downgrade() -> None:
    _made_anew(["priority", "id"])
