"""OpenAPI 3.0 schemas mean the same once they are JSON Schema, and are held to the letter."""

from __future__ import annotations

import math
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from connexion.json_schema import Draft4RequestValidator
from hypothesis import given, settings
from hypothesis import strategies as st

from minishop_server.contract.errors import MAX_ERRORS, field_errors
from minishop_server.contract.schema import compile_schema, to_json_schema

BOUND = st.integers(-5, 5)
TEXT = st.text("ab1 é", max_size=4)


def _keywords(kind: str, **keywords: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    optional = {"nullable": st.booleans(), "x-note": TEXT, "description": TEXT, **keywords}
    return st.fixed_dictionaries({"type": st.just(kind)}, optional=optional)


def _numeric(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    # Draft 4 knows the exclusive flags beside their bound only.
    return _keywords(
        kind,
        minimum=BOUND,
        maximum=BOUND,
        multipleOf=st.integers(1, 3),
        enum=st.lists(BOUND, min_size=1),
    ).flatmap(
        lambda schema: st.fixed_dictionaries(
            {},
            optional={
                flag: st.booleans()
                for bound, flag in (
                    ("minimum", "exclusiveMinimum"),
                    ("maximum", "exclusiveMaximum"),
                )
                if bound in schema
            },
        ).map(lambda flags: {**schema, **flags})
    )


SCALARS = st.one_of(
    _numeric("integer"),
    _numeric("number"),
    _keywords(
        "string",
        minLength=st.integers(0, 3),
        maxLength=st.integers(0, 3),
        pattern=st.sampled_from(["^a", "b$", "^[a1]*$"]),
        enum=st.lists(TEXT, min_size=1),
    ),
    _keywords("boolean"),
)


def _compound(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    some = st.lists(inner, min_size=1, max_size=3)
    count = st.integers(0, 3)
    return st.one_of(
        _keywords("array", minItems=count, maxItems=count, uniqueItems=st.booleans()).flatmap(
            lambda schema: inner.map(lambda items: {**schema, "items": items})
        ),
        _keywords(
            "object",
            properties=st.dictionaries(st.sampled_from("abc"), inner),
            additionalProperties=st.booleans() | inner,
            required=st.lists(st.sampled_from("abc"), min_size=1, unique=True),
            minProperties=count,
            maxProperties=count,
        ),
        st.dictionaries(st.sampled_from(["allOf", "anyOf", "oneOf"]), some, min_size=1, max_size=2),
        inner.map(lambda schema: {"not": schema}),
    )


SCHEMAS = st.recursive(SCALARS, _compound, max_leaves=6)
# Without whole floats and beyond: whether 1.0 is an integer is where Draft 4 and 2020-12 part.
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-6, 6) | st.sampled_from([0.5, -2.5]) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=4),
    max_leaves=8,
)


@settings(deadline=None, derandomize=True, database=None)
@given(schema=SCHEMAS, value=VALUES)
def test_the_compiled_schema_agrees_with_two_other_validators(schema: Any, value: Any) -> None:
    compiled = compile_schema(schema)
    converted = jsonschema.Draft202012Validator(to_json_schema(schema))
    original = Draft4RequestValidator(schema)  # knows OpenAPI's nullable, and Draft 4's flags
    assert converted.is_valid(value) == compiled.is_valid(value)
    assert original.is_valid(value) == compiled.is_valid(value)
    assert compiled.is_valid(value) == (not field_errors(compiled, value, "body"))


MONEY = {"type": "number", "x-decimals": 2}
PRICES = [cents / 100 for cents in range(10_001)]


def test_every_price_of_whole_cents_has_two_decimals() -> None:
    validator = compile_schema(MONEY)
    assert [] == [price for price in (*PRICES, 1, 99999999.99, 1e9) if not validator.is_valid(price)]


def test_the_float_next_to_a_price_has_more_decimals() -> None:
    validator = compile_schema(MONEY)
    neighbours = [math.nextafter(price, 1e3) for price in PRICES] + [math.nextafter(price, -1) for price in PRICES]
    assert [] == [price for price in neighbours if validator.is_valid(price)]


@pytest.mark.parametrize("price", [0.001, 1e-7, 1.005, 19.991, 19.999, 0.1 + 0.2])
def test_less_than_a_cent_has_more_decimals(price: float) -> None:
    assert not compile_schema(MONEY).is_valid(price)
    assert ["multipleOf"] == [error.code for error in field_errors(compile_schema(MONEY), price, "body")]


