"""Why something is late and who ruled about it; what is said of a proof sheet; what people were told, kept for good."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

EVENTS = (
    "created", "changed", "retired", "restored", "submitted", "supplemented", "withdrawn", "progressed", "blocked",
    "closed", "acknowledged", "corrected", "held", "proven", "to_head", "to_review", "confirmed", "returned",
    "requested", "refused", "extended", "dated", "retimed", "flagged", "judged", "suspended", "transferred", "ended",
    "excused", "resumed", "for_signature", "said",
)  # fmt: skip
NEW_EVENTS = ("cause_told", "cause_confirmed", "cause_refused", "cause_reopened")
REQUESTS = ("extension", "not_ours", "withdrawal", "correction")
UNANSWERED = "answered_at IS NULL"
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
    op.add_column("obligation", sa.Column("cause", sa.String(), server_default="", nullable=False))
    op.add_column("obligation", sa.Column("why_late", sa.Text(), server_default="", nullable=False))
    op.add_column("obligation", sa.Column("ruled", sa.Text(), server_default="", nullable=False))
    for name in ("ruled_by", "ruled_post", "ruled_number"):
        op.add_column("request", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("request", sa.Column("ruled_on", sa.Date(), nullable=True))
    op.add_column("consent", sa.Column("edition", sa.Integer(), server_default="1", nullable=False))
    _what_is_said_of_a_sheet()
    _what_people_were_told()
    _one_of("obligation_event", "kind", EVENTS + NEW_EVENTS)
    _one_of("request", "kind", (*REQUESTS, "cause"))


def downgrade() -> None:
    _forget_what_is_new()
    _one_of("request", "kind", REQUESTS)
    _one_of("obligation_event", "kind", EVENTS)
    op.drop_table("kept_about")
    op.drop_table("kept_message")
    op.drop_table("opinion")
    op.drop_column("consent", "edition")
    for name in ("ruled_on", "ruled_number", "ruled_post", "ruled_by"):
        op.drop_column("request", name)
    for name in ("ruled", "why_late", "cause"):
        op.drop_column("obligation", name)


def _what_is_said_of_a_sheet() -> None:
    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_opinion_obligation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_opinion_person_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_opinion_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
        sa.UniqueConstraint("source", name=op.f("uq_opinion_source")),
    )
    op.create_index(op.f("ix_opinion_obligation_id"), "opinion", ["obligation_id"])
    op.create_index(op.f("ix_opinion_person_id"), "opinion", ["person_id"])
    where = sa.text(UNANSWERED)
    op.create_index("opinion_waiting", "opinion", ["id"], sqlite_where=where, postgresql_where=where)


def _what_people_were_told() -> None:
    op.create_table(
        "kept_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("group_title", sa.Text(), server_default="", nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("in_group", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kept_message_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_message")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_kept_message_delivery_id")),
    )
    op.create_index(op.f("ix_kept_message_person_id"), "kept_message", ["person_id"])
    op.create_table(
        "kept_about",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["kept_id"], ["kept_message.id"], name=op.f("fk_kept_about_kept_id")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_kept_about_obligation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_about")),
    )
    op.create_index(op.f("ix_kept_about_kept_id"), "kept_about", ["kept_id"])
    op.create_index(op.f("ix_kept_about_obligation_id"), "kept_about", ["obligation_id"])


def _one_of(table: str, column: str, values: tuple[str, ...]) -> None:
    name, listed = op.f(f"ck_{table}_{column}_known"), ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"{column} IN ({listed})")
    # SQLite makes a table with another check anew, and the triggers of the old one go with it.
    if table == "obligation_event" and op.get_bind().dialect.name == "sqlite":
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
    asked = sa.table("request", sa.column("kind"))
    op.execute(asked.delete().where(asked.c.kind == "cause"))
    if op.get_bind().dialect.name != "sqlite":
        op.execute("ALTER TABLE obligation_event ENABLE TRIGGER obligation_event_no_change")
