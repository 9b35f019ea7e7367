"""Money is a Decimal, in and out, and an exact number on the wire."""

import json
from decimal import Decimal, localcontext

import attrs
import httpx
import pytest

from minishop_client import Minishop, UnexpectedAnswer
from minishop_client.services.catalog.models import Product
from minishop_client.services.orders.models import Checkout
from tests.support.scripted_service import Reply, Service

BOUGHT = {"order_id": "ORD-101", "status": "paid", "total": 0.3}


def product(price: str) -> Reply:
    return Reply(200, f'{{"id": 1, "name": "Tea", "price": {price}, "stock": 5}}')


@pytest.mark.parametrize("total", [Decimal("0.10") + Decimal("0.20"), 0.1 + 0.2, 0.3, Decimal("0.3")])
def test_a_sum_of_prices_is_sent_exactly(service: Service, total: Decimal | float) -> None:
    service.on("POST /orders/checkout", Reply(201, BOUGHT))

    with Minishop(service.url) as shop:
        answer = shop.orders.checkout(user_id=1, payment_method="credit_card", expected_total=total)

    assert Decimal("0.3") == json.loads(service.seen[0].body, parse_float=Decimal)["expected_total"]
    assert (Decimal, "0.30") == (type(answer.total), str(answer.total))


def test_every_price_comes_and_goes_exactly() -> None:
    for cents in range(10_001):
        text = f"{cents // 100}.{cents % 100:02}"
        sent = json.dumps(Product(id=1, name="Tea", price=Decimal(text), stock=1).to_dict())
        assert Decimal(text) == json.loads(sent, parse_float=Decimal)["price"]
        assert text == str(Product.from_dict(json.loads(sent)).price)


@pytest.mark.parametrize("price", ["1000000000", "999999999.99", "0.07", "5", "5.0"])
def test_a_price_is_read_without_a_float_between(service: Service, price: str) -> None:
    service.on("GET /catalog/products/1", product(price))

    with Minishop(service.url) as shop, localcontext(prec=3):
        got = shop.catalog.get_product(1).price

    assert (Decimal(price), -2) == (got, got.as_tuple().exponent)


@pytest.mark.parametrize("price", [Decimal("0.301"), 0.301, Decimal("NaN"), float("inf"), 1e300])
def test_fractions_of_cents_are_refused_before_anything_is_sent(service: Service, price: Decimal | float) -> None:
    with Minishop(service.url) as shop:
        with pytest.raises(ValueError, match="An amount of money"):
            shop.catalog.create_product(name="Tea", price=price, stock=1)
        with pytest.raises(ValueError, match="An amount of money"):
            shop.catalog.list_products(max_price=price)

    assert [] == service.seen


def test_an_amount_may_filter(service: Service) -> None:
    service.on("GET /catalog/products", Reply(200, []))

    with Minishop(service.url) as shop:
        shop.catalog.list_products(min_price=Decimal("0.10"), max_price=0.1 + 0.2)

    params = httpx.URL(service.seen[0].target).params
    assert (Decimal("0.1"), Decimal("0.3")) == (Decimal(params["min_price"]), Decimal(params["max_price"]))


@pytest.mark.parametrize("price", ["9.999", '"9.99"', "1e999", "true", "null", "NaN"])
def test_an_answer_whose_price_is_none_is_unexpected(service: Service, price: str) -> None:
    service.on("GET /catalog/products/1", product(price))

    with Minishop(service.url) as shop, pytest.raises(UnexpectedAnswer):
        shop.catalog.get_product(1)


def test_an_amount_that_is_changed_in_a_copy_is_a_decimal_too() -> None:
    body = attrs.evolve(Checkout(user_id=1, payment_method="paypal"), expected_total=0.1)

    assert (Decimal("0.10"), 0.1) == (body.expected_total, body.to_dict()["expected_total"])
