"""Passphrases: argon2id, at least eight characters, never in a log and never kept as they are."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

LEAST, MOST = 8, 200
# Each takes 19 MB and a tenth of a second (OWASP's lowest recommended parameters): two at once hold nobody else up.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
AT_ONCE = BoundedSemaphore(2)
# What somebody without a passphrase is compared with, so that a name that is none takes as long to refuse.
OF_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$CW11S5Ip572SeKLgf6utgg$lV9qab2irPOa0+Ldtm2P82ALDBwHvydqgMyxu+nbGuA"


def fault(typed: str, again: str, names: str) -> str:
    """Why a new passphrase will not do, as a key of the catalogue; empty where it will."""
    if len(typed) < LEAST:
        return "desk.passphrase_short"
    if len(typed) > MOST:
        return "desk.passphrase_long"
    if len(set(typed.casefold())) < 4 or typed.isdigit() or typed.casefold() in names.casefold():
        return "desk.passphrase_easy"
    return "" if typed == again else "desk.passphrase_differs"


def hashed(typed: str) -> str:
    """What is kept of it."""
    with AT_ONCE:
        return HASHER.hash(typed)


def is_right(secret: str | None, typed: str) -> bool:
    """Whether it is the one that was kept; takes as long where there is none."""
    with AT_ONCE:
        try:
            return HASHER.verify(secret or OF_NOBODY, typed[: MOST + 1]) and secret is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


def is_outdated(secret: str) -> bool:
    """Whether it was kept with other parameters than today's."""
    return HASHER.check_needs_rehash(secret)
