"""The documents in the words that Schemathesis knows.

It imports nothing of Minishop, see `ground.py`.
"""

from __future__ import annotations

from typing import Any


def fuzzable(node: Any) -> Any:
    """A document with two of our extensions translated, and without a format that Schemathesis takes for narrower.

    - `x-decimals: 2` of a number becomes `multipleOf: 0.01`, which Schemathesis computes in decimals.
    - `x-request-body` of a link becomes its `requestBody`, which other tools take as a string alone.
    - `format: email` is left out: the pattern says as much, and more addresses fit than those that it draws by format.
    """
    if isinstance(node, list):
        return [fuzzable(item) for item in node]
    if not isinstance(node, dict):
        return node
    told = {key: fuzzable(value) for key, value in node.items()}
    if told.get("format") == "email":
        del told["format"]
    if "x-decimals" in told:
        told["multipleOf"] = 10 ** -told.pop("x-decimals")
    if "x-request-body" in told:
        told["requestBody"] = told.pop("x-request-body")
    return told
