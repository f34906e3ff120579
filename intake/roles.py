"""What a field or a column says of its task."""

from enum import StrEnum


class Role(StrEnum):
    """The fields of a task, as documents print them."""

    CODE = "code"
    TITLE = "title"
    LEAD = "lead"
    COORDINATING = "coordinating"
    BOTH = "both"  # lead and coordinating bodies in one field
    MONITOR = "monitor"
    PRODUCT = "product"
    TIME = "time"
    START = "start"  # the column of the day on which it begins
    NOTE = "note"
    RESULT = "result"  # what came of it by now: done, by which document, on which day
