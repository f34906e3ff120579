"""How large a picture is, by its header alone, and whether it may be drawn without filling the memory."""

import warnings
from functools import cache
from io import BytesIO
from typing import Any

# Only these are opened: every further format is one more parser that a phone may feed.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
MOST_PIXELS = 50_000_000
# Deflate packs 1,032 bytes into one, and a byte holds eight pixels at most: less cannot be the picture.
MOST_PIXELS_A_BYTE = 8 * 1032
ENDS = {"PNG": b"IEND", "JPEG": b"\xff\xd9", "GIF": b";"}


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as the header says; None where it is broken, absurd or of another format."""
    found = _header(data)
    return found[1] if found else None


def safe_to_draw(data: bytes) -> bool:
    """Whether a picture may be decoded: whoever draws evidence asks first.

    False for what no header can be read of, for more than 50 million pixels, for fewer bytes than its pixels need
    (a decompression bomb, a piece of a file) and for a picture whose end is missing. Nothing is decoded to find out.
    """
    found = _header(data)
    if found is None:
        return False
    name, (width, height) = found
    pixels = width * height
    if not 0 < pixels <= min(MOST_PIXELS, len(data) * MOST_PIXELS_A_BYTE):
        return False
    return ENDS.get(name, b"") in data


def _header(data: bytes) -> tuple[str, tuple[int, int]] | None:
    try:
        with _library().open(BytesIO(data), formats=FORMATS) as picture:
            return str(picture.format), picture.size
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
