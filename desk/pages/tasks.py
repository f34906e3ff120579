"""The list of tasks: what the viewer may see, narrowed and ordered by the address, on screen, on paper, in a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from desk import access, forms
from desk.desk import Asked
from desk.list_links import LIST, of_list
from desk.lists import chat_text, choices, chosen, columns, sheet, wanted
from desk.lists.chosen import Chosen
from desk.lists.columns import Cells
from desk.lists.line import Line
from desk.lists.seen import Seen
from desk.lists.tabs import Tab
from desk.lists.wanted import Sort, View, Wanted
from desk.page import render
from desk.pages import list_views
from reports.tables.cells import Cell
from store import listing, settings
from store.listing import Who

SHEET, FORM = f"{LIST}/bang.xlsx", f"{LIST}/bang-theo-mau.xlsx"
COPY, COLUMNS, SAMPLE = f"{LIST}/chep", f"{LIST}/cot", f"{LIST}/mau"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Paper has no pages to turn: beyond so many lines a sheet is the better answer.
MOST_PRINTED = 1000
PRINTED = "in"
SORTS = {"due": Sort.DUE, "agency": Sort.AGENCY, "left": Sort.LEFT, "state": Sort.STATE, "code": Sort.PLAN}


@dataclass(frozen=True)
class Head:
    """The head of a column: where it orders the list, the address that does so and how it is ordered now."""

    key: str
    href: str = ""
    order: str = ""


@dataclass(frozen=True)
class TabLink:
    """A tab with how many lines stand under it."""

    tab: Tab
    count: int
    href: str
    is_here: bool


def show(asked: Asked) -> Response:
    """The list, or one of its two other views; with `in=1` all of it for paper."""
    mine, who = visible(asked), listing.who(asked.session)
    found = choose(asked, mine)
    fields = choices.fields(asked.office, mine, found.wanted, who)
    shared: dict[str, Any] = {
        "wanted": found.wanted,
        "chosen": found,
        "tabs": _tabs(found),
        "fields": fields,
        "names": wanted.NAMES,
        "links": _links(found.wanted) | {"form": _form(asked, found.wanted)},
        "views": [(view, of_list(found.wanted, view=view)) for view in View],
        "narrowed": choices.narrowed_by(fields, found.wanted),
    }
    if found.wanted.view is View.TASKS:
        return render(asked, "list_tasks.html", **shared, **list_views.by_task(asked.office, found.lines))
    if found.wanted.view is View.AGENCIES:
        return render(asked, "list_agencies.html", **shared, agencies=list_views.by_agency(asked.office, found))
    return render(asked, "tasks.html", **shared, **_table(asked, found, who))


def choose(asked: Asked, mine: Seen) -> Chosen:
    """What the address asks for of what the viewer may see."""
    of = wanted.read(asked.query, asked.office)
    return chosen.choose(mine, of, asked.office, listing.who(asked.session).names if of.words else {})


def visible(asked: Asked) -> Seen:
    """The lines of all that the viewer may see."""
    today = asked.office.today(asked.now)
    lines = asked.desk.lines.of(asked.session, asked.office, today)
    return access.seen(asked.viewer, lines, asked.office, today)


def as_sheet(asked: Asked) -> Response:
    """Exactly what is shown, every page of it, as an Excel table."""
    return _sheet(asked, [(key, "") for key in _columns(asked)])


def as_form(asked: Asked) -> Response:
    """The same lines in the columns of another office's form, as DESK_SHEET_COLUMNS has them; 404 where it has none."""
    if not asked.desk.form_columns:
        raise HTTPException(404)
    return _sheet(asked, asked.desk.form_columns)


