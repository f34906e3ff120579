"""Whether a call that failed on the way can have arrived: by what the client of HTTP raised."""

from channels.errors import Sent

# Raised before the request left this machine, of httpx, of aiohttp and of its SOCKS. Any other error came while it was
# on its way, or its answer was awaited. By their names: who needs one of these libraries does not load the others.
NOT_LEFT = frozenset(
    {
        "httpx.PoolTimeout",
        "httpx.ConnectTimeout",
        "httpx.ConnectError",
        "httpx.UnsupportedProtocol",
        "httpx.ProxyError",
        "aiohttp.ClientConnectorError",
        "aiohttp.ClientHttpProxyError",
        "aiohttp.ConnectionTimeoutError",
        "aiohttp.InvalidURL",
        "aiohttp_socks.ProxyError",
        "aiohttp_socks.ProxyConnectionError",
        "aiohttp_socks.ProxyTimeoutError",
    }
)


def sent_by(cause: BaseException | None) -> Sent:
    """What is known of a call that ended with this error."""
    kinds = {f"{each.__module__.partition('.')[0]}.{each.__name__}" for each in type(cause).__mro__}
    return Sent.UNKNOWN if kinds.isdisjoint(NOT_LEFT) else Sent.NO
