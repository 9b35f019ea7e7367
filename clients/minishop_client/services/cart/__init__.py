# Generated from openapi/ by scripts/generate.py: do not edit.
"""The cart service."""

from .client import AsyncCartApi, CartApi

__all__ = ("CartApi", "AsyncCartApi")
