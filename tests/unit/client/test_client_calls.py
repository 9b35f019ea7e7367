"""A method sends the request of the contract and returns the answer."""

import json
from decimal import Decimal
from typing import Any

import httpx
import pytest

from minishop_client import SERVICES, AsyncMinishop, Minishop
from minishop_client.services.cart import AsyncCartApi, CartApi
from minishop_client.services.catalog.models import HeldLine, ReservationLine
from tests.support.scripted_service import Reply, Service

PRODUCT = {"id": 1, "name": "Wireless Keyboard", "price": 49.99, "stock": 100}
CART = {"items": [], "total_items": 0, "total_price": 0.0}


def test_the_fields_of_a_body_are_keyword_arguments(service: Service) -> None:
    service.on("POST /catalog/products", Reply(201, PRODUCT))

    with Minishop(service.url) as shop:
        product = shop.catalog.create_product(name="Wireless Keyboard", price=49.99, stock=100)

    assert (1, Decimal("49.99")) == (product.id, product.price)
    sent = service.seen[0]
    assert {"name": "Wireless Keyboard", "price": 49.99, "stock": 100} == json.loads(sent.body)
    assert "application/json" == sent.headers["Content-Type"]


def test_an_edit_sends_only_what_is_given(service: Service) -> None:
    service.on("PATCH /catalog/products/1", Reply(200, PRODUCT))

    with Minishop(service.url) as shop:
        shop.catalog.update_product(1, stock=0, if_match='"1"')

    assert {"stock": 0} == json.loads(service.seen[0].body)
    assert '"1"' == service.seen[0].headers["If-Match"]


def test_a_form_is_sent_as_a_form(service: Service) -> None:
    token = {"access_token": "t", "token_type": "Bearer", "expires_in": 300}
    service.on("POST /auth/token", Reply(200, token))

    with Minishop(service.url) as shop:
        answer = shop.auth.issue_token(grant_type="client_credentials", client_id="orders", client_secret="a&b")

    assert "t" == answer.access_token
    body = b"grant_type=client_credentials&client_id=orders&client_secret=a%26b"
    assert body == service.seen[0].body
    assert "application/x-www-form-urlencoded" == service.seen[0].headers["Content-Type"]


def test_filters_that_are_not_given_are_not_sent(service: Service) -> None:
    service.on("GET /catalog/products", Reply(200, [PRODUCT]))

    with Minishop(service.url) as shop:
        shop.catalog.list_products(in_stock=True, ids=[1, 2], sort="-price", limit=5)

    query = httpx.URL(service.seen[0].target).params
    expected = {"limit": "5", "in_stock": "true", "ids": "1,2", "sort": "-price"}
    assert expected == dict(query)


def test_objects_inside_a_body_are_models(service: Service) -> None:
    lines = [{"product_id": 1, "quantity": 2}]
    held = {"order_id": "ORD-101", "status": "held", "lines": lines}
    service.on("PUT /catalog/reservations/ORD-101", Reply(200, held), Reply(201, held))

    with Minishop(service.url) as shop:
        answer = shop.catalog.reserve_stock("ORD-101", lines=[ReservationLine(product_id=1, quantity=2)])

    assert {"lines": lines} == json.loads(service.seen[0].body)
    assert (HeldLine(product_id=1, quantity=2),) == answer.lines


def test_a_path_parameter_cannot_leave_its_place(service: Service) -> None:
    service.on("GET /orders/..%2Fcart%3F", Reply(404, {}))

    with Minishop(service.url) as shop, pytest.raises(Exception, match="404"):
        shop.orders.get_order("../cart?")

    assert ["GET /orders/..%2Fcart%3F"] == service.routes()


def test_no_content_is_none(service: Service) -> None:
    service.on("DELETE /cart", Reply(204))

    with Minishop(service.url) as shop:
        answer = shop.cart.with_headers.clear_cart()

    assert (204, None) == (answer.status, answer.parsed)


