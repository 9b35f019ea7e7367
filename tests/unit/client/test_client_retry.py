"""Transient failures are retried, if that is safe."""

from collections.abc import Callable

import httpx
import pytest

from minishop_client import ApiError, AsyncMinishop, Conflict, Minishop, Retry, TooManyRequests, Unavailable
from tests.support.scripted_service import Reply, Service

QUICK = Retry(attempts=3, base=0.0)
CART = {"items": [], "total_items": 0, "total_price": 0.0}
ORDER = {"order_id": "ORD-101", "status": "paid", "total": 99.98}


def refusal(status: int, **headers: str) -> ApiError:
    return ApiError(httpx.Response(status, headers=headers))


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_read_is_repeated_until_it_succeeds(service: Service, status: int) -> None:
    service.on("GET /cart", Reply(status, {}), Reply(status, {}), Reply(200, CART))

    with Minishop(service.url, retry=QUICK) as shop:
        assert 0 == shop.cart.get_cart().total_items

    assert ["GET /cart"] * 3 == service.routes()


async def test_an_awaited_read_is_repeated_until_it_succeeds(service: Service) -> None:
    service.on("GET /cart", Reply(503, {}), Reply(0), Reply(200, CART))

    async with AsyncMinishop(service.url, retry=QUICK) as shop:
        assert 0 == (await shop.cart.get_cart()).total_items

    assert ["GET /cart"] * 3 == service.routes()


def test_after_the_last_attempt_the_refusal_is_raised(service: Service) -> None:
    service.on("GET /cart", Reply(503, {}))

    with Minishop(service.url, retry=QUICK) as shop, pytest.raises(Unavailable):
        shop.cart.get_cart()

    assert 3 == len(service.seen)


def test_a_broken_connection_is_repeated_for_a_read(service: Service) -> None:
    service.on("GET /cart", Reply(0), Reply(200, CART))

    with Minishop(service.url, retry=QUICK) as shop:
        assert () == shop.cart.get_cart().items

    assert 2 == len(service.seen)


def test_a_write_without_a_key_is_made_once(service: Service) -> None:
    service.on("POST /cart/items", Reply(503, {}), Reply(201, CART))

    with Minishop(service.url, retry=QUICK) as shop, pytest.raises(Unavailable):
        shop.cart.add_cart_item(product_id=1, quantity=2)

    assert 1 == len(service.seen)


def test_a_write_without_a_key_is_not_repeated_after_a_broken_connection(service: Service) -> None:
    service.on("POST /cart/items", Reply(0), Reply(201, CART))

    with Minishop(service.url, retry=QUICK) as shop, pytest.raises(httpx.TransportError):
        shop.cart.add_cart_item(product_id=1, quantity=2)

    assert 1 == len(service.seen)


def test_a_checkout_gets_a_key_of_its_own_and_keeps_it_when_repeated(service: Service) -> None:
    service.on("POST /orders/checkout", Reply(0), Reply(503, {}), Reply(201, ORDER))

    with Minishop(service.url, retry=QUICK) as shop:
        shop.orders.checkout(user_id=1, payment_method="paypal")
        shop.orders.checkout(user_id=1, payment_method="paypal")

    first, second, third, other = (seen.headers["Idempotency-Key"] for seen in service.seen)
    assert first == second == third
    assert first != other


def test_a_key_that_is_given_is_the_one_that_is_sent(service: Service) -> None:
    service.on("POST /orders/checkout", Reply(201, ORDER))

    with Minishop(service.url) as shop:
        shop.orders.checkout(user_id=1, payment_method="paypal", idempotency_key="mine")

    assert "mine" == service.seen[0].headers["Idempotency-Key"]


@pytest.mark.parametrize("status", [400, 404, 409, 500])
def test_a_lasting_refusal_is_not_repeated(service: Service, status: int) -> None:
    service.on("GET /cart", Reply(status, {}))

    with Minishop(service.url, retry=QUICK) as shop, pytest.raises(ApiError):
        shop.cart.get_cart()

    assert 1 == len(service.seen)


