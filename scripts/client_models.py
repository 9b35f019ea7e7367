"""Turns generated models of the client into what they mean: exact money, and no null where a value has to be."""

import re
from pathlib import Path
from typing import Any

_SHARED = "from ..types import UNSET, Unset\n"
_IMPORTS = "from ..types import UNSET, Unset, money, number, optional, optional_money, required\n"
_MODELS = (
    (r"^(    \w+: )float$", r"\1Decimal = _attrs_field(converter=money)"),
    (
        r"^(    \w+: )float \| Unset = UNSET$",
        r"\1Decimal | Unset = _attrs_field(default=UNSET, converter=optional_money)",
    ),
    (r"\bd\.pop\((\"\w+\"), UNSET\)", r"optional(d, \1)"),
    (r"\bd\.pop\((\"\w+\")\)", r"required(d, \1)"),
    (re.escape(_SHARED), f"from decimal import Decimal\n{_IMPORTS}"),
)


def refine(package: Path) -> None:
    """Rewrite the models and the signatures of a service's client."""
    for module in package.glob("models/*.py"):
        text = module.read_text(encoding="utf-8")
        for pattern, replacement in _MODELS:
            text = re.sub(pattern, replacement, text, flags=re.MULTILINE)
        module.write_text(text, encoding="utf-8", newline="\n")
    for module in [package / "client.py", *package.glob("api/*/*.py")]:
        text = module.read_text(encoding="utf-8").replace(": float", ": Decimal | float")
        module.write_text(text, encoding="utf-8", newline="\n")


def refuse_other_numbers(node: Any) -> None:
    """Raises ValueError for a number with decimals that is no money, as the client makes a Decimal of each."""
    if isinstance(node, dict):
        if node.get("type") == "number" and node.get("x-decimals") != 2:
            raise ValueError("A number with decimals needs `x-decimals: 2`.")
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            refuse_other_numbers(item)
