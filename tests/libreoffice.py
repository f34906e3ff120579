"""LibreOffice for tests of what an office opens; REQUIRE_LIBREOFFICE=1 makes its absence a failure."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PLACES = ("soffice", "libreoffice")


def program() -> str:
    """Where LibreOffice is; skips the test, or fails it when REQUIRE_LIBREOFFICE=1, without one."""
    binary = next((found for name in PLACES if (found := shutil.which(name))), None)
    if binary is None:
        why = f"no LibreOffice: looked for {', '.join(PLACES)} on the PATH"
        if os.environ.get("REQUIRE_LIBREOFFICE") == "1":
            pytest.fail(f"{why}, and REQUIRE_LIBREOFFICE=1")
        pytest.skip(why)
    return binary


def to_pdf(path: Path) -> bytes:
    """The document as LibreOffice prints it."""
    # A profile of its own: two at once over one profile wait for each other.
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    arguments = [program(), profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(arguments, check=True, capture_output=True, timeout=120)
    return path.with_suffix(".pdf").read_bytes()
