"""The value of a body: the model of the handler's annotation, or the fields of a form."""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, field_validator

from tests.support.one_body import FORM, SCHEMA, echo, paths


class Item(BaseModel):
    """A body as a generated model would have it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    quantity: int
    price: Decimal
    id: uuid.UUID
    at: datetime.datetime

    @field_validator("quantity")
    @classmethod
    def _not_thirteen(cls, value: int) -> int:
        if value == 13:
            raise ValueError(f"{value} brings bad luck")
        return value


ITEM = {
    "quantity": 1,
    "price": 19.99,
    "id": "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
    "at": "2025-10-06T18:21:00Z",
}


async def describe(domain: Any, body: Item | None = None) -> Any:
    assert isinstance(body, Item)
    return [type(value).__name__ for _, value in body] + [str(body.price), body.quantity]


async def test_a_body_becomes_the_model_of_the_handlers_annotation(serve: Any) -> None:
    client = serve(paths({"type": "object"}), echo=describe)
    expected = ["int", "Decimal", "UUID", "datetime", "19.99", 1]
    assert expected == (await client.post("/things", json=ITEM)).json()
    assert expected == (await client.post("/things", json={**ITEM, "quantity": 1.0})).json()


@pytest.mark.parametrize(
    ("change", "pointer"),
    [({"quantity": 1.5}, "/quantity"), ({"quantity": 13}, "/quantity"), ({"x/y": 1}, "/x~1y")],
)
async def test_a_body_that_only_the_model_refuses_is_a_400_without_its_values(
    serve: Any, change: dict[str, Any], pointer: str
) -> None:
    client = serve(paths({"type": "object"}), echo=describe)
    answer = await client.post("/things", json={**ITEM, **change})
    assert 400 == answer.status_code
    [error] = answer.json()["errors"]
    assert pointer == error["pointer"]
    assert "bad luck" not in answer.text


@pytest.fixture
def form(serve: Any) -> Any:
    schema = {**SCHEMA, "properties": {**SCHEMA["properties"]}}
    del schema["properties"]["tags"]
    return serve(paths(schema, "application/x-www-form-urlencoded", "application/json"), echo=echo)


async def test_the_fields_of_a_form_take_the_types_of_its_schema(form: Any) -> None:
    content = b"name=a+b%26c%C3%A9&quantity=2&price=0.29&gift=true"
    answer = await form.post("/things", content=content, headers=FORM)
    expected = {"name": "a b&cé", "quantity": 2, "price": 0.29, "gift": True}
    assert expected == answer.json()


async def test_an_operation_may_take_forms_and_json(form: Any) -> None:
    assert {"name": "a"} == (await form.post("/things", json={"name": "a"})).json()
    assert {"name": "a"} == (await form.post("/things", data={"name": "a"})).json()


async def test_all_bad_fields_of_a_form_are_told_at_once(form: Any, errors_of: Any) -> None:
    content = b"quantity=+2&price=1_0&gift=TRUE&x=1&gift=true&name=%FF"
    answer = await form.post("/things", content=content, headers=FORM)
    expected = {
        ("body", "/name", "encoding"),
        ("body", "/name", "missing"),
        ("body", "/gift", "repeated"),
        ("body", "/gift", "type"),
        ("body", "/price", "type"),
        ("body", "/quantity", "type"),
        ("body", "/x", "unknown"),
    }
    assert 400 == answer.status_code
    assert expected == set(errors_of(answer))


@pytest.mark.parametrize("content", [b"&".join([b"a=1"] * 1001), b"\xff=1", b"%00=1"])
async def test_an_ill_formed_form_is_a_400(form: Any, content: bytes) -> None:
    assert 400 == (await form.post("/things", content=content, headers=FORM)).status_code


@pytest.mark.parametrize(
    "document",
    [paths({}, "text/plain"), paths(SCHEMA, "application/x-www-form-urlencoded")],
)
async def test_a_body_that_cannot_be_enforced_is_refused_at_start_up(serve: Any, document: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="operation echo: "):
        await serve(document, echo=echo).post("/things")
