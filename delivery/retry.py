"""When to try again; pure."""

from datetime import timedelta

FIRST_S, LONGEST_S = 5.0, 900.0
DOUBT_S = 30.0
MOST_DOUBTS = 3
MOST_TEXT_ATTEMPTS = 5
# A file that the platform refuses this often, over six hours, is not to be had any more.
MOST_FETCHES = 13
# Bytes that are not the file so often, over twenty minutes, are not a slip of the line.
MOST_STRANGE = 9
# Between two looks for a file that is long in coming, and after how long nobody looks any more.
LONGEST_FETCH_S = 6 * 3600.0
FETCHES_LAST = timedelta(days=14)
# After an error that no message gets past (a refused token, a second program on the same bot).
STOP_S = 60.0


def pause(attempts: int, retry_after: float | None, chance: float, longest_s: float = LONGEST_S) -> timedelta:
    """The wait after a failed attempt: what the platform asks for, or doubling from 5 s up to 15 min, or `longest_s`.

    `chance` in 0..1 spreads the next attempts by up to a fifth, so that not everything comes back at once.
    """
    if retry_after is not None:
        return timedelta(seconds=retry_after + chance)
    wait = min(longest_s, FIRST_S * 2 ** min(max(0, attempts - 1), 20))
    return timedelta(seconds=wait * (1 + 0.2 * chance))
