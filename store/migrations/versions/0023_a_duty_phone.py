"""A telephone that whoever is on duty shares, and who reported on it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

WHO = ("reports_on", "same_as")


def upgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("duty_of", sa.String(), nullable=True))
        batch.create_foreign_key(op.f("fk_person_duty_of"), "agency", ["duty_of"], ["id"])
        for name in WHO:
            batch.add_column(sa.Column(name, sa.Integer(), nullable=True))
            batch.create_foreign_key(op.f(f"fk_person_{name}"), "person", [name], ["id"])
            batch.create_index(op.f(f"ix_person_{name}"), [name])


def downgrade() -> None:
    with op.batch_alter_table("person") as batch:
        for name in WHO:
            batch.drop_index(op.f(f"ix_person_{name}"))
        for name in ("duty_of", *WHO):
            batch.drop_constraint(op.f(f"fk_person_{name}"), type_="foreignkey")
            batch.drop_column(name)
