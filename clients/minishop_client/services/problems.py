# Generated from openapi/ by scripts/generate.py: do not edit.
"""The problem codes of the shop, and the exception for each of them."""

from typing import Literal

from ..errors import (
    ApiError,
    BadRequest,
    Conflict,
    ContentTooLarge,
    Forbidden,
    HeadersTooLarge,
    MethodNotAllowed,
    NotAcceptable,
    NotFound,
    PaymentRequired,
    PreconditionFailed,
    PreconditionRequired,
    RequestTimeout,
    ServerError,
    TooManyRequests,
    Unauthorized,
    Unavailable,
    Unprocessable,
    UnsupportedMediaType,
)

ProblemCode = Literal[
    "invalid_request",
    "invalid_token_request",
    "unauthorized",
    "invalid_signature",
    "wrong_credentials",
    "refresh_refused",
    "invalid_client",
    "payment_declined",
    "forbidden",
    "wrong_password",
    "password_required",
    "other_user",
    "not_found",
    "method_not_allowed",
    "not_acceptable",
    "request_timeout",
    "taken",
    "last_admin",
    "cart_empty",
    "cart_bought",
    "price_changed",
    "order_cancelled",
    "not_allowed_now",
    "refund_exceeds_total",
    "nothing_to_return",
    "cart_full",
    "out_of_stock",
    "reservation_over",
    "not_held",
    "shipment_cancelled",
    "delivered",
    "other_order",
    "known_to_orders",
    "payment_differs",
    "payment_not_capturable",
    "refund_exceeds_capture",
    "text_deleted",
    "not_forward",
    "stale_etag",
    "body_too_large",
    "unsupported_media_type",
    "address_required",
    "weak_password",
    "link_over",
    "idempotency_key_reused",
    "if_match_required",
    "too_many_mails",
    "too_many_attempts",
    "rate_limited",
    "headers_too_large",
    "internal_error",
    "unavailable",
]
"""Every code of a problem. A newer shop may send others."""


class InvalidRequest(BadRequest):
    """400: A parameter or the body does not match the document."""


class InvalidTokenRequest(BadRequest):
    """400: RFC 6749 does not allow the token request, or the client does not call the requested service; `error` gives the reason."""


class InvalidSignature(Unauthorized):
    """401: The payment provider did not sign the webhook, or signed it more than five minutes ago."""


class WrongCredentials(Unauthorized):
    """401: The user is unknown, the password is wrong or the account is disabled. The response is the same for all three."""


class RefreshRefused(Unauthorized):
    """401: The refresh token is unknown, expired, revoked or used already. The response is the same for all four."""


class InvalidClient(Unauthorized):
    """401: The service is unknown or its secret is wrong."""


class PaymentDeclined(PaymentRequired):
    """402: The payment was declined; nothing is charged or held."""


class WrongPassword(Forbidden):
    """403: The current password, which a change of the password or the e-mail address requires, is wrong."""


class PasswordRequired(Forbidden):
    """403: A change of the e-mail address came without the password."""


class OtherUser(Forbidden):
    """403: The `user_id` of the checkout is not the caller's."""


class Taken(Conflict):
    """409: The user name or the e-mail address is in use."""


class LastAdmin(Conflict):
    """409: The change would leave the shop without an admin."""


class CartEmpty(Conflict):
    """409: The cart has no lines."""


class CartBought(Conflict):
    """409: An earlier order is buying every piece in the cart; `detail` names it."""


class PriceChanged(Conflict):
    """409: The cart costs another amount than it showed, or than `expected_total`; `errors` names its lines."""


class OrderCancelled(Conflict):
    """409: The order of this checkout was cancelled before it was paid."""


class NotAllowedNow(Conflict):
    """409: The state of the order does not allow the action."""


class RefundExceedsTotal(Conflict):
    """409: The sum of all refunds would exceed the order's total."""


class NothingToReturn(Conflict):
    """409: The return has more pieces than were bought and not yet returned."""


class CartFull(Conflict):
    """409: A line would exceed 100 pieces, or the cart 50 lines."""


class OutOfStock(Conflict):
    """409: The stock of a product is too small; `detail` names the product."""


class ReservationOver(Conflict):
    """409: The stock of the order was released, or is held for other lines."""


class NotHeld(Conflict):
    """409: The stock to be sold is not held for the order."""


