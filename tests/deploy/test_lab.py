"""The manifests in a lab: policies in force, the seven services on PostgreSQL, nginx in front, and an outsider."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial
from http.client import HTTPConnection
from itertools import takewhile

import httpx
import pytest

from minishop_server.kit.documents import is_internal
from minishop_server.kit.settings import SERVICES
from minishop_server.tools.processes import PATIENCE
from scripts.deploy.plan import callees
from scripts.deploy.workloads import NGINX_UID, UID
from tests.support.first_sale import first_sale
from tests.support.http_server import PROBLEM
from tests.support.lab import Lab, missing, running_lab
from tests.support.lab_shop import LabShop
from tests.support.manifests import KUBERNETES, Node, Peer, expected_edges, peers, policies, rendered
from tests.support.operations import OPERATIONS
from tests.support.shop import PASSWORD

SHOPPER = "198.51.100.7"
NO_ROUTE = (
    "/auth/%72evocations",
    "/auth/./revocations",
    "/auth/me/../revocations",
    "/auth/me/%2e%2e/revocations",
    "/auth/me%2F..%2Frevocations",
    "//auth/revocations",
    "/auth//revocations",
    "/catalog/products/1/../../../auth/revocations",
    "/orders/x%2F..%2F..%2Fauth%2Frevocations",
    "/auth/revocations#/../me",
    "/auth/revocations%0a",
    "/orders/livez",
    "/AUTH/revocations",
    "http://shop.example/auth/revocations",
    "/cart\\..\\auth\\revocations",
    "/",
    "/metrics",
)


@pytest.fixture(scope="module")
def objects() -> list[Node]:
    if lacking := missing():
        (pytest.fail if "CI" in os.environ else pytest.skip)(lacking)
    return rendered(KUBERNETES / "overlays" / "kind")


@pytest.fixture(scope="module")
def lab(objects: list[Node]) -> Iterator[Lab]:
    """The pods and outsiders, with a second pod of each service that calls itself."""
    found = peers(objects)
    twins = [Peer(f"{each.name}-2", each.namespace, each.labels) for each in found if _calls_itself(each.name)]
    with running_lab([*found, *twins]) as lab:
        lab.enforce(policies(objects))
        yield lab


@pytest.fixture(scope="module")
def shop(lab: Lab, objects: list[Node], tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabShop]:
    """The shop, started while the policies are in force."""
    shop = LabShop(lab, objects, tmp_path_factory.mktemp("lab"))
    with shop.running():
        yield shop


def _calls_itself(name: str) -> bool:
    return any(name == service and service in callees(service) for service in SERVICES)


def test_exactly_the_expected_connections_are_open(lab: Lab, shop: LabShop) -> None:
    assert expected_edges("kind") == lab.open_edges()


@pytest.mark.parametrize(("pod", "user"), [*((name, UID) for name in SERVICES), ("gateway", NGINX_UID)])
def test_the_processes_have_no_more_rights_than_in_the_manifests(shop: LabShop, pod: str, user: int) -> None:
    status = dict(line.split(":\t", 1) for line in shop.process_file(pod, "status").splitlines())
    (root,) = (line.split() for line in shop.process_file(pod, "mountinfo").splitlines() if line.split()[4] == "/")

    assert [str(user)] * 4 == status["Uid"].split()
    assert {0} == {int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")}
    assert "1" == status["NoNewPrivs"]
    assert "ro" in root[5].split(",")


def test_a_purchase_from_outside_goes_through_the_gateway(lab: Lab, shop: LabShop) -> None:
    assert "paid" == lab.inside("edge", partial(first_sale, shop.gateway))
    assert "The books add up." in shop.run("edge", "audit", "--url", shop.gateway, "--password", PASSWORD)


def test_the_gateway_passes_on_the_operations_for_outsiders_alone(lab: Lab, shop: LabShop) -> None:
    def ask() -> dict[str, str]:
        with httpx.Client(base_url=shop.gateway) as http:
            answers = {str(each): http.request(**each.request()) for each in OPERATIONS}
        for each in OPERATIONS:
            if is_internal(each.node):
                assert_is_nothing(answers[str(each)])
        return {name: answer.headers["Minishop-Service"] for name, answer in answers.items()}

    expected = {str(each): "gateway" if is_internal(each.node) else each.service for each in OPERATIONS}
    assert expected == lab.inside("edge", ask)


def test_no_spelling_of_a_path_reaches_an_internal_operation(lab: Lab, shop: LabShop) -> None:
    def ask(method: str, path: str) -> httpx.Response:
        with closing(HTTPConnection(lab.addresses["gateway"], 8080, timeout=PATIENCE)) as connection:
            connection.request(method, path)
            answer = connection.getresponse()
            return httpx.Response(answer.status, headers=answer.getheaders(), content=answer.read())

    for method in "GET", "HEAD", "TRACE", "DELETE":
        answers = lab.inside("edge", lambda method=method: [ask(method, path) for path in NO_ROUTE])  # type: ignore[misc]
        for path, answer in zip(NO_ROUTE, answers, strict=True):
            assert 404 == answer.status_code, f"{method} {path}"
            assert_is_nothing(answer, has_body=method != "HEAD")


def assert_is_nothing(answer: httpx.Response, *, has_body: bool = True) -> None:
    """The response is a 404 of the gateway, as the shop writes it."""
    assert (404, "gateway") == (answer.status_code, answer.headers["Minishop-Service"])
    assert "application/problem+json" == answer.headers["Content-Type"]
    assert "no-store" == answer.headers["Cache-Control"]
    assert {"x-content-type-options", "content-security-policy", "referrer-policy"} <= answer.headers.keys()
    if has_body:
        told = answer.json()
        PROBLEM.validate(told)
        assert ("not_found", answer.headers["X-Request-Id"]) == (told["code"], told["request_id"])


def test_monitoring_reads_the_metrics_of_each_service(lab: Lab, shop: LabShop) -> None:
    for name in SERVICES:
        url = f"http://{lab.addresses[name]}:9464/metrics"
        answer = lab.inside("monitoring", partial(httpx.get, url))
        assert 200 == answer.status_code
        assert f'service="{name}"' in answer.text


def test_the_log_of_the_gateway_has_the_result_of_a_request_and_not_its_path(lab: Lab, shop: LabShop) -> None:
    sent = {"X-Request-Id": "to-be-found"}
    lab.inside("edge", lambda: httpx.get(f"{shop.gateway}/orders/ORD-777?token=secret", headers=sent))

    log = shop.log("gateway").read_text("utf-8")

    (line,) = (json.loads(line) for line in log.splitlines() if "to-be-found" in line)
    assert ("request", "gateway", "orders", 401) == (line["event"], line["service"], line["to"], line["status"])
    assert "secret" not in log
    assert "ORD-777" not in log


def test_the_gateway_tells_who_the_client_is_as_far_as_the_edge_does(lab: Lab, shop: LabShop) -> None:
    def ask() -> str:
        credentials = {"username": "grace", "password": PASSWORD}
        forged = {"X-Forwarded-For": f"192.0.2.1, {SHOPPER}", "X-Request-Id": "from-a-shopper"}
        with httpx.Client(base_url=shop.gateway) as http:
            login = http.post("/auth/login", json=credentials, headers=forged)
            token = {"Authorization": f"Bearer {login.json()['access_token']}"}
            found = http.get("/auth/audit", headers=token, params={"limit": 100}).json()
        assert "from-a-shopper" == login.headers["X-Request-Id"]
        return json.dumps(found)

    entries = lab.inside("edge", ask)

    assert f'"{SHOPPER}"' in entries
    assert "192.0.2.1" not in entries


def test_the_gateway_answers_with_a_problem_while_a_service_is_away(lab: Lab, shop: LabShop) -> None:
    def ask(method: str) -> httpx.Response:
        return httpx.request(method, f"{shop.gateway}/cart", headers={"Authorization": "Bearer x"})

    with shop.stopped("cart"):
        for method in "GET", "DELETE":
            answer = lab.inside("edge", lambda method=method: ask(method))  # type: ignore[misc]
            PROBLEM.validate(answer.json())
            assert (503, "unavailable") == (answer.status_code, answer.json()["code"])
            assert "1" == answer.headers["Retry-After"]

    assert 401 == lab.inside("edge", lambda: ask("GET")).status_code  # at once


def test_the_gateway_sends_a_read_once_more_and_a_write_never(lab: Lab, shop: LabShop) -> None:
    received: list[str] = []

    def refuse(server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = server.accept()
                with connection, connection.makefile("rb") as file:
                    head = [*takewhile(bytes.strip, iter(file.readline, b""))]
                    if b"X-Request-Id: to-be-counted\r\n" in head:  # Orders polls Cart
                        received.append(head[0].decode().partition(" ")[0])

    def listen() -> socket.socket:
        return socket.create_server((lab.addresses["cart"], 8000))

    with shop.stopped("cart"), lab.inside("cart", listen) as server:
        thread = threading.Thread(target=refuse, args=(server,), daemon=True)
        thread.start()
        sent = {"X-Request-Id": "to-be-counted"}
        for method in "GET", "DELETE", "POST":
            path = "/cart/items" if method == "POST" else "/cart"
            url = f"{shop.gateway}{path}"
            assert 503 == lab.inside("edge", partial(httpx.request, method, url, headers=sent)).status_code
        server.shutdown(socket.SHUT_RDWR)
        thread.join()

    assert ["GET", "GET", "DELETE", "POST"] == received


def test_a_large_body_is_refused_by_the_service_and_a_larger_one_by_the_gateway(lab: Lab, shop: LabShop) -> None:
    def ask(mebibytes: float) -> httpx.Response:
        body = b" " * int(mebibytes * (1 << 20))
        return httpx.post(f"{shop.gateway}/auth/login", content=body, headers={"Content-Type": "application/json"})

    for mebibytes, service in (1.5, "auth"), (3, "gateway"):
        answer = lab.inside("edge", lambda mebibytes=mebibytes: ask(mebibytes))  # type: ignore[misc]
        PROBLEM.validate(answer.json())
        assert (413, "body_too_large", service) == (
            answer.status_code,
            answer.json()["code"],
            answer.headers["Minishop-Service"],
        )


def test_the_lab_finds_faults_of_the_policies(lab: Lab, shop: LabShop, objects: list[Node]) -> None:
    found = rendered(KUBERNETES / "overlays" / "kind")
    of = {each["metadata"]["name"]: each["spec"] for each in policies(found)}
    of["cart"]["ingress"][0]["from"].append({"namespaceSelector": {}})
    of["orders"]["egress"] = []

    lab.enforce(policies(found))
    try:
        different = expected_edges("kind") ^ lab.open_edges()
    finally:
        lab.enforce(policies(objects))

    too_wide = {f"{name} -> cart:8000" for name in ("dns", "edge", "monitoring", "operator", "stranger")}
    missing_ones = {f"orders -> {name}:8000" for name in callees("orders")}
    assert too_wide | missing_ones == different
