"""What Schemathesis has to be told about the shop that it fuzzes.

Random requests alone are refused before they reach any logic: an edit needs the present version, a checkout something
in the cart and the caller's own number, a shipment the number of a customer who may look at it.
"""

import itertools
import json
import re
from contextlib import suppress
from typing import Any, TypeAlias

import httpx
import schemathesis
from schemathesis import HookContext, Response
from schemathesis.generation.meta import TestPhase
from schemathesis.schemas import BaseSchema
from schemathesis.wfc.escalation import restore_identity_assignments

from minishop_client import Conflict, Minishop

from . import recorder
from .ground import GROUND_FILE, Ground

Case: TypeAlias = schemathesis.Case[Any]
ORDER_ID = re.compile(r"ORD-[1-9][0-9]{2,8}")
CHECKOUT = "POST /orders/checkout"
CART_LINE = ("PATCH /cart/items/{product_id}", "DELETE /cart/items/{product_id}")
PRODUCT = ("PATCH /catalog/products/{product_id}", "DELETE /catalog/products/{product_id}")
GROUND = Ground(**json.loads((recorder.FOLDER / GROUND_FILE).read_text("utf-8")))
http = httpx.Client(base_url=GROUND.url)
customer = Minishop(GROUND.url).login(GROUND.username, GROUND.password)
turns = itertools.cycle((True, False))
numbers = itertools.count(500_000)


@schemathesis.hook
def after_load_schema(context: HookContext, schema: BaseSchema) -> None:
    """Call each operation as the first of its roles, where Schemathesis would be refused as others first."""
    first = {
        f"{method.upper()} {path}": operation["x-roles"][0]
        for path, item in schema.raw_schema["paths"].items()
        for method, operation in item.items()
        if "x-roles" in operation
    }
    restore_identity_assignments(schema, first)


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, object]) -> None:
    """Put what only this shop can know into a request, where it makes no other difference."""
    _name_the_customer(case)
    _name_a_new_order(case)
    _name_the_present_version(case)
    _spare_the_stock(case)
    if case.operation.label == CHECKOUT or (case.operation.label in CART_LINE and not _is_stateful(case)):
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
    for place in (case.path_parameters, case.body):
        if case.operation.method in ("post", "put") and isinstance(place, dict):
            order_id = place.get("order_id")
            if isinstance(order_id, str) and ORDER_ID.fullmatch(order_id) and next(turns):
                place["order_id"] = f"ORD-{next(numbers)}"


def _name_the_present_version(case: Case) -> None:
    """In the place of `"1"`; any other is left to be stale."""
    if case.headers.get("If-Match") == '"1"' and "Authorization" in case.headers:
        read = http.get(case.formatted_path, headers={"Authorization": case.headers["Authorization"]})
        case.headers["If-Match"] = read.headers.get("ETag", '"1"')


def _spare_the_stock(case: Case) -> None:
    """Edit or remove the next product instead of one that the reservations are for."""
    if case.operation.label in PRODUCT and case.path_parameters.get("product_id") in GROUND.stocked:
        case.path_parameters["product_id"] = GROUND.stocked[-1] + 1


def _is_stateful(case: Case) -> bool:
    """Whether the request follows from others; a line that one of them removed has to stay away."""
    return case.meta is not None and case.meta.phase.name is TestPhase.STATEFUL


@schemathesis.hook
def after_call(context: HookContext, case: Case, response: Response) -> None:
    """Note every request and its answer."""
    recorder.note(case, response)
