"""Versions of plans, days that were undone, issued reports, remarks; an index for what was given up and not told."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEPT = ("plan_version", "issued_report", "remark")
UNREPORTED = "state = 'failed' AND NOT reported"
DAY = ("day", "kind", "name", "basis", "set_by", "set_at")


def upgrade() -> None:
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("synced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_version_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
    )
    op.create_index(op.f("ix_plan_version_plan_id_synced_at"), "plan_version", ["plan_id", "synced_at"])
    # What a plan said before its latest sync is not known any more.
    op.execute(
        "INSERT INTO plan_version (plan_id, digest, content, synced_at) "
        "SELECT id, digest, content, synced_at FROM plan ORDER BY id"
    )
    op.create_table(
        "issued_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"], name=op.f("fk_issued_report_issued_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_report")),
        sa.UniqueConstraint("key", "scope", "number", name=op.f("uq_issued_report_key_scope_number")),
    )
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_remark_obligation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_remark_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    op.create_index(op.f("ix_remark_obligation_id"), "remark", ["obligation_id"])
    _keep_for_good()
    _days(
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        key="id",
    )
    where = sa.text("undone_at IS NULL")
    op.create_index("one_live_day", "office_day", ["day"], unique=True, sqlite_where=where, postgresql_where=where)
    where = sa.text(UNREPORTED)
    op.create_index("delivery_unreported", "delivery", ["id"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_index("delivery_unreported", "delivery")
    op.drop_index("one_live_day", "office_day")
    # The former revision deletes a day that is undone.
    op.execute("DELETE FROM office_day WHERE undone_at IS NOT NULL")
    _days(key="day")
    for table in KEPT:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_any_change()")


def _keep_for_good() -> None:
    """The database itself refuses to change or delete these rows."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """CREATE FUNCTION refuse_any_change() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"""
        )
    for table in KEPT:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(
                f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION refuse_any_change()"""
            )
            continue
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
                BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
            )


def _days(*more: sa.Column[object], key: str) -> None:
    """Makes the table of days anew with another primary key; there are a few rows a year."""
    named = sa.table("office_day", *(sa.column(name) for name in DAY))
    rows = [dict(row._mapping) for row in op.get_bind().execute(sa.select(named).order_by(named.c.day))]
    op.drop_table("office_day")
    op.create_table(
        "office_day",
        *more,
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('off', 'work')", name=op.f("ck_office_day_kind_known")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_office_day_set_by")),
        sa.PrimaryKeyConstraint(key, name=op.f("pk_office_day")),
    )
    if rows:
        # Without types a value goes back as the database gave it.
        op.get_bind().execute(sa.insert(named), rows)
