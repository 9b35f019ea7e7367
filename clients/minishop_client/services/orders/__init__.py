# Generated from openapi/ by scripts/generate.py: do not edit.
"""The orders service."""

from .client import AsyncOrdersApi, OrdersApi

__all__ = ("OrdersApi", "AsyncOrdersApi")
