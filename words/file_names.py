"""What a file is called to people: by its name, or by what it is where it came without one."""

from words.office import Office

NAMED = ("photo", "voice", "video", "audio")


def called(office: Office, name: str, kind: str) -> str:
    """KH05.pdf, or "ảnh" for a picture without a name."""
    return name or office.text(f"files.kind_{kind if kind in NAMED else 'other'}")
