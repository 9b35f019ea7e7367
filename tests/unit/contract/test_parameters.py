"""Parameters: valid forms, and the errors of invalid ones."""

from __future__ import annotations

from typing import Any

import pytest


async def echo(domain: Any, value: Any = None) -> Any:
    return value


def paths(schema: dict[str, Any], where: str = "query", **extra: Any) -> dict[str, Any]:
    """One operation with one parameter called `value`."""
    parameter = {"name": "value", "in": where, "schema": schema, **extra}
    return {"/things": {"get": {"operationId": "echo", "parameters": [parameter]}}}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", "5", 5),
        ("integer", "-5", -5),
        ("integer", "0", 0),
        ("integer", "9223372036854775807", 2**63 - 1),
        ("number", "5", 5),
        ("number", "0.29", 0.29),
        ("number", "-1.5e3", -1500.0),
        ("boolean", "true", True),
        ("boolean", "false", False),
        ("string", "a+b%20c%26d%3D%C3%A9", "a b c&d=é"),
        ("string", "", ""),
        ("string", "5", "5"),
    ],
)
async def test_the_exact_form_becomes_its_value(serve: Any, kind: str, text: str, value: object) -> None:
    answer = await serve(paths({"type": kind}), echo=echo).get(f"/things?value={text}")
    assert value == answer.json()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *(
            ("integer", text)
            for text in (
                *("%2B5", "+5", "%201", "1%20", "1_000", "%D9%A1", "01", "-", "", "1.0", "1e3"),
                *("0x10", "%0A1", "1%0A", "9" * 19, "9" * 5000, "-" + "9" * 19),
            )
        ),
        *(("number", text) for text in ("NaN", "Infinity", "-Infinity", "1e999", ".5", "5.", "1_0.0", "%2B1", "")),
        *(("boolean", text) for text in ("TRUE", "True", "1", "0", "yes", "")),
    ],
)
async def test_any_other_form_is_a_400(serve: Any, errors_of: Any, kind: str, text: str) -> None:
    answer = await serve(paths({"type": kind}), echo=echo).get(f"/things?value={text}")
    assert 400 == answer.status_code
    [(place, pointer, code)] = errors_of(answer)
    assert ("query", "/value") == (place, pointer)
    assert code in ("type", "maximum", "minimum")


@pytest.mark.parametrize("text", ["%FF", "%C3", "%ED%A0%80", "a%00b", "%zz", "100%"])
async def test_an_ill_formed_value_is_a_400(serve: Any, errors_of: Any, text: str) -> None:
    answer = await serve(paths({"type": "string"}), echo=echo).get(f"/things?value={text}")
    assert 400 == answer.status_code
    assert [("query", "/value", "encoding")] == errors_of(answer)


@pytest.mark.parametrize(
    ("schema", "text", "code"),
    [
        ({"type": "integer", "minimum": 1}, "0", "minimum"),
        ({"type": "integer", "maximum": 5, "exclusiveMaximum": True}, "5", "exclusiveMaximum"),
        ({"type": "string", "pattern": "^[a-z]+$"}, "A", "pattern"),
        ({"type": "string", "pattern": "^[a-z]+$"}, "a%0A", "pattern"),
        ({"type": "string", "enum": ["a", "b"]}, "c", "enum"),
        ({"type": "string", "format": "uuid"}, "1", "format"),
        ({"type": "string", "format": "date"}, "2025-02-30", "format"),
        ({"allOf": [{"type": "integer", "maximum": 3}]}, "4", "maximum"),
    ],
)
async def test_a_value_out_of_its_schema_is_a_400_with_the_keyword(
    serve: Any, errors_of: Any, schema: dict[str, Any], text: str, code: str
) -> None:
    answer = await serve(paths(schema), echo=echo).get(f"/things?value={text}")
    assert 400 == answer.status_code
    assert [("query", "/value", code)] == errors_of(answer)


