"""Lays out one agency's year: a strip for each work, from the deadline's mark to the moment of the answer.

An answer's sign stands where it came; lateness is drawn as a dark bar as long as it took, so that neither needs colour.
"""

from collections.abc import Sequence

from reports.figures.boxes import APART, Box
from reports.figures.record import Record
from reports.pictures.agency_year import AgencyYear, Loose, Stop, Strip, year_of
from reports.pictures.canvas import Page, fitted, width_of
from reports.pictures.looks import FAINT, INK, LOOKS, look_of
from reports.pictures.matrix import MARKS, Mark
from reports.pictures.parts import (
    GAP,
    INNER,
    KEY,
    LEADING,
    MARGIN,
    ROW,
    SMALL,
    TEXT,
    TITLE_SIZE,
    WIDTH,
    Area,
    Cell,
    Line,
    Words,
)
from reports.pictures.timeline import AXIS, name_months, timeline
from words.office import Office

NAME, TRACK, BETWEEN, ARROW = 44, 50, 12, 8
STRIP = NAME + TRACK + BETWEEN
SIGN_WIDTH, SIGN_HEIGHT = 42, 36
LATE, DEADLINE, TODAY = 12, 5, 2
DASHES, DOTS = (5, 5), (3, 5)
LATE_INK = LOOKS[Mark.OVERDUE].fill
# The months are named again after so many strips: on a phone held close, the upper names are out of sight.
NAMED_EVERY = 8
# Telegram makes photos smaller until no side is over 2560 pixels (TDLib, photoSize): higher than this, nothing could be
# read any more. What finds no place is named by its code.
TALLEST, MOST_LOOSE = 5200, 20
URGENT = (Box.OVERDUE, Box.RETURNED, Box.NEAR, Box.OPEN)


def agency_png(office: Office, record: Record, agency_id: str) -> bytes:
    """One agency's year of a record as PNG, 1080 px wide."""
    return AgencySheet(office, record, year_of(office, record, agency_id)).png()


