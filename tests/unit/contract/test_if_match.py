"""Conditional requests: edits that say no version, and reads of a version that the caller has."""

from __future__ import annotations

from typing import Any

import pytest

from minishop_contracts.reply import Reply

IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": '^"[0-9]+"$'},
}


async def put(domain: Any, if_match: str, dry: bool = False) -> str:
    return if_match


def edit(status: str) -> dict[str, Any]:
    return {
        "/things": {
            "put": {
                "operationId": "put",
                "parameters": [
                    IF_MATCH,
                    {"name": "dry", "in": "query", "schema": {"type": "boolean"}},
                ],
                "responses": {
                    "200": {
                        "description": "Done",
                        "content": {"application/json": {"schema": {}}},
                    },
                    status: {"description": "Refused"},
                },
            }
        }
    }


async def test_an_edit_that_documents_428_asks_for_its_if_match(serve: Any) -> None:
    client = serve(edit("428"), put=put)
    answer = await client.put("/things")
    assert (428, "if_match_required") == (answer.status_code, answer.json()["code"])
    answer = await client.put("/things", headers={"If-Match": '"1"'})
    assert '"1"' == answer.json()


async def test_a_bad_parameter_weighs_more_than_a_missing_if_match(serve: Any, errors_of: Any) -> None:
    answer = await serve(edit("428"), put=put).put("/things?dry=maybe")
    assert [("query", "/dry", "type")] == errors_of(answer)


async def test_a_malformed_if_match_is_a_400(serve: Any, errors_of: Any) -> None:
    answer = await serve(edit("428"), put=put).put("/things", headers={"If-Match": "1"})
    assert [("header", "/If-Match", "pattern")] == errors_of(answer)


async def test_without_a_documented_428_a_missing_if_match_is_a_400(serve: Any, errors_of: Any) -> None:
    answer = await serve(edit("412"), put=put).put("/things")
    assert [("header", "/If-Match", "missing")] == errors_of(answer)


THING = {
    "/thing": {
        "get": {
            "operationId": "get",
            "responses": {
                "200": {"description": "It", "content": {"application/json": {"schema": {}}}},
                "304": {"description": "Known"},
                "404": {"description": "Gone"},
            },
        }
    }
}


async def get(domain: Any) -> Reply:
    return Reply({"name": "it"}, headers={"ETag": '"3.7"', "Cache-Control": "private"})


@pytest.mark.parametrize("tags", ['"3.7"', 'W/"3.7"', '"1", W/"3.7"', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_reader_of_the_present_version_is_told_so_without_a_body(serve: Any, method: str, tags: str) -> None:
    answer = await serve(THING, get=get).request(method, "/thing", headers={"If-None-Match": tags})

    assert (304, b"") == (answer.status_code, answer.content)
    assert {"etag": '"3.7"', "cache-control": "private"} == dict(answer.headers)


@pytest.mark.parametrize("tags", ['"3.8"', '"3"', '"3", "7"'])
async def test_a_reader_of_another_version_is_shown_the_present_one(serve: Any, tags: str) -> None:
    answer = await serve(THING, get=get).get("/thing", headers={"If-None-Match": tags})

    assert (200, {"name": "it"}) == (answer.status_code, answer.json())


async def test_a_refusal_is_no_version(serve: Any) -> None:
    async def gone(domain: Any) -> Reply:
        return Reply({}, status=404, headers={"ETag": '"3.7"'})

    answer = await serve(THING, get=gone).get("/thing", headers={"If-None-Match": "*"})

    assert 404 == answer.status_code
