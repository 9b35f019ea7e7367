# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

ProductSort = Literal["-id", "-name", "-price", "id", "name", "price"]


def check_product_sort(value: str) -> ProductSort:
    return cast(ProductSort, value)
