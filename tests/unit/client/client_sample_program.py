"""A program of an integrator for type checkers, which is never run."""

from collections.abc import Iterator
from decimal import Decimal
from typing import assert_type

from minishop_client import (
    ApiError,
    AsyncMinishop,
    Conflict,
    Minishop,
    Response,
    Retry,
    Unavailable,
)
from minishop_client.services.auth.models import User
from minishop_client.services.cart.models import Cart, CartItem
from minishop_client.services.catalog.models import Product
from minishop_client.services.orders.models import CheckoutResult, Order


def buy(shop: Minishop, user_id: int) -> CheckoutResult | None:
    """A purchase, and its possible errors."""
    for product in shop.catalog.iter_products(in_stock=True, sort="-price"):
        assert_type(product, Product)
        shop.cart.add_cart_item(product_id=product.id, quantity=2)
    cart = shop.cart.get_cart()
    assert_type(cart, Cart)
    assert_type(cart.items, tuple[CartItem, ...])
    try:
        return shop.orders.checkout(user_id=user_id, payment_method="credit_card")
    except Conflict as error:
        print(error.code, [field.pointer for field in error.errors])
    except Unavailable as error:
        print(error.retry_after, error.request_id)
    except ApiError as error:
        print(error.status, error.title, error.detail, error.problem)
    return None


def edit(shop: Minishop) -> str:
    """The edit sends the version of the read."""
    answer = shop.auth.with_headers.get_me()
    assert_type(answer, Response[User])
    edited = shop.auth.with_headers.update_me(address="5 Water Street", if_match=answer.headers["ETag"])
    assert_type(shop.cart.clear_cart(), None)
    return edited.headers["ETag"]


def spend(orders: Iterator[Order]) -> Decimal:
    """Money is a Decimal."""
    return sum((order.total for order in orders if order.status == "paid"), Decimal(0))


def price(shop: Minishop) -> Product:
    """Money is a Decimal in answers and arguments, but an argument may be a float."""
    shop.catalog.create_product(name="Tea", price=0.1, stock=1)
    shop.catalog.list_products(min_price=Decimal("0.10"), max_price=1)
    tea = shop.catalog.create_product(name="Tea", price=Decimal("0.10"), stock=1)
    assert_type(tea.price, Decimal)
    return tea


async def browse(shop: AsyncMinishop) -> list[Product]:
    """The same names, awaited."""
    page = await shop.catalog.list_products(limit=5)
    assert_type(page, list[Product])
    rest = [product async for product in shop.catalog.iter_products(q="keyboard")]
    answer = await shop.catalog.with_headers.get_product(page[0].id)
    assert_type(answer, Response[Product])
    return [*page, *rest, answer.parsed]


def main() -> None:
    """Both ways in."""
    with Minishop("http://127.0.0.1:8000", timeout=2.0, retry=Retry(attempts=5)) as shop:
        shop.auth.register(username="ada", email="ada@example.com", password="a-long-walk-home")
        ada = shop.login("ada", "a-long-walk-home")
        buy(ada, ada.auth.get_me().id)
        spend(ada.orders.iter_orders())
    Minishop({"auth": "http://auth", "cart": "http://cart"}).as_service("orders", "secret")
