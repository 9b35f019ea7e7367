"""The documents' checks of both requests, written by hand for the candidates that have no framework for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import orjson

from bench.backend import Backend
from minishop_server.kit.tokens import Caller

READERS = frozenset({"customer", "admin", "service"})
"""Who may list products."""
SHOPPERS = frozenset({"customer", "admin"})
"""Who may fill a cart."""

_CURSOR = re.compile(r"c_[0-9a-f]{1,8}")
_PRICE = re.compile(r"[0-9]{1,6}(\.[0-9]{1,2})?")
_SORTS = {"id", "-id", "name", "-name", "price", "-price"}
_MAX_ID = 2**31 - 1


class Refused(Exception):
    """The request is refused with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def caller_of(authorization: bytes | None, backend: Backend, roles: frozenset[str]) -> Caller:
    """The caller of the bearer token.

    Raises Refused, or Unauthorized of the verifier.
    """
    if authorization is None or authorization[:7].lower() != b"bearer ":
        raise Refused(401)
    caller = await backend.verifier.verify(authorization[7:].decode("latin-1"))
    if caller.role not in roles:
        raise Refused(403)
    return caller


def product_query(query: bytes) -> dict[str, Any]:
    """The parameters of `list_products`.

    Raises Refused.
    """
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict")
        values = {name: _PARAMETERS[name](text) for name, text in pairs}
    except (KeyError, ValueError):
        raise Refused(400) from None
    if len(values) < len(pairs):
        raise Refused(400)
    return values


def cart_item(body: bytes) -> tuple[int, int]:
    """The product and the quantity in the body of `add_cart_item`.

    Raises Refused.
    """
    try:
        item = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Refused(400) from None
    if type(item) is not dict or item.keys() != {"product_id", "quantity"}:
        raise Refused(400)
    product_id, quantity = item["product_id"], item["quantity"]
    if type(product_id) is not int or type(quantity) is not int:
        raise Refused(400)
    if not (1 <= product_id <= _MAX_ID and 1 <= quantity <= 100):
        raise Refused(400)
    return product_id, quantity


def _whole(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and 1 <= int(text) <= most):
        raise ValueError
    return int(text)


def _one_of(text: str, fits: bool) -> str:
    if not fits:
        raise ValueError
    return text


_PARAMETERS: dict[str, Callable[[str], Any]] = {
    "limit": lambda text: _whole(text, 100),
    "cursor": lambda text: _one_of(text, _CURSOR.fullmatch(text) is not None),
    "q": lambda text: _one_of(text, 1 <= len(text) <= 100 and text.isprintable()),
    "min_price": lambda text: float(_one_of(text, _PRICE.fullmatch(text) is not None)),
    "max_price": lambda text: float(_one_of(text, _PRICE.fullmatch(text) is not None)),
    "in_stock": lambda text: _one_of(text, text in ("true", "false")) == "true",
    "ids": lambda text: [_whole(number, _MAX_ID) for number in text.split(",")],
    "sort": lambda text: _one_of(text, text in _SORTS),
}
