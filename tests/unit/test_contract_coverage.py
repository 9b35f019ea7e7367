"""scripts/contract_coverage.py names each documented answer, problem, field and keyword that nothing saw."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import httpx
import pytest

from minishop_server.tools.fuzz.observed_fields import PROBLEM, SENT
from scripts import contract_coverage
from scripts.contract_coverage import Seen
from scripts.spec_document import Document, absolute
from scripts.strict_yaml import parse
from tests.support import observed_answers
from tests.support.shop import Shop

DOCUMENT = """
  paths:
    /things/{thing_id}:
      parameters:
        - {name: thing_id, in: path, required: true, schema: {type: integer, format: int32, minimum: 1}}
      put:
        operationId: put_thing
        parameters:
          - {name: If-Match, in: header, required: true, schema: {type: string, minLength: 1}}
          - {name: tags, in: query, required: true, schema: {type: array, maxItems: 9, items: {type: integer}}}
        requestBody:
          required: true
          content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
        responses:
          "200": {description: Put.}
          "404": {description: No thing., x-problems: [not_found]}
          "409": {description: No room., x-problems: [full, closed]}
          "428": {description: No version.}
      post:
        operationId: post_thing
        requestBody:
          content:
            application/x-www-form-urlencoded:
              schema: {type: object, additionalProperties: false, properties: {key: {type: string, format: password}}}
        responses: {}
  components:
    schemas:
      Thing:
        type: object
        additionalProperties: false
        required: [kind]
        properties:
          kind: {type: string, enum: [a, b], description: What it is., x-sensitive: true}
          more: {type: object, additionalProperties: true}
          parts: {type: array, items: {type: string, pattern: "^[a-z]+$"}}
"""


def said(operation: str) -> set[Any]:
    """The documented parts of one of its operations."""
    root = absolute(parse(DOCUMENT), "things")
    found = contract_coverage.said_by(Document("things", {"things": root}))
    return {what for service, name, what in found if (service, name) == ("things", operation)}


def test_each_keyword_of_a_body_is_to_be_broken_and_each_property_to_be_sent() -> None:
    assert {
        *((pointer, SENT) for pointer in ("", "/kind", "/more", "/parts", "/parts/*")),
        *((pointer, "type") for pointer in ("", "/kind", "/more", "/parts", "/parts/*")),
        *{("", "missing"), ("", "unknown"), ("/kind", "missing"), ("/kind", "enum"), ("/parts/*", "pattern")},
    } == {field[1:] for field in said("put_thing") if isinstance(field, tuple) and field[0] == "body"}


def test_of_parameters_what_cannot_be_broken_is_left_out() -> None:
    assert {
        *{("path", "/thing_id", "type"), ("path", "/thing_id", "minimum"), ("path", "/thing_id", "maximum")},
        *{("header", "/if-match", SENT), ("header", "/if-match", "minLength")},
        *{("query", "/tags", SENT), ("query", "/tags", "missing"), ("query", "/tags", "maxItems")},
        *{("query", "/tags/*", "type"), ("query", "/tags/*", "minimum"), ("query", "/tags/*", "maximum")},
    } == {field for field in said("put_thing") if isinstance(field, tuple) and field[0] not in ("body", PROBLEM)}


def test_each_problem_of_a_status_that_has_several_is_to_be_seen() -> None:
    problems = {field[2] for field in said("put_thing") if isinstance(field, tuple) and field[0] == PROBLEM}

    assert {"full", "closed"} == problems


def test_a_form_can_only_lack_names_or_have_others() -> None:
    of_body = {field for field in said("post_thing") if field[0] == "body"}
    assert {("body", "", SENT), ("body", "", "unknown"), ("body", "/key", SENT)} == of_body


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Reports by which everything documented was seen: the answers of orders in fuzzing, the rest in tests."""
    monkeypatch.setattr(contract_coverage, "REPORTS", tmp_path)
    needed = {each for each in contract_coverage.documented() if each[2] not in contract_coverage.UNSEEN}
    write(tmp_path, needed)
    return tmp_path


def write(reports: Path, seen: set[Seen]) -> None:
    """Write the reports of pytest and the fuzzing, had they seen just this."""
    tested: dict[str, list[Any]] = {"answers": [], "fields": []}
    fuzzed: dict[str, dict[str, Any]] = {"answers": defaultdict(dict), "fields": defaultdict(list)}
    for service, operation, what in seen:
        if service == "orders" and isinstance(what, int):
            fuzzed["answers"][operation][what] = 1
        elif service == "orders":
            fuzzed["fields"][operation].append(what)
        elif isinstance(what, int):
            tested["answers"].append((service, operation, what))
        else:
            tested["fields"].append((service, operation, *what))
    for name, content in {"statuses/gw0.json": tested, "fuzz/orders.json": fuzzed}.items():
        (reports / name).parent.mkdir(exist_ok=True)
        (reports / name).write_text(json.dumps(content), "utf-8")


def test_all_is_well_where_everything_was_seen(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == contract_coverage.main()
    assert 1 == len(capsys.readouterr().out.splitlines())


@pytest.mark.parametrize(
    ("unseen", "line"),
    [
        (("orders", "checkout", 402), "402"),
        (("cart", "get_cart", 200), "200"),
        (("orders", "checkout", (PROBLEM, "", "cart_empty")), "the problem cart_empty"),
        (("shipping", "create_shipment", (PROBLEM, "", "other_order")), "the problem other_order"),
        (("orders", "checkout", ("body", "/carrier", SENT)), "body /carrier sent in a request that succeeded"),
        (("cart", "add_cart_item", ("body", "", "unknown")), "body refused as unknown"),
        (("catalog", "get_product", ("path", "/product_id", "type")), "path /product_id refused as type"),
    ],
)
def test_what_nothing_saw_is_named(unseen: Seen, line: str, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(reports, contract_coverage.documented() - {unseen})

    assert 1 == contract_coverage.main()
    service, operation, _ = unseen
    assert [f"{service}.{operation}: no test and no fuzzing saw {line}"] == capsys.readouterr().out.splitlines()[:-1]


def test_a_run_that_noted_nothing_is_no_proof(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (reports / "statuses" / "gw0.json").unlink()

    assert 1 == contract_coverage.main()
    assert "run pytest first" in capsys.readouterr().out


async def test_the_tests_note_what_they_send_and_what_is_refused(
    sqlite_shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observed_answers, "FOLDER", tmp_path / "noted")

    with observed_answers.noted():
        async with httpx.AsyncClient(transport=sqlite_shop.transport, base_url="http://shop") as http:
            for body in ({"username": "ada", "password": "a-long-walk"}, {"username": "ada", "my-name": "my-secret"}):
                await http.post("/auth/login", json=body)

    (path,) = (tmp_path / "noted").iterdir()
    text = path.read_text("utf-8")
    noted = json.loads(text)
    # Services also ask each other.
    of_login = {name: [row for row in noted[name] if row[1] == "login"] for name in noted}
    assert [["auth", "login", 400], ["auth", "login", 401]] == of_login["answers"]
    assert [
        ["auth", "login", "body", "", "unknown"],
        ["auth", "login", "body", "/password", "missing"],
        ["auth", "login", PROBLEM, "", "invalid_request"],
        ["auth", "login", PROBLEM, "", "wrong_credentials"],
    ] == of_login["fields"]
    assert "my-" not in text
