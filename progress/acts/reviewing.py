"""Once a year an admin looks at who has which right: that it was done, and when it is due again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from progress.acts.outcomes import Outcome
from progress.acts.rights import ReviewRights
from progress.acts.scene import Scene
from store import audit, people
from store.audit_actions import Action
from words.message import say

# Rights to a system with personal data are reviewed each year.
EVERY = timedelta(days=365)
WHO = "people"


@dataclass(frozen=True)
class Reviewed:
    """When rights were last reviewed and by whom (`at` in UTC), None where never; `due` is when they are again."""

    at: datetime | None
    by: int | None
    due: datetime | None

    def is_due(self, now: datetime) -> bool:
        """Whether a year has passed."""
        return self.due is not None and self.due <= now


def last(session: Session) -> Reviewed:
    """The last review; before the first one a year counts from when the first person got a role."""
    found = audit.about(session, WHO)
    newest = next((each for each in reversed(found) if each.action == Action.RIGHTS_REVIEWED), None)
    since = newest.at if newest is not None else people.first_since(session)
    return Reviewed(
        newest.at if newest else None, newest.actor if newest else None, since + EVERY if since is not None else None
    )


def review(scene: Scene, act: ReviewRights) -> Outcome:
    """It stands in the audit, with how many people had a role."""
    count, office = len(people.linked(scene.session)), scene.office
    audit.record(
        scene.session,
        Action.RIGHTS_REVIEWED,
        WHO,
        scene.now,
        via=act.said.via,
        actor=scene.actor.person_id,
        count=count,
    )
    return Outcome((say(office.text("desk_people.reviewed", count=count, day=office.today(scene.now + EVERY))),))
