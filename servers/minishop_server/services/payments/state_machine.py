"""The life of a payment, as one table."""

from ...kit.metrics import Counter
from ...kit.state_machine import Move, table

MOVES = table(
    Move("authorise", ("pending",), "authorised"),
    Move("capture", ("pending", "authorised"), "captured"),
    Move("decline", ("pending",), "declined"),
    # By the provider, which lets go of the money that it held.
    Move("lapse", ("authorised",), "voided"),
    Move("void", ("pending", "authorised", "captured"), "voided"),
)

OUTCOMES = Counter(
    "minishop_payments_total",
    "Payments by outcome; a payment may have several one after another, and a refund for each part.",
    ("outcome",),
    (*sorted({move.after for move in MOVES.values()}), "refunded"),
)
