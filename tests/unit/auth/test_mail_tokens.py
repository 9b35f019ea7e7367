"""Links by mail: a lost password, and an address that is one's own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError

import minishop_client
from minishop_client import Unprocessable
from minishop_server.kit.etags import Condition
from minishop_server.services.auth.domain import Auth
from minishop_server.services.auth.errors import SpentLink, WeakPassword, WrongCredentials
from minishop_server.services.settings import Settings
from tests.support.auth import Mails, caller_from
from tests.support.shop import PASSWORD, Shop, running_shop, until_none

NEW = "another-walk-by-the-river"
RESET, VERIFY = "password_reset", "email_verification"
ADA = "ada@example.com"


@pytest.fixture
async def auth(shop: Shop) -> Auth:
    """That of a shop with ada."""
    domain: Auth = shop.domain("auth")
    await domain.register("ada", ADA, PASSWORD)
    return domain


async def token(auth: Auth, mails: Mails) -> str:
    """A new one, by which ada may take another password."""
    await auth.mailed.ask_reset(ADA)
    return (await mails.tokens(RESET, ADA))[-1]


async def test_the_mailed_token_sets_a_new_password_once(shop: Shop, auth: Auth, mails: Mails) -> None:
    await shop.client.auth.request_password_reset(email="Ada@example.com")
    (token,) = await mails.tokens(RESET, ADA)

    await shop.client.auth.confirm_password_reset(token=token, password=NEW)

    assert await auth.login("ada", NEW)
    with pytest.raises(Unprocessable) as refusal:
        await shop.client.auth.confirm_password_reset(token=token, password=f"{NEW}-2")
    assert ("link_over", ["/token"]) == (refusal.value.code, [error.pointer for error in refusal.value.errors])
    with pytest.raises(WrongCredentials):
        await auth.login("ada", PASSWORD)


async def test_of_two_uses_at_once_one_sets_its_password(auth: Auth, mails: Mails) -> None:
    mailed = await token(auth, mails)

    outcomes = await asyncio.gather(
        *(auth.mailed.reset(mailed, f"{NEW}-{number}") for number in range(3)), return_exceptions=True
    )

    assert 2 == sum(isinstance(outcome, SpentLink) for outcome in outcomes)


async def test_an_address_that_nobody_has_is_answered_and_counted_alike_and_gets_no_mail(
    shop: Shop, auth: Auth, mails: Mails
) -> None:
    async with httpx.AsyncClient(transport=shop.transport, base_url="http://shop") as http:
        answers = [
            await http.post("/auth/password-reset", json={"email": email}, headers={"X-Request-Id": "same"})
            for email in (ADA, "nobody@example.com")
        ]

    assert [202, 202] == [answer.status_code for answer in answers]
    assert answers[0].content == answers[1].content
    assert dict(answers[0].headers) == dict(answers[1].headers)
    assert [] == await mails.tokens(RESET, "nobody@example.com")
    assert 1 == len(await mails.tokens(RESET, ADA))
    assert 2 == len(await auth.database.fetch(dict, "SELECT * FROM attempts"))


async def test_a_used_token_takes_the_earlier_ones_with_it(auth: Auth, mails: Mails) -> None:
    first, second = await token(auth, mails), await token(auth, mails)

    await auth.mailed.reset(second, NEW)

    with pytest.raises(SpentLink):
        await auth.mailed.reset(first, f"{NEW}-2")


async def test_a_token_that_a_stranger_asked_for_leaves_the_owners_as_it_is(auth: Auth, mails: Mails) -> None:
    first, _ = await token(auth, mails), await token(auth, mails)

    await auth.mailed.reset(first, NEW)

    assert await auth.login("ada", NEW)


async def test_a_token_is_over_after_half_an_hour(auth: Auth, mails: Mails, clock: Callable[[float], None]) -> None:
    mailed = await token(auth, mails)

    clock(1801)

    with pytest.raises(SpentLink):
        await auth.mailed.reset(mailed, NEW)
    await auth.clean()
    assert [] == await auth.database.fetch(dict, "SELECT * FROM links")


async def test_a_token_for_one_purpose_serves_no_other(auth: Auth, mails: Mails) -> None:
    mailed = await token(auth, mails)

    with pytest.raises(SpentLink):
        await auth.mailed.verify_address(mailed)

    await auth.mailed.reset(mailed, NEW)


async def test_a_token_that_went_to_an_address_of_before_is_void(auth: Auth, mails: Mails) -> None:
    mailed = await token(auth, mails)
    await auth.update_me(1, Condition('"1"'), "new@example.com", None, PASSWORD)
    await auth.mailed.verify_address((await mails.tokens(VERIFY, "new@example.com"))[0])

    with pytest.raises(SpentLink):
        await auth.mailed.reset(mailed, NEW)


async def test_a_changed_password_voids_the_tokens_for_another_one(auth: Auth, mails: Mails) -> None:
    mailed = await token(auth, mails)
    await auth.change_password(1, PASSWORD, NEW)

    with pytest.raises(SpentLink):
        await auth.mailed.reset(mailed, f"{NEW}-2")


async def test_a_weak_password_is_refused_and_the_token_holds_on(auth: Auth, mails: Mails) -> None:
    mailed = await token(auth, mails)

    with pytest.raises(WeakPassword):
        await auth.mailed.reset(mailed, "passwordpassword")

    await auth.mailed.reset(mailed, NEW)


async def test_a_weak_password_is_a_422_of_the_reset(shop: Shop, auth: Auth, mails: Mails) -> None:
    with pytest.raises(minishop_client.WeakPassword) as refusal:
        await shop.client.auth.confirm_password_reset(token=await token(auth, mails), password="passwordpassword")

    assert ["/password"] == [error.pointer for error in refusal.value.errors]


async def test_a_made_up_token_is_refused_before_anything_is_hashed(
    auth: Auth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth.credentials, "hash", None)

    with pytest.raises(SpentLink):
        await auth.mailed.reset("A" * 43, NEW)


async def test_a_reset_lets_in_who_was_locked_out_and_ends_all_sessions(auth: Auth, mails: Mails) -> None:
    await auth.login("ada", PASSWORD)
    for network in range(10):
        with caller_from(f"198.51.100.{network}"):
            for _ in range(10):
                with pytest.raises(WrongCredentials):
                    await auth.login("ada", "a wrong one")
    mailed = await token(auth, mails)

    await auth.mailed.reset(mailed, NEW)

    assert [] == await auth.sessions.live(1, 10, None)
    assert await auth.login("ada", NEW)


async def test_neither_tokens_nor_addresses_are_kept(auth: Auth, mails: Mails, shop: Shop) -> None:
    shop.wire.cut("/notifications/send")
    await auth.mailed.ask_reset(ADA)
    owed = [dict(row) for row in await auth.database.fetch(dict, "SELECT * FROM work")]
    shop.wire.mend()
    (mailed,) = await mails.tokens(RESET, ADA)

    links = [dict(row) for row in await auth.database.fetch(dict, "SELECT * FROM links")]

    assert 1 == len(owed)
    assert ADA not in str(owed)
    assert mailed not in str(owed) + str(links)


async def test_while_notifications_is_away_all_is_answered_and_the_mail_comes_later(
    shop: Shop, auth: Auth, mails: Mails
) -> None:
    shop.wire.cut("/notifications")
    await shop.client.auth.register(username="bob", email="bob@example.com", password=PASSWORD)
    await shop.client.auth.request_password_reset(email=ADA)
    assert 2 == len(await auth.database.fetch(dict, "SELECT * FROM work"))

    shop.wire.mend()

    assert (1, 1) == (len(await mails.tokens(RESET, ADA)), len(await mails.tokens(VERIFY, "bob@example.com")))


async def test_a_mail_whose_answer_is_lost_comes_twice_at_most_and_each_token_holds(
    shop: Shop, auth: Auth, mails: Mails
) -> None:
    answers = iter(range(3))  # the client itself repeats a call, under the same key, twice

    def lose(call: str) -> None:
        if call == "POST /notifications/send" and next(answers, None) is not None:
            raise httpx.ReadError("The answer is lost.")

    shop.wire.after = lose
    await auth.mailed.ask_reset(ADA)
    tokens = await mails.tokens(RESET, ADA)

    assert 2 == len(tokens)
    await auth.mailed.reset(tokens[0], NEW)


async def test_no_more_than_five_mails_an_hour_go_to_an_address(
    auth: Auth, mails: Mails, clock: Callable[[float], None]
) -> None:
    for _ in range(8):
        await auth.mailed.ask_reset(ADA)
    assert 5 == len(await mails.tokens(RESET, ADA))

    clock(3601)
    await auth.mailed.ask_reset(ADA)

    assert 6 == len(await mails.tokens(RESET, ADA))


async def test_who_registers_is_mailed_and_confirms_the_address(shop: Shop, mails: Mails) -> None:
    await shop.client.auth.register(username="bob", email="bob@example.com", password=PASSWORD)
    bob = shop.client.login("bob", PASSWORD)
    before = await bob.auth.with_headers.get_me()
    (mailed,) = await mails.tokens(VERIFY, "bob@example.com")

    await shop.client.auth.confirm_email_verification(token=mailed)

    after = await bob.auth.with_headers.get_me()
    assert (False, True) == (before.parsed.email_verified, after.parsed.email_verified)
    assert before.headers["ETag"] != after.headers["ETag"]
    with pytest.raises(Unprocessable):
        await shop.client.auth.confirm_email_verification(token=mailed)


async def test_whose_address_is_verified_gets_no_other_mail(auth: Auth, mails: Mails) -> None:
    await auth.mailed.ask_verification(1)
    (mailed,) = await mails.tokens(VERIFY, ADA)
    await auth.mailed.verify_address(mailed)

    await auth.mailed.ask_verification(1)

    assert [mailed] == await mails.tokens(VERIFY, ADA)


async def test_what_an_operator_registers_is_not_mailed(shop: Shop, auth: Auth) -> None:
    await until_none(auth.database, "SELECT id FROM work")

    assert [] == await shop.domain("notifications").notifications(10, None)


@pytest.mark.parametrize("public_url", ["https://shop.example", "https://example.org/shop/"])
async def test_a_mail_links_to_the_configured_address_whatever_the_request_says(
    tmp_path: Path, public_url: str
) -> None:
    async with running_shop(Settings(data_dir=tmp_path, public_url=public_url)) as shop:
        await shop.domain("auth").register("ada", ADA, PASSWORD)
        headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
        async with httpx.AsyncClient(transport=shop.transport, base_url="http://shop", headers=headers) as http:
            await http.post("/auth/password-reset", json={"email": ADA})
        mails = Mails(shop, tmp_path / "mail")
        (link,) = await mails.links(RESET, ADA)

        address, _, token = link.partition("#token=")
        assert f"{public_url.rstrip('/')}/account/reset-password" == address
        await shop.client.auth.confirm_password_reset(token=token, password=NEW)


@pytest.mark.parametrize(
    "url", ["shop.example", "ftp://shop.example", "https://a@shop.example", "https://x/?y", "https://x/ y"]
)
def test_a_public_address_that_no_link_can_begin_with_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="looks like https://shop"):
        Settings(public_url=url)
