"""Numbers of rows in an address."""

from starlette.exceptions import HTTPException

from desk.desk import Asked

LONGEST = 12


def number(asked: Asked, name: str) -> int:
    """A number in the path; raises HTTPException(404) for what is none, as for a row that is not there."""
    text = str(asked.request.path_params[name])
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST):
        raise HTTPException(404)
    return int(text)
