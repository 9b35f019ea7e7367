"""The path under which a proxy serves the shop, for example `/shop`: it precedes every path in a response.

A trusted proxy sends it in `X-Forwarded-Prefix`, or the setting gives it. The proxy may strip it from the path of a
request or leave it there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import AnyStr

from starlette.types import ASGIApp, Receive, Scope, Send

from ..kit.client_address import Network, is_trusted
from ..kit.request_context import PREFIX
from ..kit.settings import path_prefix

_BEFORE_PATH = {b"location": b"", b"link": b"<"}
"""Headers with a path, and the text before the path."""


def shown_under(prefix: str, trusted: Sequence[Network], app: ASGIApp) -> ASGIApp:
    """The application, whose answers name their paths under this prefix, or the one that a trusted proxy says; itself
    where there can be none.
    """
    return _Prefixed(prefix, trusted, app) if prefix or trusted else app


def under_prefix(prefix: bytes, headers: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers, those that name a path of the shop with this prefix before it."""
    found = []
    for name, value in headers:
        before = _BEFORE_PATH.get(name)
        if before is not None and value.startswith(before + b"/"):
            value = before + prefix + value[len(before) :]
        found.append((name, value))
    return found


class _Prefixed:
    def __init__(self, prefix: str, trusted: Sequence[Network], app: ASGIApp) -> None:
        self._prefix = prefix
        self._trusted = trusted
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        prefix = self._prefix_of(scope) if scope["type"] == "http" else ""
        if prefix:
            scope = {**scope, PREFIX: prefix, "path": _without(scope["path"], prefix, "/")}
            if scope.get("raw_path") is not None:
                scope["raw_path"] = _without(scope["raw_path"], prefix.encode(), b"/")
        await self._app(scope, receive, send)

    def _prefix_of(self, scope: Scope) -> str:
        said = [value for name, value in scope["headers"] if name == b"x-forwarded-prefix"]
        if len(said) == 1 and is_trusted(scope, self._trusted):
            try:
                return path_prefix(said[0].decode("latin-1"))
            except ValueError:
                pass
        return self._prefix


def _without(path: AnyStr, prefix: AnyStr, slash: AnyStr) -> AnyStr:
    if path == prefix:
        return slash
    return path[len(prefix) :] if path.startswith(prefix + slash) else path
