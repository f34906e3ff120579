"""Answers that wait for a file, a head or a review; requests, contributions, stand-ins, days off, outages."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEEP_HISTORY = (
    """CREATE TRIGGER obligation_event_no_update BEFORE UPDATE ON obligation_event
    BEGIN SELECT RAISE(ABORT, 'obligation_event is append-only'); END""",
    """CREATE TRIGGER obligation_event_no_delete BEFORE DELETE ON obligation_event
    BEGIN SELECT RAISE(ABORT, 'obligation_event is append-only'); END""",
)
STATES = ("open", "done", "closed", "retired")
NEW_STATES = ("unproven", "at_head", "in_review", "suspended", "transferred", "ended", "excused")
EVENTS = (
    "created", "changed", "retired", "restored", "submitted", "supplemented", "withdrawn", "progressed", "blocked",
    "closed",
)  # fmt: skip
NEW_EVENTS = (
    "acknowledged", "corrected", "held", "proven", "to_head", "to_review", "confirmed", "returned", "requested",
    "refused", "extended", "dated", "retimed", "flagged", "judged", "suspended", "transferred", "ended", "excused",
    "resumed",
)  # fmt: skip
DELIVERIES, NEW_DELIVERIES = ("answer", "confirmation", "notice", "digest"), ("snooze", "urge", "head", "weekly")
ROLES, NEW_ROLES = ("officer", "head", "admin"), ("leader",)


def upgrade() -> None:
    _new_tables()
    _new_columns()
    op.execute("UPDATE obligation SET planned = due")
    # What left the plan before this revision comes back as what its history says it was.
    op.execute(
        "UPDATE obligation SET retired_from = CASE WHEN done_at IS NOT NULL THEN 'done' WHEN id IN "
        "(SELECT obligation_id FROM obligation_event WHERE kind = 'closed') THEN 'closed' ELSE 'open' END "
        "WHERE state = 'retired'"
    )
    _one_of("obligation", "state", STATES + NEW_STATES)
    _one_of("obligation_event", "kind", EVENTS + NEW_EVENTS)
    _one_of("delivery", "kind", DELIVERIES + NEW_DELIVERIES)
    _one_of("membership", "role", ROLES + NEW_ROLES)
    _one_of("invite", "role", ROLES + NEW_ROLES)
    _keep_history()


def downgrade() -> None:
    _forget_what_is_new()
    _one_of("obligation", "state", STATES)
    _one_of("obligation_event", "kind", EVENTS)
    _one_of("delivery", "kind", DELIVERIES)
    _one_of("membership", "role", ROLES)
    _one_of("invite", "role", ROLES)
    _keep_history()
    with op.batch_alter_table("submission") as batch:
        for name in ("product_number", "product_date", "product_title", "on_behalf", "nothing_arose"):
            batch.drop_column(name)
    op.drop_column("person", "language")
    op.drop_column("address", "handle")
    with op.batch_alter_table("obligation") as batch:
        batch.drop_constraint(op.f("ck_obligation_judged_known"), type_="check")
        batch.drop_constraint(op.f("ck_obligation_origin_known"), type_="check")
        for name in (
            "planned", "returned", "kept_at", "returned_at", "acknowledged_at", "extensions", "judged", "retired_from",
            "origin",
        ):  # fmt: skip
            batch.drop_column(name)
    op.drop_column("invite", "label")
    with op.batch_alter_table("group_chat") as batch:
        batch.drop_column("scope")
        batch.drop_column("topic")
    with op.batch_alter_table("evidence") as batch:
        batch.drop_constraint(op.f("fk_evidence_contribution_id"), type_="foreignkey")
        batch.drop_index(op.f("ix_evidence_contribution_id"))
        batch.drop_column("contribution_id")
    with op.batch_alter_table("delivery") as batch:
        batch.drop_constraint(op.f("fk_delivery_obligation_id"), type_="foreignkey")
        batch.drop_index(op.f("ix_delivery_obligation_id"))
        batch.drop_column("obligation_id")
        batch.drop_column("topic")
    for table in ("request", "office_day", "contribution", "absence", "outage"):
        op.drop_table(table)


def _new_tables() -> None:
    op.create_table(
        "outage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id")),
        sa.ForeignKeyConstraint(["stand_in_id"], ["person.id"], name=op.f("fk_absence_stand_in_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_person_id"), "absence", ["person_id"])
    op.create_index(op.f("ix_absence_stand_in_id"), "absence", ["stand_in_id"])
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_contribution_agency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contribution_person_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_contribution_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint("source", name=op.f("uq_contribution_source")),
    )
    op.create_index(op.f("ix_contribution_plan_id_task"), "contribution", ["plan_id", "task"])
    op.create_table(
        "office_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('off', 'work')", name=op.f("ck_office_day_kind_known")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_office_day_set_by")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_office_day")),
    )
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("wanted", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "kind IN ('extension', 'not_ours', 'withdrawal', 'correction')", name=op.f("ck_request_kind_known")
        ),
        sa.CheckConstraint("state IN ('waiting', 'granted', 'refused', 'void')", name=op.f("ck_request_state_known")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_request_decided_by")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_request_obligation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_request_person_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_request_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("source", name=op.f("uq_request_source")),
    )
    op.create_index(op.f("ix_request_obligation_id_state"), "request", ["obligation_id", "state"])


def _new_columns() -> None:
    op.add_column("address", sa.Column("handle", sa.String(), server_default="", nullable=False))
    op.add_column("person", sa.Column("language", sa.String(), nullable=True))
    with op.batch_alter_table("delivery") as batch:
        batch.add_column(sa.Column("topic", sa.String(), nullable=True))
        batch.add_column(sa.Column("obligation_id", sa.Integer(), nullable=True))
        batch.create_index(op.f("ix_delivery_obligation_id"), ["obligation_id"])
        batch.create_foreign_key(op.f("fk_delivery_obligation_id"), "obligation", ["obligation_id"], ["id"])
    with op.batch_alter_table("evidence") as batch:
        batch.add_column(sa.Column("contribution_id", sa.Integer(), nullable=True))
        batch.create_index(op.f("ix_evidence_contribution_id"), ["contribution_id"])
        batch.create_foreign_key(op.f("fk_evidence_contribution_id"), "contribution", ["contribution_id"], ["id"])
    op.add_column("invite", sa.Column("label", sa.String(), server_default="", nullable=False))
    with op.batch_alter_table("group_chat") as batch:
        batch.add_column(sa.Column("scope", sa.JSON(), server_default="[]", nullable=False))
        batch.add_column(sa.Column("topic", sa.String(), nullable=True))
    with op.batch_alter_table("obligation") as batch:
        batch.add_column(sa.Column("planned", sa.Date(), nullable=True))
        batch.add_column(sa.Column("returned", sa.String(), server_default="", nullable=False))
        batch.add_column(sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("extensions", sa.Integer(), server_default="0", nullable=False))
        batch.add_column(sa.Column("judged", sa.String(), server_default="", nullable=False))
        batch.add_column(sa.Column("retired_from", sa.String(), nullable=True))
        batch.add_column(sa.Column("origin", sa.String(), server_default="plan", nullable=False))
        batch.create_check_constraint(
            op.f("ck_obligation_judged_known"), "judged IN ('', 'flagged', 'in_time', 'late')"
        )
        batch.create_check_constraint(op.f("ck_obligation_origin_known"), "origin IN ('plan', 'chat')")
    with op.batch_alter_table("submission") as batch:
        batch.add_column(sa.Column("product_number", sa.String(), server_default="", nullable=False))
        batch.add_column(sa.Column("product_date", sa.Date(), nullable=True))
        batch.add_column(sa.Column("product_title", sa.Text(), server_default="", nullable=False))
        batch.add_column(sa.Column("on_behalf", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column("nothing_arose", sa.Boolean(), server_default=sa.false(), nullable=False))


def _one_of(table: str, column: str, values: tuple[str, ...]) -> None:
    name, listed = op.f(f"ck_{table}_{column}_known"), ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"{column} IN ({listed})")


def _keep_history() -> None:
    # SQLite makes a table with another check anew, and the triggers of the old one go with it.
    if op.get_bind().dialect.name == "sqlite":
        for statement in KEEP_HISTORY:
            op.execute(statement)


def _forget_what_is_new() -> None:
    """The former revision has no words for what came since: it becomes what is nearest, and its history goes."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER obligation_event_no_update")
        op.execute("DROP TRIGGER obligation_event_no_delete")
    else:
        op.execute("ALTER TABLE obligation_event DISABLE TRIGGER obligation_event_no_change")
    kind = sa.table("obligation_event", sa.column("kind"))
    op.execute(kind.delete().where(kind.c.kind.in_(NEW_EVENTS)))
    if op.get_bind().dialect.name != "sqlite":
        op.execute("ALTER TABLE obligation_event ENABLE TRIGGER obligation_event_no_change")
    op.execute("UPDATE obligation SET state = 'done' WHERE state IN ('unproven', 'at_head', 'in_review')")
    op.execute("UPDATE obligation SET state = 'closed' WHERE state IN ('suspended', 'transferred', 'ended', 'excused')")
    op.execute("UPDATE delivery SET kind = 'notice' WHERE kind IN ('snooze', 'urge', 'head', 'weekly')")
    op.execute("DELETE FROM membership WHERE role = 'leader'")
    op.execute("DELETE FROM invite WHERE role = 'leader'")
