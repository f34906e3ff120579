"""The order of a person's ways and their hours, invites to a further way, and from which way a message was moved."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("address", sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("person", sa.Column("hours", sa.String(), nullable=True))
    op.add_column("delivery", sa.Column("moved_from", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("invite") as batch:
        batch.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_invite_person_id"), "person", ["person_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("invite") as batch:
        batch.drop_constraint(op.f("fk_invite_person_id"), type_="foreignkey")
        batch.drop_column("person_id")
    op.drop_column("delivery", "moved_from")
    op.drop_column("person", "hours")
    op.drop_column("address", "rank")
