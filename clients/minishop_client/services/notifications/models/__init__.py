# Generated from openapi/ by scripts/generate.py: do not edit.
"""Contains all the data models used in inputs/outputs"""

from .health import Health
from .health_status import HealthStatus
from .notification import Notification
from .notification_input import NotificationInput
from .notification_result import NotificationResult
from .notification_status import NotificationStatus

__all__ = (
    "Health",
    "HealthStatus",
    "Notification",
    "NotificationInput",
    "NotificationResult",
    "NotificationStatus",
)
