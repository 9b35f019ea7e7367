"""Every list refuses the cursors of others."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.support.open_shop import OpenShop
from tests.support.operations import OPERATIONS, Operation

pytestmark = pytest.mark.asyncio(loop_scope="module")

LISTS = [operation for operation in OPERATIONS if "cursor" in {each["name"] for each in operation.parameters}]
FEEDS = {"auth.list_revocations", "shipping.list_shipment_events"}
OTHERS = "c2_WyIwMDAwMDAwMCIsMjBd"
"""Well-formed, and of no list."""


@pytest.mark.parametrize("operation", LISTS, ids=str)
async def test_a_cursor_of_another_list_is_a_bad_field(open_shop: OpenShop, operation: Operation) -> None:
    role = operation.roles[0] if operation.roles else None
    request = operation.request(open_shop.tokens[role] if role else None)
    taken = {}
    for cursor in OTHERS, "c_14":
        answer = await open_shop.http.request(**{**request, "url": f"{request['url']}?{urlencode({'cursor': cursor})}"})
        if answer.status_code == 400:
            assert [("query", "/cursor")] == [(error["in"], error["pointer"]) for error in answer.json()["errors"]]
        taken[cursor] = answer.status_code

    assert {OTHERS: 400, "c_14": 200 if str(operation) in FEEDS else 400} == taken
