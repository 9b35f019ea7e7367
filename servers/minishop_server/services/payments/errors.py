"""The problems of Payments: one class for each code."""

from __future__ import annotations

from ...kit.problems import Conflict, FieldError, Unauthorized


class PaymentDiffers(Conflict):
    """The order has a payment of another amount or method."""

    code, title = "payment_differs", "The order has another payment"

    def __init__(self) -> None:
        super().__init__("Its amount or its method is another one.")


class PaymentNotCapturable(Conflict):
    """The payment holds nothing that could be captured."""

    code, title = "payment_not_capturable", "The payment holds nothing to capture"


class RefundExceedsCapture(Conflict):
    """More would go back than came in."""

    code, title = "refund_exceeds_capture", "A refund cannot exceed the captured amount"

    def __init__(self) -> None:
        error = FieldError("body", "/amount", "refund_exceeds_capture", "is more than can be given back")
        super().__init__("There is not as much left of the captured amount.", errors=[error])


class KnownToOrders(Conflict):
    """Orders would not learn that the money went back."""

    code, title = "known_to_orders", "The money of this order is given back through Orders"


class InvalidSignature(Unauthorized):
    """The webhook was not signed by the provider, or too long ago."""

    code, title = "invalid_signature", "The signature is invalid"

    def __init__(self) -> None:
        super().__init__("Sign the time and the body with the secret of this endpoint.", challenge="Signature")
