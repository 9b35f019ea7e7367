"""Bodies: accepted forms, their values, and the errors of invalid ones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from tests.support.one_body import echo, paths

MAX_BYTES = 1 << 20
JSON = {"content-type": "application/json"}


@pytest.fixture
def client(serve: Any) -> Any:
    return serve(paths(), echo=echo)


@pytest.fixture
def anything(serve: Any) -> Any:
    """A client of an operation that takes any JSON."""
    return serve(paths({}), echo=echo)


async def test_a_body_that_fits_reaches_the_handler(client: Any) -> None:
    body = {"name": "Keyboard", "quantity": 2, "price": 19.99, "tags": ["a"]}
    assert body == (await client.post("/things", json=body)).json()


async def test_all_errors_of_a_body_are_told_at_once_without_its_values(client: Any, errors_of: Any) -> None:
    body = {"quantity": 735273, "price": 0.001, "tags": ["a", 735273], "n~/": "735273", "gift": 1}
    answer = await client.post("/things", json=body)
    expected = [
        ("body", "/gift", "type"),
        ("body", "/name", "missing"),
        ("body", "/n~0~1", "unknown"),
        ("body", "/price", "multipleOf"),
        ("body", "/quantity", "maximum"),
        ("body", "/tags/1", "type"),
    ]
    assert 400 == answer.status_code
    assert sorted(expected) == sorted(errors_of(answer))
    assert "735273" not in answer.text


async def test_of_a_large_body_only_the_first_error_is_told(anything: Any, serve: Any) -> None:
    schema = {"type": "array", "items": {"type": "string"}}
    client = serve(paths(schema), echo=echo)
    assert 2 == len((await client.post("/things", json=[1, 1])).json()["errors"])
    assert 1 == len((await client.post("/things", json=[1] * 10_000)).json()["errors"])


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON",
        "application/json;charset=utf-8",
        'application/json ; Charset="UTF-8"',
        "application/json; version=1",
    ],
)
async def test_the_media_type_is_compared_without_case_and_parameters(client: Any, content_type: str) -> None:
    headers = {"content-type": content_type}
    answer = await client.post("/things", content=b'{"name":"a"}', headers=headers)
    assert 200 == answer.status_code
    answer = await client.post("/things", content=b'{"password":"hunter2"}', headers=headers)
    assert 400 == answer.status_code
    assert "hunter2" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": "text/plain"},
        {"content-type": "application/jsonx"},
        {"content-type": "application/json, text/plain"},
        {"content-type": "application/json; charset=utf-16"},
        {"content-type": "application/x-www-form-urlencoded"},
        {**JSON, "content-encoding": "gzip"},
    ],
)
async def test_another_media_type_or_encoding_is_a_415(client: Any, headers: dict[str, str]) -> None:
    answer = await client.post("/things", content=b'{"name":"a"}', headers=headers)
    assert 415 == answer.status_code
    assert {"accept", "accept-encoding"} & set(answer.headers)


async def test_the_identity_encoding_is_none(client: Any) -> None:
    headers = {**JSON, "content-encoding": "Identity"}
    answer = await client.post("/things", content=b'{"name":"a"}', headers=headers)
    assert 200 == answer.status_code


@pytest.mark.parametrize("headers", [{}, JSON, {"content-type": "text/plain"}])
async def test_an_absent_body_that_is_required_is_missing(client: Any, errors_of: Any, headers: dict[str, str]) -> None:
    answer = await client.post("/things", headers=headers)
    assert 400 == answer.status_code
    assert [("body", "", "missing")] == errors_of(answer)


async def test_an_absent_body_that_is_optional_leaves_the_default_of_the_handler(
    serve: Any,
) -> None:
    async def handler(domain: Any, body: Any = "mine") -> Any:
        return body

    client = serve(paths(required=False), echo=handler)
    assert "mine" == (await client.post("/things")).json()
    assert {"name": "a"} == (await client.post("/things", json={"name": "a"})).json()


async def test_a_body_that_the_document_does_not_know_is_not_read(serve: Any) -> None:
    async def handler(domain: Any) -> str:
        return "done"

    client = serve({"/things": {"post": {"operationId": "echo"}}}, echo=handler)
    answer = await client.post("/things", content=b"{" * 2 * MAX_BYTES)
    assert "done" == answer.json()


async def test_a_body_that_the_handler_does_not_take_is_checked_all_the_same(serve: Any, errors_of: Any) -> None:
    async def handler(domain: Any) -> str:
        return "done"

    client = serve(paths(), echo=handler)
    assert [("body", "/name", "missing")] == errors_of(await client.post("/things", json={}))
    assert 200 == (await client.post("/things", json={"name": "a"})).status_code


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def test_a_chunked_body_is_read_to_its_end(client: Any) -> None:
    content = chunks(b'{"na', b'me":"', b'a"}')
    assert {"name": "a"} == (await client.post("/things", content=content, headers=JSON)).json()


async def test_a_body_up_to_the_limit_is_read(anything: Any) -> None:
    content = b'"' + b"x" * (MAX_BYTES - 2) + b'"'
    assert 200 == (await anything.post("/things", content=content, headers=JSON)).status_code


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_larger_body_is_a_413(anything: Any, chunked: bool) -> None:
    content = b'"' + b"x" * (MAX_BYTES - 1) + b'"'
    sent = chunks(content[:1000], content[1000:]) if chunked else content
    answer = await anything.post("/things", content=sent, headers=JSON)
    assert (413, "body_too_large") == (answer.status_code, answer.json()["code"])


async def test_a_body_declared_too_large_is_refused_before_it_is_read(anything: Any) -> None:
    async def never() -> AsyncIterator[bytes]:
        pytest.fail("the body was read")
        yield b""  # type: ignore[unreachable]  # makes it a generator

    for length in (str(MAX_BYTES + 1), "9" * 5000):
        headers = {**JSON, "content-length": length}
        assert 413 == (await anything.post("/things", content=never(), headers=headers)).status_code


async def test_a_request_cut_short_is_not_handled(anything: Any) -> None:
    messages: Iterator[dict[str, Any]] = iter(
        [{"type": "http.request", "body": b"1", "more_body": True}, {"type": "http.disconnect"}]
    )
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return next(messages)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/things",
        "raw_path": b"/things",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }
    await anything.app(scope, receive, send)
    assert 400 == sent[0]["status"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        *((content, "json") for content in (b"{", b"[1,]", b"{'a':1}", b"01", b"+1", b" ", b"{}x")),
        *((content, "json") for content in (b"NaN", b"[Infinity]", b"-Infinity", b"1e999")),
        *((content, "json") for content in (b"\xff", b'"\xed\xa0\x80"', b'"\\ud800"', b'"\x00"')),
        *(('{"a":1}'.encode(name), "json") for name in ("utf-16", "utf-32")),
        (b'"a\\u0000b"', "encoding"),
        (b'{"\\\\\\u0000":1}', "encoding"),
        (b'{"a":1,"a":1}', "repeated"),
        (b'[{"b":{"a":1,"\\u0061":2}}]', "repeated"),
        (b'{"a":":","a":":"}', "repeated"),
        (b"9223372036854775808", "maximum"),
        (b"[-9223372036854775809]", "maximum"),
        (b'{"a":18446744073709551616}', "maximum"),
        (b"1" + b"0" * 300, "maximum"),
        (b"9" * 5000, "json"),
        (b"[" * 65 + b"]" * 65, "depth"),
        (b'{"a":' * 65 + b"1" + b"}" * 65, "depth"),
        (b"[" * 100_000, "json"),
    ],
)
async def test_json_is_read_strictly(anything: Any, errors_of: Any, content: bytes, code: str) -> None:
    answer = await anything.post("/things", content=content, headers=JSON)
    assert 400 == answer.status_code
    assert [("body", "", code)] == errors_of(answer)


@pytest.mark.parametrize(
    "content",
    [
        b' {"a":1, "b":{"a":1}} ',
        b'{"time":"12:30:00","a:b":"::"}',
        b'"a\\\\u0000b"',
        b"9223372036854775807",
        b"-9223372036854775808",
        b'"12345678901234567890"',
        b"0.1234567890123456789",
        b"[" * 64 + b"]" * 64,
        '"é\\ud83d\\ude00"'.encode(),
        b"null",
        b"[]",
        b'\xef\xbb\xbf{"a": ":"}',
    ],
)
async def test_what_strict_json_allows_is_taken(anything: Any, content: bytes) -> None:
    answer = await anything.post("/things", content=content, headers=JSON)
    assert 200 == answer.status_code


async def test_a_handler_that_asks_for_it_gets_the_body_byte_for_byte(serve: Any) -> None:
    async def repeat(domain: Any, raw_body: bytes, body: Any) -> Any:
        return [raw_body.decode(), body]

    client = serve(paths({"type": "object"}), echo=repeat)
    sent = b'{ "b":1.50,\n\t"a": "\\u00e9" }'

    answer = await client.post("/things", content=sent, headers={"Content-Type": "application/json"})

    assert [sent.decode(), {"b": 1.5, "a": "é"}] == answer.json()


@pytest.mark.parametrize(
    "body",
    [
        b"{" + b",".join(b'"n%d":1' % number for number in range(70_000)) + b"}",
        b"[" + b",".join(b'{"n":{}}' for _ in range(50_000)) + b"]",
        b'{"name": {' + b",".join(b'"n%d" :1' % number for number in range(60_000)) + b"}}",
    ],
    ids=["unknown names", "many objects", "nested"],
)
async def test_a_body_of_more_names_than_any_document_has_is_refused_before_it_is_parsed(
    anything: Any, errors_of: Any, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    monkeypatch.setattr("minishop_server.contract.body.orjson.loads", lambda raw: pytest.fail("it was parsed"))

    answer = await anything.post("/things", content=body, headers=JSON)

    monkeypatch.undo()
    assert (400, [("body", "", "names")]) == (answer.status_code, errors_of(answer))


async def test_of_many_unknown_names_a_hundred_are_told_at_most(client: Any, errors_of: Any) -> None:
    body = {"name": "a", **{f"n{number}": 1 for number in range(400)}}
    answer = await client.post("/things", json=body)

    assert 400 == answer.status_code
    assert ("body", "/n0", "unknown") in errors_of(answer)
    assert len(errors_of(answer)) <= 100
