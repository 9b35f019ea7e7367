"""The crash matrix: a process is killed at each moment of each thing that may happen to an order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

from minishop_client import Conflict
from tests.chaos.buyers import Answer, Buyer, insist, register
from tests.chaos.deployment import AWAY, PASSWORD, Deployment, request_name, until
from tests.chaos.proof import findings

TRIES = 3
"""Times that a moment is waited for."""

Act = Callable[[Deployment, Buyer, str], Awaitable[Answer]]
"""The calls of a customer or an admin for the order of a key, until they are answered, with the order."""


async def purchase(deployment: Deployment, buyer: Buyer, key: str) -> Answer:
    """Buy."""
    return await buyer.buy(key)


async def declined_purchase(deployment: Deployment, buyer: Buyer, key: str) -> Answer:
    """Try to buy with a card that is declined."""
    return await buyer.buy(key, "tok_declined")


async def short_purchase(deployment: Deployment, buyer: Buyer, key: str) -> Answer:
    """Try to buy more than there is."""
    await buyer.fill_cart((1, 1), (2, 1))
    return await buyer.buy(key)


async def cancellation(deployment: Deployment, buyer: Buyer, key: str) -> Answer:
    """Buy, and have it called back by an admin."""
    answer = await bought(deployment, buyer, key)
    grace = deployment.shop.login("grace", PASSWORD)
    await insist(lambda: grace.orders.cancel_order(str(answer.order_id)))
    return answer


async def return_of_goods(deployment: Deployment, buyer: Buyer, key: str) -> Answer:
    """Buy, have it delivered, and send it back."""
    answer = await bought(deployment, buyer, key)
    order_id, grace = str(answer.order_id), deployment.shop.login("grace", PASSWORD)
    for status in "out_for_delivery", "delivered":
        with suppress(Conflict):  # the first try came through, and its answer was lost
            await insist(lambda status=status: grace.shipping.update_shipment(order_id, status=status))  # type: ignore[misc]
    await until(lambda: in_state(buyer, order_id, "delivered"), f"{order_id} is delivered")
    with suppress(Conflict):
        await insist(lambda: buyer.shop.orders.request_return(order_id))
    await insist(lambda: grace.orders.accept_return(order_id))
    return answer


ENDS: dict[Act, tuple[str, str]] = {
    purchase: ("paid", "shipped"),
    declined_purchase: ("payment_declined", "payment_failed"),
    short_purchase: ("out_of_stock", "cancelled"),
    cancellation: ("paid", "refunded"),
    return_of_goods: ("paid", "refunded"),
}
"""The result of the checkout, and the end of the order, for every fault."""


async def bought(deployment: Deployment, buyer: Buyer, key: str) -> Answer:
    """An order that was shipped, by requests of no interest."""
    name = request_name.get()
    request_name.set("")
    answer = await buyer.buy(key)
    await until(lambda: in_state(buyer, str(answer.order_id), "shipped"), f"{answer.order_id} is shipped")
    request_name.set(name)
    return answer


async def in_state(buyer: Buyer, order_id: str, status: str) -> bool:
    """Whether the order is there."""
    return bool(status == (await insist(lambda: buyer.shop.orders.get_order(order_id))).status)


async def kill_everywhere(deployment: Deployment, buyer: Buyer, act: Act) -> AsyncIterator[str]:
    """Do it once for each moment that it has, each time with a kill just there; the moments, as they are done.

    Raises:
        AssertionError: an order came to another end than without the kill, or there is none, or there are two.
    """
    orders = len(await all_orders(buyer)) + 1
    for moment in await moments(deployment, buyer, act, orders):
        try:
            for _ in range(TRIES):
                orders += 1
                answer, came = await killed(deployment, buyer, act, orders, moment)
                await at_its_end(buyer, act, answer, orders)
                if came:
                    break
            else:
                raise AssertionError(f"It never came in {TRIES} tries.")
        except Exception as error:
            raise AssertionError(f"{act.__name__}, killed at {moment}: {error}") from error
        yield moment


async def moments(deployment: Deployment, buyer: Buyer, act: Act, orders: int) -> list[str]:
    """Every moment at which something becomes true outside of a process, from a run without faults."""
    request = f"count-{act.__name__}"
    await at_its_end(buyer, act, await asyncio.create_task(begin(deployment, buyer, act, request)), orders)
    assert [] == await findings(deployment)  # and nothing is under way any more
    lines = (deployment.folder / "moments").read_text().splitlines()
    return list(dict.fromkeys(line.partition("\t")[2] for line in lines if line.startswith(f"{request}\t")))


async def killed(deployment: Deployment, buyer: Buyer, act: Act, number: int, moment: str) -> tuple[Answer, bool]:
    """The answer to a caller that repeats its call while the process is killed at this moment and started again.

    Also returns whether the moment came: jobs that end at the same time share a commit, so one may be missing.
    """
    request, unit = f"victim-{act.__name__}-{number}", moment.partition(":")[0]
    unit = unit if unit in deployment.units else f"{unit}-1"
    armed = deployment.folder / "armed"
    armed.write_text(f"{request}\n{moment}\n")
    asking = asyncio.create_task(begin(deployment, buyer, act, request))
    with suppress(AssertionError):
        await until(lambda: deployment.is_dead(unit), f"{unit} is killed", 30)
    armed.unlink()
    came = deployment.is_dead(unit)
    if came:
        deployment.restart(unit, away=AWAY)
    return await asking, came


async def begin(deployment: Deployment, buyer: Buyer, act: Act, request: str) -> Answer:
    """Do it, with this id of its requests, which is the key of the checkout too."""
    await buyer.fill_cart((1, 2))
    request_name.set(request)
    return await act(deployment, buyer, request)


async def at_its_end(buyer: Buyer, act: Act, answer: Answer, orders: int) -> None:
    """Until the order, the last of so many, has ended as it has to."""
    result, status = ENDS[act]
    assert result == answer.result, answer

    async def ended() -> bool:
        found = await all_orders(buyer)
        empty = not (await buyer.shop.cart.get_cart()).items
        return (orders, status, result == "paid") == (len(found), found[0].status, empty)

    what = f"there are {orders} orders, the last one is {status}, and the cart holds what was not bought"
    await until(lambda: insist(ended), what)


async def stocked(deployment: Deployment) -> Buyer:
    """The products that all this needs, and a buyer."""
    grace = deployment.shop.login("grace", PASSWORD)
    await grace.catalog.create_product(name="Wireless Keyboard", price=49.99, stock=10_000)
    await grace.catalog.create_product(name="Mouse", price=19.99, stock=0)
    (ada,) = await register(deployment.shop, ["ada"])
    return ada


async def all_orders(buyer: Buyer) -> list[Any]:
    """All orders of the buyer, the last one first."""
    return [order async for order in buyer.shop.orders.iter_orders(limit=100)]