def test_a_whole_number_written_with_a_point_is_an_integer() -> None:
    assert compile_schema({"type": "integer"}).is_valid(1.0)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "integer"}, 2**63),
        ({"type": "integer", "format": "int64"}, -(2**63) - 1),
        ({"type": "integer", "format": "int32"}, 2**31),
        ({"type": "integer", "format": "int32", "minimum": 0}, 2**31),
        ({"type": "integer", "nullable": True}, 1e30),
    ],
)
def test_an_integer_never_exceeds_its_format_or_64_bits(schema: Any, value: float) -> None:
    assert not compile_schema(schema).is_valid(value)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("date-time", "2025-10-06T18:21:00Z", "2025-10-06T18:21:00"),
        ("date", "2025-10-06", "2025-02-30"),
        ("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08"),
        ("email", "user@example.com", "user"),
        ("uri", "https://example.com/a", "example"),
        ("ipv4", "127.0.0.1", "127.0.0.256"),
    ],
)
def test_formats_are_asserted(name: str, good: str, bad: str) -> None:
    validator = compile_schema({"type": "string", "format": name})
    assert validator.is_valid(good)
    assert not validator.is_valid(bad)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "nullable": True},
        {"type": "string", "nullable": True, "enum": ["a"]},
        {"nullable": True, "allOf": [{"type": "string"}]},
    ],
)
def test_nullable_admits_null(schema: Any) -> None:
    validator = compile_schema(schema)
    assert validator.is_valid(None)
    assert validator.is_valid("a")
    assert not validator.is_valid(1)


def test_a_property_may_be_called_like_a_keyword() -> None:
    schema = {
        "type": "object",
        "properties": {"nullable": {"type": "string"}, "x-y": {"type": "integer"}},
    }
    assert not compile_schema(schema).is_valid({"nullable": 1})
    assert not compile_schema(schema).is_valid({"x-y": "1"})


def test_a_recursive_schema_is_refused() -> None:
    tree: dict[str, Any] = {"type": "object"}
    tree["properties"] = {"left": tree}
    with pytest.raises(TypeError, match="contains itself"):
        compile_schema(tree)


def test_the_list_of_errors_has_an_end() -> None:
    validator = compile_schema({"type": "array", "items": {"type": "string"}})
    assert MAX_ERRORS == len(field_errors(validator, [1] * (MAX_ERRORS + 1), "body"))


def test_a_detail_has_an_end() -> None:
    validator = compile_schema({"type": "string", "enum": [f"value {i}" for i in range(100)]})
    [error] = field_errors(validator, "x", "body")
    assert 500 == len(error.detail)


def test_pointers_are_escaped() -> None:
    validator = compile_schema({"type": "object", "properties": {"a/b~c": {"type": "string"}}})
    [error] = field_errors(validator, {"a/b~c": 1}, "body")
    assert "/a~1b~0c" == error.pointer


SECRET = "hunter2"


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "integer"}, SECRET),
        ({"maxLength": 1}, SECRET),
        ({"minLength": 20}, SECRET),
        ({"pattern": "^x"}, SECRET),
        ({"format": "email"}, SECRET),
        ({"enum": ["a", 1, None]}, SECRET),
        ({"not": {"type": "string"}}, SECRET),
        ({"anyOf": [{"type": "integer"}, {"maxLength": 1}]}, SECRET),
        ({"oneOf": [{"type": "integer"}, {"maxLength": 1}]}, SECRET),
        ({"oneOf": [{"type": "string"}, {"maxLength": 10}]}, SECRET),
        ({"maxItems": 1}, [SECRET, SECRET]),
        ({"minItems": 5}, [SECRET]),
        ({"uniqueItems": True}, [SECRET, SECRET]),
        ({"maxProperties": 0}, {"password": SECRET}),
        ({"minProperties": 3}, {"password": SECRET}),
        ({"required": ["user"]}, {"password": SECRET}),
        ({"additionalProperties": False}, {"password": SECRET}),
        ({"maximum": 1}, 735273),
        ({"minimum": 1e9}, 735273),
        ({"multipleOf": 2}, 735273),
        ({"x-decimals": 2}, 0.735273),
        ({"maximum": 1, "exclusiveMaximum": True}, 735273),
        ({"minimum": 1e9, "exclusiveMinimum": True}, 735273),
    ],
)
def test_no_error_quotes_the_value(schema: Any, value: Any) -> None:
    errors = field_errors(compile_schema(schema), value, "body")
    assert errors
    assert SECRET not in str(errors)
    assert "735273" not in str(errors)
