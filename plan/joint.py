"""Agencies that owe one result together: the identity under which they owe it, and who stands behind one.

Each of them may hand the result in, all are reminded of it, and it counts once. The identity is made of theirs, so that
what is kept under it needs no table of its own: «congan+kinhte».
"""

from collections.abc import Collection, Iterable

JOINT = "+"


def joint_id(agencies: Iterable[str]) -> str:
    """Under which identity agencies owe together, whatever their order; a single one under its own."""
    return JOINT.join(sorted(set(agencies)))


def members(agency_id: str) -> tuple[str, ...]:
    """Who stands behind an identity: several for a joint one, otherwise the agency itself."""
    return tuple(agency_id.split(JOINT))


def is_joint(agency_id: str) -> bool:
    """Whether several agencies owe together under this identity."""
    return JOINT in agency_id


def concerns(agency_id: str, agencies: Collection[str]) -> bool:
    """Whether one of some agencies (ids, joint ones too) owes what is owed under this identity."""
    return agency_id in agencies or any(each in agencies for each in members(agency_id))


def held_with(agencies: Collection[str], joint: Iterable[str]) -> list[str]:
    """Of joint identities those behind which one of some agencies stands."""
    return [each for each in joint if any(member in agencies for member in members(each))]
