# Generated from openapi/ by scripts/generate.py: do not edit.
"""Contains all the data models used in inputs/outputs"""

from .final_state import FinalState
from .health import Health
from .health_status import HealthStatus
from .known_numbers import KnownNumbers
from .ledger_entry import LedgerEntry
from .ledger_kind import LedgerKind
from .numbers_seen import NumbersSeen
from .payment import Payment
from .payment_input import PaymentInput
from .payment_method import PaymentMethod
from .payment_provider import PaymentProvider
from .payment_result import PaymentResult
from .payment_state import PaymentState
from .payment_status import PaymentStatus
from .refund import Refund
from .refund_input import RefundInput
from .void_result import VoidResult
from .webhook_data import WebhookData
from .webhook_event import WebhookEvent
from .webhook_object import WebhookObject
from .webhook_outcome import WebhookOutcome
from .webhook_receipt import WebhookReceipt

__all__ = (
    "FinalState",
    "Health",
    "HealthStatus",
    "KnownNumbers",
    "LedgerEntry",
    "LedgerKind",
    "NumbersSeen",
    "Payment",
    "PaymentInput",
    "PaymentMethod",
    "PaymentProvider",
    "PaymentResult",
    "PaymentState",
    "PaymentStatus",
    "Refund",
    "RefundInput",
    "VoidResult",
    "WebhookData",
    "WebhookEvent",
    "WebhookObject",
    "WebhookOutcome",
    "WebhookReceipt",
)
