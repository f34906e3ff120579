"""Which message an update is of, and whether it had an effect: an edit, or the same one again, has none of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbox", sa.Column("message", sa.String(), server_default="", nullable=False))
    op.add_column("inbox", sa.Column("acted", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(op.f("ix_inbox_channel_message"), "inbox", ["channel", "message"])


def downgrade() -> None:
    op.drop_index(op.f("ix_inbox_channel_message"), table_name="inbox")
    op.drop_column("inbox", "acted")
    op.drop_column("inbox", "message")
