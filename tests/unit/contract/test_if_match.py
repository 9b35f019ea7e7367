"""What an edit that does not say its version is told."""

from __future__ import annotations

from typing import Any

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
