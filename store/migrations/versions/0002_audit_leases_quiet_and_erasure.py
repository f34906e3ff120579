"""Audit, leases, revoked invites, quiet and erased people, and what the bytes of evidence are."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The database itself refuses to change or delete an entry; the chain of hashes shows who goes around it.
KEEP_AUDIT = {
    "sqlite": (
        """CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
        """CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$""",
        """CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit
        FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()""",
    ),
}
STATES = ("waiting", "stored", "too_big", "failed")


def upgrade() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=True),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["person.id"], name=op.f("fk_audit_actor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    for statement in KEEP_AUDIT[op.get_bind().dialect.name]:
        op.execute(statement)
    op.add_column("evidence", sa.Column("content", sa.Text(), server_default="", nullable=False))
    _evidence_states((*STATES, "refused"))
    op.add_column("invite", sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("quiet_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("UPDATE evidence SET state = 'failed' WHERE state = 'refused'")
    _evidence_states(STATES)
    for table, column in (
        ("person", "erased_at"),
        ("person", "quiet_until"),
        ("invite", "revoked_at"),
        ("evidence", "content"),
    ):
        op.drop_column(table, column)
    op.drop_table("audit")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_audit_change()")
    op.drop_table("lease")


def _evidence_states(states: tuple[str, ...]) -> None:
    name, listed = op.f("ck_evidence_state_known"), ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("evidence") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"state IN ({listed})")
