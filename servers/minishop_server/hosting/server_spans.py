"""The span of a request, by OpenTelemetry's semantic conventions for HTTP servers."""

from __future__ import annotations

from functools import cache

from starlette.types import Scope

from ..kit import spans
from ..kit.documents import document
from ..kit.settings import SERVICES
from ..kit.trace_context import TraceContext

METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"))


def record_request(
    service: str, operation: str, scope: Scope, trace: TraceContext, seconds: float, status: int
) -> None:
    """Record the span of a request that ends now.

    Args:
        status: of the response, or 0 if it got none.
    """
    method = scope["method"] if scope["method"] in METHODS else "_OTHER"
    route = _routes(service).get(operation)
    attributes: dict[str, str | int] = {
        "http.request.method": method,
        "url.scheme": scope["scheme"],
        "network.protocol.version": scope["http_version"],
    }
    if server := scope.get("server"):
        attributes["server.address"] = server[0]
        if server[1] is not None:
            attributes["server.port"] = server[1]
    if route is not None:
        attributes["http.route"] = route
        # A refused path may hold anything, for example a secret in the wrong place.
        attributes["url.path"] = scope["path"] if 200 <= status < 400 else route
    if status:
        attributes["http.response.status_code"] = status
    name = "HTTP" if method == "_OTHER" else method
    error = str(status) if status >= 500 else None if status else "cancelled"
    spans.record(f"{name} {route}" if route else name, "server", trace, seconds, attributes, error)


@cache
def _routes(service: str) -> dict[str, str]:
    """The path of each operation of a service."""
    name = next((each for each in SERVICES if each == service), None)
    if name is None:
        return {}
    paths = document(name)["paths"]
    return {
        each["operationId"]: path for path, item in paths.items() for each in item.values() if "operationId" in each
    }
