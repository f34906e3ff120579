"""Addresses of mail that are not proven yet, and letters of which nobody knows whose they are."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

UNSETTLED = "settled_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "address_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_address_code_person_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_address_code_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_code")),
    )
    op.create_index(op.f("ix_address_code_person_id"), "address_code", ["person_id"])
    op.create_index(op.f("ix_address_code_user"), "address_code", ["user"])
    op.create_table(
        "stray_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("is_ours", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_stray_letter_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stray_letter")),
        sa.UniqueConstraint("source", name=op.f("uq_stray_letter_source")),
    )
    where = sa.text(UNSETTLED)
    op.create_index("stray_waiting", "stray_letter", ["id"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_table("stray_letter")
    op.drop_table("address_code")
