"""Everything that the client raises, answers or takes survives pickle, copy and deepcopy."""

from __future__ import annotations

import copy
import inspect
import multiprocessing
import pickle
from collections.abc import Callable
from importlib import import_module
from typing import Any

import attrs
import httpx
import pytest

import minishop_client
from minishop_client import (
    SERVICES,
    UNSET,
    ApiError,
    AsyncMinishop,
    Minishop,
    NotFound,
    Response,
    Retry,
    errors,
)
from minishop_client.services.orders.models import Checkout
from tests.support.scripted_service import Reply, Service

COPIES: list[Callable[[Any], Any]] = [copy.copy, copy.deepcopy] + [
    lambda value, protocol=protocol: pickle.loads(pickle.dumps(value, protocol)) for protocol in range(6)
]
ERRORS = [e for _, e in inspect.getmembers(errors, inspect.isclass) if issubclass(e, ApiError)]
PROBLEM = {
    "code": "no_such_product",
    "title": "Not found",
    "detail": "No such product.",
    "errors": [{"in": "path", "pointer": "/id", "code": "unknown", "detail": "is unknown"}],
}


def get_product(url: str) -> None:
    with Minishop(url) as shop:
        shop.catalog.get_product(7)


@pytest.mark.parametrize("copied", COPIES)
@pytest.mark.parametrize("kind", ERRORS)
def test_every_exception_is_copied_whole(kind: type[ApiError], copied: Callable[[Any], Any]) -> None:
    error = kind(httpx.Response(404, json=PROBLEM, headers={"Retry-After": "7"}))
    error.add_note("seen by a worker")

    twin = copied(error)

    assert type(error) is type(twin)
    assert (str(error), error.args) == (str(twin), twin.args)
    assert vars(error) == vars(twin)
    assert 7 == twin.retry_after


def test_a_refusal_comes_back_from_a_worker_process(service: Service) -> None:
    service.on("GET /catalog/products/7", Reply(404, PROBLEM))

    with multiprocessing.get_context("spawn").Pool(1) as pool, pytest.raises(NotFound) as caught:
        pool.apply_async(get_product, (service.url,)).get(timeout=60)

    assert ("no_such_product", "/id") == (caught.value.code, caught.value.errors[0].pointer)


@pytest.mark.parametrize("copied", COPIES)
def test_what_was_not_given_stays_the_same_object(copied: Callable[[Any], Any]) -> None:
    body = Checkout(user_id=1, payment_method="paypal")

    assert UNSET is copied(UNSET)
    assert body.to_dict() == copied(body).to_dict()
    assert body == copied(body)


@pytest.mark.parametrize("service", SERVICES)
def test_every_model_is_copied_whole(service: str) -> None:
    models = import_module(f"minishop_client.services.{service}.models")
    kinds = [getattr(models, name) for name in models.__all__ if attrs.has(getattr(models, name))]
    assert kinds
    for kind in kinds:
        values = {field.name: "x" if field.converter is None else 1 for field in attrs.fields(kind) if field.init} | {
            "_": None
        }
        values.pop("_")
        model = kind(**values)
        assert [model] * len(COPIES) == [copied(model) for copied in COPIES]


@pytest.mark.parametrize("copied", COPIES)
def test_an_answer_and_a_retry_are_copied_whole(service: Service, copied: Callable[[Any], Any]) -> None:
    service.on("GET /cart", Reply(200, {"items": [], "total_items": 0, "total_price": 0.1}, {"ETag": '"1"'}))
    with Minishop(service.url) as shop:
        answer = shop.cart.with_headers.get_cart()

    twin: Response[Any] = copied(answer)

    assert (answer.parsed, 200, '"1"') == (twin.parsed, twin.status, twin.headers["ETag"])
    assert Retry(attempts=7) == copied(Retry(attempts=7))


@pytest.mark.parametrize("kind", [Minishop, AsyncMinishop])
def test_a_shop_says_that_it_is_not_pickled(kind: type[Any]) -> None:
    shop = kind("http://shop").login("ada", "a-secret-word")

    for copied in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError, match="make one in each process"):
            copied(shop)
    assert minishop_client.SERVICES == tuple(name for name in vars(copy.copy(shop)) if name in SERVICES)
