"""The errors of Orders."""

from __future__ import annotations

from ...kit.problems import Conflict, Forbidden, Problem, Unprocessable


class OtherUser(Forbidden):
    """A checkout for another user."""

    code, title = "other_user", "You can only check out your own cart"


class EmptyCart(Conflict):
    """Nothing to buy."""

    code, title = "cart_empty", "The cart is empty"


class AddressRequired(Unprocessable):
    """Nowhere to send the order."""

    code, title = "address_required", "A postal address is required"


class PriceChanged(Conflict):
    """The cart costs something else than the shopper was told."""

    code, title = "price_changed", "A price has changed"


class CartBought(Conflict):
    """Every piece in the cart is being bought by an earlier order."""

    code, title = "cart_bought", "An earlier order is buying the cart"


class OutOfStock(Conflict):
    """A product of the cart is short."""

    code, title = "out_of_stock", "Not enough in stock"


class OrderCancelled(Conflict):
    """The order was cancelled before it was paid."""

    code, title = "order_cancelled", "The order was cancelled"


class PaymentDeclined(Problem):
    """The provider said no."""

    status, code, title = 402, "payment_declined", "The payment was declined"


class ActionNotAllowed(Conflict):
    """The order is in a state that does not allow it."""

    code, title = "not_allowed_now", "The order does not allow this in its present state"


class RefundTooLarge(Conflict):
    """More than is left of the paid amount."""

    code, title = "refund_exceeds_total", "The refund exceeds the remaining amount"


class NotToReturn(Conflict):
    """Pieces that were not bought, or were sent back already."""

    code, title = "nothing_to_return", "Fewer items are left to return"
