"""What people sign in with at the office's screen, who is signed in, and what a form did."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
# The index of the live passphrase, as both databases know it.
LIVE = "ended_at IS NULL AND confirmed_at IS NOT NULL"


def upgrade() -> None:
    _of_people("desk_key", _text("secret"), _at("made_at"), _maybe("confirmed_at"), _number("confirmed_by", maybe=True),
               _maybe("ended_at"), confirmed=True)  # fmt: skip
    where = sa.text(LIVE)
    op.create_index("one_live_key", "desk_key", ["person_id"], unique=True, sqlite_where=where, postgresql_where=where)
    _of_people("desk_authenticator", _text("secret"), _at("made_at"), _maybe("proven_at"), _number("last_step"))
    _of_people("desk_code", _text("purpose"), _text("salt"), _text("code_hash"), _at("made_at"), _maybe("expires_at"),
               _number("tries"), _maybe("used_at"),
               _known("desk_code", "purpose", "'chat', 'machine', 'reserve'"))  # fmt: skip
    _of_people("desk_session", _text("stage"), _text("token_hash"), _text("device_hash"), _text("browser"),
               _text("address"), _at("made_at"), _at("seen_at"), _maybe("second_at"), _maybe("ended_at"),
               _text("ended_why"), _known("desk_session", "stage", "'second', 'in'"),
               sa.UniqueConstraint("token_hash", name=op.f("uq_desk_session_token_hash")))  # fmt: skip
    _of_people("desk_failure", _text("address"), _number("count"), _at("last_at"), _maybe("until"),
               sa.UniqueConstraint("person_id", "address", name=op.f("uq_desk_failure_person_id_address")))  # fmt: skip
    _of_people("desk_press", _text("nonce"), _at("at"), sa.Column("replies", sa.JSON(), nullable=False),
               sa.UniqueConstraint("nonce", name=op.f("uq_desk_press_nonce")))  # fmt: skip
    for table in ("desk_authenticator", "desk_code", "desk_session", "desk_press"):
        op.create_index(op.f(f"ix_{table}_person_id"), table, ["person_id"])


def downgrade() -> None:
    for table in ("desk_press", "desk_failure", "desk_session", "desk_code", "desk_authenticator", "desk_key"):
        op.drop_table(table)


def _of_people(table: str, *parts: sa.schema.SchemaItem, confirmed: bool = False) -> None:
    """A table whose rows are somebody's."""
    by = [sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f(f"fk_{table}_confirmed_by"))]
    op.create_table(
        table,
        _number("id"),
        _number("person_id"),
        *parts,
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{table}_person_id")),
        *(by if confirmed else []),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _number(name: str, *, maybe: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=maybe)


def _at(name: str) -> sa.Column[datetime]:
    return sa.Column(name, MOMENT, nullable=False)


def _maybe(name: str) -> sa.Column[datetime]:
    return sa.Column(name, MOMENT, nullable=True)


def _known(table: str, column: str, values: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({values})", name=op.f(f"ck_{table}_{column}_known"))
