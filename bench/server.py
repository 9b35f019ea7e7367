"""One candidate behind uvicorn, with the settings that all share.

`python -m bench.server CANDIDATE` reads a line of JSON from standard input: `urls` and `keys` of
`open_backend`. It writes its port to standard output, and takes connections as soon as it can answer.
"""

from __future__ import annotations

import json
import socket
import sys
import warnings
from importlib import import_module

import uvicorn
import uvloop

from bench.backend import open_backend
from bench.peers import CANDIDATES, EXTRAS

warnings.filterwarnings("ignore", message="Using `httpx` with `starlette.testclient`")


async def serve(name: str, urls: dict[str, str], keys: list[dict[str, str]]) -> None:
    """Run until a signal says to stop."""
    candidate = next(candidate for candidate in (*CANDIDATES, *EXTRAS) if candidate.name == name)
    async with open_backend(urls, keys) as backend:
        config = uvicorn.Config(
            import_module(candidate.module).application(backend),
            loop="none",  # it runs in this one, which is uvloop
            http="httptools",
            ws="none",
            access_log=False,
            server_header=False,
            proxy_headers=False,  # as in the shop, which reads them for itself
            log_config=None,
        )
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            print(listener.getsockname()[1], flush=True)
            await uvicorn.Server(config).serve(sockets=[listener])


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1], **json.loads(sys.stdin.readline())))
