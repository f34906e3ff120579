"""The list as plain text to paste into a group: a few words a line, by agency, in pieces that a chat takes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from desk.lists.columns import Cells
from desk.lists.line import Line
from words.message import plain
from words.office import Office
from words.render import clip, day

# A Zalo message holds 2,000 characters; what is pasted may get a name before it.
FITS = 1900
TITLE = 60
# So many messages are a flood: beyond them the text says how many lines are left out.
MOST = 5


def pieces(office: Office, heading: str, lines: Sequence[Line]) -> list[str]:
    """The texts, each with the heading; the last says how many lines are left out."""
    heading = plain(heading)
    found: list[list[str]] = [[heading]]
    told = 0
    for agency, of_agency in groupby(_by_agency(lines), key=lambda line: line.agency):
        name = office.agency_short(agency)
        for place, text in enumerate(_lines(office, of_agency)):
            new = [text] if place else [f"\n{name}:", text]
            if len("\n".join((*found[-1], *new))) > FITS:
                if len(found) == MOST:
                    found[-1].append(plain(office.text("desk_list.text_more", count=len(lines) - told)))
                    return ["\n".join(each) for each in found]
                found.append([heading])
                new = [f"\n{name}:", text]
            found[-1] += new
            told += 1
    return ["\n".join(each) for each in found]


def _by_agency(lines: Sequence[Line]) -> list[Line]:
    """The agencies in the order in which the list has them first, each with its own lines together."""
    places = {line.agency: place for place, line in reversed(list(enumerate(lines)))}
    return sorted(lines, key=lambda line: places[line.agency])


def _lines(office: Office, lines: Iterable[Line]) -> Iterator[str]:
    cells = Cells(office)
    for line in lines:
        due = day(line.due) if line.due else ""
        said = {"code": line.code, "title": clip(line.title, TITLE), "due": due, "left": cells.left(line)}
        yield plain(office.text("desk_list.text_line", **said, state=cells.state(line)))
