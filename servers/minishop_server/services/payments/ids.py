"""The ids of payments and of refunds, and the numbers of the rows behind them."""

from typing import NewType

from ...kit.ids import Numbering, PaymentId

PaymentNumber = NewType("PaymentNumber", int)
"""The row of a payment: that of `PAY-555` is 1."""
RefundId = NewType("RefundId", str)
RefundNumber = NewType("RefundNumber", int)

PAYMENTS = Numbering("PAY", 555, PaymentId, PaymentNumber)
REFUNDS = Numbering("REF", 301, RefundId, RefundNumber)
