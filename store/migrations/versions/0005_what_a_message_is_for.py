"""What a message is for, its day, its page and who caused it in columns; the channel where an invite was shown."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DUE = "state IN ('due', 'in_doubt', 'sending')"
UNREPORTED = "state = 'failed' AND NOT reported"
NEW = ("occasion", "day", "page", "first_id", "caused_by", "in_group")
# Named the person before the day, or around it.
PERSON_FIRST = ("digest", "coordinate", "review-waits", "snooze", "moved")


def upgrade() -> None:
    _rename("subject", "identity")
    with op.batch_alter_table("delivery") as batch:
        batch.add_column(sa.Column("occasion", sa.String(), server_default="", nullable=False))
        batch.add_column(sa.Column("day", sa.Date(), nullable=True))
        batch.add_column(sa.Column("page", sa.Integer(), server_default="1", nullable=False))
        batch.add_column(sa.Column("first_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("caused_by", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("in_group", sa.Boolean(), server_default=sa.text("false"), nullable=False))
        batch.create_foreign_key(op.f("fk_delivery_caused_by"), "person", ["caused_by"], ["id"])
        batch.create_index(op.f("ix_delivery_caused_by"), ["caused_by"])
    op.add_column("invite", sa.Column("shown_on", sa.String(), nullable=True))
    # The one platform of then.
    op.execute("UPDATE invite SET shown_on = 'telegram' WHERE shown_to IS NOT NULL")
    _take_identities_apart()


def downgrade() -> None:
    op.drop_column("invite", "shown_on")
    with op.batch_alter_table("delivery") as batch:
        batch.drop_constraint(op.f("fk_delivery_caused_by"), type_="foreignkey")
        batch.drop_index(op.f("ix_delivery_caused_by"))
        for name in NEW:
            batch.drop_column(name)
    _rename("identity", "subject")


def _rename(old: str, new: str) -> None:
    # The rebuilt table must not lose the conditions of its two partial indexes.
    op.drop_index("delivery_unreported", "delivery")
    op.drop_index("delivery_due", "delivery")
    with op.batch_alter_table("delivery") as batch:
        batch.drop_constraint(op.f(f"uq_delivery_{old}"), type_="unique")
        batch.alter_column(old, new_column_name=new, existing_type=sa.String(), existing_nullable=True)
    with op.batch_alter_table("delivery") as batch:
        batch.create_unique_constraint(op.f(f"uq_delivery_{new}"), [new])
    for name, columns, where in (
        ("delivery_due", ["priority", "id"], sa.text(DUE)),
        ("delivery_unreported", ["id"], sa.text(UNREPORTED)),
    ):
        op.create_index(name, "delivery", columns, sqlite_where=where, postgresql_where=where)


def _take_identities_apart() -> None:
    """Reads, this once, what the former revision kept in one string."""
    connection = op.get_bind()
    delivery = sa.table("delivery", *(sa.column(name) for name in ("id", "identity", "channel", "chat", *NEW)))
    address = sa.table("address", *(sa.column(name) for name in ("channel", "chat", "person_id")))
    chats = {(row.channel, row.chat): row.person_id for row in connection.execute(sa.select(address))}
    rows = connection.execute(sa.select(delivery.c.id, delivery.c.identity, delivery.c.channel, delivery.c.chat)).all()
    # The first pages are named before those that follow them.
    ids = {row.identity: row.id for row in rows if row.identity}
    for row in rows:
        # The one platform of then gives its groups negative numbers.
        found: dict[str, Any] = {"in_group": row.chat.startswith("-")}
        if row.identity:
            found |= _parts(row.identity, ids, chats)
        connection.execute(sa.update(delivery).where(delivery.c.id == row.id).values(**found))


def _parts(subject: str, ids: Mapping[str, int], chats: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    base, _, page = subject.partition("#")
    parts = base.split(":")
    days = [day for day in map(_day, parts) if day is not None]
    occasion, day = parts[0], days[0] if days else None
    number, first = int(page) if page.isdigit() else 1, ids.get(base)
    caused = next((chats[pair] for pair in _pairs(parts) if pair in chats), None)
    if number > 1 and first is not None:
        person = parts[1] if occasion in PERSON_FIRST else parts[-1]
        identity: str | None = (
            ":".join([occasion, *([day.isoformat()] if day else []), f"after {first}", person]) + f"#{number}"
        )
    else:
        identity = _in_order(parts, day)
    return {
        "identity": identity,
        "occasion": occasion,
        "day": day.isoformat() if day and op.get_bind().dialect.name == "sqlite" else day,
        "page": number,
        "first_id": first if number > 1 else None,
        "caused_by": caused,
    }


def _in_order(parts: list[str], day: date | None) -> str | None:
    """The identity as it is made now: what it is for, its day, of what, whose."""
    occasion, *rest = parts
    match occasion:
        case "unsaid":
            return None
        case "moved":
            return ":".join(parts[:3])
        case "digest" | "coordinate" | "review-waits" if day is not None:
            return ":".join([occasion, day.isoformat(), rest[0]])
        case "snooze" if day is not None:
            return ":".join([occasion, day.isoformat(), rest[1], rest[0]])
        case _:
            return ":".join(parts)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2020-01-14") else None
    except ValueError:
        return None


def _pairs(parts: list[str]) -> Iterator[tuple[str, str]]:
    """A channel and a chat, side by side, wherever they stand."""
    return pairwise(parts)
