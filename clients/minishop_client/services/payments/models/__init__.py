# Generated from openapi/ by scripts/generate.py: do not edit.
"""Contains all the data models used in inputs/outputs"""

from .health import Health
from .health_status import HealthStatus
from .payment import Payment
from .payment_input import PaymentInput
from .payment_method import PaymentMethod
from .payment_result import PaymentResult
from .payment_status import PaymentStatus

__all__ = (
    "Health",
    "HealthStatus",
    "Payment",
    "PaymentInput",
    "PaymentMethod",
    "PaymentResult",
    "PaymentStatus",
)
