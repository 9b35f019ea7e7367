# Generated from openapi/ by scripts/generate.py: do not edit.
"""Contains all the data models used in inputs/outputs"""

from .booked_line import BookedLine
from .checkout import Checkout
from .checkout_result import CheckoutResult
from .health import Health
from .health_status import HealthStatus
from .order import Order
from .order_action import OrderAction
from .order_book import OrderBook
from .order_event import OrderEvent
from .order_line import OrderLine
from .order_refund import OrderRefund
from .order_status import OrderStatus
from .order_step import OrderStep
from .payment_method import PaymentMethod
from .refund_request import RefundRequest
from .return_line import ReturnLine
from .return_request import ReturnRequest
from .work import Work
from .work_kind import WorkKind

__all__ = (
    "BookedLine",
    "Checkout",
    "CheckoutResult",
    "Health",
    "HealthStatus",
    "Order",
    "OrderAction",
    "OrderBook",
    "OrderEvent",
    "OrderLine",
    "OrderRefund",
    "OrderStatus",
    "OrderStep",
    "PaymentMethod",
    "RefundRequest",
    "ReturnLine",
    "ReturnRequest",
    "Work",
    "WorkKind",
)
