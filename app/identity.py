"""Which process this is, in a word that another process of the same machine can judge: does it still live?"""

import os
import socket
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PROC = Path("/proc")


def own() -> str:
    """This process: host, boot, pid namespace, pid and the moment it started, so that a used-again pid is another."""
    return f"{_place()}:{os.getpid()}:{_started(os.getpid())}"


def ended(holder: str) -> bool:
    """Whether a process is known to have ended; False for one of another machine or container, which we cannot see."""
    place, _, rest = holder.partition(":")
    pid, _, started = rest.partition(":")
    return place == _place() and pid.isdigit() and _started(int(pid)) != started


def shown(holder: str) -> str:
    """A process as an operator knows it: its host and its pid."""
    place, _, rest = holder.partition(":")
    return f"{place.partition('/')[0]}:{rest.partition(':')[0]}"


def program() -> str:
    """The version of this program."""
    try:
        return version("nhacviec")
    except PackageNotFoundError:
        return "unknown"


def _place() -> str:
    try:
        boot = (PROC / "sys/kernel/random/boot_id").read_text("ascii").strip()[:8]
        namespace = str((PROC / "self/ns/pid").readlink()).strip("pid:[]")
    except OSError:
        boot, namespace = "", ""
    return f"{socket.gethostname().replace(':', '-')}/{boot}/{namespace}"


def _started(pid: int) -> str:
    """Ticks since the boot (proc(5), field 22 of stat); empty when there is no such process or no /proc."""
    try:
        stat = (PROC / str(pid) / "stat").read_text("ascii", "replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    # A zombie has ended: only its parent has not asked for its end yet.
    return "" if fields[0] == "Z" else fields[19]
