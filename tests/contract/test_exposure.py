"""Operations that only services and operators call do not exist for those who reach a public shop from outside."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import httpx
import pytest
import pytest_asyncio

from minishop_server.kit.documents import is_internal
from minishop_server.services.settings import Settings
from tests.support.operations import OPERATIONS, Operation
from tests.support.problems import assert_problem, each
from tests.support.shop import Shop, running_shop

pytestmark = pytest.mark.asyncio(loop_scope="module")

INTERNAL = [operation for operation in OPERATIONS if is_internal(operation.node)]
OUTSIDE = [operation for operation in OPERATIONS if not is_internal(operation.node)]
SOLE = [each for each in INTERNAL if each.path not in {operation.path for operation in OUTSIDE}]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def public_shop(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    async with running_shop(Settings(data_dir=tmp_path_factory.mktemp("shop"), expose="public")) as shop:
        yield shop


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def http(public_shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=public_shop.transport, base_url="http://shop") as http:
        yield http


def _but_for_the_request(problem: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in problem.items() if name not in ("instance", "request_id")}


async def test_internal_are_the_operations_of_services_the_probes_the_feed_and_the_tokens_of_services() -> None:
    without_role = {operation.node["operationId"] for operation in INTERNAL if not operation.roles}

    assert {"issue_token", "list_revocations", "livez", "readyz"} == without_role
    assert (32, 56) == (len(INTERNAL), len(OUTSIDE))


@each(INTERNAL)
async def test_an_internal_operation_looks_like_a_path_that_is_not_there(
    http: httpx.AsyncClient, operation: Operation
) -> None:
    answer = await http.request(**operation.request())

    unknown = await http.get(f"/{operation.service}/there/is/no/such/path")
    assert_problem(404, answer)
    assert _but_for_the_request(unknown.json()) == _but_for_the_request(answer.json())


@each(SOLE)
async def test_no_other_method_tells_that_there_is_an_internal_operation(
    http: httpx.AsyncClient, operation: Operation
) -> None:
    for method in "GET", "HEAD", "OPTIONS", "PATCH":
        assert 404 == (await http.request(method, operation.path)).status_code


async def test_a_path_names_only_the_methods_that_the_caller_may_use(http: httpx.AsyncClient) -> None:
    answer = await http.put("/shipping/ORD-101")

    assert (405, "GET, HEAD, PATCH") == (answer.status_code, answer.headers["Allow"])


@each(OUTSIDE)
async def test_every_other_operation_is_there(http: httpx.AsyncClient, operation: Operation) -> None:
    answer = await http.request(**operation.request())

    assert answer.status_code != 404 or not operation.roles
    assert answer.status_code != 405


async def test_a_purchase_goes_through_as_calls_within_the_shop_go_on(public_shop: Shop) -> None:
    admin, ada = await public_shop.admin(), await public_shop.customer()
    product = await admin.shop.catalog.create_product(name="Keyboard", price=Decimal("49.99"), stock=3)
    await ada.shop.cart.add_cart_item(product_id=product.id, quantity=2)

    order = await ada.checkout()

    assert "paid" == order.parsed.status


async def test_a_shop_on_a_loopback_address_answers_every_operation_unless_it_is_told_otherwise() -> None:
    for host, hides in {"127.0.0.1": False, "::1": False, "localhost": False, "0.0.0.0": True, "::": True}.items():
        assert hides is Settings(host=host).hides_internal
    assert Settings(expose="public").hides_internal
    assert Settings(root_path="/shop").hides_internal
    assert Settings(trusted_proxies="127.0.0.1").hides_internal  # type: ignore[arg-type]
    assert Settings(public_url="https://shop.example").hides_internal
    assert not Settings(public_url="http://localhost:8000").hides_internal
    assert not Settings(host="0.0.0.0", expose="all").hides_internal
