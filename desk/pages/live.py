"""What an open page of the list, or of one work, asks for by itself: which of its rows changed since it was made."""

import re

from starlette.responses import JSONResponse, Response

from desk.desk import Asked
from desk.list_links import LIST
from desk.pages import tasks
from store import listing

PATH, ROWS = f"{LIST}/moi", "v"
ROW = re.compile(r"([1-9][0-9]{0,11})-([0-9]{1,12}\.[0-9]{1,12})")
# A page has no more rows.
MOST = 100
NAMED = 5


def news(asked: Asked) -> Response:
    """The rows (`v=12-345.0_13-346.0`: number and mark) that changed, of those that the viewer may see, and a sentence
    that names them; both empty where none did. One that left the plan, or is theirs no more, has changed."""
    held = dict(ROW.findall(asked.query.get(ROWS, ""))[:MOST])
    lines = {line.id: line for line in tasks.visible(asked).lines if str(line.id) in held}
    now = listing.marks(asked.session, ((line.id, line.assignee) for line in lines.values()))
    changed = [number for number, mark in held.items() if now.get(int(number)) != mark]
    codes = list(dict.fromkeys(lines[int(each)].code for each in changed if int(each) in lines))
    words = asked.t("desk_list.changed", tasks=codes[:NAMED], more=len(codes) > NAMED) if changed else ""
    return JSONResponse({"changed": changed, "words": words})
