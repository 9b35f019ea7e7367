"""The decimals of money, said to Schemathesis.

It imports nothing of Minishop, see `ground.py`.
"""

from __future__ import annotations

from typing import Any


def with_multiples(node: Any) -> Any:
    """A document in which `x-decimals: 2` is the keyword that Schemathesis draws numbers by: `multipleOf: 0.01`.

    Both Schemathesis and its validator count in decimals there, as validators in doubles do not.
    """
    if isinstance(node, list):
        return [with_multiples(item) for item in node]
    if not isinstance(node, dict):
        return node
    drawn = {key: with_multiples(value) for key, value in node.items() if key != "x-decimals"}
    return drawn | {"multipleOf": 10 ** -node["x-decimals"]} if "x-decimals" in node else drawn
