"""The life of a shipment, as one table."""

from ...kit.state_machine import Move, table

MOVES = table(
    Move("send_out", ("in_transit", "exception"), "out_for_delivery"),
    Move("deliver", ("out_for_delivery",), "delivered"),
    Move("hold_up", ("in_transit", "out_for_delivery"), "exception"),
    Move("return", ("exception",), "returned"),
    # By Orders, for an order that is cancelled before it arrives.
    Move("call_back", ("in_transit", "out_for_delivery", "exception"), "cancelled"),
)
REPORTED = {move.after: move for move in MOVES.values() if move.name != "call_back"}
"""The moves that a carrier reports, by the state after them."""
