"""scripts/breaking.py reports each way to break a client, and no addition."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from scripts import breaking
from scripts.strict_yaml import read_all
from tests.support.breaking_cases import (
    ADDITIONS,
    ASKED,
    BOUNDS,
    BREAKS,
    BUY,
    BUYING,
    CHECKOUT,
    FLAG,
    GONE,
    LISTING,
    MAJOR,
    PATHS,
    SCHEMAS,
    SENT,
    TOLD,
    WORDS,
    Node,
)

SPECS = Path(__file__).resolve().parents[2] / "generated" / "minishop_contracts" / "specs"


@pytest.fixture(scope="module")
def real() -> dict[str, Node]:
    """The project's own documents, self-contained, as if each were version 1.0.0."""
    found = read_all(SPECS)
    return {name: changed(document, "info.version", "1.0.0") for name, document in found.items()}


def changed(document: Node, place: str, value: object) -> Node:
    """A copy of the document with a value put at a place, or with its value removed."""
    result: Any = copy.deepcopy(document)
    node, (*way, last) = result, place.split(".")
    for key in way:
        node = node[int(key)] if isinstance(node, list) else node.setdefault(key, {})
    at = int(last) if isinstance(node, list) else last
    if value is GONE:
        del node[at]
    else:
        node[at] = value
    return dict(result)


def compared(real: dict[str, Node], name: str, now: Node) -> breaking.Comparison:
    """The real document as released, and its changed copy."""
    [comparison] = breaking.compare({name: real[name]}, {**real, name: now})
    return comparison


@pytest.mark.parametrize(
    ("called", "place", "value", "what"), [(called, *break_) for called, breaks in BREAKS.items() for break_ in breaks]
)
def test_a_break_is_named_with_those_it_meets(
    real: dict[str, Node], called: tuple[str, str, str], place: str, value: object, what: str
) -> None:
    name, operation, callers = called

    comparison = compared(real, name, changed(real[name], place, value))

    assert f"{operation}: {what} {callers}" in comparison.breaks
    assert not comparison.allowed


@pytest.mark.parametrize(("name", "place", "value"), ADDITIONS)
def test_an_addition_breaks_nobody(real: dict[str, Node], name: str, place: str, value: object) -> None:
    comparison = compared(real, name, changed(real[name], place, value))

    assert [] == comparison.breaks
    assert comparison.additions >= 1


@pytest.mark.parametrize(("name", "place", "value"), WORDS)
def test_other_words_for_the_same_are_no_change(real: dict[str, Node], name: str, place: str, value: object) -> None:
    comparison = compared(real, name, changed(real[name], place, value))

    assert ([], 0) == (comparison.breaks, comparison.additions)


@pytest.mark.parametrize(("schema", "breaks"), [(SENT, 1), (TOLD, 0)], ids=["sent", "answered"])
@pytest.mark.parametrize("keyword", BOUNDS)
def test_a_new_bound_breaks_a_request_alone(real: dict[str, Node], keyword: str, schema: str, breaks: int) -> None:
    bounded = changed(real["orders"], f"{schema}.{keyword}", BOUNDS[keyword])

    [loss], gain = breaking.compare({"orders": bounded}, real), compared(real, "orders", bounded)

    assert (0, 1) == (len(loss.breaks), loss.additions)
    assert (breaks, 1 - breaks) == (len(gain.breaks), gain.additions)


@pytest.mark.parametrize("released", [{"multipleOf": 0.01}, {"x-decimals": 2}])
def test_two_decimals_are_the_same_rule_by_either_keyword(real: dict[str, Node], released: Node) -> None:
    other = {
        key: value for key, value in real["orders"]["components"]["schemas"]["Money"].items() if key != "x-decimals"
    }
    before = changed(real["orders"], f"{SCHEMAS}.Money", other | released)

    [comparison] = breaking.compare({"orders": before}, real)

    assert ([], 0) == (comparison.breaks, comparison.additions)


