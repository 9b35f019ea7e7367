"""An application of a document made up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from minishop_server.contract import Caller
from minishop_server.kit.problems import Unauthorized

Handler = Callable[..., Awaitable[Any]]
JSON_ANSWER = {"description": "Done", "content": {"application/json": {"schema": {}}}}
SCHEMES = {
    "token": {"type": "http", "scheme": "bearer"},
    "client": {"type": "http", "scheme": "basic"},
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
}


class AppClient(httpx.AsyncClient):
    """A client of an application in this process, which a test may also call as a server does."""

    def __init__(self, app: Any) -> None:
        super().__init__(transport=httpx.ASGITransport(app), base_url="http://test")
        self.app = app


Serve = Callable[..., AppClient]


@dataclass
class SomeCaller:
    """A caller with a role."""

    role: str
    scope: frozenset[str] | None = None
    subject: str = ""


@dataclass
class SomeService:
    """Takes any token as the subject of the caller, whose role precedes the dash, except for `stale`."""

    name: str = "made_up"
    domain: Any = field(default_factory=dict)
    known: dict[bytes, Caller] = field(default_factory=dict)

    def known_caller(self, token: bytes) -> Caller | None:
        return self.known.get(token)

    async def authenticate(self, token: str) -> Caller:
        if token == "stale":
            raise Unauthorized("The token has expired.", challenge='Bearer error="invalid_token"')
        caller = self.known[token.encode()] = SomeCaller(role=token.partition("-")[0], subject=token)
        return caller


def errors_of(answer: httpx.Response) -> list[tuple[str, str, str]]:
    """Place, pointer and code of each bad field in a problem."""
    return [(error["in"], error["pointer"], error["code"]) for error in answer.json()["errors"]]
