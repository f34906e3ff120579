"""Writes a plan as one sheet that an office edits: lists to choose from, days as days, what is open in yellow.

The sheet is protected without a password: what editing would break is locked, and whoever must can lift it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from intake.own_sheet.columns import BASIS, BODIES, BODY_COLUMNS, COLUMNS, MARK, MARKED, TASKS, VERSION
from intake.own_sheet.rows import Written, bodies, rows, section
from plan.model import Plan
from progress import revising
from reports.tables.cells import text
from reports.tables.lines import lines
from reports.tables.sheet import A4, DAY, FONT, LINE, SIZE, TALLEST
from words.message import plain
from words.office import Office

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Rows that are there to be filled in, below those of the plan.
FREE_ROWS, FREE_BODIES = 60, 30
# Keys, title, how to, basis, heads: the plan's rows come below them.
KEYS_ROW, TITLE_ROW, HOW_ROW, BASIS_ROW, HEAD_ROW = range(5)
YELLOW, GREY = "#FFF2CC", "#EDEDED"


def xlsx(office: Office, plan: Plan, digest: str, made: datetime) -> bytes:
    """A plan as its own sheet; `digest` names the version that goes out, `made` is when (UTC).

    The same plan and moment give the same bytes.
    """
    from xlsxwriter import Workbook

    held = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(held, {**options, "default_format_properties": {"font_name": FONT, "font_size": SIZE}})
    book.set_properties({"created": made.astimezone(UTC)})
    _Writer(book, office, plan).write(digest)
    book.close()
    return held.getvalue()


class _Writer:
    def __init__(self, book: Workbook, office: Office, plan: Plan) -> None:
        self.book, self.office, self.plan = book, office, plan
        self.said = revising.said_in(office)
        self.looks: dict[tuple[bool, bool, bool], Format] = {}

    def write(self, digest: str) -> None:
        tasks = self.book.add_worksheet(self._say("sheet_tasks"))
        listed = self.book.add_worksheet(self._say("sheet_bodies"))
        how = self.book.add_worksheet(self._say("sheet_how"))
        mark = self.book.add_worksheet(MARKED)
        for place, pair in enumerate(((MARK, VERSION), ("plan", self.plan.id), ("digest", digest))):
            mark.write_row(place, 0, pair)
        mark.very_hidden()
        self._how(how)
        sections = self._bodies(listed)
        self._tasks(tasks, sections)

    def _tasks(self, sheet: Worksheet, sections: int) -> None:
        self._head(sheet)
        written = list(rows(self.plan, self.said))
        for place, row in enumerate(written, HEAD_ROW + 1):
            self._row(sheet, place, row)
        free = Written({}, frozenset({"id", "questions"}))
        last = HEAD_ROW + len(written) + FREE_ROWS
        for place in range(HEAD_ROW + 1 + len(written), last + 1):
            self._row(sheet, place, free)
        self._lists(sheet, last, sections)
        sheet.freeze_panes(HEAD_ROW + 1, _at("title"))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.print_area(TITLE_ROW, 1, HEAD_ROW + len(written), len(COLUMNS) - 1)
        sheet.autofilter(HEAD_ROW, 1, last, len(COLUMNS) - 1)
        _protect(sheet)

    def _head(self, sheet: Worksheet) -> None:
        looks = {"text_wrap": True, "valign": "vcenter", "locked": True}
        bold = self.book.add_format({**looks, "bold": True})
        heading = self.book.add_format({**looks, "bold": True, "border": 1, "align": "center", "bg_color": GREY})
        asked = self.book.add_format({**looks, "border": 1, "bg_color": YELLOW, "locked": False, "num_format": "@"})
        sheet.write_string(KEYS_ROW, 0, f"#{TASKS}")
        for place, column in enumerate(COLUMNS[1:], 1):
            sheet.write_string(KEYS_ROW, place, column.key)
            sheet.write_string(HEAD_ROW, place, self._say(f"head_{column.key}"), heading)
            sheet.set_column(place, place, column.width)
        for row, name in ((TITLE_ROW, "#"), (HOW_ROW, "#"), (BASIS_ROW, f"#{BASIS}"), (HEAD_ROW, "#head")):
            sheet.write_string(row, 0, name)
        last = len(COLUMNS) - 1
        number = self.plan.decision.number
        sheet.merge_range(TITLE_ROW, 1, TITLE_ROW, last, self._say("title", plan=self.plan.name, number=number), bold)
        sheet.merge_range(HOW_ROW, 1, HOW_ROW, last, self._say("how"), self.book.add_format(looks))
        sheet.merge_range(BASIS_ROW, 1, BASIS_ROW, _at("section"), self._say("basis"), bold)
        sheet.merge_range(BASIS_ROW, _at("title"), BASIS_ROW, last, "", asked)
        sheet.set_row(KEYS_ROW, None, None, {"hidden": True})
        sheet.set_row(HOW_ROW, 3 * LINE)
        sheet.set_row(BASIS_ROW, 2.2 * LINE)
        sheet.set_row(HEAD_ROW, 2.5 * LINE)
        sheet.set_column(0, 0, COLUMNS[0].width, None, {"hidden": True})

    def _row(self, sheet: Worksheet, place: int, row: Written) -> None:
        most = 1
        for at, column in enumerate(COLUMNS):
            value = row.cells.get(column.key)
            locked = column.key in row.locked
            asked = row.asked and column.key in ("questions", "printed", "due")
            look = self._look(locked=locked, asked=asked, day=column.is_day)
            if isinstance(value, date):
                sheet.write_datetime(place, at, value, look)
            elif value:
                words = text(value)
                sheet.write_string(place, at, words, look)
                most = max(most, lines(words, column.width, SIZE) if at else 1)
            else:
                sheet.write_blank(place, at, None, look)
        sheet.set_row(place, min(most * LINE + 2, TALLEST))

    def _look(self, *, locked: bool, asked: bool, day: bool) -> Format:
        key = locked, asked, day
        if key not in self.looks:
            look: dict[str, Any] = {"border": 1, "text_wrap": True, "valign": "top", "locked": locked}
            look["num_format"] = DAY if day else "@"
            if asked or locked:
                look["bg_color"] = YELLOW if asked else GREY
            self.looks[key] = self.book.add_format(look)
        return self.looks[key]

    def _lists(self, sheet: Worksheet, last: int, sections: int) -> None:
        """What may be chosen; several bodies in one cell are typed, so that those lists only offer."""
        named = len(self.plan.agencies) + len(self.plan.groups) + FREE_BODIES
        listed = f"'{self._say('sheet_bodies')}'"
        offers = {"error_type": "information", "show_error": False}
        choices: Mapping[str, dict[str, Any]] = {
            "lead": {"validate": "list", "source": f"={listed}!$B$3:$B${named + 2}", **offers},
            "coordinating": {"validate": "list", "source": f"={listed}!$B$3:$B${named + 2}", **offers},
            "monitor": {"validate": "list", "source": f"={listed}!$B$3:$B${named + 2}", **offers},
            "leads": {"validate": "list", "source": list(self.said.leads.values())},
            "section": {"validate": "list", "source": f"={listed}!$E$3:$E${max(sections, 1) + 2}", **offers},
            "kind": {"validate": "list", "source": list(self.said.kinds.values())},
            "drop": {"validate": "list", "source": ["x"]},
        }
        days = {
            "validate": "date", "criteria": "between", "minimum": date(2000, 1, 1), "maximum": date(2100, 12, 31),
            "error_title": self._say("day_wrong"), "error_message": self._say("day_how"),
        }  # fmt: skip
        for place, column in enumerate(COLUMNS):
            rule = days if column.is_day else choices.get(column.key)
            if rule is not None:
                sheet.data_validation(HEAD_ROW + 1, place, last, place, dict(rule))

    def _bodies(self, sheet: Worksheet) -> int:
        """The list of agencies and groups, and beside it the sections to choose from; how many those are."""
        sheet.write_string(0, 0, f"#{BODIES}")
        sheet.write_string(1, 0, "#head")
        heading = self.book.add_format({"bold": True, "border": 1, "bg_color": GREY, "text_wrap": True})
        for place, column in enumerate(BODY_COLUMNS[1:], 1):
            sheet.write_string(0, place, column.key)
            sheet.write_string(1, place, self._say(f"body_{column.key}"), heading)
            sheet.set_column(place, place, column.width)
        listed = list(bodies(self.plan, self.said))
        for row, each in enumerate([*listed, *[{}] * FREE_BODIES], 2):
            for place, column in enumerate(BODY_COLUMNS):
                look = self._look(locked=column.key == "id", asked=False, day=False)
                sheet.write_string(row, place, text(each.get(column.key, "")), look)
        named = [section(self.plan, task) for task in self.plan.tasks]
        known = list(dict.fromkeys([f"{each.id}. {each.title}" for each in self.plan.sections] + named))
        sheet.write_string(1, 4, self._say("head_section"), heading)
        sheet.set_column(4, 4, 60)
        for row, words in enumerate(known, 2):
            sheet.write_string(row, 4, text(words), self._look(locked=True, asked=False, day=False))
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, 0, 4, None, {"hidden": True})
        _protect(sheet)
        return len(known)

    def _how(self, sheet: Worksheet) -> None:
        look = self.book.add_format({"text_wrap": True, "valign": "top"})
        sheet.set_column(0, 0, 110)
        asked = self.book.add_format({"text_wrap": True, "valign": "top", "bg_color": YELLOW})
        guide = [(line, look) for line in self._say("guide").split("\n") if line]
        guide += [(f"«{each.place}»: {each.text}", asked) for each in self.plan.questions]
        for place, (line, shown) in enumerate(guide):
            sheet.write_string(place, 0, text(line), shown)
            sheet.set_row(place, lines(line, 110, SIZE) * LINE + 4)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _say(self, key: str, **values: object) -> str:
        return plain(self.office.text(f"plan_sheet.{key}", **values))


def _protect(sheet: Worksheet) -> None:
    allowed = ("format_columns", "format_rows", "insert_rows", "sort", "autofilter", "select_locked_cells")
    sheet.protect("", dict.fromkeys((*allowed, "select_unlocked_cells"), True))


def _at(key: str) -> int:
    return [column.key for column in COLUMNS].index(key)
