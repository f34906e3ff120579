"""Every table of the record: they register themselves when their modules are loaded, here all of them at once."""

from sqlalchemy import Table

from store import (
    answer_tables,
    desk_tables,
    import_tables,
    letter_tables,
    link_tables,
    people_tables,
    plan_tables,
    report_tables,
    tables,
)
from store.types import metadata

LOADED = (
    *(answer_tables, desk_tables, import_tables, letter_tables, link_tables, people_tables, plan_tables),
    *(report_tables, tables),
)


def in_order() -> list[Table]:
    """The tables, each after those that its rows name."""
    return list(metadata.sorted_tables)
