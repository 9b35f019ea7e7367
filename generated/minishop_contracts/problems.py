# Generated from openapi/ by scripts/generate.py: do not edit.
"""What each code of a problem means."""

PROBLEMS = {
    "invalid_request": (
        400,
        "a parameter or the body is not as the document says",
        "mend what `errors` names",
    ),
    "invalid_token_request": (
        400,
        "a token request that RFC 6749 does not allow, or for a service that the client does not call; `error` says why",
        "see RFC 6749, section 5.2, and RFC 8707, section 2",
    ),
    "unauthorized": (
        401,
        "no token, or one that does not hold, or is for other services",
        "log in and repeat; the Python client does",
    ),
    "invalid_signature": (
        401,
        "a webhook that the payment provider did not sign, or not within five minutes",
        "see `Stripe-Signature`",
    ),
    "wrong_credentials": (
        401,
        "an unknown user, a wrong password or a disabled account, told alike",
        "check both",
    ),
    "refresh_refused": (
        401,
        "a refresh token that is unknown, expired, revoked or was used, told alike",
        "log in; the Python client does",
    ),
    "invalid_client": (401, "an unknown service or a wrong secret", "check both"),
    "payment_declined": (
        402,
        "the payment was declined; nothing is charged or held",
        "pay in another way",
    ),
    "forbidden": (
        403,
        "the caller's role may not do this, or a service's token is for other operations (then `WWW-Authenticate` says `insufficient_scope`)",
        "",
    ),
    "wrong_password": (
        403,
        "a change of the password or of the e-mail address with another password than the present one",
        "check it",
    ),
    "password_required": (
        403,
        "a change of the e-mail address without the password",
        "send it as `password`",
    ),
    "other_user": (403, "a checkout for somebody else", "use the caller's own `user_id`"),
    "not_found": (404, "there is no such object, or it is somebody else's", ""),
    "method_not_allowed": (405, "the path does not answer this method", "see `Allow`"),
    "not_acceptable": (
        406,
        "`Accept` leaves out the media type of the answer",
        "accept what `detail` names",
    ),
    "request_timeout": (
        408,
        "the head or the body of the request came too slowly; the connection is closed",
        "send it again",
    ),
    "conflict": (
        409,
        "another request has just taken a value that must be unique",
        "choose another value",
    ),
    "taken": (409, "the user name or the e-mail address is in use", "choose another one"),
    "last_admin": (
        409,
        "nobody would be left who could make somebody an admin",
        "make somebody else one first",
    ),
    "cart_empty": (409, "a checkout with nothing in the cart", ""),
    "cart_bought": (
        409,
        "an earlier order buys every piece that is in the cart; `detail` names it",
        "see that order, or add something",
    ),
    "price_changed": (
        409,
        "the cart costs something else than it showed, or than `expected_total`; `errors` names its lines",
        "read the cart again",
    ),
    "order_cancelled": (
        409,
        "the order of this checkout was cancelled before it was paid",
        "take a new key for a new checkout",
    ),
    "not_allowed_now": (
        409,
        "the order is in a state that does not allow it",
        "see `allowed_actions` of the order",
    ),
    "refund_exceeds_total": (
        409,
        "all refunds together would be more than the order's total",
        "give back less",
    ),
    "nothing_to_return": (
        409,
        "more pieces than were bought and not sent back yet",
        "send back fewer",
    ),
    "cart_full": (409, "more than 100 pieces in a line, or 50 lines", ""),
    "out_of_stock": (409, "a product is short; `detail` names it", "order fewer"),
    "reservation_over": (
        409,
        "the stock of the order was given back, or is held for other lines",
        "",
    ),
    "not_held": (409, "stock is to be sold that is not held for the order", "reserve it first"),
    "shipment_cancelled": (409, "the shipment of the order was called back", ""),
    "delivered": (409, "a shipment is to be called back that was delivered", ""),
    "other_order": (
        409,
        "the number belongs to another order, as after a restore of Orders: see [recovery](recovery.md)",
        "",
    ),
    "known_to_orders": (
        409,
        "an admin gives back at Payments what Orders knows",
        "cancel or refund the order",
    ),
    "payment_differs": (409, "the order has a payment of another amount or method", ""),
    "payment_not_capturable": (409, "the payment holds nothing that could be captured", ""),
    "refund_exceeds_capture": (
        409,
        "all refunds together would be more than was captured",
        "give back less",
    ),
    "not_forward": (409, "a shipment cannot go there from where it is", ""),
    "stale_etag": (
        412,
        "the object was edited since it was read",
        "read it again, repeat the edit",
    ),
    "body_too_large": (413, "the body is larger than 1 MiB", ""),
    "unsupported_media_type": (
        415,
        "the body's media type or encoding is not taken",
        "send what `detail` names",
    ),
    "address_required": (422, "a checkout with no address, and none in the profile", "give one"),
    "weak_password": (
        422,
        "a new password that would be guessed; `errors` says why: `length`, `common`, `own_name`",
        "take a longer one",
    ),
    "link_over": (
        422,
        "the token of a mail that there never was, that was used, or that is over",
        "ask for a new one",
    ),
    "idempotency_key_reused": (
        422,
        "the `Idempotency-Key` belongs to another request",
        "take a new key",
    ),
    "if_match_required": (428, "an edit without `If-Match`", "send the `ETag` of what was read"),
    "too_many_mails": (
        429,
        "an account asks for a sixth mail within an hour; see `Retry-After`",
        "wait",
    ),
    "too_many_attempts": (
        429,
        "too many failed sign-ins for this name, whether or not there is one; see `Retry-After`",
        "wait, or reset the password",
    ),
    "rate_limited": (
        429,
        "an address calls a public operation, or a user one that writes, more often than its `x-rate-limit` says",
        "repeat it after `Retry-After`",
    ),
    "headers_too_large": (
        431,
        "names and values of all headers have more than 16 KiB",
        "send fewer, or shorter ones",
    ),
    "internal_error": (500, "a fault of ours", "the request id finds it in the log"),
    "unavailable": (
        503,
        "a database or a peer cannot be reached, or too many passwords are being checked; see `Retry-After`",
        "repeat; with a key where it matters",
    ),
}
"""By code: the status, when it comes and what to do, from docs/problems.md."""
