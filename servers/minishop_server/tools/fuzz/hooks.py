"""Hooks of Schemathesis for the shop that it fuzzes.

Random requests alone are refused before they reach any logic: an edit needs the present version, a checkout something
in the cart and the caller's own number, a shipment the number of a customer who may look at it.
"""

import hashlib
import hmac
import itertools
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from time import sleep
from typing import Literal

import httpx
import requests
import schemathesis
from schemathesis import HookContext, Response
from schemathesis.schemas import BaseSchema
from schemathesis.wfc.escalation import restore_identity_assignments

from minishop_client import Conflict, InternalError, Minishop, Retry

from ...kit.clock import unix_time
from ...kit.documents import operations
from . import auth_hooks, recorder
from .state import GROUND, Case, http, is_good, is_stateful, numbers, turns

CURSOR = re.compile(r"c2_[A-Za-z0-9_-]{8,1197}|c_[0-7]?[0-9a-f]{1,7}")
IDENTITY = re.compile(r"[A-Za-z0-9-]{7,36}")
ORDER_ID = re.compile(r"ORD-[1-9][0-9]{2,8}")
CHECKOUT = "POST /orders/checkout"
WEBHOOK = "POST /payments/webhooks/{provider}"
RESUME = "POST /orders/work/{work_id}/resume"
DELIVERED = ("POST /orders/{order_id}/returns", "POST /orders/{order_id}/refunds")
MOVES: tuple[Literal["out_for_delivery"], Literal["delivered"]] = ("out_for_delivery", "delivered")
SENT_BACK = "POST /orders/{order_id}/returns/accept"
CART_LINE = ("PATCH /cart/items/{product_id}", "DELETE /cart/items/{product_id}")
PRODUCT = ("PATCH /catalog/products/{product_id}", "DELETE /catalog/products/{product_id}")
customer = Minishop(GROUND.url).login(GROUND.username, GROUND.password)
admin = Minishop(GROUND.url).login(GROUND.admin, GROUND.password)


@schemathesis.hook
def after_load_schema(context: HookContext, schema: BaseSchema) -> None:
    """Call each operation as the first of its roles, because others would be refused first: as a
    service only the operations that Orders may call, whose identity it has.
    """
    first = {
        label: next(
            role for role in operation["x-roles"] if role != "service" or operation["operationId"] in GROUND.may_call
        )
        for label, operation in operations(schema.raw_schema).items()
        if "x-roles" in operation
    }
    restore_identity_assignments(schema, first)


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, object]) -> None:
    """Insert values of this shop into a request, if that makes no other difference."""
    with suppress(InternalError):  # the log has its cause, which is a finding
        _fit(case)
    if case.operation.label == WEBHOOK and "Stripe-Signature" not in case.headers:
        kwargs["auth"] = _signed  # requests calls it once the body has its last form


def _fit(case: Case) -> None:
    _name_the_customer(case)
    _name_a_new_order(case)
    _name_a_fitting_order(case)
    _name_work(case)
    auth_hooks.fit(case)
    _name_the_present_version(case)
    _name_a_place(case)
    _spare_the_stock(case)
    _spare_the_numbers(case)
    if case.operation.label == CHECKOUT or (case.operation.label in CART_LINE and not is_stateful(case)):
        with suppress(Conflict):  # the cart has a hundred already
            customer.cart.add_cart_item(product_id=1, quantity=1)


def _name_the_customer(case: Case) -> None:
    """In the place of any number that a user could have."""
    if isinstance(case.body, dict):
        user_id = case.body.get("user_id")
        if type(user_id) is int and 0 < user_id < 2**31:
            case.body["user_id"] = GROUND.user_id


def _name_a_new_order(case: Case) -> None:
    """In the place of every other order, as one is reserved, charged and sent but once."""
    if case.operation.label in (*DELIVERED, SENT_BACK):
        return
    for place in (case.path_parameters, case.body):
        if case.operation.method in ("post", "put") and isinstance(place, dict):
            order_id = place.get("order_id")
            if isinstance(order_id, str) and ORDER_ID.fullmatch(order_id) and next(turns[case.operation.label]):
                place["order_id"] = f"ORD-{next(numbers)}"


