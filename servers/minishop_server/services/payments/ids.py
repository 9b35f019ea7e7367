"""The ids of payments and of refunds, and the numbers of the rows behind them."""

from ...kit.ids import Numbering

PAYMENTS = Numbering("PAY", 555, str, int)
REFUNDS = Numbering("REF", 301, str, int)
