"""Each way to break a client is named by scripts/breaking.py, and growing breaks nobody."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))  # where Python finds what scripts import

import breaking

Node = dict[str, Any]
GONE = object()
"""Stands for a value that is taken out."""

SCHEMAS = "components.schemas"
PATHS = "paths./orders"
CHECKOUT = f"{PATHS}/checkout.post"
BOUGHT = f"{CHECKOUT}.responses.201"
SENT = f"{SCHEMAS}.Checkout"
TOLD = f"{SCHEMAS}.CheckoutResult"
USER = f"{SCHEMAS}.UserId"
ADDRESS = f"{SCHEMAS}.Address"
PRODUCTS = "paths./catalog/products"
IDS = f"{PRODUCTS}.get.parameters.6"
LIMIT = "components.parameters.Limit"
FLAG = {"type": "boolean", "description": "Yes or no."}
QUERY = {"name": "late", "in": "query", "description": "Late ones.", "schema": FLAG, "example": True}
BODY = {"required": True, "content": {"application/json": {"schema": FLAG, "example": True}}}

ASKED = "request body: property"
LINE = r"^[^\u0000-\u001F\u007F-\u009F\u2028\u2029]+$"
BUY = "POST /orders/checkout"
BUYING = "(client: shop.orders.checkout)"
ISSUING = (
    "(client: shop.auth.issue_token; called by: orders.accept_return, orders.cancel_order, orders.checkout, "
    "orders.refund_order, shipping.update_shipment)"
)
LISTING = "(client: shop.orders.list_orders, shop.orders.iter_orders)"
BROWSING = (
    "(client: shop.catalog.list_products, shop.catalog.iter_products; "
    "called by: cart.add_cart_item, cart.get_cart, cart.update_cart_item, orders.checkout)"
)
MAJOR = "orders: needs a greater major info.version than 1.0.0"
REFUSALS = "400, 401, 403, 405, 406, 431, 500, 503"  # of GET /orders

# For each operation, with those who call it: the place that changes, its new value, and what is told of it.
BREAKS: dict[tuple[str, str, str], list[tuple[str, object, str]]] = {
    ("orders", BUY, BUYING): [
        (f"{CHECKOUT}.operationId", "buy", "the operationId is buy, was checkout"),
        ("components.securitySchemes.bearerAuth.scheme", "basic", "security: a way to authenticate is gone"),
        (f"{CHECKOUT}.x-roles", ["admin"], "x-roles: customer is let in no more"),
        (f"{CHECKOUT}.x-idempotent", GONE, "x-idempotent is gone"),
        (f"{CHECKOUT}.x-owner", True, "x-owner is new"),
        (f"{CHECKOUT}.parameters", [{**QUERY, "required": True}], "parameter 'late' is new and required"),
        (f"{CHECKOUT}.requestBody", GONE, "request body: application/json is gone"),
        (f"{SENT}.properties.carrier", GONE, f"{ASKED} 'carrier' is gone"),
        (f"{SENT}.required.1", "address", f"{ASKED} 'address' is now required"),
        (f"{USER}.type", "string", f"{ASKED} 'user_id': type is string, was integer"),
        (f"{USER}.format", "int64", f"{ASKED} 'user_id': format is int64, was int32"),
        (f"{USER}.minimum", 2, f"{ASKED} 'user_id': minimum is 2, was 1"),
        (f"{USER}.default", 1, f"{ASKED} 'user_id': default is 1, was absent"),
        (f"{ADDRESS}.format", "line", f"{ASKED} 'address': format is line, was absent"),
        (f"{ADDRESS}.not", {}, f"{ASKED} 'address': not is {{}}, was absent"),
        (f"{ADDRESS}.pattern", "^[a-z]+$", f"{ASKED} 'address': pattern is ^[a-z]+$, was {LINE}"),
        (f"{SCHEMAS}.Carrier.enum", ["Post"], f"{ASKED} 'carrier': the list of values is new"),
        (f"{SCHEMAS}.PaymentMethod.enum.0", "shells", f"{ASKED} 'payment_method': the value 'credit_card' is gone"),
        (f"{CHECKOUT}.responses.409", GONE, "response 409 is gone"),
        (f"{CHECKOUT}.responses.203", {"description": "Later."}, "response 203 is new and no refusal"),
        (f"{BOUGHT}.headers.Location", GONE, "response 201: header 'Location' is gone"),
        ("components.headers.Location.required", False, "response 201, 202: header 'Location' is no longer required"),
        (
            "components.headers.Location.schema.format",
            "uri",
            "response 201, 202: header 'Location': format is uri, was absent",
        ),
        (f"{BOUGHT}.content.application/json", GONE, "response 201: application/json is gone"),
        (f"{TOLD}.properties.total", GONE, "response 201, 202: property 'total' is gone"),
        (f"{TOLD}.required.2", GONE, "response 201, 202: property 'total' is no longer required"),
        (f"{SCHEMAS}.Money.nullable", True, "response 201, 202: property 'total': nullable is true, was false"),
    ],
    ("orders", "GET /orders", LISTING): [
        (f"{PATHS}.get", GONE, "the operation is gone"),
        (f"{PATHS}.get.parameters", [], "parameter 'cursor' is gone"),
        (f"{LIMIT}.required", True, "parameter 'limit' is now required"),
        (f"{LIMIT}.in", "header", "parameter 'limit' is sent in another place or form"),
        (f"{LIMIT}.schema.default", 10, "parameter 'limit': default is 10, was 20"),
        (f"{LIMIT}.schema.default", GONE, "parameter 'limit': default is absent, was 20"),
        (f"{PATHS}.get.requestBody", BODY, "a request body is now required"),
        (f"{SCHEMAS}.Order.properties.tracking_id", GONE, "response 200: property '[].tracking_id' is gone"),
        (f"{SCHEMAS}.Problem.properties.code", GONE, f"response {REFUSALS}: property 'code' is gone"),
    ],
    ("orders", "GET /orders/{order_id}", "(client: shop.orders.get_order)"): [
        (f"{PATHS}/{{order_id}}.get.x-owner", GONE, "x-owner is gone"),
        (f"{SCHEMAS}.Price.type", "string", "response 200: property 'lines[].price': type is string, was number"),
    ],
    ("catalog", "GET /catalog/products", BROWSING): [
        (f"{IDS}.style", "pipeDelimited", "parameter 'ids' is sent in another place or form"),
        (f"{SCHEMAS}.ProductSort.enum.0", GONE, "parameter 'sort': the value 'id' is gone"),
    ],
    ("auth", "POST /auth/login", "(client: shop.auth.login)"): [
        ("paths./auth/login.post.security", GONE, "security: anybody was let in, and no longer is"),
    ],
    ("auth", "POST /auth/token", ISSUING): [
        ("paths./auth/token.post.security.0", GONE, "security: anybody was let in, and no longer is"),
    ],
}

# What breaks nobody: the document, the place that changes, and its new value.
ADDITIONS: list[tuple[str, str, object]] = [
    ("orders", "paths./orders/{order_id}/lines.get", {"operationId": "list_lines", "responses": {}}),
    ("auth", "paths./auth/me.get.security", []),
    ("catalog", f"{PRODUCTS}.post.x-roles", ["admin", "service"]),
    ("orders", f"{PATHS}.get.x-idempotent", "header"),
    ("orders", f"{PATHS}/{{order_id}}.get.parameters", [QUERY]),
    ("catalog", "components.parameters.IfMatch.required", False),
    ("orders", f"{PATHS}.get.requestBody", {**BODY, "required": False}),
    ("orders", f"{CHECKOUT}.requestBody.required", False),
    ("orders", f"{SENT}.properties.gift", FLAG),
    ("orders", f"{SENT}.required", ["payment_method"]),
    ("orders", f"{SCHEMAS}.PaymentMethod.enum", ["credit_card", "paypal", "bank_transfer", "shells"]),
    ("orders", f"{CHECKOUT}.responses.429", {"description": "Slow down."}),
    ("orders", f"{BOUGHT}.headers.ETag", {"schema": FLAG}),
    ("orders", "components.headers.Link.required", True),
    ("orders", "components.headers.Location.schema.maxLength", 100),
    ("orders", f"{SCHEMAS}.OrderAction.enum.0", GONE),
    ("orders", f"{BOUGHT}.content.text/plain", {"schema": FLAG}),
    ("orders", f"{TOLD}.properties.late", FLAG),
    ("orders", f"{TOLD}.default", {}),
    ("orders", f"{SCHEMAS}.OrderAction.enum", ["cancel_order", "request_return", "accept_return", "complain"]),
]

# What the contract does not hang on.
WORDS: list[tuple[str, str, object]] = [
    ("orders", f"{CHECKOUT}.tags", ["purchases"]),
    ("orders", f"{CHECKOUT}.x-calls", []),
    ("orders", f"{BOUGHT}.links", GONE),
    ("orders", f"{LIMIT}.style", "form"),
    ("orders", "components.securitySchemes.bearerAuth.description", "A JWT."),
    ("orders", f"{SCHEMAS}.Carrier.nullable", False),
    ("orders", f"{SCHEMAS}.PaymentMethod.enum", ["paypal", "bank_transfer", "credit_card"]),
    ("orders", f"{SCHEMAS}.Problem.example", GONE),
]

# Each leaves fewer values than there were without it.
FLOORS = ["minimum", "minItems", "minLength", "minProperties", "exclusiveMinimum", "exclusiveMaximum", "uniqueItems"]
CEILINGS = ["maximum", "maxItems", "maxLength", "maxProperties"]
BOUNDS = {**dict.fromkeys([*FLOORS, *CEILINGS, "multipleOf", "pattern"], 1), "enum": [1]}


@pytest.fixture(scope="module")
def real() -> dict[str, Node]:
    """The project's own documents, self-contained."""
    return breaking.read(Path(__file__).resolve().parents[2] / "generated" / "minishop_contracts" / "specs")


def changed(document: Node, place: str, value: object) -> Node:
    """A copy of the document with a value put at a place, or with what is there taken out."""
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
    """The real document as released, and what there is now in its place."""
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
    before = changed(real["cart"], "paths./cart/everything.delete", {"operationId": "empty", "responses": {}})
    breaking.release({"cart": before}, tmp_path)

    codes = breaking.main([], tmp_path), breaking.main(["--release"], tmp_path)

    told = (
        "cart: DELETE /cart/everything: the operation is gone (client: shop.cart.empty)\n"
        "cart: needs a greater major info.version than 1.0.0\n"
    )
    assert ((1, 1), told * 2) == (codes, capsys.readouterr().out)
    assert {"cart": before} == breaking.read(tmp_path)
