"""The generated nginx in the lab passes on the operations for outsiders, and answers every other request itself."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import ExitStack, closing, suppress
from functools import partial
from http.client import HTTPConnection
from itertools import takewhile
from select import select

import httpx
import pytest

from minishop_server.kit.documents import is_internal
from minishop_server.tools.processes import PATIENCE
from scripts.deploy.operations import paths
from tests.support.http_server import PROBLEM
from tests.support.lab import Lab
from tests.support.lab_shop import LabShop
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
    "/auth/me#x",
    "/orders/a\\b",
    "/.problem/nothing",
    "/",
    "/metrics",
)
HEAD = b"Host: shop.example\r\nConnection: close\r\n"
MALFORMED = (
    b"GET auth HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET /auth/%zz HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET /../x HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET /auth/\x01 HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"get /auth/me HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"OPTIONS * HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET /auth/me HTTP/2.0\r\n" + HEAD + b"\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    bytes.fromhex("1603010200010001fc0303"),
    b"POST /auth/login HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: gzip\r\n\r\n",
)


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


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PATCH", "PROPFIND"])
def test_no_method_reaches_a_path_without_an_operation_for_outsiders(lab: Lab, shop: LabShop, method: str) -> None:
    found = [path.template for path in paths() if not path.has_parameters and not path.public]

    def ask() -> list[httpx.Response]:
        with httpx.Client(base_url=shop.gateway) as http:
            return [http.request(method, path) for path in found]

    for answer in lab.inside("edge", ask):
        assert_is_nothing(answer, has_body=method != "HEAD")


@pytest.mark.parametrize("sent", MALFORMED)
def test_a_request_that_is_not_http_1_1_gets_a_problem(lab: Lab, shop: LabShop, sent: bytes) -> None:
    status, code = (431, "headers_too_large") if len(sent) > 1000 else (400, "invalid_request")

    head, _, body = lab.inside("edge", lambda: exchange(shop, sent)).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 %d " % status), head
    assert b"Minishop-Service: gateway" in head
    told = json.loads(body)
    PROBLEM.validate(told)
    assert code == told["code"]


def exchange(shop: LabShop, sent: bytes) -> bytes:
    """The response up to the end of the connection."""
    with socket.create_connection((shop.lab.addresses["gateway"], 8080), timeout=PATIENCE) as connection:
        connection.sendall(sent)
        with connection.makefile("rb") as file:
            return file.read()


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


def test_an_address_before_the_last_one_is_not_believed_even_if_pods_have_the_last_one(lab: Lab, shop: LabShop) -> None:
    pod = lab.addresses["stranger"]

    def ask() -> str:
        credentials = {"username": "grace", "password": PASSWORD}
        with httpx.Client(base_url=shop.gateway, headers={"X-Forwarded-For": f"192.0.2.1, {pod}"}) as http:
            login = http.post("/auth/login", json=credentials)
            token = {"Authorization": f"Bearer {login.json()['access_token']}"}
            return http.get("/auth/audit", headers=token, params={"limit": 100}).text

    entries = lab.inside("edge", ask)

    assert f'"{pod}"' in entries
    assert "192.0.2.1" not in entries


def test_the_gateway_answers_with_a_problem_while_a_service_is_away(lab: Lab, shop: LabShop) -> None:
    def ask(method: str) -> httpx.Response:
        return httpx.request(method, f"{shop.gateway}/cart?token=secret", headers={"Authorization": "Bearer x"})

    with shop.stopped("cart"):
        for method in "GET", "DELETE":
            answer = lab.inside("edge", lambda method=method: ask(method))  # type: ignore[misc]
            PROBLEM.validate(answer.json())
            assert (503, "unavailable") == (answer.status_code, answer.json()["code"])
            assert "1" == answer.headers["Retry-After"]

    assert 401 == lab.inside("edge", lambda: ask("GET")).status_code  # at once
    assert "secret" not in shop.log("gateway").read_text("utf-8")


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


def test_a_client_has_64_requests_at_a_time(lab: Lab, shop: LabShop) -> None:
    def begin(client: str) -> socket.socket:
        head = f"POST /auth/login HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: {client}\r\nContent-Length: 2\r\n\r\n"
        connection = socket.create_connection((lab.addresses["gateway"], 8080), timeout=PATIENCE)
        connection.sendall(head.encode())
        return connection

    def ask(client: str) -> httpx.Response:
        return httpx.get(f"{shop.gateway}/cart", headers={"X-Forwarded-For": client})

    def crowd() -> tuple[httpx.Response, httpx.Response]:
        with ExitStack() as stack:
            held = [stack.enter_context(begin(SHOPPER)) for _ in range(65)]
            refused, _, _ = select(held, [], [], PATIENCE)
            assert 1 == len(refused)
            return ask(SHOPPER), ask("198.51.100.8")

    answer, of_another = lab.inside("edge", crowd)

    PROBLEM.validate(answer.json())
    assert (503, "unavailable") == (answer.status_code, answer.json()["code"])
    assert 401 == of_another.status_code


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