async def test_a_scalar_given_twice_is_refused_although_both_are_good(serve: Any, errors_of: Any) -> None:
    answer = await serve(paths({"type": "integer"}), echo=echo).get("/things?value=1&value=1")
    assert [("query", "/value", "repeated")] == errors_of(answer)


async def test_an_unknown_query_parameter_is_refused_and_its_name_cut_short(serve: Any, errors_of: Any) -> None:
    client = serve(paths({"type": "integer"}), echo=echo)
    answer = await client.get(f"/things?{'x' * 100}=1&value%5Ba%5D=1")
    expected = [("query", "/" + "x" * 64, "unknown"), ("query", "/value[a]", "unknown")]
    assert expected == errors_of(answer)


async def test_a_path_without_parameters_refuses_unknown_ones_too(serve: Any, errors_of: Any) -> None:
    client = serve({"/things": {"get": {"operationId": "echo"}}}, echo=done)
    assert [("query", "/q", "unknown")] == errors_of(await client.get("/things?q=1"))


async def done(domain: Any) -> str:
    return "done"


async def test_a_query_of_too_many_fields_is_refused(serve: Any) -> None:
    client = serve(paths({"type": "array", "items": {"type": "integer"}}), echo=echo)
    assert 200 == (await client.get("/things?" + "&".join(["value=1"] * 1000))).status_code
    assert 400 == (await client.get("/things?" + "&".join(["value=1"] * 1001))).status_code


async def test_no_more_than_a_hundred_bad_parameters_are_listed(serve: Any, errors_of: Any) -> None:
    client = serve(paths({"type": "integer"}), echo=echo)
    answer = await client.get("/things?" + "&".join(f"x{i}=1" for i in range(200)))
    assert 100 == len(errors_of(answer))


async def test_all_bad_parameters_are_told_at_once_without_their_values(serve: Any, errors_of: Any) -> None:
    async def handler(domain: Any, order_id: int, page: int, x_trace: str) -> None: ...

    integer = {"type": "integer", "maximum": 9}
    document = {
        "/orders/{order_id}": {
            "get": {
                "operationId": "handler",
                "parameters": [
                    {"name": "order_id", "in": "path", "required": True, "schema": integer},
                    {"name": "page", "in": "query", "required": True, "schema": integer},
                    {
                        "name": "X-Trace",
                        "in": "header",
                        "required": True,
                        "schema": {"type": "string", "pattern": "^[a-f]+$"},
                    },
                ],
            }
        }
    }
    client = serve(document, handler=handler)
    answer = await client.get("/orders/s3cret?page=s3cret", headers={"X-Trace": "s3cret"})
    expected = [
        ("path", "/order_id", "type"),
        ("query", "/page", "type"),
        ("header", "/X-Trace", "pattern"),
    ]
    assert expected == errors_of(answer)
    assert "s3cret" not in str(answer.json()["errors"])


async def test_an_absent_parameter_has_the_default_of_its_schema(serve: Any) -> None:
    client = serve(paths({"type": "integer", "default": 20}), echo=echo)
    assert 20 == (await client.get("/things")).json()


async def test_an_absent_parameter_without_one_leaves_the_default_of_the_handler(
    serve: Any,
) -> None:
    async def handler(domain: Any, value: str = "mine") -> str:
        return value

    client = serve(paths({"type": "string"}), echo=handler)
    assert "mine" == (await client.get("/things")).json()


async def test_an_absent_required_parameter_is_missing(serve: Any, errors_of: Any) -> None:
    client = serve(paths({"type": "string"}, required=True), echo=echo)
    assert [("query", "/value", "missing")] == errors_of(await client.get("/things"))


