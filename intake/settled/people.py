"""The agencies and groups of a plan: known ones keep their ids, new ones get one that can be typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from intake import bodies
from intake.draft import Draft
from intake.letters import plain
from intake.settled import slugs
from intake.settled.values import Directory
from plan.model import Agency, Group


@dataclass(frozen=True)
class Basis:
    """Why a body is on the list, in the office's words: it is named by the document, or was told by the office."""

    named: str
    told: str


class Register:
    """Gives each name its id; what nobody needs stays out of it."""

    def __init__(self, draft: Draft, groups: Mapping[str, tuple[str, ...]], directory: Directory, basis: Basis) -> None:
        self._directory, self._basis, self._groups = directory, basis, groups
        self._full = {plain(form): each.name for each in draft.bodies for form in (each.name, *each.printed)}
        self._forms = {plain(each.name): each.printed for each in draft.bodies}
        self._agencies: dict[str, Agency] = {}
        self._bodies: dict[str, Group] = {}
        self._known = {
            plain(name): each for each in directory.agencies for name in (each.id, each.name, each.short, *each.aliases)
        }
        self._taken = {each.id for each in directory.agencies} | {each.id for each in directory.groups}

    def ids(self, names: Iterable[str]) -> tuple[str, ...]:
        """The ids of agencies and groups, each once; a group of which nobody said who belongs to it has none."""
        found = (self._group(name) if bodies.is_group(name) else self.agency(name) for name in names)
        return tuple(dict.fromkeys(each for each in found if each))

    def agency(self, name: str) -> str:
        """The id of one agency by any of its names; a name that nobody bears yet becomes an agency."""
        full = self._full.get(plain(name), name)
        known = self._known.get(plain(name)) or self._known.get(plain(full))
        if known is None:
            known = self._new(full)
        self._agencies.setdefault(known.id, known)
        return known.id

    def agencies(self) -> tuple[Agency, ...]:
        """The agencies that were asked for, those that are known first and in the order of the office's plans."""
        order = {each.id: at for at, each in enumerate(self._directory.agencies)}
        return tuple(sorted(self._agencies.values(), key=lambda each: order.get(each.id, len(order))))

    def groups(self) -> tuple[Group, ...]:
        """The groups that were asked for, each once by whichever of its names."""
        return tuple({each.id: each for each in self._bodies.values()}.values())

    def _group(self, name: str) -> str:
        key = bodies.group_key(name)
        if key in self._bodies:
            return self._bodies[key].id
        known = next((e for e in self._directory.groups if key in map(bodies.group_key, (e.name, *e.aliases))), None)
        if known is not None:
            for each in self._directory.agencies:
                if each.id in known.members:
                    self._agencies.setdefault(each.id, each)
            self._bodies[key] = known
            return known.id
        members = self._groups.get(key, ())
        if not members:
            return ""
        if len(members) == 1:
            # One that answers for all of it: «các thôn» as a single body.
            return self.agency(members[0])
        ids = tuple(dict.fromkeys(self.agency(each) for each in members))
        aliases = tuple(form for form in self._full.values() if bodies.group_key(form) == key and form != name)
        group_id = slugs.of_agency(name, self._taken)
        self._taken.add(group_id)
        self._bodies[key] = Group(
            id=group_id, name=name, aliases=tuple(dict.fromkeys(aliases)), members=ids, basis=self._basis.told
        )
        return group_id

    def _new(self, full: str) -> Agency:
        names = {name.casefold() for each in self._agencies.values() for name in (each.name, each.short, *each.aliases)}
        names |= {each.name.casefold() for each in self._directory.agencies}
        printed = [form for form in self._forms.get(plain(full), ()) if form.casefold() != full.casefold()]
        abbreviation = min(
            (form for form in printed if form.isupper() or len(form) < len(full) / 2), key=len, default=""
        )
        short = abbreviation or slugs.shorter(full, names)
        aliases = tuple(dict.fromkeys(form for form in printed if form != short and form.casefold() not in names))
        agency = Agency(
            id=slugs.of_agency(full, self._taken),
            name=full,
            short=short,
            aliases=aliases,
            kind="position" if bodies.is_position(full) else "body",
            basis=self._basis.named if plain(full) in self._forms else self._basis.told,
        )
        self._taken.add(agency.id)
        self._known |= {plain(name): agency for name in (full, *printed)}
        return agency
