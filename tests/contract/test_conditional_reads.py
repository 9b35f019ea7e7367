"""Every operation that answers an ETag is read again with If-None-Match."""

from __future__ import annotations

import pytest

from tests.support.open_shop import OpenShop
from tests.support.operations import OPERATIONS, Operation

pytestmark = pytest.mark.asyncio(loop_scope="module")

TAGGED = [
    operation
    for operation in OPERATIONS
    if operation.method == "get" and "ETag" in operation.node["responses"]["200"].get("headers", {})
]


async def test_products_carts_and_accounts_have_a_tag() -> None:
    assert {"auth.get_me", "auth.get_user", "cart.get_cart", "catalog.get_product"} <= set(map(str, TAGGED))


@pytest.mark.parametrize("operation", TAGGED, ids=str)
async def test_what_the_reader_has_is_not_sent_again(open_shop: OpenShop, operation: Operation) -> None:
    request = operation.request(open_shop.tokens["admin"], user_id="1", product_id="1")
    read = await open_shop.http.request(**request)
    tag = read.headers["ETag"]

    for tags in tag, f"W/{tag}", f'"0", {tag}', "*":
        for method in "GET", "HEAD":
            again = {**request, "method": method, "headers": {**request["headers"], "If-None-Match": tags}}
            answer = await open_shop.http.request(**again)
            assert (304, tag, b"") == (answer.status_code, answer.headers["ETag"], answer.content)
            assert read.headers["Cache-Control"] == answer.headers["Cache-Control"]
    other = {**request, "headers": {**request["headers"], "If-None-Match": '"0"'}}
    assert read.json() == (await open_shop.http.request(**other)).json()
