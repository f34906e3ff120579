"""Takes the network away from this process and all that it starts, by a filter of the kernel's (seccomp).

It needs no rights and cannot be undone. Sockets of this machine alone (AF_UNIX) are left, office programs talk to
themselves over them.
"""

import ctypes
import errno
import platform
import socket
import struct

# linux/prctl.h, linux/seccomp.h, linux/filter.h
NO_NEW_PRIVS, SET_SECCOMP, MODE_FILTER = 38, 22, 2
ALLOW, FAIL = 0x7FFF0000, 0x00050000 | errno.EACCES
LOAD, EQUALS, RETURN = 0x20, 0x15, 0x06
# Where struct seccomp_data holds the number of the call, the machine, and the lower half of the first argument.
CALL, MACHINE, FIRST = 0, 4, 16
# linux/audit.h, and the number of socket(2) there.
MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def take_away() -> bool:
    """Whether the network is gone; False where this machine's kernel has no such filter, and then nothing changed.

    From here on socket() fails with EACCES for every family but AF_UNIX.
    """
    machine = MACHINES.get(platform.machine())
    if machine is None:
        return False
    code = _code(*machine)
    library = ctypes.CDLL(None, use_errno=True)
    program = _Program(len(code) // 8, code)
    if library.prctl(NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(library.prctl(SET_SECCOMP, MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _code(machine: int, socket_call: int) -> bytes:
    """The filter: another machine's calls fail, socket() is looked at, everything else passes."""
    steps = (
        (LOAD, 0, 0, MACHINE),
        (EQUALS, 1, 0, machine),
        (RETURN, 0, 0, FAIL),
        (LOAD, 0, 0, CALL),
        (EQUALS, 0, 3, socket_call),
        (LOAD, 0, 0, FIRST),
        (EQUALS, 1, 0, int(socket.AF_UNIX)),
        (RETURN, 0, 0, FAIL),
        (RETURN, 0, 0, ALLOW),
    )
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
