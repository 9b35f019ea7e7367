"""The notes about requests: the documented names that were sent or refused, never a value."""

from __future__ import annotations

import json

import pytest

from minishop_server.tools.fuzz.observed_fields import PROBLEM, SENT, fields

FORM = "application/x-www-form-urlencoded"


def refusal(problem: str, *errors: tuple[str, str, str]) -> bytes:
    told = [{"in": place, "pointer": pointer, "code": code, "detail": "is bad"} for place, pointer, code in errors]
    return json.dumps({"code": problem, "errors": told}).encode()


def test_of_a_success_every_name_is_noted_and_the_items_of_a_list_as_one() -> None:
    headers = {"If-Match": '"1"', "Cookie": "a=1; b=2"}
    body = {"lines": [{"id": 1}, {"id": 2, "note": None}]}

    noted = fields("ids=1,2&q=", headers, json.dumps(body).encode(), 201, b"{}")

    assert {("query", "/ids", SENT), ("query", "/q", SENT)} == {field for field in noted if field[0] == "query"}
    assert {"/if-match", "/cookie"} == {pointer for place, pointer, _ in noted if place == "header"}
    assert {"/a", "/b"} == {pointer for place, pointer, _ in noted if place == "cookie"}
    assert {"", "/lines", "/lines/*", "/lines/*/id", "/lines/*/note"} == {p for place, p, _ in noted if place == "body"}


def test_of_a_form_every_name_is_noted() -> None:
    noted = fields("", {"content-type": f"{FORM}; charset=utf-8"}, b"grant_type=x&scope=", 200, b"")

    assert {"", "/grant_type", "/scope"} == {pointer for place, pointer, _ in noted if place == "body"}


def test_of_a_refusal_the_problem_and_place_and_code_of_each_error_are_noted_and_no_name_of_the_caller() -> None:
    answer = refusal(
        "invalid_request",
        ("body", "/lines/17/id", "minimum"),
        ("body", "/lines/3/my-secret", "unknown"),
        ("query", "/my-secret", "unknown"),
        ("query", "/my-secret", "encoding"),
        ("header", "/If-Match", "pattern"),
    )

    noted = fields("my-secret=1", {}, b"{}", 400, answer)

    assert {
        (PROBLEM, "", "invalid_request"),
        ("body", "/lines/*/id", "minimum"),
        ("body", "/lines/*", "unknown"),
        ("query", "", "unknown"),
        ("header", "/if-match", "pattern"),
    } == noted


@pytest.mark.parametrize(
    ("status", "answer", "problem"),
    [(401, refusal("unauthorized"), "unauthorized"), (409, refusal("taken", ("body", "/name", "taken")), "taken")],
    ids=["no token", "a conflict"],
)
def test_of_other_refusals_the_problem_alone_is_noted(status: int, answer: bytes, problem: str) -> None:
    assert {(PROBLEM, "", problem)} == fields("q=1", {}, b'{"name": 1}', status, answer)


@pytest.mark.parametrize(
    ("status", "answer"),
    [(400, b""), (400, b"Invalid HTTP request received."), (404, b'{"error": "not_found"}'), (304, b"")],
    ids=["HEAD", "not of the service", "no problem", "not modified"],
)
def test_other_answers_say_nothing_of_the_fields(status: int, answer: bytes) -> None:
    assert set() == fields("q=1", {}, b'{"name": 1}', status, answer)
