"""Which picture a name means: messages carry the name, and the picture is drawn from the record when they leave."""

from collections.abc import Callable, Mapping
from datetime import datetime

from reports.chart import summary_png
from reports.summary import build
from store.engine import Store
from words.office import Office


def paint(store: Store, office: Office, name: str) -> bytes:
    """The picture of a name as PNG, 1080 px wide; raises ValueError for a name that is none.

    `matrix@<ISO instant>`, perhaps with a section and agencies as in `matrix@…|2|sondung,sonlong`.
    """
    head, _, rest = name.partition("@")
    if head not in PAINTERS or not rest:
        known = ", ".join(f"{each}@<ISO instant>" for each in PAINTERS)
        raise ValueError(f"no picture is called {name!r}; known are {known}")
    written, *parts = rest.split("|")
    as_of = datetime.fromisoformat(written)
    if as_of.tzinfo is None:
        raise ValueError(f"the instant of {name!r} has no zone; write it as 2020-04-01T01:00:00+00:00")
    return PAINTERS[head](store, office, as_of, parts)


def _matrix(store: Store, office: Office, as_of: datetime, parts: list[str]) -> bytes:
    section, agencies, *_ = [*parts, "", ""]
    with store.look() as session:
        summary = build(session, office, as_of, section=section or None, agencies=_ids(agencies))
    return summary_png(office, summary)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(",")))


PAINTERS: Mapping[str, Callable[[Store, Office, datetime, list[str]], bytes]] = {"matrix": _matrix}
