"""Purchases while everything breaks: calls fail, processes are killed and frozen, the database loses its plug, and
that of Orders is put back in the middle.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from minishop_client import Conflict, NotFound
from tests.chaos.buyers import Answer, Broken, Buyer, Edit, insist, register
from tests.chaos.deployment import PASSWORD, PATIENCE, Deployment, until
from tests.chaos.proof import findings
from tests.chaos.restore import copy_orders, give_back, put_back
from tests.support.postgres import Postgres

SETTINGS = {"CHAOS_RATE": "0.1", "CHAOS_LEASE": "4", "MINISHOP_CHECKOUT_SECONDS": "3"}
"""Of the deployment, beside CHAOS_SEED."""
FREEZE = 6.0
"""Seconds that a replica stands still: longer than its leases."""
TOKENS = {
    "": 58,
    "tok_declined": 8,
    "tok_insufficient_funds": 6,
    "tok_slow": 5,
    "tok_needs_action": 5,
    "tok_late_webhook": 5,
    "tok_timeout_after_charge": 8,
    "tok_answers_twice": 5,
}
"""Payment tokens, and how many of a hundred buyers use each."""
DECLINED = ("tok_declined", "tok_insufficient_funds")
ENDINGS = ("paid", "payment_declined", "out_of_stock")
"""The possible results of a checkout."""
NOTHING = ("cart_empty", "cart_bought")
"""The results if an earlier order buys the whole cart: then there is no order."""
FORGOTTEN = 5
"""Orders that are paid, at least, between the copy of the database of Orders and the moment when it is put back."""
SCARCE, PLENTY = 1, (2, 3, 4)
"""The products: of the first there is too little for all who want it."""


@dataclass(slots=True)
class Tally:
    """The events of a run, with the errors in `wrong`."""

    answers: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Chaos:
    """A run of many checkouts by several buyers at once.

    The seed decides purchases and faults, but not their times.
    """

    deployment: Deployment
    postgres: Postgres | None
    seed: int
    checkouts: int
    buyers: int
    progress: Callable[[Tally], None] = lambda tally: None
    pause: float = 1.5
    """Seconds between two breakages, on average."""
    tally: Tally = field(default_factory=Tally)
    _age: int = 0
    """0 before the database of Orders is copied, 2 once it was put back and recovered."""
    _unbroken: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Nothing else breaks while the database is copied or put back."""
    _open: asyncio.Event = field(default_factory=asyncio.Event)
    """Whether a buyer may begin to buy."""
    _buying: int = 0
    _kept: list[tuple[Buyer, str, str, Answer]] = field(default_factory=list)
    """The answers (buyer, key, token) while no answer could be lost."""

    async def run(self) -> Tally:
        """Everything, and then the proof."""
        chance, shop = random.Random(self.seed), self.deployment.shop
        grace = shop.login("grace", PASSWORD)
        await grace.catalog.create_product(name="Last Copies", price=9.99, stock=max(1, self.checkouts // 20))
        for number, price in enumerate((49.99, 0.07, 129.5)):
            await grace.catalog.create_product(name=f"Product {number}", price=price, stock=100_000)
        buyers = await register(shop, [f"buyer-{number}" for number in range(self.buyers)])
        await self._sell(buyers, chance)
        assert self.deployment.lost is not None
        await give_back(self.deployment, self.deployment.lost)
        self.tally.wrong += await findings(self.deployment)
        for buyer in buyers:
            self.tally.wrong += await self._remembered(buyer)
        for kept in self._kept:
            self.tally.wrong += await self._repeated(*kept)
        return self.tally

    async def _sell(self, buyers: Sequence[Buyer], chance: random.Random) -> None:
        """All checkouts, while everything breaks."""
        faulty = self.deployment.folder / "faulty"
        faulty.touch()
        self._open.set()
        left = iter(range(self.checkouts))
        async with self._breaking(random.Random(chance.random())):
            shoppers = [self._shop(buyer, left, random.Random(chance.random())) for buyer in buyers]
            await asyncio.gather(self._restore(random.Random(self.seed)), *shoppers)
        faulty.unlink()

    async def _restore(self, chance: random.Random) -> None:
        """Copy the database of Orders, and put the copy back a little later, in an open shop or in a closed one."""
        closes, tally = chance.random() < 0.5, self.tally
        first, last = chance.randint(self.checkouts // 10, self.checkouts // 2), FORGOTTEN + chance.randint(0, 5)
        await until(lambda: tally.answers.total() + len(tally.wrong) >= first, "a moment for a copy", 3600)
        async with self._unbroken:
            self._age = 1
            copy = await copy_orders(self.deployment, self.postgres)
        last += tally.answers["paid"]
        await until(lambda: tally.answers["paid"] + len(tally.wrong) >= last, "some orders to forget", 3600)
        if closes:
            self._open.clear()
            await until(lambda: not self._buying, "everybody has bought", 3600)
        async with self._unbroken:
            lost = await put_back(self.deployment, self.postgres, copy, must_notice=closes)
            self.deployment.lost = lost
            self._age = 2
        self._open.set()
        how = "closed" if closes else "open"
        tally.faults[f"restore orders ({how}), lost"] += len(lost.identities)

    async def _shop(self, buyer: Buyer, left: Iterator[int], chance: random.Random) -> None:
        """Buy one thing after the other, as long as there is something left to do."""
        for number in left:
            await self._open.wait()
            age, key, wrong = self._age, f"{self.seed}-{number}", list[str]()
            self._buying += 1
            try:
                token, answer = await self._purchase(buyer, key, chance, wrong)
                if self._is_certain(age):
                    self._kept.append((buyer, key, token, answer))
            except Broken as error:
                message, answer = error.args
                wrong.append(message)
                self.tally.answers[answer.result] += 1
            except NotFound as error:  # an order that was to be cancelled, and was forgotten or has another number
                wrong.append(f"{buyer.email}, checkout {number}: {error}")
            except Exception as error:
                self.tally.wrong.append(f"{buyer.email}, checkout {number}: {type(error).__name__}: {error}")
            self._buying -= 1
            if self._is_certain(age):
                self.tally.wrong += wrong
            self.progress(self.tally)

    def _is_certain(self, age: int) -> bool:
        """Whether nothing could be forgotten that happened since."""
        return age == self._age != 1

    async def _purchase(self, buyer: Buyer, key: str, chance: random.Random, wrong: list[str]) -> tuple[str, Answer]:
        """Buy once and return the payment token and the answer.

        Errors go to `wrong` if no answer was lost.
        """
        token = chance.choices(list(TOKENS), list(TOKENS.values()))[0]
        products = chance.sample(PLENTY, chance.randint(1, 3))
        if chance.random() < 0.15:
            products.append(SCARCE)
        times, cancels = (2 if chance.random() < 0.25 else 1), chance.random() < 0.1
        lines = [(product, chance.randint(1, 3)) for product in products]
        edits = _edits(chance) if chance.random() < 0.4 else []
        await buyer.fill_cart(*lines)
        if edits:
            answer = await self._buy_and_edit(buyer, key, token, edits, wrong)
        else:
            answers = set(await asyncio.gather(*(buyer.buy(key, token or None) for _ in range(times))))
            answer = answers.pop()
            if answers:
                wrong.append(f"{key}: two answers, {answer} and {answers}")
        end = time.monotonic() + 2 * PATIENCE
        while answer.result in NOTHING and time.monotonic() < end:  # until earlier purchases have left the cart
            await buyer.fill_cart(*lines)
            answer = await buyer.buy(key, token or None)
        expected = "payment_declined" if token in DECLINED else "paid"
        if answer.result not in (expected, "out_of_stock"):
            wrong.append(f"{key}: {answer}, although the payment token was {token or 'none'}")
        self.tally.answers[answer.result] += 1
        if answer.result == "paid" and cancels:
            await self._cancel(buyer, answer)
        wrong += await self._repeated(buyer, key, token, answer)
        return token, answer

    async def _buy_and_edit(self, buyer: Buyer, key: str, token: str, edits: list[Edit], wrong: list[str]) -> Answer:
        """Buy, edit the cart meanwhile and buy the additions, and return the answer to the first checkout."""

        async def edit_and_buy() -> Answer:
            await buyer.edit_cart(edits)
            return await buyer.buy(f"{key}-more")

        answer, more = await asyncio.gather(buyer.buy(key, token or None), edit_and_buy())
        if more.result not in ("paid", "out_of_stock", *NOTHING):
            wrong.append(f"{key}-more: {more}")
        self.tally.answers[f"more: {more.result}"] += 1
        return answer

    async def _cancel(self, buyer: Buyer, answer: Answer) -> None:
        """Change one's mind, in time or too late."""
        try:
            await insist(lambda: buyer.shop.orders.cancel_order(str(answer.order_id)))
            self.tally.answers["cancelled"] += 1
        except Conflict:
            self.tally.answers["too late to cancel"] += 1

    async def _repeated(self, buyer: Buyer, key: str, token: str, answer: Answer) -> list[str]:
        """Who asks once more is told the same."""
        again = await buyer.buy(key, token or None)
        return [] if again == answer else [f"{key}: {answer} at first, {again} later"]

    async def _remembered(self, buyer: Buyer) -> list[str]:
        """No order is open."""
        orders = [order async for order in buyer.shop.orders.iter_orders(limit=100)]
        return [f"{order.order_id} is still {order.status}" for order in orders if order.status in ("pending", "paid")]

    @asynccontextmanager
    async def _breaking(self, chance: random.Random) -> AsyncIterator[None]:
        """Cause faults while the block lasts, and repair everything at its end."""
        breaking = asyncio.create_task(self._break(chance))
        try:
            yield
        finally:
            breaking.cancel()
            await asyncio.wait([breaking])
            self.deployment.thaw()
        if not breaking.cancelled():
            breaking.result()

    async def _break(self, chance: random.Random) -> None:
        """Go on only where a checkout has ended since: on a slow machine, too, there is more shop than breakage."""
        breakages = [self._kill] * 8 + [self._freeze] * 2 + [self._crash] * (self.postgres is not None)
        while True:
            # Every kind once in so many times, in any order: a short run sees them all.
            for breakage in chance.sample(breakages, len(breakages)):
                ended = self.tally.answers.total()
                await asyncio.sleep(self.pause * chance.uniform(0.3, 1.7))
                await until(lambda ended=ended: self.tally.answers.total() > ended, "a checkout ends", 2 * PATIENCE)
                async with self._unbroken:
                    await breakage(chance)
                self.progress(self.tally)

    async def _kill(self, chance: random.Random) -> None:
        unit = chance.choice(self.deployment.units)
        self.deployment.restart(unit)
        self.tally.faults[f"kill {unit}"] += 1

    async def _freeze(self, chance: random.Random) -> None:
        unit = chance.choice([unit for unit in self.deployment.units if unit.startswith("orders")])
        self.deployment.freeze(unit)
        self.tally.faults[f"freeze {unit}"] += 1
        await asyncio.sleep(FREEZE)
        self.deployment.thaw()

    async def _crash(self, chance: random.Random) -> None:
        assert self.postgres is not None
        await asyncio.to_thread(self.postgres.crash)
        self.tally.faults["crash PostgreSQL"] += 1


def _edits(chance: random.Random) -> list[Edit]:
    """Some changes of a cart, in no time or in the time that a payment takes."""
    kinds = [chance.choice(("add", "add", "set", "remove")) for _ in range(chance.randint(1, 4))]
    return [(chance.choice((0, 0.05, 0.4)), kind, chance.choice(PLENTY), chance.randint(1, 4)) for kind in kinds]
