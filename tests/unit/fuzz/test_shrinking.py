"""A request is made smaller for as long as it fails."""

from __future__ import annotations

import json

from minishop_server.tools.fuzz.shrinking import MOST_TRIALS, Request, as_sent, shrunk

URL = "http://127.0.0.1:41234/cart/items"


def request(body: object, url: str = URL, **headers: str) -> Request:
    return as_sent("POST", url, headers, json.dumps(body))


def test_only_the_part_that_fails_is_left() -> None:
    sent = request(
        {"product_id": 2, "quantity": 4711, "lines": [{"a": 1}, {"b": "text"}]},
        f"{URL}?limit=1&fails=yes",
        Authorization="Bearer x",
        Accept="*/*",
    )

    smallest = shrunk(
        sent,
        lambda tried: "fails=yes" in tried.url and json.loads(tried.body).get("quantity", 0) >= 37,
    )

    assert Request("POST", f"{URL}?fails=yes", (("Authorization", "Bearer x"),), '{"quantity":37}') == smallest


def test_a_text_is_cut_to_the_length_that_fails() -> None:
    smallest = shrunk(request("x" * 500), lambda tried: len(json.loads(tried.body)) >= 101)

    assert "x" * 101 == json.loads(smallest.body)


def test_a_request_that_fails_only_as_it_is_stays() -> None:
    sent = as_sent("POST", URL, {}, "no JSON: \xff")

    assert sent == shrunk(sent, lambda tried: False)


def test_there_is_a_limit_of_trials() -> None:
    tried = []

    def fails(candidate: Request) -> bool:
        tried.append(candidate)
        return len(tried) % 2 == 0

    shrunk(request(list(range(1000))), fails)

    assert MOST_TRIALS == len(tried)


def test_a_request_is_a_command_with_its_headers_and_body() -> None:
    sent = as_sent("POST", URL, {"Host": "x", "Content-Type": "application/json"}, '"it\'s"')

    assert ("curl -X POST -H 'Content-Type: application/json' --data-raw '\"it'\"'\"'s\"' " + URL) == sent.curl()
