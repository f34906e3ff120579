"""A sheet of XlsxWriter for tables in whose rows the same texts and days come again: the same bytes in less time.

The library asks of each text anew what of it must be escaped, of each number as of a text, and of each cell whether it
is named "A1". Of 180,000 events few texts differ, so that its own answers are kept here; it writes all of it itself.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from xlsxwriter.worksheet import Worksheet

from reports.tables.cells import SHORT

KEPT = 2_000  # of each, and no text of them longer than SHORT


# The library says no types.
class RepeatingSheet(Worksheet):  # type: ignore[misc]
    """What `Workbook.add_worksheet` makes of it; cells are named by row and column alone, and days have no zone."""

    write_string = Worksheet._write_string
    write_number = Worksheet._write_number
    write_datetime = Worksheet._write_datetime
    write_blank = Worksheet._write_blank

    def _escape_attributes(self, attribute: Any) -> Any:
        return attribute if isinstance(attribute, int) else super()._escape_attributes(attribute)

    def _escape_data(self, data: Any) -> Any:
        return _data(data) if isinstance(data, str) and len(data) <= SHORT else super()._escape_data(data)

    @staticmethod
    def _escape_control_characters(data: Any) -> Any:
        return _control(data) if isinstance(data, str) and len(data) <= SHORT else _all_control(data)

    def _convert_date_time(self, dt_obj: date) -> float:
        serial: float = _serial(dt_obj)
        return serial


_library = Worksheet()
_all_control = Worksheet._escape_control_characters
_data = lru_cache(KEPT)(_library._escape_data)
_control = lru_cache(KEPT)(_all_control)
_serial = lru_cache(KEPT)(_library._convert_date_time)