@pytest.mark.parametrize(
    ("place", "released", "what"),
    [
        (f"{SENT}.nullable", True, "request body: nullable is false, was true"),
        (f"{SENT}.additionalProperties", True, "request body: additionalProperties is false, was true"),
        (f"{SENT}.properties.payment_method", GONE, f"{ASKED} 'payment_method' is new and required"),
        (f"{CHECKOUT}.requestBody.required", False, "a request body is now required"),
    ],
)
def test_asking_for_more_is_named(real: dict[str, Node], place: str, released: object, what: str) -> None:
    [comparison] = breaking.compare({"orders": changed(real["orders"], place, released)}, real)

    assert [f"{BUY}: {what} {BUYING}"] == comparison.breaks


def test_a_class_of_the_client_that_loses_its_name_is_named(real: dict[str, Node]) -> None:
    renamed = json.loads(json.dumps(real["orders"]).replace("OrderLine", "Line"))

    comparison = compared(real, "orders", renamed)

    lost = "schema 'OrderLine' is gone (client: minishop_client.services.orders.models.OrderLine)"
    assert [lost] == comparison.breaks


def test_another_address_is_named(real: dict[str, Node]) -> None:
    comparison = compared(real, "orders", changed(real["orders"], "servers", [{"url": "/shop"}]))

    assert ["server '/' is gone (client: shop.orders)"] == comparison.breaks


def test_a_document_that_is_gone_breaks_all_its_operations(real: dict[str, Node]) -> None:
    [comparison] = breaking.compare({"cart": real["cart"]}, {})

    assert "DELETE /cart: the operation is gone (client: shop.cart.clear_cart)" in comparison.breaks
    assert not comparison.allowed


@pytest.mark.parametrize(("version", "told"), [("1.7.0", [MAJOR]), ("0.9.0", [MAJOR]), ("2.0.0", [])])
def test_a_major_version_alone_may_break(real: dict[str, Node], version: str, told: list[str]) -> None:
    now = changed(changed(real["orders"], f"{PATHS}.get", GONE), "info.version", version)

    comparison = compared(real, "orders", now)

    assert (not told) is comparison.allowed
    assert [f"orders: GET /orders: the operation is gone {LISTING}", *told] == list(comparison.lines)


@pytest.mark.parametrize(
    ("version", "line"),
    [("1.0.1", "orders: 1 addition, without a greater minor info.version"), ("1.1.0", "orders: 1 addition")],
)
def test_an_addition_without_a_minor_version_is_told(real: dict[str, Node], version: str, line: str) -> None:
    now = changed(changed(real["orders"], f"{SENT}.properties.gift", FLAG), "info.version", version)

    comparison = compared(real, "orders", now)

    assert (True, [line]) == (comparison.allowed, list(comparison.lines))


def test_a_release_is_what_the_next_check_compares_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == breaking.main(["--release"], tmp_path)
    assert 0 == breaking.main([], tmp_path)

    services = ["auth", "cart", "catalog", "notifications", "orders", "payments", "shipping"]
    assert services == sorted(path.stem for path in tmp_path.iterdir())
    assert "7 documents are released.\n7 documents break nothing unannounced.\n" == capsys.readouterr().out


def test_a_break_makes_the_check_fail_and_stops_a_release(
    real: dict[str, Node], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    version = read_all(SPECS)["cart"]["info"]["version"]
    before = changed(real["cart"], "paths./cart/everything.delete", {"operationId": "empty", "responses": {}})
    before = changed(before, "info.version", version)
    breaking.release({"cart": before}, tmp_path)

    codes = breaking.main([], tmp_path), breaking.main(["--release"], tmp_path)

    told = (
        "cart: DELETE /cart/everything: the operation is gone (client: shop.cart.empty)\n"
        f"cart: needs a greater major info.version than {version}\n"
    )
    assert ((1, 1), told * 2) == (codes, capsys.readouterr().out)
    assert {"cart": before} == read_all(tmp_path)
