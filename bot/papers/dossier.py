"""/hoso: the evidence file of a period, a task or an agency, where the platform takes a file of its size."""

from bot.turn import Turn
from bot.which import figures_of
from progress.items import period
from reports.archive.dossier_contents import read
from reports.archive.dossier_values import Contents, Selection
from reports.attachments.attach import dossier_name, dossier_reference
from words.message import say
from words.render import size

# What the contents and the names in the zip take beside the files themselves, in bytes.
BESIDE, BESIDE_FILE = 512 * 1024, 2048


def dossier(turn: Turn, rest: str) -> None:
    """/hoso quý 1, /hoso 2b, /hoso sondung."""
    selection = _selection(turn, rest)
    if selection is None:
        turn.answer(turn.text("archive.unknown", wanted=rest))
        return
    contents = read(turn.session, turn.office, selection, turn.now)
    total = sum(file.size for file in contents.files)
    said = {
        "about": _about(turn, selection),
        "answers": len(contents.answers),
        "files": len(contents.files),
        "size": size(total),
        "absent": len(contents.absent),
    }
    if not contents.answers and not contents.contributions:
        turn.answer(turn.text("archive.nothing", about=said["about"]))
    elif total + BESIDE + BESIDE_FILE * _lines(contents) > turn.limits.send:
        command = f"nhacviec dossier {_options(selection)} --out {dossier_name(selection)}"
        turn.answer(turn.text("archive.too_big", **said, most=size(turn.limits.send), command=command))
    else:
        turn.post(say(turn.text("archive.caption", **said), attachment=dossier_reference(selection, turn.now)))


def _selection(turn: Turn, rest: str) -> Selection | None:
    wanted = figures_of.read(turn, rest)
    if wanted is None:
        return None
    if wanted.window is not None:
        return Selection(period=wanted.window.key)
    if wanted.task is not None:
        return Selection(task=wanted.task)
    return Selection(agency=wanted.body) if wanted.body and turn.office.agency(wanted.body) else None


def _about(turn: Turn, selection: Selection) -> str:
    if selection.period:
        return period(turn.office, selection.period)
    return turn.office.agency_name(selection.agency) if selection.agency else str(selection.task)


def _lines(contents: Contents) -> int:
    return sum(1 + len(each.files) for each in (*contents.answers, *contents.contributions, *contents.withdrawn))


def _options(selection: Selection) -> str:
    chosen = {"period": selection.period, "task": selection.task, "agency": selection.agency}
    return " ".join(f"--{name} {value}" for name, value in chosen.items() if value)
