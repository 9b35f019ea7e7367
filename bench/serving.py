"""An ASGI application behind uvicorn, with the settings that all candidates share."""

from __future__ import annotations

import socket

import uvicorn
from starlette.types import ASGIApp, Receive


async def serve(application: ASGIApp) -> None:
    """Print the address, and run until a signal says to stop."""
    config = uvicorn.Config(
        application,
        loop="none",  # it runs in this one
        http="httptools",
        ws="none",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # as in the shop, which reads them for itself
        log_config=None,
    )
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        await uvicorn.Server(config).serve(sockets=[listener])


async def body_of(receive: Receive) -> bytes:
    """The body of a request."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
    return body
