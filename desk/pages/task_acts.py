"""Which forms stand under an obligation: those of what its viewer may do with it as it stands now."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from desk.acts import WITH_FILES
from plan.model import Kind
from plan.people import Role
from plan.status import ANSWERED, State
from progress.acts import may
from progress.acts.scene import Act, Scene
from progress.acts.values import (
    Acknowledge,
    AnswerBlock,
    Blocked,
    Comment,
    Correct,
    Done,
    Extend,
    NameAssignee,
    NotOurs,
    Progress,
    Remark,
    TellCause,
    Withdraw,
)
from progress.submit import Statement
from store import assignees
from store.tables import Obligation


@dataclass(frozen=True)
class Form:
    """One form: `act` of `desk.acts`, whether `words` are wanted ("required", "optional", ""), and whether a day is."""

    act: str
    words: str = "required"
    day: bool = False
    # What its button says, where one act is for two purposes.
    named: str = ""
    # Values and words of the field `person`, the first chosen now.
    people: tuple[tuple[str, str], ...] = ()

    @property
    def takes_files(self) -> bool:
        """Whether pictures and files may come with it."""
        return self.act in WITH_FILES

    @property
    def label(self) -> str:
        """The key of what its button says."""
        return f"desk_task.do_{self.named or self.act.replace('-', '_')}"


def offered(scene: Scene, row: Obligation, beside: Collection[str]) -> list[Form]:
    """The forms, in the order in which they are wanted, but those that stand on the page `beside` them."""
    possible = ((form, act) for form, act in _possible(scene, row) if form.act not in beside)
    return [form for form, act in possible if may.refusal(scene, act) is None]


def _possible(scene: Scene, row: Obligation) -> Iterator[tuple[Form, Act]]:
    """What would make sense in its state, each with the act that is asked about."""
    said, number = Statement(scene.actor.person_id, scene.now, "", ""), row.id or 0
    lateness = scene.office.lateness(row, scene.office.today(scene.now))
    own = row.agency_id in scene.actor.agencies
    if row.state == State.OPEN:
        yield Form("done", words="optional"), Done(said, number)
        yield Form("progress"), Progress(said, number)
        yield Form("blocked"), Blocked(said, number)
        if row.acknowledged_at is None and row.kind != Kind.ONGOING:
            yield Form("acknowledge", words=""), Acknowledge(said, number)
        if row.due is not None:
            yield Form("extend", day=True), Extend(said, number, None, "")
        yield Form("not-ours"), NotOurs(said, number)
    elif row.state in ANSWERED:
        yield Form("done", named="supplement"), Done(said, number)
        yield Form("correct"), Correct(said, number)
        yield Form("withdraw"), Withdraw(said, number)
    if lateness.is_late or lateness.is_flagged:
        yield Form("cause"), TellCause(said, number)
    if row.blocked and Role.ADMIN in scene.actor.roles:
        yield Form("answer-block"), AnswerBlock(said, number)
    if own:
        yield Form("comment"), Comment(said, number)
    yield Form("remark"), Remark(said, number)
    if people := _who_can_be_named(scene, row):
        yield Form("assignee", words="", people=people), NameAssignee(said, number, None)


def _who_can_be_named(scene: Scene, row: Obligation) -> tuple[tuple[str, str], ...]:
    """Whoever is named now, then the others, nobody among them; nothing where there is nobody to choose."""
    now = assignees.of(scene.session, assignees.key_of(row))
    found = [(str(each.id), each.name) for each in assignees.who_may(scene.session, row.agency_id)]
    pairs = [("", scene.office.text("desk_task.assignee_nobody")), *found]
    chosen = str(now.person_id) if now is not None else ""
    return tuple(sorted(pairs, key=lambda each: each[0] != chosen)) if found else ()
