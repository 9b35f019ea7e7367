"""Pydantic models and fields of both requests, as FastAPI's documentation recommends."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bench.backend import Backend

Price = Annotated[float, Field(ge=0, le=100_000)]
ProductId = Annotated[int, Field(ge=1, le=2**31 - 1)]
Quantity = Annotated[int, Field(ge=1, le=100)]


class ProductQuery(BaseModel):
    """The parameters of the list, which accepts no others."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(20, ge=1, le=100)
    cursor: str | None = Field(None, pattern="^c_[0-9a-f]{1,8}$")
    q: str | None = Field(None, min_length=1, max_length=100)
    min_price: float | None = Field(None, ge=0, le=100_000)
    max_price: float | None = Field(None, ge=0, le=100_000)
    in_stock: bool | None = None
    ids: str | None = Field(None, pattern="^[0-9]{1,9}(,[0-9]{1,9}){0,99}$")
    sort: Literal["id", "-id", "name", "-name", "price", "-price"] = "id"


class CartItemInput(BaseModel):
    """The item to add."""

    model_config = ConfigDict(extra="forbid")

    product_id: ProductId
    quantity: Quantity


class Product(BaseModel):
    """A product in an answer."""

    id: ProductId
    name: str = Field(min_length=1, max_length=120)
    price: Price
    stock: int = Field(ge=0)


class CartItem(BaseModel):
    """A line of a cart in an answer."""

    product_id: ProductId
    quantity: Quantity
    price: Price


class Cart(BaseModel):
    """A cart in an answer."""

    items: list[CartItem] = Field(max_length=50)
    total_items: int = Field(ge=0, le=50)
    total_price: float = Field(ge=0)


async def find_products(backend: Backend, query: ProductQuery) -> list[dict[str, object]]:
    """The page that a query asks for."""
    return await backend.products(
        limit=query.limit,
        cursor=query.cursor,
        q=query.q,
        min_price=query.min_price,
        max_price=query.max_price,
        in_stock=query.in_stock,
        ids=None if query.ids is None else [int(number) for number in query.ids.split(",")],
        sort=query.sort,
    )
