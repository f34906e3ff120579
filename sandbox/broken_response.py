"""An answer that never comes, for the stand-ins of platforms."""

from starlette.responses import Response
from starlette.types import Receive, Scope, Send


class BrokenResponse(Response):
    """An answer that promises a body and never gives it: the server closes the connection instead."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
