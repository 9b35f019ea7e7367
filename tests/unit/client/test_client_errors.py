"""Refusals are exceptions that name the error."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import get_args

import httpx
import pytest

import minishop_client
from minishop_client import ApiError, Minishop, Retry, ServerError, UnexpectedAnswer
from minishop_client.refusals import raise_for_problem
from minishop_client.services.problems import BY_CODE
from tests.support.scripted_service import Reply, Service

PROBLEM = {
    "type": "/problems/invalid-request",
    "title": "The request does not match the contract",
    "status": 400,
    "detail": "One field of the request does not hold.",
    "instance": "/cart/items",
    "code": "invalid_request",
    "request_id": "5f0c1b9e7d2a4c38",
    "errors": [{"in": "body", "pointer": "/quantity", "code": "minimum", "detail": "must be at least 1"}],
}


def refusal(response: httpx.Response) -> ApiError:
    with pytest.raises(ApiError) as caught:
        raise_for_problem(response)
    return caught.value


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (400, "BadRequest"),
        (401, "Unauthorized"),
        (402, "PaymentRequired"),
        (403, "Forbidden"),
        (404, "NotFound"),
        (405, "MethodNotAllowed"),
        (406, "NotAcceptable"),
        (408, "RequestTimeout"),
        (409, "Conflict"),
        (412, "PreconditionFailed"),
        (413, "ContentTooLarge"),
        (415, "UnsupportedMediaType"),
        (422, "Unprocessable"),
        (428, "PreconditionRequired"),
        (429, "TooManyRequests"),
        (431, "HeadersTooLarge"),
        (500, "ServerError"),
        (501, "ServerError"),
        (502, "Unavailable"),
        (503, "Unavailable"),
        (504, "Unavailable"),
        (418, "ApiError"),
        (302, "ApiError"),
    ],
)
def test_each_status_has_its_exception(status: int, name: str) -> None:
    assert getattr(minishop_client, name) is type(refusal(httpx.Response(status)))


@pytest.mark.parametrize(
    ("status", "code", "name"),
    [
        (409, "out_of_stock", "OutOfStock"),
        (402, "payment_declined", "PaymentDeclined"),
        (404, "not_found", "NotFound"),
        (409, "a_code_of_a_newer_shop", "Conflict"),
        (502, "out_of_stock", "Unavailable"),
        (409, "", "Conflict"),
    ],
)
def test_a_code_has_an_exception_below_that_of_its_status(status: int, code: str, name: str) -> None:
    error = refusal(httpx.Response(status, json={**PROBLEM, "code": code}))

    assert getattr(minishop_client, name) is type(error)
    assert isinstance(error, type(refusal(httpx.Response(status))))


def test_every_code_has_an_exception_that_the_package_exports() -> None:
    assert set(BY_CODE) == set(get_args(minishop_client.ProblemCode))
    assert [] == [kind for kind in BY_CODE.values() if kind.__name__ not in minishop_client.__all__]


def test_unavailable_is_a_server_error() -> None:
    assert isinstance(refusal(httpx.Response(503)), ServerError)


def test_a_problem_is_read_into_attributes() -> None:
    error = refusal(httpx.Response(400, json=PROBLEM))

    assert (400, "invalid_request") == (error.status, error.code)
    assert PROBLEM["title"] == error.title
    assert PROBLEM["detail"] == error.detail
    assert "5f0c1b9e7d2a4c38" == error.request_id
    assert [("body", "/quantity", "minimum")] == [(e.place, e.pointer, e.code) for e in error.errors]
    assert PROBLEM == error.problem


def test_the_message_tells_the_whole_story() -> None:
    assert (
        "400 The request does not match the contract: One field of the request does not hold. "
        "[body /quantity must be at least 1] (request 5f0c1b9e7d2a4c38)"
    ) == str(refusal(httpx.Response(400, json=PROBLEM)))


@pytest.mark.parametrize("body", ["<html>Bad Gateway</html>", "[]", '"no"', "{}", '{"errors": 3}'])
def test_an_answer_that_is_no_problem_document_still_becomes_an_error(body: str) -> None:
    error = refusal(httpx.Response(502, text=body, headers={"X-Request-Id": "abc"}))

    assert "502 Bad Gateway (request abc)" == str(error)
    assert ("", ()) == (error.code, error.errors)


def test_retry_after_is_read_in_seconds_and_as_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)

    seconds = refusal(httpx.Response(429, headers={"Retry-After": "7"})).retry_after
    until = refusal(httpx.Response(429, headers={"Retry-After": date})).retry_after
    past = refusal(httpx.Response(429, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})).retry_after

    assert 7.0 == seconds
    assert until is not None
    assert 3500 < until <= 3600
    assert 0.0 == past


@pytest.mark.parametrize("value", ["", "soon", "-1", "1.5"])
def test_a_retry_after_that_says_nothing_is_none(value: str) -> None:
    assert refusal(httpx.Response(503, headers={"Retry-After": value})).retry_after is None


@pytest.mark.parametrize("body", ["<html>Sign in to the hotel</html>", "[]", "{}", "null", "7"])
def test_a_success_that_the_contract_does_not_know_is_an_unexpected_answer(service: Service, body: str) -> None:
    service.on("GET /cart", Reply(200, body))

    with Minishop(service.url) as shop, pytest.raises(UnexpectedAnswer, match="no such answer"):
        shop.cart.get_cart()


def test_no_message_repeats_a_password(service: Service) -> None:
    service.on("POST /auth/login", Reply(500, "boom"))

    shop = Minishop(service.url, retry=Retry(attempts=1)).login("ada", "a-long-walk-home")
    with shop, pytest.raises(ServerError) as caught:
        shop.cart.get_cart()

    assert "a-long-walk-home" not in repr(caught.value) + str(vars(caught.value))
