# Generated from openapi/ by scripts/generate.py: do not edit.
"""The shipping service."""

from .client import AsyncShippingApi, ShippingApi

__all__ = ("ShippingApi", "AsyncShippingApi")
