"""The configuration of the gateway: nginx passes on the operations for outsiders, and answers all other requests."""

import json
from collections.abc import Iterator
from string import Template

from minishop_server.contract.body import MAX_BYTES
from minishop_server.contract.routing import NOTHING
from minishop_server.hosting.http_server.connections import Bounds
from minishop_server.kit.problems import (
    PROBLEM_JSON,
    TYPE_BASE,
    BadRequest,
    ContentTooLarge,
    HeadersTooLarge,
    NotFound,
    Problem,
    Unavailable,
)
from minishop_server.kit.security_headers import OF_SERVICES
from minishop_server.kit.settings import SERVICES
from scripts.deploy.operations import Path, paths
from scripts.deploy.plan import HTTP, PORTS, ROOT

TEMPLATE = ROOT / "deploy" / "nginx.conf.template"
HEADERS = (
    *((name.decode().title(), value.decode()) for name, value in OF_SERVICES),
    ("Cache-Control", "no-store"),
    ("Minishop-Service", "gateway"),
    ("X-Request-Id", "$shop_request_id"),
)
"""The headers of every problem."""
FOLDER = "/.problem/"
"""Not named locations: nginx cannot lead a request there if it failed in the first line."""
PROBLEMS: dict[str, tuple[str, Problem]] = {
    "nothing": ("403 404 405", NotFound(NOTHING)),
    "malformed": ("400 501 505", BadRequest("This is not HTTP/1.1 as RFC 9112 describes it.")),
    "too_large": ("413", ContentTooLarge(f"A body may have {MAX_BYTES} bytes.")),
    "head_too_large": ("414 431 494", HeadersTooLarge("The headers of the request are too large.")),
    "unavailable": ("500 502 503 504", Unavailable("A part of the shop does not answer.")),
}
"""By the name of its location: the errors of nginx that a problem replaces."""


def configuration(edge: str) -> str:
    """The text of nginx.conf.

    Args:
        edge: the network of the proxy that terminates TLS.
    """
    bounds = Bounds(connections=1, connections_per_address=1)
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        routes=_indented(4, _routes(paths())),
        upstreams=_indented(2, _upstreams()),
        error_pages=_indented(4, _error_pages()),
        problems=_indented(4, _problems()),
        edge=edge,
        port=PORTS["gateway"],
        probe=PORTS["probe"],
        body_bytes=2 * MAX_BYTES,
        head_kib=bounds.head_bytes >> 10,
        head_seconds=round(bounds.head_seconds),
        body_seconds=round(bounds.body_seconds),
        send_seconds=round(bounds.send_seconds),
    )


def _indented(spaces: int, lines: Iterator[str]) -> str:
    return "\n".join(" " * spaces + line for line in lines).lstrip()


def _routes(found: list[Path]) -> Iterator[str]:
    """The service of each method and path: the first line that matches counts, as in the services themselves."""
    for path in found:
        if not path.methods_for_outsiders:
            yield f'"~^[A-Z_-]+ {path.pattern()}$" "";'
            continue
        for methods, target in ((path.methods_for_services, '""'), (path.methods_for_outsiders, path.service)):
            if methods:
                yield f'"~^({"|".join(methods)}) {path.pattern()}$" {target};'


def _upstreams() -> Iterator[str]:
    for name in SERVICES:
        server = f"server {name}:{HTTP} max_fails=0;"
        yield f"upstream {name} {{ {server} {server} keepalive 32; keepalive_timeout 3s; }}"
        yield f"upstream {name}-write {{ {server} }}"


def _error_pages() -> Iterator[str]:
    for name, (statuses, _) in PROBLEMS.items():
        yield f"error_page {statuses} = {FOLDER}{name};"


def _problems() -> Iterator[str]:
    for name, (_, problem) in PROBLEMS.items():
        body = {
            "type": TYPE_BASE + problem.code.replace("_", "-"),
            "title": problem.title,
            "status": problem.status,
            "detail": problem.detail,
            "instance": "$instance",
            "code": problem.code,
            "request_id": "$shop_request_id",
        }
        yield f"location = {FOLDER}{name} {{"
        yield "  internal;"
        yield f"  default_type {PROBLEM_JSON};"
        for header, value in (*HEADERS, *problem.headers.items()):
            yield f'  add_header {header} "{value}" always;'  # or else only to a success
        yield f"  return {problem.status} '{json.dumps(body, separators=(',', ':'))}';"
        yield "}"
