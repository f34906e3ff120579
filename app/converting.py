"""Turns an older kind of document into one that is read here, by LibreOffice where the settings name one."""

import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

from app import no_network
from intake.errors import RefusedError

SECONDS, MEMORY_MB = 60, 2048
MB = 1024 * 1024


def converted(data: bytes, ending: str, program: str) -> bytes:
    """The document as .docx or .xlsx; raises RefusedError where no program is named or it does not succeed.

    The program runs in a folder that is gone afterwards, without the network, for at most a minute, with macros off:
    its profile is new, and a new one runs none of a document that nobody signed.
    """
    found = shutil.which(program) if program else None
    if found is None:
        raise RefusedError("needs_conversion")
    with tempfile.TemporaryDirectory(prefix="nhacviec-") as folder:
        source = Path(folder, "document")
        source.write_bytes(data)
        arguments = [
            found, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--norestore", "--nologo",
            "--convert-to", ending, "--outdir", str(Path(folder, "out")), str(source),
        ]  # fmt: skip
        try:
            subprocess.run(  # noqa: S603 -- the office's own choice, and only with our arguments
                arguments, capture_output=True, timeout=SECONDS, check=True, preexec_fn=_limits,
                env={"HOME": folder, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            )  # fmt: skip
            return Path(folder, "out", f"document.{ending}").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise RefusedError("not_converted") from error


def _limits() -> None:
    """In the new process, before LibreOffice: memory, time, and no network or no start at all."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB * MB, MEMORY_MB * MB))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (100 * MB, 100 * MB))
    if not no_network.take_away():
        raise OSError("the network could not be taken away")
