"""Secrets of authenticators' apps as the database keeps them: encrypted with a key that stands elsewhere.

AES-256-GCM (NIST SP 800-38D) with a fresh nonce; whose secret it is, is authenticated with it, so that one row's is
no good in another. A row that an earlier version kept is the secret itself.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Protocol

from plan.errors import NhacViecError
from store import desk_keys
from store.desk_tables import DeskAuthenticator
from store.engine import Store

# No secret has a colon: its letters are those of base32.
SEALED = "v1:"
NONCE = 12


class Key(Protocol):
    """Where the key is; both raise NhacViecError where it can be neither read nor made."""

    def there(self) -> bytes | None:
        """The key; None where there is none."""

    def made(self) -> bytes:
        """The key, made where there is none."""


def sealed(key: bytes, person_id: int, secret: str) -> str:
    """A person's secret, as it may be kept."""
    # Loaded where used: few set up an app, and an idle screen needs none of it.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE)
    kept = nonce + AESGCM(key).encrypt(nonce, secret.encode(), _whose(person_id))
    return SEALED + urlsafe_b64encode(kept).decode()


def opened(key: Key, row: DeskAuthenticator) -> str | None:
    """The secret of a row; None where its key is lost, so that the person has to add the app anew."""
    if not is_sealed(row):
        return row.secret
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        found = key.there()
        kept = urlsafe_b64decode(row.secret.removeprefix(SEALED))
        if found is None:
            return None
        return AESGCM(found).decrypt(kept[:NONCE], kept[NONCE:], _whose(row.person_id)).decode()
    except (InvalidTag, NhacViecError, ValueError):
        return None


def is_sealed(row: DeskAuthenticator) -> bool:
    """Whether a row keeps its secret encrypted."""
    return row.secret.startswith(SEALED)


def carry_over(store: Store, key: Key) -> int:
    """Encrypts what an earlier version kept as it is; how many rows. Raises NhacViecError where there is no key."""
    with store.look() as session:
        if all(is_sealed(row) for row in desk_keys.authenticators(session)):
            return 0
    own = key.made()
    with store.unit() as session:
        plain = [row for row in desk_keys.authenticators(session) if not is_sealed(row)]
        for row in plain:
            desk_keys.keep_sealed(session, row, sealed(own, row.person_id, row.secret))
    return len(plain)


def _whose(person_id: int) -> bytes:
    return f"desk_authenticator:{person_id}".encode()
