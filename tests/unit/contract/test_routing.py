"""The operation of a path and a method, and the error if there is none."""

from __future__ import annotations

from typing import Any

import pytest


async def echo_id(domain: Any, order_id: str) -> dict[str, str]:
    return {"order_id": order_id}


async def done(domain: Any) -> str:
    return "done"


ORDER_ID = {"name": "order_id", "in": "path", "required": True, "schema": {"type": "string"}}
PATHS: dict[str, Any] = {
    "/orders": {"get": {"operationId": "done"}, "post": {"operationId": "done"}},
    "/orders/{order_id}": {
        "parameters": [ORDER_ID],
        "get": {"operationId": "echo_id"},
        "delete": {"operationId": "echo_id"},
    },
    "/orders/checkout": {"post": {"operationId": "done"}},
    "/orders/{order_id}/items": {"get": {"operationId": "echo_id", "parameters": [ORDER_ID]}},
    "/orders/cart/items": {"get": {"operationId": "done"}},
}


@pytest.fixture
def client(serve: Any) -> Any:
    return serve(PATHS, echo_id=echo_id, done=done)


async def test_a_template_matches_and_gives_its_parameter(client: Any) -> None:
    answer = await client.get("/orders/ORD-1")
    assert {"order_id": "ORD-1"} == answer.json()


async def test_an_exact_path_wins_over_a_template(client: Any) -> None:
    assert "done" == (await client.get("/orders/cart/items")).json()


async def test_the_method_is_checked_on_the_exact_path_and_not_on_a_template_beside_it(
    client: Any,
) -> None:
    answer = await client.get("/orders/checkout")
    assert 405 == answer.status_code
    assert "POST" == answer.headers["allow"]
    assert "method_not_allowed" == answer.json()["code"]


@pytest.mark.parametrize(
    ("path", "allow"),
    [("/orders", "GET, HEAD, POST"), ("/orders/ORD-1", "GET, HEAD, DELETE")],
)
@pytest.mark.parametrize("method", ["PUT", "OPTIONS", "TRACE", "BREW"])
async def test_405_names_every_method_of_the_path(client: Any, path: str, allow: str, method: str) -> None:
    answer = await client.request(method, path)
    assert 405 == answer.status_code
    assert allow == answer.headers["allow"]


@pytest.mark.parametrize("path", ["/", "/order", "/orders/", "/orders/ORD-1/", "/orders//items", "//orders", "/Orders"])
async def test_an_unknown_path_is_a_404_problem(client: Any, path: str) -> None:
    answer = await client.get("http://test" + path)
    assert 404 == answer.status_code
    assert "application/problem+json" == answer.headers["content-type"]
    assert "not_found" == answer.json()["code"]


async def test_nothing_reaches_the_stock_application_beneath(client: Any) -> None:
    for path in ("/openapi.json", "/ui/", "/swagger.json"):
        assert "not_found" == (await client.get(path)).json()["code"]


async def test_head_is_a_get_without_a_body(client: Any) -> None:
    got = await client.get("/orders/ORD-1")
    head = await client.head("/orders/ORD-1")
    assert (200, b"") == (head.status_code, head.content)
    assert got.headers == head.headers


async def test_a_head_that_fails_has_no_body_either(client: Any) -> None:
    head = await client.head("/orders/checkout")
    assert (405, b"") == (head.status_code, head.content)


async def test_a_documented_head_has_its_own_handler(serve: Any) -> None:
    async def look(domain: Any) -> Any:
        domain["looked"] = True

    service = type("Service", (), {"name": "made_up", "domain": {}})()
    paths = {"/orders": {"get": {"operationId": "done"}, "head": {"operationId": "look"}}}
    await serve(paths, service=service, done=done, look=look).head("/orders")
    assert {"looked": True} == service.domain


@pytest.mark.parametrize(
    ("sent", "received"),
    [
        ("%C3%A9", "é"),
        ("a%2Fb", "a/b"),
        ("a+b", "a+b"),
        ("%63heckout", None),
        ("check%6Fut", None),
    ],
)
async def test_segments_are_decoded_after_the_path_is_split(client: Any, sent: str, received: str | None) -> None:
    answer = await client.get(f"/orders/{sent}")
    if received is None:
        assert 405 == answer.status_code
    else:
        assert {"order_id": received} == answer.json()


@pytest.mark.parametrize("segment", ["%FF", "%C3", "%ED%A0%80", "%00", "%zz", "%"])
async def test_an_ill_formed_segment_is_a_400(client: Any, segment: str) -> None:
    answer = await raw_get(client, f"/orders/{segment}".encode())
    assert 400 == answer["status"]
    assert b'"pointer":"/order_id","code":"encoding"' in answer["body"]


@pytest.mark.parametrize("raw_path", [b"/orders/\xff", b"/orders/\xc3\xa9"])
async def test_a_path_that_is_not_ascii_is_a_400(client: Any, raw_path: bytes) -> None:
    assert 400 == (await raw_get(client, raw_path))["status"]


async def test_a_server_that_sends_no_raw_path_is_served_too(client: Any) -> None:
    answer = await raw_get(client, None, path="/orders/é")
    assert '{"order_id":"é"}'.encode() == answer["body"]


async def test_the_operation_stands_in_the_scope_for_the_request_log(client: Any) -> None:
    assert "echo_id" == (await raw_get(client, b"/orders/1"))["scope"]["operation_id"]
    assert "operation_id" not in (await raw_get(client, b"/nowhere"))["scope"]


async def test_paths_stand_under_the_path_of_the_server(serve: Any) -> None:
    client = serve({"/orders": {"get": {"operationId": "done"}}}, base_path="/v1", done=done)
    assert 200 == (await client.get("/v1/orders")).status_code
    assert 404 == (await client.get("/orders")).status_code


async def test_a_parameter_within_a_segment_is_refused_at_start_up(serve: Any) -> None:
    paths = {"/files/{name}.json": {"get": {"operationId": "done"}}}
    with pytest.raises(TypeError, match="whole segment"):
        await serve(paths, done=done).get("/")


async def raw_get(client: Any, raw_path: bytes | None, path: str = "/orders/x") -> dict[str, Any]:
    """A GET whose path no client library has touched."""
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [],
    }
    if raw_path is not None:
        scope["raw_path"] = raw_path
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    await client.app(scope, receive, send)
    return {"status": sent[0]["status"], "body": sent[1]["body"], "scope": scope}
