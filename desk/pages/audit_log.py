"""The audit: who decided what, when and by which way, the newest first; that it was read stands in it too."""

from urllib.parse import urlencode

from starlette.responses import Response

from desk import forms, list_links
from desk.desk import Asked
from desk.page import render
from desk.pages.people import PATH
from reports.story.audit_in_words import told
from store import audit, people
from store.audit_actions import Action, Matter

LOG = f"{PATH}/nhat-ky"
PERSON, MATTER, PAGE = "nguoi", "loai", "trang"
ROWS = 50


def show(asked: Asked) -> Response:
    """A page of fifty, of one person (`nguoi`: what they did, and what was done about them) and one matter (`loai`).

    What means nothing in the address is as if it were not there.
    """
    person = forms.number_or_none(asked.query.get(PERSON, ""))
    matter = next((each for each in Matter if each == asked.query.get(MATTER)), None)
    number = max(1, forms.number_or_none(asked.query.get(PAGE, "")) or 1)
    actions = [each for each in Action if matter is not None and each.matter is matter]
    _, count = audit.page(asked.session, actions, person, 0, 1)
    pages = max(1, -(-count // ROWS))
    page = min(number, pages)
    entries, _ = audit.page(asked.session, actions, person, (page - 1) * ROWS, ROWS)
    total, head = audit.head(asked.session)
    chosen = {PERSON: str(person or ""), MATTER: matter or ""}
    return render(
        asked,
        "audit_log.html",
        log=LOG,
        lines=[
            (each, list_links.of_task(each.work) if each.work is not None else "")
            for each in (told(asked.session, asked.office, entry) for entry in entries)
        ],
        count=count,
        total=total,
        head=head[: audit.SHOWN],
        page=page,
        pages=pages,
        address=lambda to: f"{LOG}?{urlencode({key: value for key, value in chosen.items() if value} | {PAGE: to})}",
        person=person,
        persons=[(each.id, f"{each.name} (P{each.id})") for each, _, _ in people.linked(asked.session)],
        matter=matter,
        matters=[(each.value, asked.t(f"audit_log.matter_{each}")) for each in Matter],
        way_back=PATH,
    )
