"""A question that an officer had forwarded to the compiling agency is kept with its answer."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

UNANSWERED = "answered_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), server_default="", nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_inquiry_agency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_inquiry_person_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_inquiry_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint("source", name=op.f("uq_inquiry_source")),
    )
    op.create_index(op.f("ix_inquiry_person_id"), "inquiry", ["person_id"])
    where = sa.text(UNANSWERED)
    op.create_index("inquiry_waiting", "inquiry", ["id"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_table("inquiry")
