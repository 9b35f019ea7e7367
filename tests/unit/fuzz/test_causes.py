"""The log of a shop gives the causes of its failed responses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from minishop_server.tools.fuzz.causes import Cause, Log

TRACE = """  File "/somewhere/middleware.py", line 101, in answer
    await operation(scope)
  File "/somewhere/cart/domain.py", line 9, in add
    raise ZeroDivisionError
ZeroDivisionError"""


def line(event: str, request: str = "first", **fields: Any) -> str:
    return json.dumps({"event": event, "request_id": request, "operation": "add_cart_item", **fields}) + "\n"


def breach(request: str) -> str:
    return line("response_breaks_contract", request, status=201, breach="body /note is not in the contract")


def test_requests_with_the_same_cause_are_together(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_text("Starting\n" + breach("first") + line("request") + breach("second"), "utf-8")
    log = Log(path)

    log.read_on()

    words = "body /note is not in the contract (201 of add_cart_item)"
    assert {Cause("add_cart_item", "contract", words): ["first", "second"]} == log.requests
    assert ["response_breaks_contract", "request"] == [json.loads(text)["event"] for text in log.lines("first")]


def test_an_exception_is_told_by_its_type_and_place(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_text(line("unhandled_exception", exception=TRACE), "utf-8")
    log = Log(path)

    log.read_on()

    words = "ZeroDivisionError at domain.py:9 in add (an exception in add_cart_item)"
    assert [Cause("add_cart_item", "exception", words)] == list(log.requests)


def test_half_a_line_is_read_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "log"
    log = Log(path)
    text = breach("first")
    path.write_text(text[:40], "utf-8")
    log.read_on()
    assert {} == log.requests

    path.write_text(text, "utf-8")
    log.read_on()

    assert [["first"]] == list(log.requests.values())
