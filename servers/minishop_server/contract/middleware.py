"""The middleware in Connexion's list: compiles the document at start-up, answers every request."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import quote

import structlog
from connexion.http_facts import METHODS
from connexion.middleware import SpecMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from ..kit.client_address import INTERNAL
from ..kit.documents import is_internal
from ..kit.logging import trace
from ..kit.problems import HeadersTooLarge, Problem
from .operation import Operation
from .responses import OUR_FAULT, Answer, problem_answer
from .routing import Routes
from .security import Service

MAX_HEADER_BYTES = 1 << 14
"""Maximum size of all header names and values together, ten times that of a token and a few dozen ordinary headers."""

_NO_TEXTS: list[str] = []

log = structlog.get_logger()


class ContractMiddleware(SpecMiddleware):  # type: ignore[misc]
    """Validates every request, and the share `check_responses` of the responses (1 for all); `rate_limits` enables
    `x-rate-limit`; `hides_internal` hides internal operations from callers outside of the process.

    Put `functools.partial(ContractMiddleware, service=..., check_responses=...)` first in the list
    `connexion.AsyncApp(middlewares=[...])`. Scopes that are not HTTP go to the next application.
    """

    def __init__(
        self,
        next_app: ASGIApp,
        *,
        service: Service,
        check_responses: float,
        rate_limits: bool = True,
        hides_internal: bool = False,
    ) -> None:
        self._next_app = next_app
        self._service = service
        self._check_responses = check_responses
        self._rate_limits = rate_limits
        self._hides_internal = hides_internal
        self._routes = Routes[Operation]()

    def add_api(self, specification: Any, *, resolver: Any, base_path: str | None = None, **_: Any) -> None:
        """Compile a document; called by Connexion when the application starts.

        Raises TypeError, naming the operation, for a handler that does not fit the document and
        for a document that this middleware cannot enforce.
        """
        prefix = specification.base_path if base_path is None else base_path.rstrip("/")
        for path, item in specification["paths"].items():
            methods = {}
            for method in filter(METHODS.__contains__, item):
                found = specification.operation_cls.from_spec(
                    specification, path=path, method=method, resolver=resolver
                )
                methods[method.upper()] = Operation(
                    found,
                    item[method],
                    service=self._service,
                    check_responses=self._check_responses,
                    rate_limits=self._rate_limits,
                )
            hidden = [method for method in methods if is_internal(item[method.lower()])] if self._hides_internal else ()
            self._routes.add(prefix + path, methods, hidden)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._next_app(scope, receive, send)
            return
        status, headers, payload = await self.answer(scope, receive)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": payload})

    async def answer(self, scope: Scope, receive: Receive) -> Answer:
        """The response to an HTTP request, also after an error.

        Only the cancellation of the task is raised.
        """
        raw_path = scope.get("raw_path")  # ASGI: it may be missing
        try:
            headers = _by_name(scope["headers"])
            operation, path_texts = self._routes.direct.get((raw_path, scope["method"])), _NO_TEXTS
            if operation is None:
                # It is as sent; a byte beyond ASCII becomes one that no path holds.
                path = quote(scope["path"]) if raw_path is None else raw_path.decode("ascii", "replace")
                from_outside = (scope.get("client") or "?")[0] != INTERNAL
                operation, path_texts = self._routes.match(path, scope["method"], from_outside=from_outside)
            scope["operation_id"] = operation.id
            status, fields, payload = await operation(scope, headers, receive, path_texts)
        except Problem as problem:
            status, fields, payload = problem_answer(problem, scope["path"])
        except Exception as error:
            log.error(
                "unhandled_exception",
                operation=scope.get("operation_id"),
                exception=trace(error),
            )
            status, fields, payload = problem_answer(Problem(OUR_FAULT), scope["path"])
        return status, fields, b"" if scope["method"] == "HEAD" else payload


def _by_name(raw: Collection[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Headers by name; repeated ones become a list with commas (RFC 9110, section 5.3).

    Raises HeadersTooLarge.
    """
    headers: dict[bytes, bytes] = {}
    size = 0
    for name, value in raw:
        size += len(name) + len(value)
        headers[name] = headers[name] + b", " + value if name in headers else value
    if size > MAX_HEADER_BYTES:
        raise HeadersTooLarge(f"The headers of a request may have {MAX_HEADER_BYTES} bytes.")
    return headers
