"""Refusals and failures as answers: problems (RFC 9457), which are validated too."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs

from minishop_server.kit.problems import Conflict, Problem
from tests.support.one_operation import PROBLEM, json_of, paths, raises, returns


async def test_a_problem_is_answered_with_its_status_headers_and_extensions(serve: Any) -> None:
    class Busy(Problem):
        status, code, title = 429, "too_busy", "Too busy"

    problem = Busy("Come again.", headers={"Retry-After": "3"}, shop="closed")
    answer = await serve(paths({"200": json_of({})}), answer=raises(problem)).get("/things")
    assert 429 == answer.status_code
    assert "application/problem+json" == answer.headers["content-type"]
    assert "3" == answer.headers["retry-after"]
    expected = {
        "type": "/problems/too-busy",
        "title": "Too busy",
        "status": 429,
        "detail": "Come again.",
        "instance": "/things",
        "code": "too_busy",
        "request_id": "none",
        "shop": "closed",
    }
    assert expected == answer.json()


def refusal(status: str, schema: dict[str, Any]) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": schema}}
    return {"200": json_of({}), status: {"description": "Refused", "content": content}}


async def test_a_documented_problem_of_the_handler_passes_the_check(serve: Any) -> None:
    schema = {"allOf": [PROBLEM, {"required": ["order_id"]}]}
    client = serve(paths(refusal("409", schema)), answer=raises(Conflict(order_id=1)), check_responses=True)
    assert 409 == (await client.get("/things")).status_code


@pytest.mark.parametrize(
    "responses",
    [refusal("400", PROBLEM), refusal("409", {"allOf": [PROBLEM, {"required": ["order_id"]}]})],
)
async def test_an_undocumented_problem_of_the_handler_is_a_breach(serve: Any, responses: Any) -> None:
    client = serve(paths(responses), answer=raises(Conflict()), check_responses=True)
    with capture_logs() as logs:
        assert 500 == (await client.get("/things")).status_code
    assert ["response_breaks_contract"] == [entry["event"] for entry in logs]


async def test_of_a_share_of_the_answers_breaches_are_found_and_the_others_go_out(serve: Any) -> None:
    client = serve(paths({"200": json_of({"type": "integer"})}), answer=returns("x"), check_responses=0.5)

    with capture_logs():
        assert {200, 500} == {(await client.get("/things")).status_code for _ in range(100)}


async def test_a_bad_request_stays_a_400_though_the_document_forgets_it(serve: Any) -> None:
    client = serve(paths({"200": json_of({})}), answer=returns(1), check_responses=True)
    assert 400 == (await client.get("/things?x=1")).status_code


async def test_the_instance_of_a_problem_is_a_uri_reference_without_the_query(serve: Any) -> None:
    client = serve(paths({"200": json_of({})}), answer=returns(1))
    answer = await client.get("/no where/é%2F?token=s3cret")
    assert "/no%20where/%C3%A9/" == answer.json()["instance"]


async def test_the_instance_of_a_problem_does_not_grow_with_the_path(serve: Any) -> None:
    client = serve(paths({"200": json_of({})}), answer=returns(1))
    answer = await client.get("/" + "é" * 5000)
    assert "/" + "%C3%A9" * 299 == answer.json()["instance"]


async def test_an_unforeseen_error_is_a_500_whose_trace_is_logged_without_messages(
    serve: Any,
) -> None:
    secret = "hunter" + "2"

    async def handler(domain: Any) -> Any:
        try:
            raise KeyError(secret)
        except KeyError as error:
            raise RuntimeError(secret) from error

    client = serve(paths({"200": json_of({})}), answer=handler)
    with capture_logs() as logs:
        answer = await client.get("/things")
    assert (500, "internal_error") == (answer.status_code, answer.json()["code"])
    assert "Something went wrong on our side" in answer.json()["detail"]
    [entry] = logs
    assert ("unhandled_exception", "answer") == (entry["event"], entry["operation"])
    assert "RuntimeError" in entry["exception"]
    assert "KeyError" in entry["exception"]
    assert __file__ in entry["exception"]
    assert secret not in answer.text + str(logs)
