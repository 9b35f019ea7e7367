# Generated from openapi/ by scripts/generate.py: do not edit.
"""Contains all the data models used in inputs/outputs"""

from .health import Health
from .health_status import HealthStatus
from .held_line import HeldLine
from .known_numbers import KnownNumbers
from .numbers_seen import NumbersSeen
from .product import Product
from .product_edit import ProductEdit
from .product_input import ProductInput
from .product_sort import ProductSort
from .reservation import Reservation
from .reservation_input import ReservationInput
from .reservation_line import ReservationLine
from .reservation_status import ReservationStatus
from .stock_book import StockBook

__all__ = (
    "Health",
    "HealthStatus",
    "HeldLine",
    "KnownNumbers",
    "NumbersSeen",
    "Product",
    "ProductEdit",
    "ProductInput",
    "ProductSort",
    "Reservation",
    "ReservationInput",
    "ReservationLine",
    "ReservationStatus",
    "StockBook",
)
