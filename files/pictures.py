"""How large a picture is, by its header alone."""

import warnings
from functools import cache
from io import BytesIO
from typing import Any

# Only these are opened: every further format is one more parser that a phone may feed.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as the header says; None where it is broken, absurd or of another format.

    Nothing is decoded to find out.
    """
    try:
        with _library().open(BytesIO(data), formats=FORMATS) as picture:
            width, height = picture.size
            return width, height
    except Exception:
        # Hostile bytes raise whatever a parser's author did not think of; each means "no picture".
        return None


@cache
def _library() -> Any:
    # Loaded where used: days may go by without a picture.
    from PIL import Image

    # What the library itself finds absurd (over 89 million pixels) it only warns of.
    warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
    return Image
