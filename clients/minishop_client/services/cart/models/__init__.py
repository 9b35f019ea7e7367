# Generated from openapi/ by scripts/generate.py: do not edit.
"""Contains all the data models used in inputs/outputs"""

from .bought_line import BoughtLine
from .bought_pieces import BoughtPieces
from .cart import Cart
from .cart_book import CartBook
from .cart_item import CartItem
from .cart_item_edit import CartItemEdit
from .cart_item_input import CartItemInput
from .health import Health
from .health_status import HealthStatus
from .numbers_seen import NumbersSeen
from .shown_cart import ShownCart
from .shown_line import ShownLine

__all__ = (
    "BoughtLine",
    "BoughtPieces",
    "Cart",
    "CartBook",
    "CartItem",
    "CartItemEdit",
    "CartItemInput",
    "Health",
    "HealthStatus",
    "NumbersSeen",
    "ShownCart",
    "ShownLine",
)
