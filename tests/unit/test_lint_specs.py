"""Each rule of scripts/lint_specs.py finds the slip it is there for, and names its place."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from scripts import lint_specs, spec_document, strict_yaml

Node = dict[str, Any]
EVERY_RULE = (*lint_specs.AS_WRITTEN, *lint_specs.RULES)
GONE = object()
"""Stands for a value that is taken out."""
BY_CALLER = {"by": "caller", "limit": {"customer": 60, "admin": 60}, "seconds": 60}

PATHS = "paths./orders"
LIST = f"{PATHS}.get"
READ = f"{PATHS}/{{order_id}}.get"
CHECKOUT = f"{PATHS}/checkout.post"
BOUGHT = f"{CHECKOUT}.responses.201"
LIVEZ = "x-in-every-document.paths./livez.get"
LOGIN = "paths./auth/login.post"
SIGNED_IN = f"{LOGIN}.responses.200"
SENT = f"{CHECKOUT}.requestBody.content.application/json"
ORDER = "components.schemas.Order"
SCHEMAS = "components.schemas"
LIMIT = "components.parameters.Limit"
PRODUCT = "paths./catalog/products/{product_id}"
RESPONSES = "components.responses"
BAD_REQUEST = {"$ref": "./common.yaml#/components/responses/BadRequest"}
REQUEST_ID = {"$ref": "./common.yaml#/components/headers/XRequestId"}
NO_HEADERS = {"headers": {}, "x-problems": ["rate_limited"]}
NOT_FOUND = f"{RESPONSES}.NotFound"
PROBLEM: Node = {"application/problem+json": {}}
FLAG = {"type": "boolean", "description": "Yes or no."}

# For each rule: the document, the place that changes, its new value, and where the finding is.
SLIPS = [
    ("references", "orders", f"{ORDER}.items.$ref", "#/components/schemas/Nothing", f"{ORDER}.items"),
    ("references", "orders", f"{ORDER}.items.$ref", "./nowhere.yaml#/components/schemas/Order", f"{ORDER}.items"),
    ("openapi_version", "orders", "openapi", "3.1.0", "openapi"),
    ("openapi_version", "orders", f"{ORDER}.maxProperty", 3, ORDER),
    ("names", "orders", f"{SCHEMAS}.order_flag", FLAG, f"{SCHEMAS}.order_flag"),
    ("names", "orders", f"{ORDER}.properties.isPaid", FLAG, f"{ORDER}.properties.isPaid"),
    ("names", "common", f"{LIMIT}.name", "pageLimit", LIMIT),
    ("names", "common", "components.parameters.IfMatch.name", "if_match", "components.parameters.IfMatch"),
    ("names", "orders", f"{BOUGHT}.headers.order_id", {}, f"{BOUGHT}.headers.order_id"),
    ("descriptions", "orders", f"{LIST}.description", GONE, LIST),
    ("descriptions", "orders", f"{ORDER}.description", GONE, ORDER),
    ("descriptions", "orders", f"{ORDER}.properties.lines.description", "", f"{ORDER}.properties.lines"),
    ("descriptions", "common", f"{LIMIT}.description", GONE, LIMIT),
    ("descriptions", "common", "components.headers.ETag.description", GONE, "components.headers.ETag"),
    ("examples_given", "orders", f"{SENT}.example", GONE, SENT),
    (
        "examples_given",
        "orders",
        f"{BOUGHT}.content.application/json.example",
        GONE,
        f"{BOUGHT}.content.application/json",
    ),
    ("examples_given", "common", f"{LIMIT}.example", GONE, LIMIT),
    ("examples_given", "common", "components.headers.ETag.example", GONE, "components.headers.ETag"),
    ("examples_hold", "orders", f"{SENT}.example", {"user_id": 1}, f"{SENT}.example"),
    ("examples_hold", "orders", f"{SENT}.example.payment_method", "shells", f"{SENT}.example"),
    ("examples_hold", "common", f"{LIMIT}.example", 101, f"{LIMIT}.example"),
    ("examples_hold", "common", f"{LIMIT}.schema.default", 0, f"{LIMIT}.schema.default"),
    ("examples_hold", "common", f"{SCHEMAS}.Money.example", 9.999, f"{SCHEMAS}.Money.example"),
    ("examples_hold", "common", f"{SCHEMAS}.Timestamp.example", "2025-13-06T18:21:00Z", f"{SCHEMAS}.Timestamp.example"),
    ("enums", "orders", f"{ORDER}.properties.kind", {"type": "string", "enum": ["a"]}, f"{ORDER}.properties.kind"),
    ("closed_objects", "orders", f"{ORDER}.additionalProperties", GONE, ORDER),
    ("closed_objects", "orders", f"{ORDER}.additionalProperties", True, ORDER),
    ("bounded_values", "common", f"{SCHEMAS}.Carrier.type", GONE, f"{SCHEMAS}.Carrier"),
    ("bounded_values", "common", f"{SCHEMAS}.Carrier.maxLength", GONE, f"{SCHEMAS}.Carrier"),
    ("bounded_values", "common", f"{SCHEMAS}.Carrier.pattern", GONE, f"{SCHEMAS}.Carrier"),
    ("patterns", "common", f"{SCHEMAS}.Carrier.pattern", "^[A-Z]", f"{SCHEMAS}.Carrier"),
    ("patterns", "common", f"{SCHEMAS}.Carrier.pattern", r"^\w+$", f"{SCHEMAS}.Carrier"),
    ("patterns", "common", f"{SCHEMAS}.Carrier.pattern", r"^\p{L}+$", f"{SCHEMAS}.Carrier"),
    ("patterns", "common", f"{SCHEMAS}.Carrier.pattern", "^(?=[A-Z])Canada Post$", f"{SCHEMAS}.Carrier"),
    ("patterns", "common", f"{SCHEMAS}.Carrier.pattern", "^[A-Za-z &&a]+$", f"{SCHEMAS}.Carrier"),
    ("patterns", "orders", f"{SCHEMAS}.Reason.pattern", r"^[^\x00]+$", f"{SCHEMAS}.Reason"),
    ("bounded_values", "common", f"{SCHEMAS}.Quantity.minimum", GONE, f"{SCHEMAS}.Quantity"),
    ("bounded_values", "common", f"{SCHEMAS}.Quantity.maximum", GONE, f"{SCHEMAS}.Quantity"),
    ("bounded_values", "common", f"{SCHEMAS}.Quantity.format", GONE, f"{SCHEMAS}.Quantity"),
    ("bounded_values", "common", f"{SCHEMAS}.Money.x-decimals", GONE, f"{SCHEMAS}.Money"),
    ("bounded_values", "common", f"{SCHEMAS}.Money.multipleOf", 0.01, f"{SCHEMAS}.Money"),
    ("extensions", "common", f"{SCHEMAS}.Money.x-decimals", 3, f"{SCHEMAS}.Money"),
    ("bounded_values", "orders", f"{ORDER}.properties.lines.maxItems", GONE, f"{ORDER}.properties.lines"),
    ("extensions", "orders", f"{READ}.x-cached", True, READ),
    ("extensions", "orders", f"{READ}.x-owner", "yes", READ),
    ("extensions", "orders", f"{CHECKOUT}.x-idempotent", "body", CHECKOUT),
    ("secrets", "common", f"{SCHEMAS}.PaymentToken.x-sensitive", GONE, f"{SCHEMAS}.Checkout.properties.payment_token"),
    ("own_paths", "orders", "paths./basket", {}, "paths./basket"),
    ("operation_ids", "orders", f"{LIST}.operationId", "listOrders", LIST),
    ("operation_ids", "orders", f"{READ}.operationId", "list_orders", READ),
    ("summaries", "orders", f"{LIST}.summary", "Lists your orders", LIST),
    ("summaries", "orders", f"{LIST}.summary", "Listing your orders", LIST),
    ("summaries", "orders", f"{LIST}.summary", "List your orders.", LIST),
    ("summaries", "orders", f"{LIST}.summary", "List all of the orders that you have ever bought in this shop", LIST),
    ("tags", "orders", f"{LIST}.tags", ["orders", "health"], LIST),
    ("tags", "orders", f"{LIST}.tags", ["purchases"], LIST),
    ("callers", "orders", f"{LIST}.x-roles", GONE, LIST),
    ("callers", "orders", f"{LIST}.x-roles", ["customer", "guest"], LIST),
    ("callers", "orders", f"{LIST}.security", [], LIST),
    ("callers", "common", f"{LIVEZ}.x-roles", ["admin"], f"{PATHS}/livez.get"),
    ("extensions", "auth", f"{LOGIN}.x-rate-limited", True, LOGIN),
    ("rate_limits", "auth", f"{LOGIN}.x-rate-limit", GONE, LOGIN),
    ("rate_limits", "auth", f"{LOGIN}.x-rate-limit", {"limit": 60}, LOGIN),
    ("rate_limits", "auth", f"{LOGIN}.x-rate-limit.limit", "60", LOGIN),
    ("rate_limits", "auth", f"{LOGIN}.x-rate-limit.limit", 0, LOGIN),
    ("rate_limits", "auth", f"{LOGIN}.x-rate-limit.seconds", 3601, LOGIN),
    ("rate_limits", "auth", f"{LOGIN}.x-rate-limit.burst", 5, LOGIN),
    ("rate_limits", "orders", f"{LIST}.x-rate-limit", {"limit": 60, "seconds": 60}, LIST),
    ("rate_limits", "orders", f"{LIST}.x-rate-limit", BY_CALLER, LIST),
    ("rate_limits", "orders", f"{CHECKOUT}.x-rate-limit", GONE, CHECKOUT),
    ("rate_limits", "orders", f"{CHECKOUT}.x-rate-limit", {"limit": 60, "seconds": 60}, CHECKOUT),
    ("rate_limits", "orders", f"{CHECKOUT}.x-rate-limit", {**BY_CALLER, "limit": {"customer": 60}}, CHECKOUT),
    ("rate_limits", "orders", f"{CHECKOUT}.x-rate-limit.limit.admin", 0, CHECKOUT),
    ("rate_limits", "orders", f"{CHECKOUT}.x-rate-limit.seconds", 3601, CHECKOUT),
    ("rate_limits", "common", f"{LIVEZ}.x-rate-limit", {"limit": 60, "seconds": 60}, f"{PATHS}/livez.get"),
    ("responses_declared", "orders", f"{READ}.responses.404", GONE, READ),
    ("responses_declared", "catalog", f"{PRODUCT}.get.responses.304", GONE, f"{PRODUCT}.get"),
    ("left_to_rules", "orders", f"{LIST}.responses.400", BAD_REQUEST, f"{LIST}.responses.400"),
    ("left_to_rules", "orders", f"{PATHS}/readyz", {}, f"{PATHS}/readyz"),
    ("left_to_rules", "orders", f"{BOUGHT}.headers.X-Request-Id", REQUEST_ID, f"{BOUGHT}.headers"),
    ("left_to_rules", "common", f"{NOT_FOUND}.headers.X-Request-Id", {}, f"{NOT_FOUND}.headers"),
    ("left_to_rules", "common", f"{NOT_FOUND}.content", PROBLEM, f"{NOT_FOUND}.content"),
    ("left_to_rules", "orders", f"{READ}.responses.404", {"description": "Gone."}, f"{READ}.responses.404"),
    ("left_to_rules", "orders", f"{CHECKOUT}.responses.403.x-problems", ["forbidden"], f"{CHECKOUT}.responses.403"),
    ("problem_codes", "orders", f"{CHECKOUT}.responses.409.x-problems", ["cart_lost"], f"{CHECKOUT}.responses.409"),
    ("problem_codes", "orders", f"{CHECKOUT}.responses.409.x-problems", ["taken"] * 2, f"{CHECKOUT}.responses.409"),
    ("problem_codes", "common", "x-problems.cart_empty.status", 422, f"{CHECKOUT}.responses.409"),
    ("problem_table", "common", "x-problems.cart_empty.title", GONE, "x-problems.cart_empty"),
    ("problem_table", "common", "x-problems.cart_empty.hint", "Fill it.", "x-problems.cart_empty"),
    ("problem_table", "orders", f"{CHECKOUT}.responses.402", GONE, "x-problems.payment_declined"),
    ("response_headers", "common", "components.headers.XRequestId.required", False, f"{LIST}.responses.403"),
    ("response_headers", "common", f"{RESPONSES}.Unauthorized.headers.WWW-Authenticate", GONE, f"{LIST}.responses.401"),
    ("response_headers", "common", f"{RESPONSES}.MethodNotAllowed.headers.Allow", GONE, f"{LIST}.responses.405"),
    ("response_headers", "common", f"{RESPONSES}.Unavailable.headers.Retry-After", GONE, f"{LIST}.responses.503"),
    ("response_headers", "orders", f"{LIST}.responses.429", NO_HEADERS, f"{LIST}.responses.429"),
    ("response_headers", "common", "components.headers.Location.required", False, BOUGHT),
    (
        "separate_input",
        "orders",
        f"{BOUGHT}.content.application/json.schema.$ref",
        "#/components/schemas/Checkout",
        f"{BOUGHT}.content.application/json",
    ),
    ("conditional_reads", "catalog", f"{PRODUCT}.get.parameters", GONE, f"{PRODUCT}.get"),
    ("conditional_edits", "catalog", f"{PRODUCT}.patch.parameters", GONE, f"{PRODUCT}.patch"),
    ("conditional_edits", "catalog", f"{PRODUCT}.delete.parameters", GONE, f"{PRODUCT}.delete"),
    ("conditional_edits", "catalog", "components.parameters.ProductIfMatch.required", False, f"{PRODUCT}.patch"),
    ("idempotency", "orders", f"{CHECKOUT}.x-idempotent", GONE, CHECKOUT),
    ("idempotency", "orders", f"{CHECKOUT}.parameters", GONE, CHECKOUT),
    ("idempotency", "orders", f"{BOUGHT}.headers.Idempotent-Replayed", GONE, CHECKOUT),
    ("pages", "orders", f"{LIST}.parameters", GONE, LIST),
    ("pages", "orders", f"{LIST}.responses.200.headers.Link", GONE, LIST),
    ("links", "auth", f"{SIGNED_IN}.links.refresh.x-request-body.token", "$request.body", f"{SIGNED_IN}.links.refresh"),
    ("links", "auth", f"{SIGNED_IN}.links.refresh.requestBody", {"refresh_token": "x"}, f"{SIGNED_IN}.links.refresh"),
    ("links", "orders", f"{BOUGHT}.links.read.operationId", "get_cart", f"{BOUGHT}.links.read"),
    ("links", "orders", f"{BOUGHT}.links.read.parameters.product_id", "$response.body#/id", f"{BOUGHT}.links.read"),
    ("exposure", "auth", f"{LOGIN}.x-internal", False, LOGIN),
    ("exposure", "orders", f"{CHECKOUT}.x-internal", True, CHECKOUT),
    ("reaches", "orders", "x-reaches", ["the world"], "x-reaches"),
    ("calls", "orders", "x-calls", ["cart.get_basket"], "x-calls"),
    ("calls", "orders", "x-calls", ["orders.cancel_order"], "x-calls"),
    ("calls", "orders", f"{CHECKOUT}.x-calls", ["cart.get_basket"], CHECKOUT),
    ("calls", "orders", f"{CHECKOUT}.x-calls", ["orders.get_order"], CHECKOUT),
    ("calls", "orders", f"{CHECKOUT}.x-calls", ["catalog.reserve_stock"], CHECKOUT),
    ("calls", "orders", f"{CHECKOUT}.x-roles", ["customer", "admin", "service"], CHECKOUT),
]


@pytest.fixture(scope="module")
def real() -> dict[str, Node]:
    return strict_yaml.read_all(spec_document.OPENAPI)


def changed(documents: dict[str, Node], name: str, place: str, value: object) -> dict[str, Node]:
    """The documents with a value put at a place of one of them, or with its value removed."""
    spoilt = node = copy.deepcopy(documents[name])
    *way, last = place.split(".")
    for key in way:
        node = node.setdefault(key, {})
    if value is GONE:
        del node[last]
    else:
        node[last] = value
    return {**documents, name: spoilt}


@pytest.mark.parametrize(("rule", "name", "place", "value", "found_at"), SLIPS)
def test_a_slip_is_found_by_its_rule(
    real: dict[str, Node], rule: str, name: str, place: str, value: object, found_at: str
) -> None:
    documents = changed(real, name, place, value)

    findings = [finding.split(": ")[:3] for finding in lint_specs.lint(documents)]

    assert [found_at, rule] in [finding[1:] for finding in findings]


def test_no_rule_is_without_a_slip() -> None:
    assert {rule.__name__ for rule in EVERY_RULE} == {slip[0] for slip in SLIPS}


def test_every_rule_is_stated_in_words() -> None:
    assert [] == [rule.__name__ for rule in EVERY_RULE if not rule.__doc__]


def test_a_call_needs_a_token_of_the_service_where_it_may_not_pass_the_callers_on(real: dict[str, Node]) -> None:
    documents = changed(real, "orders", f"{CHECKOUT}.x-calls", ["catalog.reserve_stock", "auth.issue_token"])

    assert [] == lint_specs.lint(documents)


def test_findings_are_printed_and_make_the_check_fail(
    real: dict[str, Node], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = changed(real, "orders", f"{LIST}.operationId", "listOrders")
    monkeypatch.setattr(lint_specs, "read_all", lambda _: documents)

    code = lint_specs.main()

    finding = f"openapi/orders.yaml: {LIST}: operation_ids: the operationId must be snake_case, and unique\n"
    assert (1, finding) == (code, capsys.readouterr().out)
