"""Money that Schemathesis generates has the decimals that the documents allow."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import given, settings
from schemathesis import GenerationMode

from minishop_server.kit.documents import document
from minishop_server.tools.fuzz.dialect import fuzzable

CATALOG = schemathesis.openapi.from_dict(fuzzable(document("catalog")))
CREATE = CATALOG["/catalog/products"]["post"].as_strategy(generation_mode=GenerationMode.POSITIVE)


@settings(deadline=None, derandomize=True, database=None)
@given(case=CREATE)
def test_a_good_price_that_is_drawn_is_of_whole_cents(case: Any) -> None:
    assert round(case.body["price"], 2) == case.body["price"]


def test_decimals_are_another_keyword_wherever_they_stand() -> None:
    money = {"type": "number", "x-decimals": 2, "example": 0.5}

    drawn = fuzzable({"a": [money], "b": {"properties": {"c": money}}, "x-owner": True})

    multiple = {"type": "number", "multipleOf": 0.01, "example": 0.5}
    assert {"a": [multiple], "b": {"properties": {"c": multiple}}, "x-owner": True} == drawn


def test_the_body_of_a_link_stands_where_links_are_followed() -> None:
    body = {"refresh_token": "$response.body#/refresh_token"}

    drawn = fuzzable({"links": {"refresh": {"operationId": "refresh", "x-request-body": body}}})

    assert {"links": {"refresh": {"operationId": "refresh", "requestBody": body}}} == drawn