class AgencySheet(Page):
    """The year laid out; what would make it higher than the platform takes is named in words at the end."""

    def __init__(self, office: Office, record: Record, year: AgencyYear) -> None:
        super().__init__(office)
        self.year = year
        self.plans = {plan.id: plan.label for plan in record.plans}
        self.axis = timeline(office, record, MARGIN, WIDTH - MARGIN)
        self.today = self.axis.at(office.local(record.window.as_of))
        self.paragraph(year.name, TITLE_SIZE, bold=True)
        names = tuple(self.plans.values())
        self.paragraph(self.text("picture.agency", plans=names, as_of=record.window.as_of), TEXT)
        if year.strips:
            self._legend()
        elif not year.loose:
            self.paragraph(self.text("picture.nothing_owed"))
        drawn = self._fitting()
        self._strips(drawn)
        self._loose(year.loose[:MOST_LOOSE])
        left_out = [strip.code for strip in year.strips if strip not in drawn]
        left_out += [each.code for each in year.loose[MOST_LOOSE:]]
        if left_out:
            self.height += GAP
            self.paragraph(self.text("picture.more", tasks=left_out), SMALL, ink=FAINT)
        self.height += MARGIN

    def _legend(self) -> None:
        """Only what is seen below: the signs, and the marks of deadlines."""
        seen = {MARKS[box] for box in self.year.boxes}
        self.legend([(LOOKS[mark], self.text(f"chart.{mark}")) for mark in Mark if mark in seen])
        marks = [
            (self._deadline, self.text("picture.deadline_mark")),
            (self._today, self.text("picture.today_mark", day=self.year.today)),
        ]
        if any(stop.planned for _, stop in self.year.stops):
            marks.append((self._moved_here, self.text("picture.moved_mark")))
        for place, (draw, words) in enumerate(marks):
            x, y = MARGIN + place % 2 * INNER / 2, self.height + (place // 2 + 0.5) * ROW - GAP
            draw(x + KEY / 2, y)
            self.meaning(x, y, words)
        self.height += -(-len(marks) // 2) * ROW

    def _fitting(self) -> tuple[Strip, ...]:
        """The strips that there is room for; the least urgent are the first to go."""
        room = TALLEST - self.height - SMALL * LEADING * min(MOST_LOOSE, len(self.year.loose))
        most = int(room / (STRIP + AXIS / NAMED_EVERY))
        by_need = sorted(self.year.strips, key=lambda strip: min(_urgency(stop.box) for stop in strip.stops))
        kept = {id(strip) for strip in by_need[:most]}
        return tuple(strip for strip in self.year.strips if id(strip) in kept)

    def _strips(self, strips: Sequence[Strip]) -> None:
        several = len({each.plan for each in strips}) > 1
        plan = None
        for place, strip in enumerate(strips):
            if several and strip.plan != plan:
                plan = strip.plan
                self.line(self.plans.get(plan, plan), TEXT, bold=True)
            if place % NAMED_EVERY == 0:
                self.height = name_months(self, self.axis, self.height)
            self._strip(strip)
        if strips:
            self.height = name_months(self, self.axis, self.height)

    def _strip(self, strip: Strip) -> None:
        self.rule(self.height)
        y = self.height + NAME / 2 + 2
        told = self._told(strip)
        code = f"{strip.code} "
        start = MARGIN + width_of(code, TEXT, bold=True) + GAP
        room = WIDTH - MARGIN - start - width_of(told, SMALL) - 2 * GAP
        self.words += [
            Words(MARGIN, y, code, bold=True),
            Words(start, y, fitted(strip.title, SMALL, room), SMALL),
            Words(WIDTH - MARGIN, y, told, SMALL, FAINT, align="right"),
        ]
        track = self.height + NAME + TRACK / 2
        for month in self.axis.months():
            x = self.axis.x(month)
            self.lines.append(Line(((x, track - TRACK / 2), (x, track + TRACK / 2)), dashes=(2, 6)))
        self._today(self.today, track)
        for stop in strip.stops:
            self._bars(stop, track)
        for stop in strip.stops:
            self._sign(stop, track)
        self.height += STRIP

    def _told(self, strip: Strip) -> str:
        """The deadline in figures; of what comes several times how many are done."""
        if len(strip.stops) > 1:
            done = sum(1 for stop in strip.stops if stop.done is not None)
            return self.text("picture.times", done=done, total=len(strip.stops))
        (stop,) = strip.stops
        if stop.returned_days is not None:
            return self.text("picture.returned_since", days=stop.returned_days)
        key = "picture.moved" if stop.planned else "picture.deadline"
        return self.text(key, due=stop.due, planned=stop.planned, year=self.axis.year)

    def _bars(self, stop: Stop, y: float) -> None:
        """The time that was given, the deadline, where it was before, and the time that it was late."""
        due = self._x(stop)
        if stop.is_late:
            end = max(due, self.axis.x(stop.at, 0.5) if stop.done else self.today)
            corners = ((due, y - LATE / 2), (end, y - LATE / 2), (end, y + LATE / 2), (due, y + LATE / 2))
            self.areas.append(Area(corners, LATE_INK))
        if stop.planned:
            self._moved(self.axis.x(stop.planned, 1), due, y)
        self._deadline(due, y)

    def _deadline(self, x: float, y: float) -> None:
        self.lines.append(Line(((x, y - TRACK / 2), (x, y + TRACK / 2)), INK, DEADLINE))

    def _today(self, x: float, y: float) -> None:
        self.lines.append(Line(((x, y - TRACK / 2), (x, y + TRACK / 2)), INK, TODAY, DOTS))

    def _moved_here(self, x: float, y: float) -> None:
        """An extension as the legend shows it."""
        self._moved(x - KEY / 3, x + KEY / 3, y)
        self._deadline(x + KEY / 3, y)

    def _moved(self, before: float, after: float, y: float) -> None:
        """The mark of the former deadline, dashed, and under the signs an arrow to the one that holds."""
        foot, side = y + TRACK / 2, ARROW if after > before else -ARROW
        self.lines += [
            Line(((before, y - TRACK / 2), (before, foot)), INK, 3, DASHES),
            Line(((before, foot), (after, foot)), INK, 3),
            Line(((after - side, foot - ARROW), (after, foot), (after - side, foot + ARROW)), INK, 3),
        ]

    def _sign(self, stop: Stop, y: float) -> None:
        """The state's sign where the answer came, or at the deadline or today where none did."""
        middle = self._x(stop) if stop.at == stop.due and stop.done is None else self.axis.x(stop.at, 0.5)
        half = SIGN_WIDTH / 2
        middle = min(WIDTH - MARGIN - half, max(MARGIN + half, middle))
        self.cells.append(Cell(middle - half, y, SIGN_WIDTH, look_of(stop.box), height=SIGN_HEIGHT))

    def _x(self, stop: Stop) -> float:
        """A deadline runs out when its day does."""
        return self.axis.x(stop.due, 1)

    def _loose(self, loose: Sequence[Loose]) -> None:
        """What has no date, in words."""
        if not loose:
            return
        self.height += GAP
        self.line(self.text("picture.loose"), bold=True)
        for each in loose:
            code = f"{each.code} "
            start = MARGIN + width_of(code, SMALL, bold=True) + GAP
            y = self.height + SMALL * LEADING / 2
            told = f"({self.text(f'box.{each.box}', returned=each.returned_days or 0)})"
            room = WIDTH - MARGIN - start - width_of(told, SMALL) - 2 * GAP
            self.words += [
                Words(MARGIN, y, code, SMALL, bold=True),
                Words(start, y, fitted(each.title, SMALL, room), SMALL),
                Words(WIDTH - MARGIN, y, told, SMALL, FAINT, align="right"),
            ]
            self.height += SMALL * LEADING


def _urgency(box: Box) -> int:
    """The lower, the sooner somebody has to act."""
    if box in URGENT:
        return URGENT.index(box)
    return len(URGENT) if box in APART else len(URGENT) + 1
