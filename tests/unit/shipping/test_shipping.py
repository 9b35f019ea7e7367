"""Parcels move forward, and every move is told once."""

from __future__ import annotations

import mailbox
from itertools import pairwise
from pathlib import Path

import pytest

from minishop_client import Conflict, NotFound
from minishop_server.shipping.domain import MOVES

from ...shop import Shop, User

WAYS_TO = {
    "in_transit": [],
    "out_for_delivery": ["out_for_delivery"],
    "delivered": ["out_for_delivery", "delivered"],
    "exception": ["exception"],
    "returned": ["exception", "returned"],
}


async def sent(shop: Shop, order_id: str, user: User) -> None:
    """A parcel for a user's order."""
    await shop.domain("shipping").create(order_id, "123 Main Street", "Canada Post", user.id, user.email)


def subjects(folder: Path) -> list[str]:
    """Of all mails, the oldest first."""
    mails = sorted(mailbox.Maildir(folder / "mail"), key=lambda mail: int(mail["Message-ID"][1:].partition(".")[0]))
    return [mail["Subject"] for mail in mails]


async def test_a_parcel_makes_the_moves_of_the_table_and_no_other(shop: Shop) -> None:
    grace, ada = await shop.admin(), await shop.customer()
    number = 101
    for state, way in WAYS_TO.items():
        for target in MOVES:
            order_id, number = f"ORD-{number}", number + 1
            await sent(shop, order_id, ada)
            for step in way:
                await grace.shop.shipping.update_shipment(order_id, status=step)  # type: ignore[arg-type]
            if target in MOVES[state] or target == state:
                moved = await grace.shop.shipping.update_shipment(order_id, status=target)  # type: ignore[arg-type]
                assert target == moved.status
            else:
                with pytest.raises(Conflict) as refusal:
                    await grace.shop.shipping.update_shipment(order_id, status=target)  # type: ignore[arg-type]
                assert "not_forward" == refusal.value.code
                assert state == (await ada.shop.shipping.get_shipment(order_id)).status


async def test_a_parcel_is_made_once_for_an_order(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    ada = await shop.customer()
    shipping = shop.domain("shipping")

    first, new = await shipping.create("ORD-101", "123 Main Street", "Canada Post", ada.id, ada.email)
    again, new_again = await shipping.create("ORD-101", "5 Water Street", "Purolator", ada.id, ada.email)

    assert (True, False, first["id"]) == (new, new_again, again["id"])


async def test_the_customer_is_told_of_each_move_once(sqlite_shop: Shop, tmp_path: Path) -> None:
    shop = sqlite_shop
    grace, ada = await shop.admin(), await shop.customer()
    await sent(shop, "ORD-101", ada)

    for status in ("out_for_delivery", "out_for_delivery", "delivered", "delivered"):
        await grace.shop.shipping.update_shipment("ORD-101", status=status)
        await shop.domain("shipping").catch_up()

    assert ["Your order ORD-101 is out for delivery", "Your order ORD-101 has been delivered"] == subjects(tmp_path)


async def test_what_could_not_be_told_is_told_later_and_once(shop: Shop, tmp_path: Path) -> None:
    grace, ada = await shop.admin(), await shop.customer()
    await sent(shop, "ORD-101", ada)
    shop.wire.cut("/notifications")
    moved = await grace.shop.shipping.update_shipment("ORD-101", status="exception")
    assert ("exception", []) == (moved.status, subjects(tmp_path))
    shop.wire.mend()

    for _ in range(3):
        await shop.domain("shipping").catch_up()

    assert ["Your order ORD-101 has been held up"] == subjects(tmp_path)


async def test_a_move_whose_telling_lost_its_answer_is_not_told_twice(sqlite_shop: Shop, tmp_path: Path) -> None:
    shop = sqlite_shop
    grace, ada = await shop.admin(), await shop.customer()
    await sent(shop, "ORD-101", ada)

    def lose(call: str) -> None:
        if call == "POST /notifications/send":
            raise ConnectionResetError

    shop.wire.after = lose
    with pytest.raises(ConnectionResetError):
        await shop.domain("shipping")._tell(
            {"order_id": "ORD-101", "id": 1, "status": "exception", "moves": 1, "recipient": ada.email}
        )
    shop.wire.mend()
    await grace.shop.shipping.update_shipment("ORD-101", status="exception")

    assert ["Your order ORD-101 has been held up"] == subjects(tmp_path)


async def test_a_parcel_without_a_recipient_moves_in_silence(sqlite_shop: Shop, tmp_path: Path) -> None:
    shop = sqlite_shop
    grace = await shop.admin()
    await shop.domain("shipping").create("ORD-101", "123 Main Street", "Canada Post", None, None)

    for before, after in pairwise(["in_transit", "exception", "returned"]):
        assert before == (await grace.shop.shipping.get_shipment("ORD-101")).status
        await grace.shop.shipping.update_shipment("ORD-101", status=after)  # type: ignore[arg-type]

    assert [] == subjects(tmp_path)
    assert [] == await shop.domain("shipping")._store.untold()


async def test_a_parcel_is_seen_by_its_customer_and_admins_and_not_there_for_others(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    grace, ada, bob = await shop.admin(), await shop.customer(), await shop.customer("bob")
    await sent(shop, "ORD-101", ada)

    for user in grace, ada:
        assert "SHIP-888" == (await user.shop.shipping.get_shipment("ORD-101")).tracking_id
    for user, order_id in [(bob, "ORD-101"), (ada, "ORD-102"), (grace, "ORD-102")]:
        with pytest.raises(NotFound):
            await user.shop.shipping.get_shipment(order_id)
    with pytest.raises(NotFound):
        await grace.shop.shipping.update_shipment("ORD-102", status="delivered")