class ShipmentCancelled(Conflict):
    """409: The shipment of the order was cancelled."""


class Delivered(Conflict):
    """409: The shipment to be cancelled was delivered."""


class OtherOrder(Conflict):
    """409: The number belongs to another order, as after a restore of Orders: see [recovery](recovery.md)."""


class KnownToOrders(Conflict):
    """409: An admin refunds or voids at Payments the payment of an order that Orders knows."""


class PaymentDiffers(Conflict):
    """409: The order has a payment of another amount or method."""


class PaymentNotCapturable(Conflict):
    """409: The payment holds no money that could be captured."""


class RefundExceedsCapture(Conflict):
    """409: The sum of all refunds would exceed the captured amount."""


class TextDeleted(Conflict):
    """409: The message failed so long ago that its text has been deleted."""


class NotForward(Conflict):
    """409: The shipment cannot move from its present status to the requested one."""


class StaleEtag(PreconditionFailed):
    """412: The object was edited after it was read."""


class BodyTooLarge(ContentTooLarge):
    """413: The body is larger than 1 MiB."""


class AddressRequired(Unprocessable):
    """422: Neither the checkout nor the profile has an address."""


class WeakPassword(Unprocessable):
    """422: The new password is easy to guess; `errors` gives the reason: `length`, `common`, `own_name`."""


class LinkOver(Unprocessable):
    """422: The token from an e-mail is unknown, used or expired."""


class IdempotencyKeyReused(Unprocessable):
    """422: The `Idempotency-Key` belongs to another request."""


class IfMatchRequired(PreconditionRequired):
    """428: The edit came without `If-Match`."""


class TooManyMails(TooManyRequests):
    """429: The account requested more than five mails within an hour; see `Retry-After`."""


class TooManyAttempts(TooManyRequests):
    """429: Too many sign-ins failed for this name, whether or not it exists; see `Retry-After`."""


class RateLimited(TooManyRequests):
    """429: The address or the user exceeded the `x-rate-limit` of the operation."""


class InternalError(ServerError):
    """500: The shop failed."""


BY_CODE: dict[str, type[ApiError]] = {
    "invalid_request": InvalidRequest,
    "invalid_token_request": InvalidTokenRequest,
    "unauthorized": Unauthorized,
    "invalid_signature": InvalidSignature,
    "wrong_credentials": WrongCredentials,
    "refresh_refused": RefreshRefused,
    "invalid_client": InvalidClient,
    "payment_declined": PaymentDeclined,
    "forbidden": Forbidden,
    "wrong_password": WrongPassword,
    "password_required": PasswordRequired,
    "other_user": OtherUser,
    "not_found": NotFound,
    "method_not_allowed": MethodNotAllowed,
    "not_acceptable": NotAcceptable,
    "request_timeout": RequestTimeout,
    "taken": Taken,
    "last_admin": LastAdmin,
    "cart_empty": CartEmpty,
    "cart_bought": CartBought,
    "price_changed": PriceChanged,
    "order_cancelled": OrderCancelled,
    "not_allowed_now": NotAllowedNow,
    "refund_exceeds_total": RefundExceedsTotal,
    "nothing_to_return": NothingToReturn,
    "cart_full": CartFull,
    "out_of_stock": OutOfStock,
    "reservation_over": ReservationOver,
    "not_held": NotHeld,
    "shipment_cancelled": ShipmentCancelled,
    "delivered": Delivered,
    "other_order": OtherOrder,
    "known_to_orders": KnownToOrders,
    "payment_differs": PaymentDiffers,
    "payment_not_capturable": PaymentNotCapturable,
    "refund_exceeds_capture": RefundExceedsCapture,
    "text_deleted": TextDeleted,
    "not_forward": NotForward,
    "stale_etag": StaleEtag,
    "body_too_large": BodyTooLarge,
    "unsupported_media_type": UnsupportedMediaType,
    "address_required": AddressRequired,
    "weak_password": WeakPassword,
    "link_over": LinkOver,
    "idempotency_key_reused": IdempotencyKeyReused,
    "if_match_required": IfMatchRequired,
    "too_many_mails": TooManyMails,
    "too_many_attempts": TooManyAttempts,
    "rate_limited": RateLimited,
    "headers_too_large": HeadersTooLarge,
    "internal_error": InternalError,
    "unavailable": Unavailable,
}
"""The exception for each code."""
