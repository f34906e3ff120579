"""The bytes of a file in a response that can do nothing in our pages: pictures and PDF are shown, all else is saved.

What a file is was said by its bytes when they came, never by its name.
"""

from urllib.parse import quote

from starlette.responses import Response

# What a browser draws itself and that holds no program; a picture of lines (SVG) may.
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
PDF = "application/pdf"
# Chromium's own reader of PDF opens all the same.
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


def of_file(name: str, content: str, data: bytes) -> Response:
    """The response; `name` is one that was made safe, `content` the type that its bytes are of."""
    shown = content in PICTURES or content == PDF
    ascii_name = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("\\", "_")
    kind = "inline" if shown else "attachment"
    return Response(
        data,
        media_type=content if shown else "application/octet-stream",
        headers={
            "Content-Disposition": f"{kind}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Security-Policy": SANDBOX,
        },
    )
