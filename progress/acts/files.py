"""Files that were kept go to the answers that they prove; one that is wrong is taken out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from plan.people import Role
from progress import placing, submit
from progress.acts.outcomes import Notice, Outcome, ToAdmins, ToPerson
from progress.acts.scene import Scene
from progress.acts.values import PlaceFiles, TakeOut
from progress.came_with import came_with
from progress.items import code_of, item_of
from progress.review import lacks_proof
from store import loose, obligations, people, removed_files, submissions, unclear
from store.answer_tables import Evidence, Submission
from store.postings import Identity
from store.tables import Obligation
from store.types import EvidenceState
from words.file_names import called
from words.message import say


def place(scene: Scene, act: PlaceFiles) -> Outcome:
    """Gives files to the answer of each obligation that is meant: the first takes them, the others get them as well."""
    files = _with_albums(scene, loose.by_ids(scene.session, scene.actor.person_id, act.files))
    if not files:
        return Outcome((say(scene.office.text("place.nothing")),), is_over=True, aside=True)
    placed: list[Obligation] = []
    without: list[Obligation] = []
    for number in act.obligations:
        row = obligations.get(scene.session, number)
        if row is None:
            continue
        own = files if not placed else [_again(scene, each, number) for each in files]
        (placed if _give(scene, act, row, own) else without).append(row)
    text = scene.office.text
    words = [
        text(
            "place.done",
            files=placing.in_words(scene.office, files),
            tasks=[code_of(scene.office, row) for row in placed],
        )
        if placed
        else "",
        text("place.no_answer", tasks=[code_of(scene.office, row) for row in without]) if without else "",
    ]
    about = placed[0].id if len(placed) == 1 else None
    return Outcome((say(*words),), about=about, is_over=bool(placed))


def _with_albums(scene: Scene, files: Sequence[Evidence]) -> list[Evidence]:
    """With what came of their albums since they were asked about."""
    albums = dict.fromkeys(each.album for each in files if each.album is not None)
    found = [each for album in albums for each in submissions.loose_of_album(scene.session, album)]
    return [*files, *(each for each in found if each not in files)]


def _again(scene: Scene, file: Evidence, number: int) -> Evidence:
    """The same file once more, for another obligation."""
    copy = Evidence(**file.model_dump(exclude={"id", "submission_id", "contribution_id", "obligation_id"}))
    copy.source = f"{file.source}+{number}"
    return submissions.keep_file(scene.session, copy)


def _give(scene: Scene, act: PlaceFiles, row: Obligation, files: Sequence[Evidence]) -> bool:
    ids = tuple(each.id for each in files if each.id is not None)
    standing = submissions.standing_of(scene.session, row.id or 0)
    if standing is not None:
        said = replace(act.said, note="", files=ids)
        submit.supplement(scene.session, scene.office, said, standing, row, scene.now)
        return True
    waiting = unclear.waiting(scene.session, [row.id or 0])
    if waiting:
        loose.place(scene.session, files, row.id)
        waiting[-1].files = [*waiting[-1].files, *ids]
        scene.session.add(waiting[-1])
    return bool(waiting)


def take_out(scene: Scene, act: TakeOut) -> Outcome:
    """Takes a file out of where it is, for the reason in the words; without one it is asked for."""
    office, said = scene.office, act.said
    file = submissions.file(scene.session, act.file)
    if file is None or file.state == EvidenceState.REMOVED:
        return Outcome((say(office.text("takeout.gone")),), is_over=True, aside=True)
    answer = submissions.get(scene.session, file.submission_id) if file.submission_id else None
    about = answer.obligation_id if answer else file.obligation_id
    row = obligations.get(scene.session, about) if about else None
    name, code = called(office, file.name, file.kind), code_of(office, row) if row else ""
    of = came_with(scene.session, office, file).of if row is not None and answer is None else ""
    if not said.note:
        text = office.text("takeout.ask", name=name, at=file.sent_at, code=code, of=of)
        return Outcome((say(text),), about=row.id if row else None, waits=act)
    digest = file.sha256 or ""
    removed_files.remove(scene.session, file, said.person_id, said.note, scene.now, via=said.via)
    other = removed_files.same_elsewhere(scene.session, digest)
    words = [
        office.text("takeout.done", name=name, code=code, of=of, why=said.note),
        office.text("takeout.same", number=other.id, at=other.sent_at) if other is not None else "",
        _proof_wanted(scene, row, answer),
    ]
    return Outcome(
        (say(*words),),
        _told(scene, file, row, {"name": name, "of": of, "why": said.note}),
        about=row.id if row else None,
        is_over=True,
    )


def _proof_wanted(scene: Scene, row: Obligation | None, answer: Submission | None) -> str:
    """An answer that needs a file and has none left asks for another."""
    item = item_of(scene.office, row) if row is not None else None
    if item is None or row is None or answer is None or answer.withdrawn_at is not None:
        return ""
    wanted = lacks_proof(scene.session, item, answer)
    return scene.office.text("takeout.wants_another", code=code_of(scene.office, row)) if wanted else ""


def _told(scene: Scene, file: Evidence, row: Obligation | None, named: Mapping[str, str]) -> tuple[Notice, ...]:
    """Who reads the answer hears that a file of it is gone, and its sender where an admin took it out."""
    text, by = scene.office.text, scene.actor.person_id
    identity = Identity("file-removed", file.id)
    words = text(
        "takeout.told",
        **named,
        code=code_of(scene.office, row) if row else "",
        agency=scene.office.agency_name(row.agency_id) if row else "",
        person=people.named(scene.session, scene.office.agency_short, by),
    )
    about = row.id if row else None
    notices: list[Notice] = []
    if file.person_id != by:
        notices.append(ToPerson(file.person_id, words, "a file of theirs was taken out", identity, about))
    if row is not None and Role.ADMIN not in scene.actor.roles:
        notices.append(ToAdmins(words, "a file was taken out", identity, about))
    return tuple(notices)
