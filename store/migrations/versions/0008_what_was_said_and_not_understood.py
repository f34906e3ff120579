"""What was said and not understood whole; what waits for a signature; what was handed in elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

EVENTS = (
    "created", "changed", "retired", "restored", "submitted", "supplemented", "withdrawn", "progressed", "blocked",
    "closed", "acknowledged", "corrected", "held", "proven", "to_head", "to_review", "confirmed", "returned",
    "requested", "refused", "extended", "dated", "retimed", "flagged", "judged", "suspended", "transferred", "ended",
    "excused", "resumed",
)  # fmt: skip
NEW_EVENTS = ("for_signature", "said")
WAITING = "settled_at IS NULL"
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
    op.add_column("obligation", sa.Column("signing", sa.Date(), nullable=True))
    op.add_column("obligation", sa.Column("said", sa.Text(), server_default="", nullable=False))
    op.add_column("submission", sa.Column("handed_way", sa.String(), server_default="", nullable=False))
    op.add_column("submission", sa.Column("handed_on", sa.Date(), nullable=True))
    op.create_table(
        "unclear",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("album", sa.String(), nullable=True),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_as", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_unclear_obligation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_unclear_person_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_unclear_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unclear")),
        sa.UniqueConstraint("source", "obligation_id", name=op.f("uq_unclear_source_obligation_id")),
    )
    op.create_index(op.f("ix_unclear_obligation_id"), "unclear", ["obligation_id"])
    op.create_index(op.f("ix_unclear_person_id"), "unclear", ["person_id"])
    where = sa.text(WAITING)
    op.create_index("unclear_waiting", "unclear", ["id"], sqlite_where=where, postgresql_where=where)
    _one_of(EVENTS + NEW_EVENTS)


def downgrade() -> None:
    _forget_what_is_new()
    _one_of(EVENTS)
    op.drop_table("unclear")
    op.drop_column("submission", "handed_on")
    op.drop_column("submission", "handed_way")
    op.drop_column("obligation", "said")
    op.drop_column("obligation", "signing")


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
    op.execute(kind.delete().where(kind.c.kind.in_(NEW_EVENTS)))
    if op.get_bind().dialect.name != "sqlite":
        op.execute("ALTER TABLE obligation_event ENABLE TRIGGER obligation_event_no_change")
