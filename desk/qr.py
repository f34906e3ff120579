"""A QR code inside a page: drawn by the page itself, so that no address of a picture holds what it says."""

from io import BytesIO

from markupsafe import Markup


def drawn(text: str) -> Markup:
    """The code of a text as an <svg> element."""
    # Loaded where used: few pages draw one, and seldom.
    import segno

    out = BytesIO()
    segno.make(text, error="m").save(out, kind="svg", scale=5, border=2, xmldecl=False, svgns=True, nl=False)
    return Markup(out.getvalue().decode())  # noqa: S704 -- made of squares alone
