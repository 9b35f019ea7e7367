"""The life of a reservation, as one table."""

from ...kit.state_machine import Move, table

MOVES = table(
    # In the transaction that made it, where a product turned out to be short.
    Move("refuse", ("held",), "refused"),
    Move("commit", ("held",), "committed"),
    # Two moves, as they take the pieces from another column of the stock books.
    Move("give_back_held", ("held",), "released"),
    Move("give_back_sold", ("committed",), "released"),
)
