"""Pages of other origins: none, but those that are named."""

from __future__ import annotations

import pathlib

import httpx

from minishop_server.hosting.cors import open_to
from minishop_server.hosting.local_secrets import with_secrets
from minishop_server.hosting.service import Service
from minishop_server.services.settings import Settings
from tests.support.shop import Shop

ORIGIN = "https://shop.example"
OTHERS = (
    *("https://shop.example.evil.example", "http://shop.example", "https://shop.example:8443", "https://SHOP.example"),
    *("null", "*"),
)
PREFLIGHT = {
    "Origin": ORIGIN,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
}


def through(application: object) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://shop")  # type: ignore[arg-type]


def test_without_origins_nothing_stands_before_the_shop(sqlite_shop: Shop) -> None:
    assert open_to((), sqlite_shop.gateway) is sqlite_shop.gateway


async def test_without_the_setting_a_preflight_is_405(sqlite_shop: Shop) -> None:
    async with through(sqlite_shop.gateway) as http:
        answer = await http.options("/orders/checkout", headers=PREFLIGHT)

    assert (405, "POST") == (answer.status_code, answer.headers["Allow"])
    assert "Access-Control-Allow-Origin" not in answer.headers


async def test_a_preflight_of_a_named_origin_is_let_through(sqlite_shop: Shop) -> None:
    async with through(open_to((ORIGIN,), sqlite_shop.gateway)) as http:
        answer = await http.options("/orders/checkout", headers=PREFLIGHT)

    assert (200, ORIGIN) == (answer.status_code, answer.headers["Access-Control-Allow-Origin"])
    assert "POST" in answer.headers["Access-Control-Allow-Methods"].split(", ")
    allowed = answer.headers["Access-Control-Allow-Headers"].lower().split(", ")
    assert {"authorization", "content-type", "idempotency-key", "if-match"} <= set(allowed)
    assert "600" == answer.headers["Access-Control-Max-Age"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


async def test_any_other_origin_is_not(sqlite_shop: Shop) -> None:
    async with through(open_to((ORIGIN,), sqlite_shop.gateway)) as http:
        for other in OTHERS:
            preflight = await http.options("/orders/checkout", headers={**PREFLIGHT, "Origin": other})
            read = await http.get("/auth/livez", headers={"Origin": other})

            assert (400, 200) == (preflight.status_code, read.status_code), other
            assert "Access-Control-Allow-Origin" not in {**preflight.headers, **read.headers}


async def test_a_method_that_no_document_has_is_not_let_through(sqlite_shop: Shop) -> None:
    async with through(open_to((ORIGIN,), sqlite_shop.gateway)) as http:
        for method in "TRACE", "BREW":
            answer = await http.options("/cart", headers={**PREFLIGHT, "Access-Control-Request-Method": method})

            assert 400 == answer.status_code, method


async def test_a_page_of_a_named_origin_may_read_an_answer_and_what_its_headers_say(sqlite_shop: Shop) -> None:
    async with through(open_to((ORIGIN,), sqlite_shop.gateway)) as http:
        for path, status in ("/auth/livez", 200), ("/cart", 401), ("/nothing", 404):
            answer = await http.get(path, headers={"Origin": ORIGIN})

            assert (status, ORIGIN) == (answer.status_code, answer.headers["Access-Control-Allow-Origin"])
            assert "Origin" in answer.headers["Vary"]
            exposed = answer.headers["Access-Control-Expose-Headers"].split(", ")
            assert {"ETag", "Link", "Location", "Retry-After", "RateLimit", "X-Request-Id"} <= set(exposed)
            assert "nosniff" == answer.headers["X-Content-Type-Options"]


async def test_options_that_is_no_preflight_is_405_as_ever(sqlite_shop: Shop) -> None:
    async with through(open_to((ORIGIN,), sqlite_shop.gateway)) as http:
        answer = await http.options("/cart", headers={"Origin": ORIGIN})

    assert 405 == answer.status_code


async def test_a_service_by_itself_is_opened_likewise(tmp_path: pathlib.Path) -> None:
    service = Service("auth", with_secrets(Settings(data_dir=tmp_path)))
    async with service.running(), through(open_to((ORIGIN,), service)) as http:
        preflight = await http.options("/auth/login", headers=PREFLIGHT)
        answer = await http.get("/auth/livez", headers={"Origin": ORIGIN})

    assert (200, 200) == (preflight.status_code, answer.status_code)
    assert ORIGIN == answer.headers["Access-Control-Allow-Origin"]
