"""An object of another user answers like a missing one, for every operation."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.support.open_shop import OpenShop
from tests.support.operations import OPERATIONS, Operation
from tests.support.problems import assert_problem, each

pytestmark = pytest.mark.asyncio(loop_scope="module")

OWNED = [operation for operation in OPERATIONS if "x-owner" in operation.node and "{order_id}" in operation.path]
OWN_SESSION = "auth.revoke_session"
"""Sessions are owned, too, and not even an admin sees another's: see tests/unit/auth/test_sessions_at_services.py."""


@pytest.fixture(scope="module")
def orders() -> dict[str, str]:
    """Orders bought in this module, by their buyer."""
    return {}


async def order_of(open_shop: OpenShop, orders: dict[str, str], name: str) -> str:
    """An order of a customer, the same for every test."""
    if name not in orders:
        headers = {"Authorization": f"Bearer {open_shop.tokens[name]}"}
        me = (await open_shop.http.get("/auth/me", headers=headers)).json()
        await open_shop.http.post("/cart/items", headers=headers, json={"product_id": 1, "quantity": 2})
        wish = {"user_id": me["id"], "payment_method": "credit_card"}
        bought = await open_shop.http.post("/orders/checkout", headers=headers, json=wish)
        await open_shop.shop.settled()
        orders[name] = bought.json()["order_id"]
    return orders[name]


NOT_OWNED = {
    "catalog.get_product": "products are everybody's",
    "cart.update_cart_item": "the path names a line of the caller's own cart",
    "cart.remove_cart_item": "the path names a line of the caller's own cart",
}
"""The operations that customers may call with the name of an object of others."""


async def test_whatever_customers_call_with_the_name_of_an_object_says_whose_it_is() -> None:
    naming = [operation for operation in OPERATIONS if "{" in operation.path and "customer" in operation.roles]

    assert {str(operation) for operation in naming} == {*NOT_OWNED, OWN_SESSION, *map(str, OWNED)}


@pytest.mark.parametrize("name", [name for name in NOT_OWNED if name.startswith("cart.")])
async def test_a_line_of_anothers_cart_answers_like_a_missing_one(open_shop: OpenShop, name: str) -> None:
    operation = next(operation for operation in OPERATIONS if str(operation) == name)
    ada = {"Authorization": f"Bearer {open_shop.tokens['ada']}"}
    await open_shop.http.post("/cart/items", headers=ada, json={"product_id": 1, "quantity": 1})
    await open_shop.http.delete("/cart", headers={"Authorization": f"Bearer {open_shop.tokens['bob']}"})

    answer = await open_shop.http.request(**operation.request(open_shop.tokens["bob"], product_id="1"))

    assert_problem(404, answer)
    lines = (await open_shop.http.get("/cart", headers=ada)).json()["items"]
    assert [1] == [line["product_id"] for line in lines]


@each(OWNED)
async def test_anothers_object_answers_exactly_like_a_missing_one(
    open_shop: OpenShop, operation: Operation, orders: dict[str, str]
) -> None:
    order, missing = await order_of(open_shop, orders, "ada"), "ORD-999"
    ask = open_shop.http.request

    anothers = await ask(**operation.request(open_shop.tokens["bob"], order_id=order))
    none = await ask(**operation.request(open_shop.tokens["bob"], order_id=missing))

    assert_problem(404, anothers)
    assert comparable(none, missing) == comparable(anothers, order)


SEEN_BY = [
    (operation, name)
    for operation in OWNED
    for name, role in (("ada", "customer"), ("grace", "admin"))
    if role in operation.roles
]


@pytest.mark.parametrize(("operation", "name"), SEEN_BY, ids=str)
async def test_the_owner_and_an_admin_see_the_object(
    open_shop: OpenShop, operation: Operation, orders: dict[str, str], name: str
) -> None:
    order = await order_of(open_shop, orders, "ada")

    answer = await open_shop.http.request(**operation.request(open_shop.tokens[name], order_id=order))

    # The order's state is told only to callers who may see it.
    assert answer.status_code in ((200,) if operation.method == "get" else (200, 409))


def comparable(answer: httpx.Response, order_id: str) -> tuple[int, dict[str, str], dict[str, Any]]:
    """All of an answer but the ids of the request and of the object it asked for."""
    own = {"x-request-id"}
    headers = {name: value for name, value in answer.headers.items() if name not in own}
    body = {name: str(value).replace(order_id, "ORD-…") for name, value in answer.json().items()}
    body.pop("request_id")
    return answer.status_code, headers, body