def _name_a_fitting_order(case: Case) -> None:
    """Now and then one that is delivered, or to be sent back: requests alone do not get an order there."""
    label, order_id = case.operation.label, case.path_parameters.get("order_id")
    if (
        label in (*DELIVERED, SENT_BACK)
        and is_good(case)
        and isinstance(order_id, str)
        and ORDER_ID.fullmatch(order_id)
    ):
        delivered = _delivered_orders()
        if next(turns[label]):
            case.path_parameters["order_id"] = next(delivered)
            if label == SENT_BACK:
                with suppress(Conflict):  # it was asked for already
                    customer.orders.request_return(case.path_parameters["order_id"])


@cache
def _delivered_orders() -> Iterator[str]:
    """An endless cycle of the customer's delivered orders."""
    orders = []
    for _ in range(12):
        with suppress(Conflict):  # the cart has as many already
            customer.cart.add_cart_item(product_id=1, quantity=50)
        orders.append(_checkout("tok_approved"))
    for order_id in orders:
        _until(order_id, "shipped")
        for status in MOVES:
            admin.shipping.update_shipment(order_id, status=status)
    for order_id in orders:
        _until(order_id, "delivered")
    return itertools.cycle(orders)


def _name_work(case: Case) -> None:
    """Now and then some that is there: that of an order which the payment provider takes its time for."""
    if case.operation.label == RESUME and type(case.path_parameters.get("work_id")) is int and next(turns[RESUME]):
        customer.cart.add_cart_item(product_id=1, quantity=1)
        with suppress(httpx.TimeoutException):  # the response does not matter
            _checkout("tok_needs_action", timeout=0.3)
        for work in admin.orders.list_work(parked=False):
            case.path_parameters["work_id"] = work.work_id


def _checkout(token: str, timeout: float = 10) -> str:
    with Minishop(GROUND.url, timeout=timeout, retry=Retry(attempts=1)) as shop:
        user = shop.login(GROUND.username, GROUND.password)
        bought = user.orders.checkout(user_id=GROUND.user_id, payment_method="credit_card", payment_token=token)
        return bought.order_id


def _until(order_id: str, status: str) -> None:
    """Look again and again, for ten seconds at most."""
    for _ in range(200):
        if customer.orders.get_order(order_id).status == status:
            return
        sleep(0.05)


def _name_the_present_version(case: Case) -> None:
    """The present version instead of that of the examples, so that other versions stay stale."""
    if case.headers.get("If-Match") in ('"1"', '"1.1"') and "Authorization" in case.headers:
        read = http.get(case.formatted_path, headers={"Authorization": case.headers["Authorization"]})
        case.headers["If-Match"] = read.headers.get("ETag", case.headers["If-Match"])


def _name_a_place(case: Case) -> None:
    """In the place of any cursor: that of the second page, or none where there is one page alone."""
    if CURSOR.fullmatch(str(case.query.get("cursor"))):
        query = {name: value for name, value in case.query.items() if name != "cursor"}
        authorization = {name: value for name, value in case.headers.items() if name == "Authorization"}
        first = http.get(case.formatted_path, params={**query, "limit": 1}, headers=authorization)
        following = httpx.URL(first.links["next"]["url"]).params if "next" in first.links else {}
        case.query = {**query, "cursor": following["cursor"]} if following else query


def _spare_the_stock(case: Case) -> None:
    """Edit or remove the next product instead of one that the reservations are for."""
    if case.operation.label in PRODUCT and case.path_parameters.get("product_id") in GROUND.stocked:
        case.path_parameters["product_id"] = GROUND.stocked[-1] + 1


def _spare_the_numbers(case: Case) -> None:
    """Tell no service of numbers that it never gave out: it would answer nothing any more, as after a restore."""
    body = case.body
    if case.operation.path.endswith("/numbers") and isinstance(body, dict):
        highest = body.get("highest")
        if type(highest) is int and 0 < highest < 2**31:
            body["highest"] = 0
    for place in (case.query, body):
        if isinstance(place, dict) and IDENTITY.fullmatch(str(place.get("order_identity"))):
            del place["order_identity"]  # with a made-up number, it would be an order that Orders has lost


def _signed(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Sign a webhook as the payment provider does."""
    body = request.body.encode() if isinstance(request.body, str) else request.body
    seconds = int(unix_time())
    signed = b"%d.%b" % (seconds, body if isinstance(body, bytes) else b"")
    signature = hmac.new(GROUND.webhook_secret.encode(), signed, hashlib.sha256).hexdigest()
    request.headers["Stripe-Signature"] = f"t={seconds},v1={signature}"
    return request


@schemathesis.hook
def after_call(context: HookContext, case: Case, response: Response) -> None:
    """Note every request and its answer."""
    recorder.note(case, response)