def test_one_attempt_means_no_retries(service: Service) -> None:
    service.on("GET /cart", Reply(503, {}))

    with Minishop(service.url, retry=Retry(attempts=1)) as shop, pytest.raises(Unavailable):
        shop.cart.get_cart()

    assert 1 == len(service.seen)


def test_a_login_that_fails_in_passing_is_repeated_with_its_call(service: Service) -> None:
    login = {"access_token": "t", "token_type": "Bearer", "expires_in": 900}
    service.on("POST /auth/login", Reply(503, {}), Reply(200, login))
    service.on("GET /cart", Reply(200, CART))

    with Minishop(service.url, retry=QUICK).login("ada", "a-long-walk") as shop:
        shop.cart.get_cart()

    assert ["POST /auth/login", "POST /auth/login", "GET /cart"] == service.routes()


def test_a_call_that_never_left_is_repeated_whatever_it_is() -> None:
    tries: list[str] = []

    def unreachable_at_first(request: httpx.Request) -> httpx.Response:
        tries.append(request.method)
        if len(tries) == 1:
            raise httpx.ConnectError("refused", request=request)
        return httpx.Response(201, json=CART)

    transport = httpx.MockTransport(unreachable_at_first)
    with Minishop("http://shop", retry=QUICK, transport=transport) as shop:
        shop.cart.add_cart_item(product_id=1, quantity=2)

    assert ["POST", "POST"] == tries


GET = {"method": "GET"}


@pytest.mark.parametrize("attempt", [1, 2, 3, 4])
def test_the_wait_is_random_and_its_bound_doubles(attempt: int) -> None:
    waits = [Retry(attempts=9, base=1.0, longest=4.0).pause(GET, attempt, refusal(503)) for _ in range(200)]

    bound = min(4.0, 2.0 ** (attempt - 1))
    assert all(wait is not None and 0 <= wait <= bound for wait in waits)
    assert len(set(waits)) > 1


@pytest.mark.parametrize("status", [429, 503])
def test_the_wait_is_at_least_what_the_service_asks_for(status: int) -> None:
    wait = Retry(base=0.5).pause(GET, 1, refusal(status, **{"Retry-After": "3"}))

    assert wait is not None
    assert 3.0 <= wait <= 3.5


def test_a_service_that_asks_for_a_very_long_wait_gets_no_retry() -> None:
    assert Retry(longest=10.0).pause(GET, 1, refusal(429, **{"Retry-After": "11"})) is None


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ({"method": "GET"}, True),
        ({"method": "HEAD"}, True),
        ({"method": "OPTIONS"}, True),
        ({"method": "PUT"}, True),
        ({"method": "DELETE"}, True),
        ({"method": "POST"}, False),
        ({"method": "PATCH"}, False),
        ({"method": "POST", "headers": {"Idempotency-Key": "k"}}, True),
    ],
)
@pytest.mark.parametrize("error", [lambda: refusal(503), lambda: httpx.ReadTimeout("slow")])
def test_only_idempotent_calls_are_repeated(
    call: dict[str, object], expected: bool, error: Callable[[], ApiError | httpx.TransportError]
) -> None:
    assert expected == (Retry().pause(call, 1, error()) is not None)


def test_a_write_that_is_refused_for_asking_too_often_is_for_the_caller_to_repeat(service: Service) -> None:
    service.on("POST /auth/register", Reply(429, {}, headers={"Retry-After": "1"}))

    with Minishop(service.url, retry=QUICK) as shop, pytest.raises(TooManyRequests) as refused:
        shop.auth.register(username="ada", email="ada@example.com", password="a-long-walk-by-the-sea")

    assert (1.0, 1) == (refused.value.retry_after, len(service.seen))


def test_a_conflict_is_for_the_caller_to_solve() -> None:
    conflict = Conflict(httpx.Response(409, headers={"Retry-After": "0"}))

    assert Retry().pause(GET, 1, conflict) is None
