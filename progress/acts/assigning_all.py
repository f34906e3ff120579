"""All that a meeting's conclusion gives becomes assigned work at once; each agency hears of its own."""

from dataclasses import replace

from progress.acts.assigning import assign
from progress.acts.decisions import Assign, AssignAll
from progress.acts.outcomes import Notice, Outcome
from progress.acts.scene import Scene
from words.message import say


def assign_all(scene: Scene, act: AssignAll) -> Outcome:
    """Every work with a code of its own and its own basis, in one transaction."""
    notices: list[Notice] = []
    lines: list[str] = []
    for each in act.work:
        outcome = assign(scene, Assign(replace(act.said, note=each.basis), each.agencies, each.due, each.title))
        notices += outcome.notices
        lines += [part for reply in outcome.replies for part in reply.parts]
    return Outcome((say(scene.office.text("conclusion.done", count=len(act.work)), *lines),), tuple(notices))
