"""A coordinating agency reports its part of a task: it owes nothing, and what it did is kept all the same."""

from progress import placing
from progress.about_files import about
from progress.acts.answers import gathered
from progress.acts.outcomes import Outcome
from progress.acts.scene import Scene
from progress.acts.values import Contribute
from progress.submit import loose_files
from store import contributions
from store.answer_tables import Contribution
from words.message import say


def contribute(scene: Scene, act: Contribute) -> Outcome:
    """Keeps the part with its files, once for what was said."""
    session, office, said = scene.session, scene.office, act.said
    if contributions.by_source(session, said.source) is not None:
        return Outcome((say(office.text("ask.answered")),))
    files = loose_files(session, gathered(scene, said))
    row = Contribution(
        plan_id=act.plan,
        task=act.task,
        agency_id=act.agency,
        person_id=said.person_id,
        at=said.at,
        source=said.source,
        note=said.note,
    )
    contributions.add(session, row, files)
    text = office.text(
        "coordinating.recorded",
        code=act.task,
        agency=office.agency_name(act.agency),
        at=said.at,
        lead=office.plans[act.plan].task(act.task).lead_printed,
        files=placing.since_in_words(office, files, scene.now),
    )
    cut = placing.is_cut_album(files, said.album, in_group=scene.actor.here.in_group)
    return Outcome((say(text, about(session, office, files, cut=cut)),), is_over=True)
