# Generated from openapi/ by scripts/generate.py: do not edit.
"""What the models and operations share."""

from ...runtime import UNSET, Unset

__all__ = ("UNSET", "Unset")
