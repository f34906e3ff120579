"""`python -m cli.pages NAME SOCKET`: serves pages on a socket that a doorkeeper holds, until nobody asks any more."""

import gc
import socket
import sys
from functools import partial

import cli.main
import cli.service
from app import pages_process
from app.supervise import Only, be_called


def main(only: Only, held: socket.socket) -> None:
    """Serves one's pages."""
    be_called(only)
    pages_process.load(only)
    # What is loaded stays: no collection need look at it, which would hold a page up by a tenth of a second.
    gc.collect()
    gc.freeze()
    cli.main.carry_out(partial(cli.service.serve_pages, only, held))


if __name__ == "__main__":
    main(Only(sys.argv[1]), socket.socket(fileno=int(sys.argv[2])))
