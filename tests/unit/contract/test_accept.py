"""Which answers a caller takes, by its `Accept`, and the limit on all headers together."""

from __future__ import annotations

from typing import Any

import pytest

from minishop_server.contract.accept import is_acceptable
from minishop_server.contract.middleware import MAX_HEADER_BYTES

JSON: dict[str, Any] = {"application/json": {"schema": {}}}
CSV = {"text/csv": {"schema": {"type": "string"}}}
ANSWERED = {"200": {"description": "Done", "content": JSON}}
TOKEN: list[dict[str, list[str]]] = [{"token": []}]


async def done(domain: Any) -> str:
    return "done"


def client_of(serve: Any, responses: dict[str, Any] = ANSWERED, **operation: Any) -> Any:
    return serve({"/things": {"get": {"operationId": "handle", "responses": responses, **operation}}}, handle=done)


@pytest.mark.parametrize(
    "accept",
    [
        *("*/*", "application/*", "application/json", "Application/JSON", "text/html, application/json"),
        *("text/html,*/*;q=0.1", "application/json;q=0.001", "*/*;q=0, application/json", "text/*;q=0, */*"),
        *("application/*;q=0,application/json", "application/json ; q=1.000", "application/json;q=1;q2=0"),
        *("application/json;charset=utf-8", 'application/json;profile="a,b"', "application/json;q=0,application/json"),
        # Malformed, in full or in part: the malformed part is ignored.
        *("", ",", " , ,", "json", "*", "application/", "/json", "\xff", "a b/c", "application json"),
        *("text/html, *; q=.2, */*; q=.2", "application/json;q=", "application/json;q=-1", "application/json;q=0x"),
    ],
)
async def test_a_header_that_takes_json_is_served(serve: Any, accept: str) -> None:
    answer = await client_of(serve).get("/things", headers={"accept": accept.encode("latin-1")})
    assert (200, "done") == (answer.status_code, answer.json())


@pytest.mark.parametrize(
    "accept",
    [
        *("text/html", "text/*", "application/xml, text/html;q=0.5", "application/problem+json", "application/jso"),
        *("application/json;q=0", "application/json; q=0.000", "*/*;q=0", "APPLICATION/JSON;Q=0", "*/json"),
        *("*/*, application/json;q=0", "*/*, application/*;q=0", "application/*, application/json;q=0"),
        *("json, text/html", "text/html,", 'text/html;"'),
    ],
)
async def test_a_header_that_takes_no_json_is_406_and_told_what_there_is(serve: Any, accept: str) -> None:
    answer = await client_of(serve).get("/things", headers={"accept": accept})
    assert (406, "not_acceptable") == (answer.status_code, answer.json()["code"])
    assert "application/problem+json" == answer.headers["content-type"]
    assert "This operation answers in application/json." == answer.json()["detail"]


async def test_no_header_takes_anything(serve: Any) -> None:
    client = client_of(serve)
    del client.headers["accept"]
    assert 200 == (await client.get("/things")).status_code


async def test_several_headers_are_one_list(serve: Any) -> None:
    headers = [("accept", "text/html"), ("accept", "application/json")]
    assert 200 == (await client_of(serve).get("/things", headers=headers)).status_code


async def test_any_documented_media_type_of_a_success_is_enough(serve: Any) -> None:
    responses = {**ANSWERED, "201": {"description": "Made", "content": CSV}}
    client = client_of(serve, responses)
    assert 200 == (await client.get("/things", headers={"accept": "text/csv"})).status_code
    answer = await client.get("/things", headers={"accept": "text/html"})
    assert "This operation answers in application/json, text/csv." == answer.json()["detail"]


async def test_where_no_success_has_a_body_every_header_is_served(serve: Any) -> None:
    problem = {"description": "Bad", "content": {"application/problem+json": {"schema": {}}}}
    client = client_of(serve, {"204": {"description": "Done"}, "400": problem})
    assert 204 == (await client.get("/things", headers={"accept": "text/html"})).status_code


async def test_a_refusal_is_a_problem_whatever_the_caller_takes(serve: Any) -> None:
    answer = await client_of(serve).get("/nothing", headers={"accept": "text/html"})
    assert (404, "application/problem+json") == (answer.status_code, answer.headers["content-type"])


async def test_who_may_not_call_is_told_so_first(serve: Any) -> None:
    parameter = {"name": "page", "in": "query", "schema": {"type": "integer"}}
    client = client_of(serve, security=TOKEN, parameters=[parameter])
    assert 401 == (await client.get("/things", headers={"accept": "text/html"})).status_code
    headers = {"accept": "text/html", "authorization": "Bearer admin"}
    assert 406 == (await client.get("/things?page=x", headers=headers)).status_code


async def test_a_head_is_answered_as_its_get(serve: Any) -> None:
    head = await client_of(serve).head("/things", headers={"accept": "text/html"})
    assert (406, b"") == (head.status_code, head.content)


async def test_no_more_than_some_headers_are_remembered() -> None:
    for number in range(1000):
        is_acceptable(b"text/%d" % number, ("application/json",))
    assert is_acceptable.cache_info().currsize <= 256


def headers_of(size: int) -> list[tuple[bytes, bytes]]:
    """Headers whose names and values have so many bytes."""
    return [(b"host", b"test"), (b"a", b"b"), (b"x-filler", b"a" * (size - 18))]


async def test_headers_up_to_the_limit_are_read(serve: Any) -> None:
    assert 200 == await status_of(client_of(serve), "/things", headers_of(MAX_HEADER_BYTES))


@pytest.mark.parametrize("path", ["/things", "/nothing"])
async def test_larger_headers_are_431_before_anything_else(serve: Any, path: str) -> None:
    client = client_of(serve, security=TOKEN)
    assert 431 == await status_of(client, path, headers_of(MAX_HEADER_BYTES + 1))


async def test_names_count_as_values_do(serve: Any) -> None:
    many = [(b"x-%04d" % number, b"") for number in range(MAX_HEADER_BYTES // 6 + 1)]
    assert 431 == await status_of(client_of(serve), "/things", many)


async def test_headers_that_are_too_large_are_a_problem(serve: Any) -> None:
    answer = await client_of(serve).get("/things", headers={"x-filler": "secret" * 3000})
    assert (431, "headers_too_large") == (answer.status_code, answer.json()["code"])
    assert "The headers of a request may have 16384 bytes." == answer.json()["detail"]
    assert "secret" not in answer.text


async def status_of(client: Any, path: str, headers: list[tuple[bytes, bytes]]) -> int:
    """The status of a GET with exactly these headers."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}
    await client.app(scope, receive, send)
    status: int = sent[0]["status"]
    return status
