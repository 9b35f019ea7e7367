"""Breaking and additive changes of the documents, and their reports: the table of test_breaking.py."""

from __future__ import annotations

from typing import Any

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
TOKEN = f"{SCHEMAS}.PaymentToken"
PRODUCTS = "paths./catalog/products"
IDS = f"{PRODUCTS}.get.parameters.6"
LIMIT = "components.parameters.Limit"
FLAG = {"type": "boolean", "description": "Yes or no."}
QUERY = {"name": "late", "in": "query", "description": "Late ones.", "schema": FLAG, "example": True}
BODY = {"required": True, "content": {"application/json": {"schema": FLAG, "example": True}}}

ASKED = "request body: property"
BUY = "POST /orders/checkout"
BUYING = "(client: shop.orders.checkout)"
READING = "(client: shop.orders.get_order; called by: payments.refund_payment, payments.void_payment)"
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
REFUSALS = "400, 401, 403, 405, 406, 408, 431, 500, 503"  # of GET /orders

# For each operation, with its callers: the place that changes, its new value, and the report.
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
        (f"{TOKEN}.pattern", "^[a-z]+$", f"{ASKED} 'payment_token': pattern is ^[a-z]+$, was ^(tok|pm)_[A-Za-z0-9_]+$"),
        (f"{SCHEMAS}.Carrier.enum", ["Post"], f"{ASKED} 'carrier': the list of values is new"),
        (f"{SCHEMAS}.PaymentMethod.enum.0", "shells", f"{ASKED} 'payment_method': the value 'credit_card' is gone"),
        (f"{CHECKOUT}.responses.409", GONE, "response 409 is gone"),
        (f"{CHECKOUT}.responses.409.x-problems.0", GONE, "response 409: the problem 'cart_empty' is gone"),
        (f"{CHECKOUT}.responses.403.x-problems", GONE, "response 403: the problem 'other_user' is gone"),
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
    ("orders", "GET /orders/{order_id}", READING): [
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

# Harmless changes: the document, the place that changes, and its new value.
ADDITIONS: list[tuple[str, str, object]] = [
    ("orders", "paths./orders/{order_id}/lines.get", {"operationId": "list_lines", "responses": {}}),
    ("auth", "paths./auth/me.get.security", []),
    ("catalog", f"{PRODUCTS}.post.x-roles", ["admin", "service"]),
    ("orders", f"{PATHS}.get.x-idempotent", "header"),
    ("orders", f"{TOKEN}.pattern", "^[a-z]+_[A-Za-z0-9_]+$"),
    ("orders", f"{PATHS}/{{order_id}}.get.parameters", [QUERY]),
    ("catalog", "components.parameters.ProductIfMatch.required", False),
    ("orders", f"{PATHS}.get.requestBody", {**BODY, "required": False}),
    ("orders", f"{CHECKOUT}.requestBody.required", False),
    ("orders", f"{SENT}.properties.gift", FLAG),
    ("orders", f"{SENT}.required", ["payment_method"]),
    ("orders", f"{SCHEMAS}.PaymentMethod.enum", ["credit_card", "paypal", "bank_transfer", "shells"]),
    ("orders", f"{CHECKOUT}.responses.418", {"description": "A teapot."}),
    ("orders", f"{CHECKOUT}.responses.403.x-problems", ["other_user", "forbidden", "closed"]),
    ("orders", f"{BOUGHT}.headers.ETag", {"schema": FLAG}),
    ("orders", "components.headers.Link.required", True),
    ("orders", "components.headers.Location.schema.maxLength", 100),
    ("orders", f"{SCHEMAS}.OrderAction.enum.0", GONE),
    ("orders", f"{BOUGHT}.content.text/plain", {"schema": FLAG}),
    ("orders", f"{TOLD}.properties.late", FLAG),
    ("orders", f"{TOLD}.default", {}),
    ("orders", f"{SCHEMAS}.OrderAction.enum", ["cancel_order", "request_return", "accept_return", "complain"]),
]

# Parts outside of the contract.
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
BOUNDS = {**dict.fromkeys([*FLOORS, *CEILINGS, "multipleOf", "pattern", "x-decimals"], 1), "enum": [1]}
