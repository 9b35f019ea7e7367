"""The HTTPRoutes lead to the operations for outsiders, and to no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from minishop_server.kit.documents import is_internal
from minishop_server.kit.settings import SERVICES
from tests.support.manifests import KUBERNETES, NAMESPACE, OVERLAYS, Node, expected_edges, peers, policies, rendered
from tests.support.network_policies import analyzed_edges, edges
from tests.support.operations import OPERATIONS, Operation


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> list[Node]:
    """The overlay `production` with the component."""
    return with_routes("production", tmp_path_factory.mktemp("gateway-api"))


def with_routes(overlay: str, folder: Path) -> list[Node]:
    """An overlay with the component."""
    to = Path("..").joinpath(*[".."] * (len(folder.parts) - 2), *KUBERNETES.parts[1:])
    kustomization = {
        "namespace": NAMESPACE,
        "resources": [str(to / "overlays" / overlay)],
        "components": [str(to / "components" / "gateway-api")],
    }
    (folder / "kustomization.yaml").write_text(yaml.safe_dump(kustomization), "utf-8")
    return rendered(folder)


def targets(objects: list[Node], method: str, path: str) -> Iterator[str]:
    """The services to which the routes lead a request."""
    for route in objects:
        for rule in route["spec"]["rules"] if route["kind"] == "HTTPRoute" else ():
            for match in rule["matches"]:
                wanted = match["path"]
                pattern = re.escape(wanted["value"]) if wanted["type"] == "Exact" else wanted["value"]
                if match["method"] == method and re.fullmatch(pattern, path):
                    yield rule["backendRefs"][0]["name"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_each_operation_for_outsiders_has_one_route(objects: list[Node], operation: Operation) -> None:
    request = operation.request()

    found = list(targets(objects, request["method"], request["url"].partition("?")[0]))

    assert ([] if is_internal(operation.node) else [operation.service]) == found


def test_a_route_matches_whole_paths_and_no_client_names_the_prefix_of_the_shop(objects: list[Node]) -> None:
    rules = [rule for route in objects if route["kind"] == "HTTPRoute" for rule in route["spec"]["rules"]]
    values = [match["path"] for rule in rules for match in rule["matches"]]

    assert all(re.fullmatch(r"\^.+\$", each["value"]) for each in values if each["type"] == "RegularExpression")
    removed = {"type": "RequestHeaderModifier", "requestHeaderModifier": {"remove": ["X-Forwarded-Prefix"]}}
    assert all([removed] == rule["filters"] for rule in rules)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_with_routes_nothing_of_the_gateway_is_left(overlay: str, tmp_path: Path) -> None:
    found = with_routes(overlay, tmp_path)

    assert not {"Ingress"} & {each["kind"] for each in found}
    assert "gateway" not in {each["metadata"]["name"] for each in found}


def test_with_routes_the_edge_reaches_each_service_itself(objects: list[Node], tmp_path: Path) -> None:
    expected = {edge for edge in expected_edges("production") if "gateway" not in edge}
    expected |= {f"edge -> {name}:8000" for name in SERVICES}

    assert expected == edges(policies(objects), peers(objects))
    assert expected == analyzed_edges(policies(objects), peers(objects), tmp_path)
