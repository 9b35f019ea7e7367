"""A small document, its handlers, and a client that talks to both through a real application."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import partial
from typing import Any

import connexion
import httpx
import pytest
from connexion.resolver import Resolver

from minishop_server.contract import ContractMiddleware
from tests.support.application import JSON_ANSWER, SCHEMES, AppClient, Handler, Serve, SomeService, errors_of


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
    ) -> AppClient:
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
        return AppClient(app)

    return start


@pytest.fixture(name="errors_of")
def errors_of_fixture() -> Callable[[httpx.Response], list[tuple[str, str, str]]]:
    return errors_of
