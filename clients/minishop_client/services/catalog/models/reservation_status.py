# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

ReservationStatus = Literal["committed", "held", "refused", "released"]


def check_reservation_status(value: str) -> ReservationStatus:
    return cast(ReservationStatus, value)
