"""An authenticator's app: a secret that both know, shown once as a QR code; its codes change every 30 seconds."""

import hmac
from datetime import datetime
from io import BytesIO

import pyotp

# The phone's clock and ours may differ by one step either way (RFC 6238, 5.2).
AROUND = (0, -1, 1)


def new_secret() -> str:
    """A secret for an app."""
    return pyotp.random_base32()


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """The step of time whose code this is, at an instant; None for a wrong one."""
    totp = pyotp.TOTP(secret)
    here = int(now.timestamp()) // totp.interval
    for around in AROUND:
        if hmac.compare_digest(totp.generate_otp(here + around), typed):
            return here + around
    return None


def picture(secret: str, person: str, office: str) -> bytes:
    """The QR code that the app reads, as SVG."""
    # Loaded where used: few set up an app, and seldom.
    import segno

    address = pyotp.TOTP(secret).provisioning_uri(name=person, issuer_name=office)
    out = BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=5, border=2)
    return out.getvalue()
