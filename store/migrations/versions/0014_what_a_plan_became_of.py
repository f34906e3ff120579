"""What a change of a plan rests on, the first day of each deadline, and what was read wrongly and put right."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

EVENTS = (
    "created", "changed", "retired", "restored", "submitted", "supplemented", "withdrawn", "progressed", "blocked",
    "closed", "acknowledged", "corrected", "held", "proven", "to_head", "to_review", "confirmed", "returned",
    "requested", "refused", "extended", "dated", "retimed", "flagged", "judged", "suspended", "transferred", "ended",
    "excused", "resumed", "for_signature", "said", "cause_told", "cause_confirmed", "cause_refused", "cause_reopened",
)  # fmt: skip
MISREAD = "misread"
# The first day that anything gave it: the plan, or an admin where the plan gave none.
FIRST_DUE = """UPDATE obligation SET first_due = (
    SELECT due FROM obligation_event WHERE id = (
        SELECT MIN(id) FROM obligation_event WHERE obligation_id = obligation.id AND due IS NOT NULL
        AND kind IN ('created', 'changed', 'restored', 'extended', 'dated')))"""
KEEP_HISTORY = (
    """CREATE TRIGGER obligation_event_no_update BEFORE UPDATE ON obligation_event
    BEGIN SELECT RAISE(ABORT, 'obligation_event is append-only'); END""",
    """CREATE TRIGGER obligation_event_no_delete BEFORE DELETE ON obligation_event
    BEGIN SELECT RAISE(ABORT, 'obligation_event is append-only'); END""",
    """CREATE TRIGGER obligation_event_no_replace BEFORE INSERT ON obligation_event
    WHEN EXISTS (SELECT 1 FROM obligation_event WHERE (id = NEW.id))
    BEGIN SELECT RAISE(ABORT, 'obligation_event is append-only'); END""",
)


def upgrade() -> None:
    with op.batch_alter_table("plan_draft") as batch:
        batch.add_column(sa.Column("basis", sa.Text(), server_default="", nullable=False))
        batch.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_plan_draft_import_id"), "plan_import", ["import_id"], ["id"])
    op.add_column("obligation", sa.Column("first_due", sa.Date(), nullable=True))
    op.execute(FIRST_DUE)
    op.create_table(
        "plan_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("work", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("becomes", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_correction_plan_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_correction_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_correction")),
    )
    op.create_index(op.f("ix_plan_correction_plan_id"), "plan_correction", ["plan_id"])
    _one_of((*EVENTS, MISREAD))


def downgrade() -> None:
    _forget_what_is_new()
    _one_of(EVENTS)
    op.drop_table("plan_correction")
    op.drop_column("obligation", "first_due")
    with op.batch_alter_table("plan_draft") as batch:
        batch.drop_constraint(op.f("fk_plan_draft_import_id"), type_="foreignkey")
        batch.drop_column("import_id")
        batch.drop_column("basis")


def _one_of(values: tuple[str, ...]) -> None:
    name, listed = op.f("ck_obligation_event_kind_known"), ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table("obligation_event") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"kind IN ({listed})")
    # SQLite makes a table with another check anew, and the triggers of the old one go with it.
    if op.get_bind().dialect.name == "sqlite":
        for statement in KEEP_HISTORY:
            op.execute(statement)


def _forget_what_is_new() -> None:
    """The former revision has no words for what came since: its history goes."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER obligation_event_no_update")
        op.execute("DROP TRIGGER obligation_event_no_delete")
    else:
        op.execute("ALTER TABLE obligation_event DISABLE TRIGGER obligation_event_no_change")
    kind = sa.table("obligation_event", sa.column("kind"))
    op.execute(kind.delete().where(kind.c.kind == MISREAD))
    if op.get_bind().dialect.name != "sqlite":
        op.execute("ALTER TABLE obligation_event ENABLE TRIGGER obligation_event_no_change")
