# Generated from openapi/ by scripts/generate.py: do not edit.
"""Contains all the data models used in inputs/outputs"""

from .cart import Cart
from .cart_item import CartItem
from .cart_item_edit import CartItemEdit
from .cart_item_input import CartItemInput
from .health import Health
from .health_status import HealthStatus
from .shown_cart import ShownCart
from .shown_line import ShownLine

__all__ = (
    "Cart",
    "CartItem",
    "CartItemEdit",
    "CartItemInput",
    "Health",
    "HealthStatus",
    "ShownCart",
    "ShownLine",
)
