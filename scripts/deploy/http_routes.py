"""The operations for outsiders as HTTPRoutes of the Gateway API, one for each service."""

from collections.abc import Iterator

from minishop_server.kit.settings import SERVICES, ServiceName
from scripts.deploy.operations import Path, paths
from scripts.deploy.plan import HTTP, Node
from scripts.deploy.workloads import LABEL

MOST_MATCHES = 64
"""Of a rule, by the schema of the Gateway API."""


def http_routes() -> list[Node]:
    """The routes of all services.

    A path with parameters is a regular expression, which most implementations support.
    """
    found = paths()
    return [_route(service, [path for path in found if path.service == service]) for service in SERVICES]


def _route(service: ServiceName, found: list[Path]) -> Node:
    matches = [match for path in found for match in _matches(path)]
    if len(matches) > MOST_MATCHES:
        raise ValueError(f"The route of {service} has more than {MOST_MATCHES} matches.")
    rule = {
        "matches": matches,
        "filters": [{"type": "RequestHeaderModifier", "requestHeaderModifier": {"remove": ["X-Forwarded-Prefix"]}}],
        "timeouts": {"request": "75s"},
        "backendRefs": [{"name": service, "port": HTTP}],
    }
    return {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "HTTPRoute",
        "metadata": {"name": service, "labels": {f"{LABEL}part-of": "minishop"}},
        "spec": {"parentRefs": [{"name": "minishop"}], "rules": [rule]},
    }


def _matches(path: Path) -> Iterator[Node]:
    kind = "RegularExpression" if path.has_parameters else "Exact"
    value = f"^{path.pattern(path.parameters)}$" if path.has_parameters else path.template
    for method in path.methods_for_outsiders:
        yield {"path": {"type": kind, "value": value}, "method": method}
