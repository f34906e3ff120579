"""The ways in and out: one module says what every channel does, the others know one platform each."""

import sys

# httpx loads a command line of its own wherever rich and click are installed, and both are large. None in the place of
# a module makes its import fail, which httpx is made for.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
