"""Whether a call that failed on the way can have arrived: by what httpx raised."""

import httpx

from channels.errors import Sent

# Raised before the request left this machine. Any other error came while it was on its way, or its answer was awaited.
NOT_LEFT = (httpx.PoolTimeout, httpx.ConnectTimeout, httpx.ConnectError, httpx.UnsupportedProtocol, httpx.ProxyError)


def sent_by(cause: BaseException | None) -> Sent:
    """What is known of a call that ended with this error."""
    return Sent.NO if isinstance(cause, NOT_LEFT) else Sent.UNKNOWN
