"""A small document, its handlers, and a client that talks to both through a real application."""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import connexion
import httpx
import pytest
from connexion.resolver import Resolver

from minishop_server.contract import Caller, ContractMiddleware
from minishop_server.kit.problems import Unauthorized

Handler = Callable[..., Awaitable[Any]]
Serve = Callable[..., httpx.AsyncClient]

JSON_ANSWER = {"description": "Done", "content": {"application/json": {"schema": {}}}}
SCHEMES = {
    "token": {"type": "http", "scheme": "bearer"},
    "client": {"type": "http", "scheme": "basic"},
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
}


@dataclass
class SomeCaller:
    """Somebody with a role."""

    role: str
    scope: frozenset[str] | None = None
    subject: str = ""


@dataclass
class SomeService:
    """Takes any token as the subject of the caller, whose role is what stands before a dash, apart from `stale`."""

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


@pytest.fixture
def serve() -> Serve:
    """From the paths of a document and a handler for each operationId to a client of the application.

    Where the paths say nothing else, an operation is public and answers 200 with any JSON. The document is
    compiled with the first request.
    """

    def start(
        paths: dict[str, Any],
        *,
        service: SomeService | None = None,
        check_responses: float = 0,
        base_path: str = "",
        **handlers: Handler,
    ) -> httpx.AsyncClient:
        paths = copy.deepcopy(paths)
        for item in paths.values():
            for method, operation in item.items():
                if method != "parameters":
                    operation.setdefault("responses", {"200": JSON_ANSWER})
                    operation.setdefault("security", [])
        app = connexion.AsyncApp(
            __name__,
            middlewares=[
                partial(
                    ContractMiddleware,
                    service=service or SomeService(),
                    check_responses=check_responses,
                )
            ],
        )
        app.add_api(
            {
                "openapi": "3.0.3",
                "info": {"title": "Test", "version": "1.0.0"},
                "paths": paths,
                "components": {"securitySchemes": SCHEMES},
            },
            resolver=Resolver(handlers.__getitem__),
            base_path=base_path,
        )
        return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")

    return start


def errors_of(answer: httpx.Response) -> list[tuple[str, str, str]]:
    """Place, pointer and code of each bad field in a problem."""
    return [(error["in"], error["pointer"], error["code"]) for error in answer.json()["errors"]]


@pytest.fixture(name="errors_of")
def errors_of_fixture() -> Callable[[httpx.Response], list[tuple[str, str, str]]]:
    return errors_of
