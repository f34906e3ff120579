"""The officers whose agencies a decision concerns hear of it, each once; an agency that nobody reaches is named."""

from collections.abc import Callable, Collection, Iterable, Sequence

from progress import recipients
from progress.acts.outcomes import ToPerson
from progress.acts.scene import Scene
from store import obligations
from store.postings import Identity
from store.tables import Obligation
from words.office import Office


def hearers(scene: Scene) -> list[tuple[int, str]]:
    """Who hears of which agency's work where an act takes place."""
    return recipients.who_hear(scene.session, scene.office.today(scene.now))


def officers(
    hearing: Iterable[tuple[int, str]],
    office: Office,
    agencies: Collection[str],
    text: Callable[[Sequence[str]], str],
    why: str,
    identity: Identity,
) -> tuple[tuple[ToPerson, ...], list[str]]:
    """A notice for each officer who can be reached and for whoever stands in for one who is away, and the agencies
    nobody of whom can be.

    `hearing` are `recipients.who_hear`; `text` is asked for with the person's own agencies among those concerned.
    """
    found: dict[int, list[str]] = {}
    for person, agency in hearing:
        own = found.get(person, [])
        if agency in agencies and agency not in own:
            found[person] = [*own, agency]
    told = {agency for own in found.values() for agency in own}
    notices = tuple(ToPerson(each, text(own), why, identity, None, unasked=True) for each, own in found.items())
    return notices, [agency for agency in office.in_order(agencies) if agency not in told]


def untold_words(office: Office, untold: Sequence[str]) -> str:
    """Which agencies nobody could tell; nothing where there are none."""
    return office.text("ending.untold", agencies=short_names(office, untold)) if untold else ""


def short_names(office: Office, agencies: Iterable[str]) -> list[str]:
    """Short names in the order of the plan."""
    return [office.agency_short(agency) for agency in office.in_order(agencies)]


def names_of(office: Office, rows: Iterable[Obligation]) -> list[str]:
    """The short names of the agencies of obligations, each once, in the order of the plan."""
    return short_names(office, {row.agency_id for row in rows})


def still(scene: Scene, ids: Sequence[int], keep: Callable[[Obligation], bool]) -> list[Obligation]:
    """The obligations that were shown, those of them that still stand as they did."""
    found = [obligations.get(scene.session, each) for each in ids]
    return [row for row in found if row is not None and keep(row)]
