"""A service on Connexion's own request path: the same document, handlers and domain, and none of our checks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from importlib import import_module
from inspect import signature
from typing import Any, get_type_hints
from urllib.parse import unquote

import connexion
import orjson
from connexion.lifecycle import ConnexionResponse
from connexion.options import SwaggerUIOptions
from connexion.resolver import Resolver
from connexion.security import BearerSecurityHandler
from pydantic import BaseModel, ValidationError

from minishop_contracts.reply import Reply
from minishop_server.hosting.service import Service
from minishop_server.kit.documents import document, operations
from minishop_server.kit.problems import PROBLEM_JSON, BadRequest, Problem, problem_body


def stock_app(service: Service) -> Any:
    """Another application of a running service, with every option that makes Connexion stricter."""
    handlers = import_module(f"minishop_server.services.{service.name}.handlers")
    app = connexion.AsyncApp(
        "minishop_server",
        resolver=Resolver(lambda name: _adapted(getattr(handlers, name), service)),
        security_map={"bearer": _verified_by(service)},
        strict_validation=True,
        swagger_ui_options=SwaggerUIOptions(swagger_ui=False, serve_spec=False),
    )
    app.add_error_handler(Problem, _refusal)
    app.add_api(document(service.name))
    return app


def _verified_by(service: Service) -> type[BearerSecurityHandler]:
    async def verify(token: str) -> dict[str, Any]:
        caller = await service.authenticate(token)
        return {"sub": caller.subject, "caller": caller}

    class Bearer(BearerSecurityHandler):  # type: ignore[misc]
        def _resolve_func(self, scheme: dict[str, Any]) -> Any:
            return verify

    return Bearer


def _adapted(handler: Callable[..., Awaitable[Any]], service: Service) -> Callable[..., Awaitable[ConnexionResponse]]:
    """A handler of ours as Connexion calls one: without the domain, with a `dict` as the body."""
    names = set(signature(handler).parameters)
    model = get_type_hints(handler).get("body")

    async def call(**given: Any) -> ConnexionResponse:
        arguments = {name: value for name, value in given.items() if name in names}
        if "caller" in names:
            arguments["caller"] = given["token_info"]["caller"]
        if "if_match" in names and "If-Match" in connexion.request.headers:  # Connexion leaves headers to the handler
            arguments["if_match"] = connexion.request.headers["If-Match"]
        if model is not None:
            arguments["body"] = _model(model, given["body"])
        result = await handler(service.domain, **arguments)
        reply = result if isinstance(result, Reply) else Reply(result)
        return ConnexionResponse(
            status_code=reply.status or _success(handler.__name__, service),
            content_type=None if reply.body is None else "application/json",
            body=None if reply.body is None else orjson.dumps(reply.body),
            headers=dict(reply.headers),
        )

    return call


def _model(model: type[BaseModel], body: Any) -> BaseModel:
    try:
        return model.model_validate(body)
    except ValidationError:
        raise BadRequest from None


def _success(operation_id: str, service: Service) -> int:
    found = next(each for each in operations(document(service.name)).values() if each["operationId"] == operation_id)
    return int(min(found["responses"]))


def _refusal(request: Any, problem: Problem) -> ConnexionResponse:
    return ConnexionResponse(
        status_code=problem.status,
        mimetype=PROBLEM_JSON,
        body=problem_body(problem, "/"),
        headers=dict(problem.headers),
    )


@dataclass(frozen=True)
class Request:
    """A request as an ASGI server passes it on, with path and query in `target` as they were sent."""

    method: str
    target: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = b""

    def header(self, name: bytes) -> bytes | None:
        """The value of a header, if it is there."""
        return dict(self.headers).get(name)


@dataclass
class Answer:
    """The response."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


async def send(app: Any, request: Request) -> Answer:
    """Ask an application, with nothing between that would mend a request."""
    raw_path, _, query = request.target.partition(b"?")
    length = [(b"content-length", b"%d" % len(request.body))] if request.body else []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "server": ("shop", 80),
        "client": ("127.0.0.1", 50000),
        "root_path": "",
        "path": unquote(raw_path.decode("ascii")),
        "raw_path": raw_path,
        "query_string": query,
        "headers": [(b"host", b"shop"), *request.headers, *length],
    }
    answer = Answer()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": request.body}

    async def collect(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode("latin-1"): text.decode("latin-1") for name, text in message["headers"]}
        elif request.method != "HEAD":  # or else the server drops it
            answer.body += message.get("body", b"")

    await app(scope, receive, collect)
    return answer
