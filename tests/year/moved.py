"""The played year's record carried to a server and back: every file of every report stays the same to the byte."""

from collections.abc import Mapping, Sequence

from reports.attachments import report_files
from reports.figures import issued
from store import audit
from tests import postgresql
from tests.cli.test_moving import goes_to
from tests.year.play import Year
from tests.year.reports import FROZEN, KEYS, made


def files(year: Year, keys: Sequence[str] = KEYS, frozen: str = FROZEN) -> Mapping[str, bytes]:
    """The reports of the periods as they are made after the year is over, and the one that was issued in it."""
    service = year.world.service
    with service.store.look() as session:
        held = issued.latest(session, frozen)
    assert held is not None
    records = [(None, made(year, key)) for key in keys] + [held]
    return {
        report_files.name(record, issue, each): report_files.content(
            service.current(), record, issue, each, service.settings.templates_dir
        )
        for issue, record in records
        for each in report_files.files(record)
    }


def there_and_back(year: Year, keys: Sequence[str] = KEYS) -> tuple[int, list[str]]:
    """How many files were compared, and what is another there or after the way back."""
    world, before, server = year.world, files(year, keys), postgresql.empty()
    wrong: list[str] = []
    back = f"sqlite:///{world.database.with_name('back.db')}"
    for name, url in (("PostgreSQL", server), ("the file after it", back)):
        goes_to(world, url)
        now = files(year, keys)
        wrong += [f"{each} is another in {name}" for each in before.keys() | now if before.get(each) != now.get(each)]
        with world.service.store.look() as session:
            if why := audit.verify(session).why:
                wrong.append(f"the audit in {name}: {why}")
    postgresql.drop(server)
    return len(before), wrong
