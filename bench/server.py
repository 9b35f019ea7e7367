"""One candidate, in the event loop of the shop.

`python -m bench.server CANDIDATE` reads a line of JSON from standard input: `urls` and `keys` of
`open_backend`. It writes its address to standard output, and takes connections as soon as it can answer.
"""

from __future__ import annotations

import json
import sys
import warnings
from importlib import import_module

from bench.backend import open_backend
from bench.peers import CANDIDATES, EXTRAS
from bench.serving import serve
from minishop_server.hosting.event_loop import run

warnings.filterwarnings("ignore", message="Using `httpx` with `starlette.testclient`")


async def _main(name: str, urls: dict[str, str], keys: list[dict[str, str]]) -> None:
    candidate = next(candidate for candidate in (*CANDIDATES, *EXTRAS) if candidate.name == name)
    async with open_backend(urls, keys) as backend:
        await serve(import_module(candidate.module).application(backend))


if __name__ == "__main__":
    run(_main(sys.argv[1], **json.loads(sys.stdin.readline())))
