"""State machines as tables: the moves of a thing between its states, and the guards of the updates that make them.

The update of a move has `WHERE status IN (…)` with the states that the move starts from. So a move that comes late or
twice finds no row in such a state, and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Move:
    """A move from any of some states to one.

    Attributes:
        clears: the columns that are NULL after it.
    """

    name: str
    before: tuple[str, ...]
    after: str
    clears: tuple[str, ...] = ()

    @property
    def guard(self) -> str:
        """The states that it starts from, as SQL lists them: `'pending', 'paid'`."""
        return ", ".join(f"'{state}'" for state in self.before)


M = TypeVar("M", bound=Move)


def table(*moves: M) -> dict[str, M]:
    """The moves by name."""
    return {move.name: move for move in moves}
