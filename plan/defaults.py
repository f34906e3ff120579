"""What holds in an office that sets nothing else; apart, so that reading the settings loads no plan."""

from datetime import time

# Working days before the deadline on which to remind.
DEFAULT_LADDER = (15, 7, 3, 1, 0)
# When reminders may leave on a working day, in local time, end excluded.
DEFAULT_WINDOWS = ((time(7, 30), time(10, 30)), (time(13, 30), time(16, 30)))
