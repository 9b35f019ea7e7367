"""The response of a handler's result, and the error if it does not match the document."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from minishop_contracts.reply import Reply
from minishop_server.kit.problems import Conflict
from tests.support.one_operation import THING, json_of, paths, returns


@pytest.mark.parametrize("result", [{"id": 1}, [1], "text", 1, 0.29, True, None])
async def test_a_result_is_sent_as_json_with_its_length(serve: Any, result: Any) -> None:
    answer = await serve(paths({"200": json_of({})}), answer=returns(result)).get("/things")
    assert result == answer.json()
    assert "application/json" == answer.headers["content-type"]
    assert str(len(answer.content)) == answer.headers["content-length"]


async def test_the_status_is_the_lowest_documented_success(serve: Any) -> None:
    document = paths({"202": json_of({}), "201": json_of({}), "400": json_of({})})
    answer = await serve(document, answer=returns({})).get("/things")
    assert 201 == answer.status_code


async def test_a_reply_says_its_status_and_headers(serve: Any) -> None:
    result = Reply({"id": 1}, status=202, headers={"Location": "/things/1"})
    document = paths({"201": json_of({}), "202": json_of({})})
    answer = await serve(document, answer=returns(result)).get("/things")
    assert (202, "/things/1") == (answer.status_code, answer.headers["location"])


@pytest.mark.parametrize(("status", "length"), [(204, None), (304, None), (202, "0")])
async def test_a_status_without_content_has_no_body(serve: Any, status: int, length: str | None) -> None:
    document = paths({str(status): {"description": "Nothing"}})
    result = Reply(None, status=status, headers={"ETag": '"1"'})
    client = serve(document, answer=returns(result), check_responses=True)
    answer = await client.get("/things")
    assert (status, b"", '"1"') == (answer.status_code, answer.content, answer.headers["etag"])
    assert "content-type" not in answer.headers
    assert length == answer.headers.get("content-length")


async def test_the_one_documented_media_type_is_the_one_that_is_sent(serve: Any) -> None:
    content = {"text/plain": {"schema": {"type": "string"}}}
    document = paths({"200": {"description": "Text", "content": content}})
    client = serve(document, answer=returns("é"), check_responses=True)
    answer = await client.get("/things")
    assert ("text/plain", "é".encode()) == (answer.headers["content-type"], answer.content)


async def test_a_reply_chooses_among_documented_media_types(serve: Any) -> None:
    content = {"application/json": {"schema": {}}, "text/csv": {"schema": {"type": "string"}}}
    document = paths({"200": {"description": "Both", "content": content}})
    result = Reply("a,b", headers={"Content-Type": "text/csv"})
    answer = await serve(document, answer=returns(result), check_responses=True).get("/things")
    assert ("text/csv", b"a,b") == (answer.headers["content-type"], answer.content)


async def test_times_are_sent_in_utc_with_whole_seconds(serve: Any) -> None:
    at = datetime.datetime(2025, 10, 6, 18, 21, 0, 5, tzinfo=datetime.UTC)
    client = serve(paths({"200": json_of(THING)}), answer=returns({"id": 1, "at": at}), check_responses=True)
    assert "2025-10-06T18:21:00Z" == (await client.get("/things")).json()["at"]


ETAG = {"required": True, "schema": {"type": "string", "pattern": '^"[0-9]+"$'}}
COUNT = {"schema": {"type": "integer", "minimum": 0}}
REQUEST_ID = {"required": True, "schema": {"type": "string"}}


@pytest.mark.parametrize(
    ("response", "result"),
    [
        (json_of(THING), {"id": 1}),
        (json_of(THING), {"id": 1.0}),
        (json_of(THING, ETag=ETAG), Reply({"id": 1}, headers={"etag": '"1"'})),
        (json_of(THING, Count=COUNT), Reply({"id": 1}, headers={"Count": "5"})),
        (json_of(THING, Count=COUNT), {"id": 1}),
        (json_of(THING), Reply({"id": 1}, headers={"X-Undocumented": "fine"})),
        (json_of(THING, **{"X-Request-Id": REQUEST_ID}), {"id": 1}),
    ],
)
async def test_an_answer_as_documented_passes_the_check(serve: Any, response: Any, result: Any) -> None:
    client = serve(paths({"200": response}), answer=returns(result), check_responses=True)
    assert 200 == (await client.get("/things")).status_code


@pytest.mark.parametrize(
    ("response", "result", "breach"),
    [
        (json_of(THING), {"id": "s3cret"}, "body /id must be of type integer"),
        (json_of(THING), {}, "body /id is required"),
        (json_of(THING), {"id": 1, "x": 1}, "body /x is not in the contract"),
        (json_of(THING), None, "body  must be of type object"),
        (json_of({"type": "number"}), float("nan"), "body  must be of type number"),
        (json_of(THING), Reply({"id": 1}, status=418), "the status is not documented"),
        (json_of(THING, ETag=ETAG), {"id": 1}, "the header etag is missing"),
        (
            json_of(THING, ETag=ETAG),
            Reply({"id": 1}, headers={"ETag": "s3cret"}),
            'header /etag must match ^"[0-9]+"$',
        ),
        (
            json_of(THING, Count=COUNT),
            Reply({"id": 1}, headers={"Count": "+5"}),
            "header /count must be of type integer",
        ),
        (
            json_of(THING),
            Reply("s3cret", headers={"Content-Type": "text/plain"}),
            "the media type of the body is not documented",
        ),
        (json_of(THING), Reply(None, status=204), "the status is not documented"),
        (
            {"description": "Nothing"},
            {"id": 1},
            "the media type of the body is not documented",
        ),
    ],
)
async def test_a_breach_is_a_500_that_the_log_explains_without_values(
    serve: Any, response: Any, result: Any, breach: str
) -> None:
    client = serve(paths({"200": response}), answer=returns(result), check_responses=True)
    with capture_logs() as logs:
        answer = await client.get("/things")
    assert (500, "internal_error") == (answer.status_code, answer.json()["code"])
    [entry] = logs
    assert ("response_breaks_contract", "answer", breach) == (
        entry["event"],
        entry["operation"],
        entry["breach"],
    )
    assert "s3cret" not in answer.text + str(logs)


@pytest.mark.parametrize(
    ("raised", "status", "breaches"),
    [
        ("cart_empty", 409, []),
        ("cart_full", 500, ["the problem cart_full is not documented"]),
    ],
)
async def test_a_problem_with_a_code_that_its_response_does_not_name_is_a_breach(
    serve: Any, raised: str, status: int, breaches: list[str]
) -> None:
    class Refused(Conflict):
        code = raised

    async def handler(domain: Any) -> Any:
        raise Refused

    content = {"application/problem+json": {"schema": {"type": "object"}}}
    conflict = {"description": "No", "content": content, "x-problems": ["cart_empty"]}
    client = serve(paths({"200": json_of(THING), "409": conflict}), answer=handler, check_responses=True)

    with capture_logs() as logs:
        answer = await client.get("/things")

    assert status == answer.status_code
    assert breaches == [entry["breach"] for entry in logs]


async def test_a_breach_is_sent_as_it_is_where_answers_are_not_checked(serve: Any) -> None:
    client = serve(paths({"200": json_of(THING)}), answer=returns({"id": "x"}))
    assert {"id": "x"} == (await client.get("/things")).json()


@pytest.mark.parametrize(
    ("amount", "status"),
    [(0, 200), (0.29, 200), (19.99, 200), (1e9, 200), (12345678.9, 200), (0.001, 500), (0.125, 500), (1e-7, 500)],
)
@pytest.mark.parametrize("name", ["x", "1.125", "2e-3"])
async def test_an_amount_is_a_multiple_of_a_cent_whatever_a_text_beside_it_looks_like(
    serve: Any, amount: float, status: int, name: str
) -> None:
    money = {"type": "number", "x-decimals": 2}
    schema = {"type": "object", "properties": {"amount": money, "name": {"type": "string"}}}
    result = {"amount": amount, "name": name}
    client = serve(paths({"200": json_of(schema)}), answer=returns(result), check_responses=True)
    assert status == (await client.get("/things")).status_code


async def test_the_default_response_stands_for_undocumented_statuses(serve: Any) -> None:
    document = paths({"200": json_of({}), "default": json_of(THING)})
    client = serve(document, answer=returns(Reply({"id": 1}, status=418)), check_responses=True)
    assert 418 == (await client.get("/things")).status_code


async def test_a_result_that_is_no_json_is_a_500(serve: Any) -> None:
    client = serve(paths({"200": json_of({})}), answer=returns(object()))
    with capture_logs():
        assert 500 == (await client.get("/things")).status_code


async def test_an_answer_that_held_before_says_nothing_for_the_next(serve: Any) -> None:
    results = iter([{"id": 1}, {"id": 1}, {"id": "1"}, {"id": 1}, Reply({"id": 1}, headers={"Count": "+5"})])

    async def handler(domain: Any) -> Any:
        return next(results)

    document = paths({"200": json_of(THING, Count=COUNT)})
    client = serve(document, answer=handler, check_responses=True)

    assert [200, 200, 500, 200, 500] == [(await client.get("/things")).status_code for _ in range(5)]
