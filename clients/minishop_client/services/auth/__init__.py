# Generated from openapi/ by scripts/generate.py: do not edit.
"""The auth service."""

from .client import AsyncAuthApi, AuthApi

__all__ = ("AuthApi", "AsyncAuthApi")
