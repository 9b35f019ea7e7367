"""Whose line it is, how it looks, and from which level on it is written."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import sys
import warnings
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import structlog

from minishop_server.kit.background import repeating
from minishop_server.kit.logging import configure_logging
from minishop_server.kit.request_context import current_service
from tests.support.log import Log
from tests.support.shop import PASSWORD, Shop

pytestmark = pytest.mark.usefixtures("logging_as_before")


def fail() -> Any:
    raise RuntimeError


def library() -> Any:
    logging.getLogger("asyncpg.pool").warning("a library speaks")
    logging.getLogger("uvicorn.error").error("the server speaks")


def python() -> Any:
    warnings.warn("Python speaks", stacklevel=1)


async def test_the_id_of_an_answer_finds_every_line_of_its_request_and_the_service(
    sqlite_shop: Shop,
    monkeypatch: pytest.MonkeyPatch,
    log: Log,
) -> None:
    def speaking(act: Callable[[], Any]) -> Callable[..., Any]:
        async def public_keys() -> Any:
            return act() or [{"kid": 7}]

        return public_keys

    async with httpx.AsyncClient(transport=sqlite_shop.transport, base_url="http://shop") as http:
        for id, act in {"r1": fail, "r2": library, "r3": python}.items():
            monkeypatch.setattr(sqlite_shop.domain("auth"), "public_keys", speaking(act))
            with warnings.catch_warnings():
                warnings.simplefilter("always")
                logging.captureWarnings(True)
                answer = await http.get("/auth/.well-known/jwks.json", headers={"X-Request-Id": id})
            assert 500 == answer.status_code

    lines = log.lines()
    assert {"unhandled_exception", "response_breaks_contract", "a library speaks", "the server speaks"} <= {
        line["event"] for line in lines
    }
    assert {"r1", "r2", "r3"} == {line["request_id"] for line in lines}
    assert {"auth"} == {line["service"] for line in lines}


async def broken(*_: Any, **__: Any) -> Any:
    fail()


async def test_the_lines_of_a_call_between_services_carry_the_same_id_and_the_service_that_was_called(
    sqlite_shop: Shop,
    monkeypatch: pytest.MonkeyPatch,
    log: Log,
) -> None:
    ada = await sqlite_shop.customer()
    product = await sqlite_shop.product()
    monkeypatch.setattr(sqlite_shop.domain("catalog"), "products", broken)

    with pytest.raises(Exception, match="503"):
        await ada.shop.cart.add_cart_item(product_id=product, quantity=1)

    lines = [line for line in log.lines() if line["event"] == "unhandled_exception"]
    assert {"catalog"} == {line["service"] for line in lines}
    assert 1 == len({line["request_id"] for line in lines})


async def test_a_line_of_work_between_requests_names_the_service_and_its_round(log: Log) -> None:
    failed = asyncio.Event()

    async def work() -> None:
        failed.set()
        fail()

    current_service.set("orders")
    async with repeating(work, 0.0):
        await failed.wait()
        await asyncio.sleep(0)

    first = log.lines()[0]
    assert ("background_round_failed", "orders") == (first["event"], first["service"])
    assert first["request_id"] != "none"


@pytest.mark.parametrize(("level", "written"), [("debug", ["debug", "info"]), ("info", ["info"]), ("warning", [])])
async def test_what_is_asked_for_ever_is_written_at_debug(
    sqlite_shop: Shop, capfd: pytest.CaptureFixture[str], level: Any, written: list[str]
) -> None:
    configure_logging(level, "json")

    async with httpx.AsyncClient(transport=sqlite_shop.transport, base_url="http://shop") as http:
        for path in "/auth/livez", "/auth/me":
            await http.get(path, headers={"X-Request-Id": "asked"})
    await asyncio.sleep(0)

    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert written == [line["level"] for line in lines if line["request_id"] == "asked"]


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("form", "terminal", "colours_wanted", "is_json", "is_coloured"),
    [
        (None, False, True, True, False),
        (None, True, True, False, True),
        (None, True, False, False, False),
        ("console", False, True, False, False),
        ("json", True, True, True, False),
    ],
)
async def test_lines_are_json_unless_a_person_looks_on_or_it_is_set(
    monkeypatch: pytest.MonkeyPatch,
    sqlite_shop: Shop,
    form: Any,
    terminal: bool,
    colours_wanted: bool,
    is_json: bool,
    is_coloured: bool,
) -> None:
    written = io.BytesIO()
    kind = Terminal if terminal else io.TextIOWrapper
    monkeypatch.setattr(sys, "stderr", kind(written, write_through=True))
    monkeypatch.setattr(os, "write", lambda _, line: written.write(line))
    monkeypatch.delenv("NO_COLOR", raising=False)
    if not colours_wanted:
        monkeypatch.setenv("NO_COLOR", "1")
    configure_logging("info", form)

    async with httpx.AsyncClient(transport=sqlite_shop.transport, base_url="http://shop") as http:
        await http.get("/auth/me", headers={"X-Request-Id": "asked"})
        await asyncio.sleep(0)
    structlog.get_logger().warning("careful", password=PASSWORD)
    logging.getLogger("library").error("speaks")

    text = written.getvalue().decode()
    shown = [word for word in ("get_me", "asked", "careful", "speaks") if word in text]
    assert ["get_me", "asked", "careful", "speaks"] == shown
    assert is_json == all(line.startswith("{") for line in text.splitlines())
    assert is_coloured == ("\x1b[" in text)
    assert PASSWORD not in text
