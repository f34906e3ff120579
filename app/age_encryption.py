"""Encryption of backups in the age format (age-encryption.org/v1), piece by piece; nobody else knows the library.

The server holds the public half only, so that it cannot read what it wrote, and neither can who takes its disk.
"""

import os
from pathlib import Path

import pyrage
from pyrage import x25519

from store.engines.copies import PRIVATE, BackupError

SIGN = b"age-encryption.org/v1\n"


def recipient(key: str) -> x25519.Recipient:
    """The public key "age1…"; raises BackupError."""
    try:
        return x25519.Recipient.from_str(key.strip())
    except pyrage.RecipientError as error:
        raise BackupError(f"'{key}' is no public age key: it begins with age1 ({error})") from error


def encrypt(source: Path, target: Path, key: str) -> None:
    """Writes a file encrypted to a public key; raises BackupError for a bad key, OSError for a full disk."""
    with source.open("rb") as reader, target.open("wb") as writer:
        pyrage.encrypt_io(reader, writer, [recipient(key)])


def is_encrypted(path: Path) -> bool:
    """Whether a file is in the age format."""
    with path.open("rb") as file:
        return file.read(len(SIGN)) == SIGN


def decrypt(source: Path, target: Path, identity: Path | None) -> None:
    """Writes the plain content of an encrypted file; raises BackupError when the key does not fit or a byte changed."""
    if identity is None:
        raise BackupError(f"{source.name} is encrypted: give the file with the secret key with --identity FILE")
    try:
        keys = [x25519.Identity.from_str(line) for line in _secret_lines(identity)]
        if not keys:
            raise BackupError(f"{identity} holds no line that begins with AGE-SECRET-KEY-")
        with source.open("rb") as reader, target.open("wb") as writer:
            pyrage.decrypt_io(reader, writer, keys)
    except pyrage.IdentityError as error:
        raise BackupError(f"{identity} holds no secret age key: {error}") from error
    except (pyrage.DecryptError, OSError) as error:
        # The library's own error for a changed byte is an OSError without a number; a full disk has one.
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise BackupError(f"{source.name} cannot be decrypted ({error}): another key, or a damaged file") from error


def new_key(path: Path) -> str:
    """Makes a pair: the secret half into a new file for the owner only; gives the public half. Raises BackupError."""
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE)
    except OSError as error:
        raise BackupError(f"{path} cannot be made ({error.strerror}); a key is never written over another") from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"# public key: {public}\n{identity}\n")
    return public


def _secret_lines(path: Path) -> list[str]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise BackupError(f"{path} cannot be read ({error.strerror})") from error
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
