# Generated from openapi/ by scripts/generate.py: do not edit.
"""The payments service."""

from .client import AsyncPaymentsApi, PaymentsApi

__all__ = ("PaymentsApi", "AsyncPaymentsApi")
