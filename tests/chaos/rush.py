"""Many at once: for the last pieces, and with one key."""

from __future__ import annotations

import asyncio
from collections import Counter

from minishop_client import Unprocessable
from tests.chaos.buyers import Answer, Buyer, register
from tests.chaos.deployment import PASSWORD, Deployment

Lines = list[tuple[int, int]]
"""A cart: products and quantities."""


async def last_items(deployment: Deployment, buyers: int = 50, pieces: int = 10) -> tuple[Counter[str], list[int]]:
    """So many buyers want one of the last pieces, all at once: their results, and the remaining stock."""
    (product,) = await products(deployment, pieces)
    return await rush(deployment, [[(product, 1)]] * buyers), await on_hand(deployment, product)


async def opposite_carts(deployment: Deployment, buyers: int = 24, pieces: int = 10) -> tuple[Counter[str], list[int]]:
    """The same with two products, which half of the buyers put into the cart the other way round."""
    one, other = await products(deployment, pieces, pieces)
    carts = [[(one, 1), (other, 1)], [(other, 1), (one, 1)]] * (buyers // 2)
    return await rush(deployment, carts), await on_hand(deployment, one, other)


async def rush(deployment: Deployment, carts: list[Lines]) -> Counter[str]:
    """How it ends for buyers with these carts, who all check out at once."""
    first = carts[0][0][0]
    people = await register(deployment.shop, [f"rush-{first}-{number}" for number in range(len(carts))])
    await asyncio.gather(*(buyer.fill_cart(*cart) for buyer, cart in zip(people, carts, strict=True)))
    answers = await asyncio.gather(*(buyer.buy("rush") for buyer in people))
    return Counter(answer.result for answer in answers)


async def one_key(deployment: Deployment, buyer: Buyer, rounds: int = 5, requests: int = 24) -> list[set[Answer]]:
    """The answers to parallel requests with one key, `round-0` and so on, in each round."""
    (product,) = await products(deployment, 1000)
    answers = []
    for number in range(rounds):
        await buyer.fill_cart((product, 1))
        answers.append(set(await asyncio.gather(*(buyer.buy(f"round-{number}") for _ in range(requests)))))
    return answers


async def other_wish(buyer: Buyer, key: str) -> str:
    """The refusal of another checkout under a key that was used."""
    try:
        return (await buyer.buy(key, address="2 Water Street")).result
    except Unprocessable as refusal:
        return refusal.code


async def products(deployment: Deployment, *stocks: int) -> list[int]:
    """New products, of which there are so many pieces."""
    grace = deployment.shop.login("grace", PASSWORD)
    made = [await grace.catalog.create_product(name="Wireless Keyboard", price=49.99, stock=stock) for stock in stocks]
    return [product.id for product in made]


async def on_hand(deployment: Deployment, *numbers: int) -> list[int]:
    """Unsold pieces of these products."""
    grace = deployment.shop.login("grace", PASSWORD)
    return [(await grace.catalog.get_product(number)).stock for number in numbers]
