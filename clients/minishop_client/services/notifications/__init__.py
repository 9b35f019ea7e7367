# Generated from openapi/ by scripts/generate.py: do not edit.
"""The notifications service."""

from .client import AsyncNotificationsApi, NotificationsApi

__all__ = ("NotificationsApi", "AsyncNotificationsApi")
