# Generated from openapi/ by scripts/generate.py: do not edit.
"""Contains all the data models used in inputs/outputs"""

from .checkout import Checkout
from .checkout_result import CheckoutResult
from .health import Health
from .health_status import HealthStatus
from .order import Order
from .order_line import OrderLine
from .order_status import OrderStatus
from .payment_method import PaymentMethod

__all__ = (
    "Checkout",
    "CheckoutResult",
    "Health",
    "HealthStatus",
    "Order",
    "OrderLine",
    "OrderStatus",
    "PaymentMethod",
)
