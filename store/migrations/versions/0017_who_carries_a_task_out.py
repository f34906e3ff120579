"""Who carries a task out for its agency: whom a head or an admin named, and when that ended; and what waits for
somebody's word is found by indexes, as each page of the screen counts it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# Where each kind of what waits stands, as both databases know it.
WAITING = {
    "obligation_at_review": ("obligation", "state IN ('at_head', 'in_review')"),
    "obligation_blocked": ("obligation", "blocked <> ''"),
    "obligation_flagged": ("obligation", "judged = 'flagged'"),
    "request_waiting": ("request", "state = 'waiting'"),
}


def upgrade() -> None:
    op.create_table(
        "assignee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("work", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("named_by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_assignee_plan_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_assignee_agency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignee_person_id")),
        sa.ForeignKeyConstraint(["named_by"], ["person.id"], name=op.f("fk_assignee_named_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignee")),
    )
    op.create_index(op.f("ix_assignee_person_id"), "assignee", ["person_id"])
    op.create_index("assignee_of_task", "assignee", ["plan_id", "work", "agency_id", "id"])
    for name, (table, condition) in WAITING.items():
        where = sa.text(condition)
        columns = ["state", "id"] if table == "request" else ["id"]
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    op.create_index(op.f("ix_audit_subject_id"), "audit", ["subject", "id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_audit_subject_id"), "audit")
    for name, (table, _) in WAITING.items():
        op.drop_index(name, table)
    op.drop_table("assignee")
