"""Where an order goes, in any alphabet and on any number of lines, but not nowhere."""

from __future__ import annotations

import pytest

from minishop_client import BadRequest, Unprocessable
from tests.support.orders import two_keyboards
from tests.support.shop import Shop

PRAGUE = "Vodi\u010dkova 1\r\n110 00 Praha\n\u010cesko"
POST = "\u010cesk\u00e1 po\u0161ta"


async def test_an_address_of_several_lines_and_a_carrier_of_another_alphabet_reach_the_parcel(shop: Shop) -> None:
    await shop.product()
    ada = await two_keyboards(shop)

    await ada.checkout(address=PRAGUE, carrier=POST)
    await shop.settled()

    told = await ada.shop.orders.get_order("ORD-101")
    sent = await shop.domain("shipping").database.fetchrow(dict, "SELECT address, carrier FROM shipments")
    assert (PRAGUE, POST) == (told.address, told.carrier) == (sent["address"], sent["carrier"])


@pytest.mark.parametrize("blank", ["     ", "\u200b\u200d\u2060\ufeff\u00a0"])
async def test_a_blank_address_is_refused_and_one_in_a_profile_of_old_is_told_and_counts_as_none(
    shop: Shop, blank: str
) -> None:
    await shop.product()
    ada = await two_keyboards(shop)
    await shop.domain("auth").database.execute("UPDATE users SET address = $1", blank)

    with pytest.raises(BadRequest) as sent:
        await ada.checkout(address=blank)
    with pytest.raises(Unprocessable) as of_old:
        await ada.checkout()

    assert ["/address"] == [error.pointer for error in sent.value.errors]
    assert "address_required" == of_old.value.code
    assert blank == (await ada.shop.auth.get_me()).address
