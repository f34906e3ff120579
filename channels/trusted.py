"""Whom TLS trusts, for every platform that is called over HTTP."""

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """The trusted certificates, read once for all offices of a process: each reading takes a twentieth of a second."""
    return httpx.create_ssl_context()
