"""A real LibreOffice for tests of what it must open; REQUIRE_LIBREOFFICE=1 makes its absence a failure."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SECONDS = 120


def converted(source: Path, to: str) -> Path:
    """The file as LibreOffice saves it in another format, beside it; skips the test where there is no LibreOffice.

    It repairs nothing without asking, so a file that is not sound gives none: then the test fails.
    """
    binary = shutil.which("soffice") or shutil.which("libreoffice")
    if binary is None:
        if os.environ.get("REQUIRE_LIBREOFFICE") == "1":
            pytest.fail("LibreOffice is not installed, and REQUIRE_LIBREOFFICE=1")
        pytest.skip("LibreOffice is not installed")
    # A profile of its own: a running LibreOffice would take the call over and answer for the test.
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    command = [binary, profile, "--headless", "--convert-to", to, "--outdir", str(source.parent), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    made = source.with_suffix(f".{to.partition(':')[0]}")
    assert made.exists(), f"LibreOffice could not open {source.name}: {done.stdout}{done.stderr}"
    return made


def to_pdf(path: Path) -> bytes:
    """The document as LibreOffice prints it; skips the test where there is no LibreOffice."""
    return converted(path, "pdf").read_bytes()
