"""An admin's word about who may do what: who stands in, who is an admin, who comes to the screen, who leaves."""

from dataclasses import dataclass

from progress.acts.scene import Act


@dataclass(frozen=True)
class AllowStandIn(Act):
    """Whether somebody of another agency stands in as an officer asked."""

    absence: int
    granted: bool


@dataclass(frozen=True)
class Appoint(Act):
    """Whether somebody who was named as an admin is one from now on."""

    person: int
    granted: bool


@dataclass(frozen=True)
class AllowKey(Act):
    """Whether a passphrase that somebody set for the screen opens it from now on."""

    key: int
    granted: bool


@dataclass(frozen=True)
class EndRights(Act):
    """Every role of a person ends at once."""

    person: int


@dataclass(frozen=True)
class HandOver(Act):
    """Every role of a person is another's from now on."""

    before: int
    after: int


@dataclass(frozen=True)
class MovePerson(Act):
    """The roles that a person has in one agency, by its id, are roles in another from now on."""

    person: int
    old: str
    new: str


@dataclass(frozen=True)
class ReviewRights(Act):
    """Everybody's rights were looked at, and those that are still there are meant to be."""


@dataclass(frozen=True)
class RevokeInvite(Act):
    """An invite is worthless from now on."""

    invite: int


@dataclass(frozen=True)
class GiveWay(Act):
    """Somebody who is linked gets a further way, or another account on one: a code to be typed on a `channel`, or where
    an `address` of mail is named (in its canonical form) a code that goes there."""

    person: int
    channel: str
    address: str = ""


@dataclass(frozen=True)
class EndSession(Act):
    """Somebody is signed out of the screen on one computer."""

    session: int


@dataclass(frozen=True)
class ShareOnDuty(Act):
    """A person's account on a channel is the telephone that their agency shares, from now on."""

    person: int
    channel: str


OfPeople = (
    AllowStandIn
    | Appoint
    | AllowKey
    | EndRights
    | HandOver
    | MovePerson
    | ReviewRights
    | RevokeInvite
    | GiveWay
    | EndSession
    | ShareOnDuty
)