@pytest.mark.parametrize(
    ("explode", "query", "value"),
    [
        (True, "value=1&value=2", [1, 2]),
        (True, "value=1", [1]),
        (False, "value=1,2", [1, 2]),
        (False, "value=1%2C2", [1, 2]),
        (False, "value=", []),
    ],
)
async def test_an_array_comes_by_its_documented_form(serve: Any, explode: bool, query: str, value: list[int]) -> None:
    schema = {"type": "array", "items": {"type": "integer"}}
    client = serve(paths(schema, explode=explode), echo=echo)
    assert value == (await client.get(f"/things?{query}")).json()


async def test_a_bad_item_of_an_array_is_pointed_at(serve: Any, errors_of: Any) -> None:
    schema = {"type": "array", "items": {"type": "integer", "maximum": 5}, "maxItems": 2}
    client = serve(paths(schema), echo=echo)
    answer = await client.get("/things?value=1&value=x&value=6")
    expected = [
        ("query", "/value", "maxItems"),
        ("query", "/value/1", "type"),
        ("query", "/value/2", "maximum"),
    ]
    assert expected == sorted(errors_of(answer))


async def test_a_comma_separated_array_is_given_once(serve: Any, errors_of: Any) -> None:
    schema = {"type": "array", "items": {"type": "integer"}}
    client = serve(paths(schema, explode=False), echo=echo)
    answer = await client.get("/things?value=1,2&value=3")
    assert [("query", "/value", "repeated")] == errors_of(answer)


async def test_header_parameters_are_found_whatever_their_case(serve: Any) -> None:
    client = serve(paths({"type": "integer"}, "header"), echo=echo)
    assert 5 == (await client.get("/things", headers={"VALUE": " 5 "})).json()


async def test_a_header_given_twice_is_repeated(serve: Any, errors_of: Any) -> None:
    client = serve(paths({"type": "integer"}, "header"), echo=echo)
    answer = await client.get("/things", headers=[("value", "5"), ("value", "5")])
    assert [("header", "/value", "repeated")] == errors_of(answer)


async def test_cookies_are_parameters_and_unknown_ones_are_left_alone(serve: Any, errors_of: Any) -> None:
    client = serve(paths({"type": "integer"}, "cookie", required=True), echo=echo)
    answer = await client.get("/things", headers={"cookie": "other=1; value=5"})
    assert 5 == answer.json()
    answer = await client.get("/things", headers={"cookie": "value=a; value=b"})
    assert [("cookie", "/value", "repeated")] == errors_of(answer)
    assert [("cookie", "/value", "missing")] == errors_of(await client.get("/things"))


@pytest.mark.parametrize("name", ["Accept", "Content-Type", "Authorization"])
async def test_headers_that_openapi_describes_elsewhere_are_no_parameters(serve: Any, name: str) -> None:
    parameter = {"name": name, "in": "header", "required": True, "schema": {"type": "integer"}}
    document = {"/things": {"get": {"operationId": "echo", "parameters": [parameter]}}}
    assert 200 == (await serve(document, echo=done).get("/things")).status_code


async def test_a_parameter_of_the_operation_replaces_that_of_its_path(serve: Any, errors_of: Any) -> None:
    def parameter(kind: str) -> dict[str, Any]:
        return {"name": "value", "in": "query", "schema": {"type": kind}}

    document = {
        "/things": {
            "parameters": [parameter("string")],
            "get": {"operationId": "echo", "parameters": [parameter("integer")]},
        }
    }
    client = serve(document, echo=echo)
    assert 5 == (await client.get("/things?value=5")).json()


@pytest.mark.parametrize(
    "document",
    [
        paths({"type": "object"}, style="deepObject"),
        paths({}),
        paths({"anyOf": [{"type": "integer"}, {"type": "string"}]}),
        paths({"type": "array", "items": {"type": "array", "items": {"type": "string"}}}),
        paths({"type": "array", "items": {"type": "string"}}, style="pipeDelimited"),
    ],
)
async def test_what_cannot_be_enforced_is_refused_at_start_up(serve: Any, document: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="operation echo: query parameter value: "):
        await serve(document, echo=echo).get("/things")