def _sheet(asked: Asked, heads: Sequence[tuple[str, str]]) -> Response:
    mine, keys = visible(asked), [key for key, _ in heads]
    found = choose(asked, mine)
    beside = listing.beside(asked.session, (line.id for line in found.lines))
    under, cells = about(asked, found, mine), Cells(asked.office, listing.who(asked.session))
    data = sheet.xlsx(asked.office, heads, cells.rows(keys, found.lines, beside), under, asked.now)
    name = f"nhiem-vu-{asked.office.today(asked.now):%Y-%m-%d}.xlsx"
    return Response(data, media_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def as_text(asked: Asked) -> Response:
    """What is shown as plain text to paste into a chat, in pieces that a chat takes."""
    mine = visible(asked)
    found = choose(asked, mine)
    pieces = chat_text.pieces(asked.office, about(asked, found, mine), found.lines)
    return render(asked, "list_text.html", pieces=pieces, way_back=of_list(found.wanted))


def keep_columns(asked: Asked) -> Response:
    """Keeps which columns somebody wants to see."""
    picked = [str(each) for each in asked.form.getlist("cot")]
    with asked.desk.store.unit() as session:
        kept = ",".join(key for key in columns.CHOICES if key in picked)
        settings.put(session, settings.columns_key(asked.viewer.person_id), kept)
    return RedirectResponse(forms.own_path(forms.word(asked.form, forms.BACK)), 303)


def about(asked: Asked, found: Chosen, mine: Seen) -> str:
    """What the list shows, said over what leaves the screen."""
    of = found.wanted
    by = choices.narrowed_by(choices.fields(asked.office, mine, of, listing.who(asked.session)), of)
    return asked.t("desk_list.about", at=asked.now, tab=of.tab, filters=by)


def _table(asked: Asked, found: Chosen, who: Who) -> dict[str, Any]:
    on_paper = asked.query.get(PRINTED) == "1"
    lines = found.lines[:MOST_PRINTED] if on_paper else found.shown
    keys, cells = _columns(asked), Cells(asked.office, who)
    beside = listing.beside(asked.session, (line.id for line in lines))
    rows = cells.rows(keys, lines, beside, 0 if on_paper else found.first)
    return {
        "heads": [_head(key, found.wanted) for key in keys],
        "named": {key: _named(asked, key) for key in keys},
        "rows": [_row(cells, line, keys, row) for line, row in zip(lines, rows, strict=True)],
        "marks": {} if on_paper else listing.marks(asked.session, ((line.id, line.assignee) for line in lines)),
        "on_paper": on_paper,
        "left_out": len(found.lines) - len(lines) if on_paper else 0,
        "choices": [(key, key in keys) for key in columns.CHOICES],
        "columns_path": COLUMNS,
        "pages": _pages(found),
    }


def _columns(asked: Asked) -> tuple[str, ...]:
    kept = settings.get(asked.session, settings.columns_key(asked.viewer.person_id))
    return columns.chosen(kept, wanted.read(asked.query, asked.office).tab)


def _row(cells: Cells, line: Line, keys: tuple[str, ...], row: list[Cell]) -> dict[str, Any]:
    values = [(key, cells.text(value)) for key, value in zip(keys, row, strict=True)]
    return {"id": line.id, "shade": cells.shade(line), "planned": line.planned, "due": line.due, "cells": values}


def _head(key: str, of: Wanted) -> Head:
    sort = SORTS.get(key)
    if sort is None:
        return Head(key)
    is_here = of.sort is sort
    order = ("descending" if of.down else "ascending") if is_here else ""
    return Head(key, of_list(of, sort=sort, down=is_here and not of.down), order)


def _named(asked: Asked, key: str) -> str:
    """A column's name over the table, a shorter one where there is one; on a phone it stands before each value."""
    short = f"desk_list.head_{key}"
    return asked.t(short if short in asked.office.text else f"desk_list.column_{key}")


def _tabs(found: Chosen) -> list[TabLink]:
    of = found.wanted
    return [TabLink(tab, count, of_list(of, tab=tab), tab is of.tab) for tab, count in found.counts.items()]


def _pages(found: Chosen) -> dict[str, Any]:
    here, last = found.page, found.pages
    return {
        "before": of_list(found.wanted, page=here - 1) if here > 1 else "",
        "after": of_list(found.wanted, page=here + 1) if here < last else "",
        "here": here,
        "last": last,
    }


def _form(asked: Asked, of: Wanted) -> str:
    """Where the other office's form leaves; empty where there is none."""
    query = wanted.address(of)
    return (FORM + (f"?{query}" if query else "")) if asked.desk.form_columns else ""


def _links(of: Wanted) -> dict[str, str]:
    query = wanted.address(of)
    said = f"?{query}" if query else ""
    return {
        "print": f"{LIST}?{query}&{PRINTED}=1" if query else f"{LIST}?{PRINTED}=1",
        "sheet": SHEET + said,
        "copy": COPY + said,
        "sample": SAMPLE + said,
        "list": of_list(of),
        "all": of_list(Wanted(tab=of.tab, view=of.view)),
    }
