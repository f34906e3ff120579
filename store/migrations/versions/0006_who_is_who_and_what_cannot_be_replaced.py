"""A question's channel; roles and stand-ins that wait for an admin; rows kept for good cannot be put in anew either."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# What is kept for good, and every key by which a new row could take the place of one that is there.
KEYS = {
    "obligation_event": (("id",),),
    "audit": (("id",),),
    "plan_version": (("id",),),
    "issued_report": (("id",), ("key", "scope", "number")),
    "remark": (("id",),),
}
ROLES = ("officer", "head", "admin", "leader")


def upgrade() -> None:
    _questions()
    op.create_table(
        "nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("named_by", sa.Integer(), nullable=True),
        sa.Column("instead_of", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.CheckConstraint(f"role IN {ROLES!r}", name=op.f("ck_nomination_role_known")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_nomination_agency_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_nomination_decided_by")),
        sa.ForeignKeyConstraint(["instead_of"], ["person.id"], name=op.f("fk_nomination_instead_of")),
        sa.ForeignKeyConstraint(["named_by"], ["person.id"], name=op.f("fk_nomination_named_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_nomination_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
    )
    op.create_index(op.f("ix_nomination_person_id"), "nomination", ["person_id"])
    with op.batch_alter_table("absence") as batch:
        batch.add_column(sa.Column("wanted_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_absence_wanted_id"), "person", ["wanted_id"], ["id"])
    for table, keys in KEYS.items():
        _guard(table, keys)


def downgrade() -> None:
    for table in KEYS:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        else:
            op.execute(f"DROP TRIGGER {table}_no_replace")
    with op.batch_alter_table("absence") as batch:
        batch.drop_constraint(op.f("fk_absence_wanted_id"), type_="foreignkey")
        batch.drop_column("wanted_id")
    op.drop_table("nomination")
    # The former revision knows one question for a person and chat, whatever the channel.
    op.execute(
        "DELETE FROM question WHERE EXISTS (SELECT 1 FROM question AS later WHERE later.person_id = question.person_id "
        "AND later.chat = question.chat AND later.id > question.id)"
    )
    with op.batch_alter_table("question") as batch:
        batch.drop_constraint(op.f("uq_question_person_id_channel_chat"), type_="unique")
        batch.create_unique_constraint(op.f("uq_question_person_id_chat"), ["person_id", "chat"])
        batch.drop_column("channel")


def _questions() -> None:
    with op.batch_alter_table("question") as batch:
        # The one platform of then.
        batch.add_column(sa.Column("channel", sa.String(), server_default="telegram", nullable=False))
    with op.batch_alter_table("question") as batch:
        batch.alter_column("channel", server_default=None, existing_type=sa.String(), existing_nullable=False)
        batch.drop_constraint(op.f("uq_question_person_id_chat"), type_="unique")
        batch.create_unique_constraint(op.f("uq_question_person_id_channel_chat"), ["person_id", "channel", "chat"])


def _guard(table: str, keys: tuple[tuple[str, ...], ...]) -> None:
    """Closes the ways past the guards of UPDATE and DELETE: SQLite's REPLACE deletes without them, and PostgreSQL's
    TRUNCATE is no deleting of rows."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_any_change()"""
        )
        return
    same = " OR ".join("(" + " AND ".join(f"{name} = NEW.{name}" for name in key) + ")" for key in keys)
    op.execute(
        f"""CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""  # noqa: S608 -- names of our own
    )
