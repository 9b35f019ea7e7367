"""Who may call a handler, with which arguments, and in which order the checks stand."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

import pytest

Requirements = list[dict[str, list[str]]]
TOKEN: Requirements = [{"token": []}]
CLIENT: Requirements = [{"client": []}]
BODY = {
    "required": True,
    "content": {"application/json": {"schema": {"type": "object", "required": ["name"]}}},
}


def paths(**operation: Any) -> dict[str, Any]:
    return {"/things": {"post": {"operationId": "handle", **operation}}}


async def role(domain: Any, caller: Any) -> Any:
    return caller and caller.role


async def done(domain: Any) -> str:
    return "done"


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


async def test_the_domain_is_read_anew_for_each_request(serve: Any) -> None:
    async def handler(domain: Any) -> Any:
        return domain

    service = type("Service", (), {"name": "made_up", "domain": None})()
    client = serve(paths(), service=service, handle=handler)
    service.domain = "first"
    assert "first" == (await client.post("/things")).json()
    service.domain = "second"
    assert "second" == (await client.post("/things")).json()


async def test_a_token_becomes_the_caller(serve: Any) -> None:
    client = serve(paths(security=TOKEN), handle=role)
    assert "admin" == (await client.post("/things", headers=bearer("admin"))).json()


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "Bearer ", "bearer   "])
async def test_the_scheme_is_compared_without_case(serve: Any, scheme: str) -> None:
    client = serve(paths(security=TOKEN), handle=role)
    headers = {"authorization": f"{scheme} admin"}
    assert 200 == (await client.post("/things", headers=headers)).status_code


@pytest.mark.parametrize("authorization", [None, "", "Basic YTpi", "Token admin", "Bearerx y"])
async def test_a_request_without_a_token_is_challenged(serve: Any, authorization: str | None) -> None:
    headers = {} if authorization is None else {"authorization": authorization}
    answer = await serve(paths(security=TOKEN), handle=role).post("/things", headers=headers)
    assert (401, "Bearer") == (answer.status_code, answer.headers["www-authenticate"])
    assert "unauthorized" == answer.json()["code"]


@pytest.mark.parametrize(
    "authorization",
    [
        *(b"Bearer", b"Bearer ", b"Bearer admin x", b"Bearer a=b"),
        *(b"Bearer \xff", b"Bearer stale", b"Bearer admin, Bearer admin"),
    ],
)
async def test_a_token_that_does_not_hold_is_told_so(serve: Any, authorization: bytes) -> None:
    client = serve(paths(security=TOKEN), handle=role)
    answer = await client.post("/things", headers=[(b"authorization", authorization)])
    expected = (401, 'Bearer error="invalid_token"')
    assert expected == (answer.status_code, answer.headers["www-authenticate"])


async def test_two_authorization_headers_are_none_that_holds(serve: Any) -> None:
    client = serve(paths(security=TOKEN), handle=role)
    headers = [("authorization", "Bearer admin"), ("authorization", "Bearer customer")]
    assert 401 == (await client.post("/things", headers=headers)).status_code


async def test_only_the_listed_roles_may_call(serve: Any) -> None:
    document = paths(security=TOKEN, **{"x-roles": ["admin", "service"]})
    client = serve(document, handle=role)
    assert 200 == (await client.post("/things", headers=bearer("service"))).status_code
    answer = await client.post("/things", headers=bearer("customer"))
    assert (403, "forbidden") == (answer.status_code, answer.json()["code"])


async def test_a_token_that_is_known_already_is_held_to_the_roles_all_the_same(serve: Any) -> None:
    client = serve(paths(security=TOKEN, **{"x-roles": ["admin"]}), handle=role)
    for _ in range(2):
        assert 403 == (await client.post("/things", headers=bearer("customer"))).status_code
        assert "admin" == (await client.post("/things", headers=bearer("admin"))).json()


async def test_a_public_operation_ignores_the_authorization_header(serve: Any) -> None:
    client = serve(paths(security=[]), handle=done)
    assert 200 == (await client.post("/things", headers=bearer("stale"))).status_code


async def test_an_optional_token_leaves_no_caller_but_must_hold_if_sent(serve: Any) -> None:
    client = serve(paths(security=[{"token": []}, {}]), handle=role)
    assert (await client.post("/things")).json() is None
    assert "admin" == (await client.post("/things", headers=bearer("admin"))).json()
    assert 401 == (await client.post("/things", headers=bearer("stale"))).status_code


async def credentials(domain: Any, client_credentials: tuple[str, str] | None) -> Any:
    return client_credentials


def basic(text: bytes) -> dict[str, str]:
    return {"authorization": "basic " + base64.b64encode(text).decode()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("user:pass", ["user", "pass"]),
        ("é:a:b", ["é", "a:b"]),
        ("user:", ["user", ""]),
    ],
)
async def test_client_credentials_reach_the_handler_unverified(serve: Any, text: str, expected: list[str]) -> None:
    client = serve(paths(security=CLIENT), handle=credentials)
    assert expected == (await client.post("/things", headers=basic(text.encode()))).json()


async def test_absent_client_credentials_are_none(serve: Any) -> None:
    client = serve(paths(security=CLIENT), handle=credentials)
    assert (await client.post("/things")).json() is None


@pytest.mark.parametrize(
    "authorization",
    [
        *("Basic", "Basic ", "Basic !!!", "Basic YQ", "Basic YTpi YTpi", "Bearer admin"),
        *(basic(text)["authorization"] for text in (b"user", b"\xff:a", b"a:\x00b", b"a:b\n")),
    ],
)
async def test_ill_formed_client_credentials_are_challenged(serve: Any, authorization: str) -> None:
    client = serve(paths(security=CLIENT), handle=credentials)
    answer = await client.post("/things", headers={"authorization": authorization})
    expected = (401, 'Basic realm="minishop"')
    assert expected == (answer.status_code, answer.headers["www-authenticate"])


async def test_a_token_or_client_credentials_are_told_apart_by_their_scheme(serve: Any) -> None:
    async def handler(domain: Any, caller: Any, client_credentials: Any) -> Any:
        return [caller and caller.role, client_credentials]

    client = serve(paths(security=TOKEN + CLIENT), handle=handler)
    assert ["admin", None] == (await client.post("/things", headers=bearer("admin"))).json()
    assert [None, ["a", "b"]] == (await client.post("/things", headers=basic(b"a:b"))).json()
    assert [None, None] == (await client.post("/things")).json()


async def test_the_checks_stand_in_their_order(serve: Any) -> None:
    calls = []

    async def handler(domain: Any, body: Any, page: int = 1) -> str:
        calls.append(page)
        return "done"

    document = paths(
        security=TOKEN,
        **{"x-roles": ["admin"]},
        parameters=[{"name": "page", "in": "query", "schema": {"type": "integer"}}],
        requestBody=BODY,
    )
    client = serve(document, handle=handler)
    bad_page = "/things?page=x"
    assert 405 == (await client.get(bad_page)).status_code
    assert 401 == (await client.post(bad_page)).status_code
    assert 403 == (await client.post(bad_page, headers=bearer("customer"))).status_code
    answer = await client.post(bad_page, headers=bearer("admin"), content=b"x" * (1 << 21))
    assert (400, "query") == (answer.status_code, answer.json()["errors"][0]["in"])
    answer = await client.post("/things", headers=bearer("admin"), content=b"x" * (1 << 21))
    assert 413 == answer.status_code
    assert [] == calls
    answer = await client.post("/things?page=2", headers=bearer("admin"), json={"name": "a"})
    assert (200, [2]) == (answer.status_code, calls)


async def test_parameters_that_the_handler_does_not_take_are_checked_all_the_same(serve: Any, errors_of: Any) -> None:
    parameter = {
        "name": "page",
        "in": "query",
        "schema": {"type": "integer", "default": 1},
    }
    client = serve(paths(parameters=[parameter]), handle=done)
    assert 200 == (await client.post("/things?page=1")).status_code
    assert [("query", "/page", "type")] == errors_of(await client.post("/things?page=x"))


async def test_names_of_headers_become_names_of_arguments(serve: Any) -> None:
    async def handler(domain: Any, *, idempotency_key: str) -> str:
        return idempotency_key

    parameter = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "schema": {"type": "string"},
    }
    client = serve(paths(parameters=[parameter]), handle=handler)
    assert "k1" == (await client.post("/things", headers={"Idempotency-Key": "k1"})).json()
    assert "k1" == (await client.post("/things", headers={"Idempotency-Key": '"k1"'})).json()  # as a structured header


async def test_cancellation_is_not_answered(serve: Any) -> None:
    async def handler(domain: Any) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await serve(paths(), handle=handler).post("/things")


async def test_the_lifespan_goes_to_the_application_beneath(serve: Any) -> None:
    app = serve(paths(), handle=done).app
    messages = [{"type": "lifespan.shutdown"}, {"type": "lifespan.startup"}]
    sent = []

    async def receive() -> dict[str, str]:
        return messages.pop()

    async def send(message: dict[str, str]) -> None:
        sent.append(message["type"])

    await app({"type": "lifespan", "state": {}}, receive, send)
    assert ["lifespan.startup.complete", "lifespan.shutdown.complete"] == sent


async def takes_stranger(domain: Any, stranger: int) -> None: ...
async def takes_caller(domain: Any, caller: Any) -> None: ...
async def takes_credentials(domain: Any, client_credentials: Any) -> None: ...
async def takes_body(domain: Any, body: Any) -> None: ...
async def takes_page(domain: Any, page: int) -> None: ...
async def takes_anything(domain: Any, **others: Any) -> None: ...
async def takes_nothing() -> None: ...
def is_not_async(domain: Any) -> None: ...


PAGE = {"name": "page", "in": "query", "schema": {"type": "integer"}}


@pytest.mark.parametrize(
    ("handler", "operation", "message"),
    [
        (takes_stranger, {}, "provides no argument 'stranger'"),
        (takes_caller, {}, "provides no argument 'caller'"),
        (takes_caller, {"security": CLIENT}, "provides no argument 'caller'"),
        (takes_credentials, {"security": TOKEN}, "provides no argument 'client_credentials'"),
        (takes_body, {}, "provides no argument 'body'"),
        (takes_body, {"requestBody": {**BODY, "required": False}}, "'body' is optional"),
        (takes_page, {"parameters": [PAGE]}, "'page' is optional"),
        (takes_anything, {}, "'others' cannot be given by name"),
        (takes_nothing, {}, "must take the domain"),
        (is_not_async, {}, "must be an async function"),
        (done, {"security": [{"key": []}]}, "only the security schemes"),
        (done, {"security": [{"token": [], "client": []}]}, "come together"),
        (done, {"x-roles": ["admin"]}, "x-roles needs a bearer scheme"),
        (
            done,
            {"parameters": [PAGE, {**PAGE, "in": "header"}]},
            "names that give the same argument",
        ),
        (
            done,
            {"parameters": [{**PAGE, "in": "path", "required": True}]},
            "path and its declared path parameters differ",
        ),
    ],
)
async def test_what_does_not_fit_is_refused_at_start_up_by_name(
    serve: Any, handler: Any, operation: dict[str, Any], message: str
) -> None:
    with pytest.raises(TypeError, match=f"operation handle: .*{message}"):
        await serve(paths(**operation), handle=handler).post("/things")
