"""The problems that Cart answers with."""

from __future__ import annotations

from ...kit.problems import Conflict


class CartFull(Conflict):
    """A line or the cart would hold more than it may."""

    code, title = "cart_full", "The cart is full"
