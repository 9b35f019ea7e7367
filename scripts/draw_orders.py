"""Draw the life of an order: docs/order-states.md, from the table in orders/state_machine.py.

    python -m scripts.draw_orders [--check]

With `--check` it writes nothing, and exits with 1 where the page is not up to date.
"""

import sys
from pathlib import Path

from minishop_server.services.orders.state_machine import MOVES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "order-states.md"
HEAD = """# The life of an order

Drawn by `make generate` from the table in
[state_machine.py](../servers/minishop_server/services/orders/state_machine.py); do not edit. What stands after a colon
is the operation that asks for the move, and who may; other moves happen by themselves.

"""


def page() -> str:
    """The page, with a Mermaid state diagram."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> pending"]
    for move in MOVES.values():
        asked = f": {move.operation} ({', '.join(move.roles)})" if move.operation else ""
        lines += [f"    {before} --> {move.after}{asked}" for before in move.before]
    left = {move.after for move in MOVES.values()} - {state for move in MOVES.values() for state in move.before}
    lines += [f"    {state} --> [*]" for state in sorted(left)]
    return HEAD + "\n".join([*lines, "```", ""])


def main() -> int:
    """1 where the page is not up to date and was only to be checked."""
    if "--check" in sys.argv[1:]:
        stale = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page()
        if stale:
            print(f"{PAGE.name} is not up to date: run make generate.")
        return int(stale)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