@pytest.mark.parametrize("status", [200, 201])
def test_each_documented_success_is_read(service: Service, status: int) -> None:
    paid = {"payment_id": "PAY-555", "status": "success", "timestamp": "2025-10-06T18:21:00Z"}
    service.on("POST /payments/process", Reply(status, paid))

    with Minishop(service.url) as shop:
        answer = shop.payments.process_payment(order_id="ORD-101", amount=99.98, method="paypal")

    assert "PAY-555" == answer.payment_id
    assert "2025-10-06T18:21:00+00:00" == answer.timestamp.isoformat()


def test_headers_are_reached_through_with_headers(service: Service) -> None:
    service.on("GET /catalog/products/1", Reply(200, PRODUCT, {"ETag": '"7"'}))

    with Minishop(service.url) as shop:
        answer = shop.catalog.with_headers.get_product(1)

    assert ('"7"', '"7"', 1) == (
        answer.headers["ETag"],
        answer.headers["etag"],
        answer.parsed.id,
    )


async def test_awaited_headers_are_reached_the_same_way(service: Service) -> None:
    service.on("GET /catalog/products/1", Reply(200, PRODUCT, {"ETag": '"7"'}))

    async with AsyncMinishop(service.url) as shop:
        answer = await shop.catalog.with_headers.get_product(1)

    assert ('"7"', "Wireless Keyboard") == (answer.headers["ETag"], answer.parsed.name)


def test_fields_and_values_of_a_newer_service_do_no_harm(service: Service) -> None:
    newer: dict[str, Any] = {
        "order_id": "ORD-101",
        "status": "awaiting_moonrise",
        "total": 99.98,
        "discount": {"percent": 5},
    }
    service.on("POST /orders/checkout", Reply(201, newer))

    with Minishop(service.url) as shop:
        answer = shop.orders.checkout(user_id=1, payment_method="credit_card")

    assert "awaiting_moonrise" == str(answer.status)


def test_each_service_may_have_an_address_of_its_own(service: Service) -> None:
    service.on("GET /cart", Reply(200, CART))
    urls = {name: f"http://{name}.invalid" for name in SERVICES} | {"cart": f"{service.url}/"}

    with Minishop(urls) as shop:
        shop.cart.get_cart()

    assert ["GET /cart"] == service.routes()


def test_a_service_without_an_address_is_named_at_once() -> None:
    with pytest.raises(ValueError, match=r"No address for orders\."):
        Minishop({name: "http://shop" for name in SERVICES if name != "orders"})


def test_a_closed_shop_takes_no_calls(service: Service) -> None:
    with Minishop(service.url) as shop:
        user = shop.login("ada", "x")

    with pytest.raises(RuntimeError):
        user.cart.get_cart()


def test_one_service_can_be_called_through_an_http_client_of_ones_own(service: Service) -> None:
    service.on("GET /cart", Reply(200, CART))

    with httpx.Client(base_url=service.url, headers={"X-Request-Id": "abc"}) as http:
        assert 0 == CartApi(http).get_cart().total_items

    assert "abc" == service.seen[0].headers["X-Request-Id"]


async def test_an_application_in_the_same_process_is_called_without_a_network() -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        body = json.dumps(CART | {"total_items": len(scope["path"])}).encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})

    transport = httpx.ASGITransport(application)
    async with AsyncMinishop("http://inside", transport=transport) as shop:
        assert 5 == (await shop.cart.get_cart()).total_items
    async with httpx.AsyncClient(transport=transport) as http:
        assert 5 == (await AsyncCartApi(http, "http://inside").get_cart()).total_items


@pytest.mark.parametrize("name", SERVICES)
def test_blocking_and_awaited_services_have_the_same_methods(name: str) -> None:
    blocking = getattr(Minishop("http://shop"), name)
    awaited = getattr(AsyncMinishop("http://shop"), name)

    assert [m for m in dir(blocking) if m[0] != "_"] == [m for m in dir(awaited) if m[0] != "_"]
    assert {"livez", "readyz", "with_headers"} <= set(dir(blocking))
