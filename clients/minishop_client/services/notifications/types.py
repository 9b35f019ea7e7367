# Generated from openapi/ by scripts/generate.py: do not edit.
"""What the models and operations share."""

from ...values import UNSET, Unset, money, number, optional, optional_money, required

__all__ = ("UNSET", "Unset", "money", "number", "optional", "optional_money", "required")
