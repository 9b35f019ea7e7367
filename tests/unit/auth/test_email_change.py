"""Another e-mail address for an account: who may ask for it, when it counts, and who is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import pairwise
from mailbox import Maildir
from pathlib import Path

import pytest

import minishop_client
from minishop_client import Forbidden, TooManyRequests, Unprocessable
from minishop_server.kit.etags import Condition
from minishop_server.kit.problems import PreconditionFailed
from minishop_server.services.auth.domain import Auth
from minishop_server.services.auth.errors import SpentLink, TooManyAttempts, TooManyMails, WrongPassword
from tests.support.auth import Mails, all_of
from tests.support.shop import PASSWORD, Shop, User, until_none

ADA, NEW, BOB = "ada@example.com", "new@example.com", "bob@example.com"
RESET, VERIFY, TAKEN = "password_reset", "email_verification", "email_taken"
ASKED, CHANGED = "email_change_asked", "email_changed"


@pytest.fixture
async def user(shop: Shop) -> User:
    """A customer, signed in."""
    return await shop.customer()


@pytest.fixture
async def auth(shop: Shop, user: User) -> Auth:
    """That of the shop."""
    domain: Auth = shop.domain("auth")
    return domain


async def ask(auth: Auth, email: str = NEW, password: str | None = PASSWORD, user_id: int = 1) -> None:
    """Ask for another address of an account, for any version."""
    await auth.update_me(user_id, Condition("*"), email, None, password)


async def received(auth: Auth, mails: Mails, email: str) -> list[str]:
    """The kinds of mail that came to an address, sorted."""
    return sorted(await mails.letters(email))


async def test_an_address_counts_once_its_owner_has_used_the_mailed_token(
    shop: Shop, user: User, auth: Auth, mails: Mails
) -> None:
    asked = await user.shop.auth.with_headers.update_me(email="New@example.com", password=PASSWORD, if_match='"1"')
    assert (ADA, NEW) == (asked.parsed.email, asked.parsed.pending_email)
    await shop.client.auth.request_password_reset(email=NEW)
    assert [] == await mails.tokens(RESET, NEW)
    (mailed,) = await mails.tokens(VERIFY, NEW)

    await shop.client.auth.confirm_email_verification(token=mailed)

    me = await user.shop.auth.with_headers.get_me()
    assert (NEW, True) == (me.parsed.email, me.parsed.email_verified)
    assert not me.parsed.pending_email
    assert asked.headers["ETag"] != me.headers["ETag"]
    await shop.client.auth.request_password_reset(email=ADA)
    assert [] == await mails.tokens(RESET, ADA)
    with pytest.raises(Unprocessable):
        await shop.client.auth.confirm_email_verification(token=mailed)


async def test_the_address_of_before_is_told_twice(auth: Auth, mails: Mails) -> None:
    await ask(auth)
    assert [ASKED] == await received(auth, mails, ADA)

    await auth.mailed.verify_address((await mails.tokens(VERIFY, NEW))[0])

    assert [ASKED, CHANGED] == await received(auth, mails, ADA)
    assert [VERIFY] == await received(auth, mails, NEW)


async def test_the_address_of_before_is_told_although_the_mails_go_out_late(
    shop: Shop, auth: Auth, mails: Mails
) -> None:
    token = await auth.credentials.links.mint(VERIFY, 1, NEW)  # type: ignore[arg-type]
    shop.wire.cut("/notifications")
    await ask(auth)
    await auth.mailed.verify_address(token)

    shop.wire.mend()

    assert [ASKED, CHANGED] == await received(auth, mails, ADA)


@pytest.mark.parametrize(("password", "code"), [(None, "password_required"), ("a wrong one", "wrong_password")])
async def test_a_stolen_token_does_not_change_the_address(
    user: User, auth: Auth, password: str | None, code: str
) -> None:
    sent = {"email": NEW, "address": "elsewhere", "if_match": '"1"'} | ({"password": password} if password else {})

    with pytest.raises(Forbidden) as refusal:
        await user.shop.auth.update_me(**sent)

    assert (code, ["/password"]) == (refusal.value.code, [error.pointer for error in refusal.value.errors])
    me = await auth.me(1)
    assert (None, 1) == (me["pending_email"], me["version"])


async def test_guesses_at_the_password_are_counted_as_sign_ins_are(auth: Auth) -> None:
    guesses = await all_of(*(ask(auth, password="a wrong one") for _ in range(12)))

    assert 10 == sum(isinstance(guess, WrongPassword) for guess in guesses)
    assert 2 == sum(isinstance(guess, TooManyAttempts) for guess in guesses)
    with pytest.raises(TooManyAttempts):
        await auth.login("ada", PASSWORD)


async def test_an_edit_without_an_address_needs_no_password(user: User) -> None:
    edited = await user.shop.auth.update_me(address="5 Water Street", if_match='"1"')

    assert "5 Water Street" == edited.address


async def test_an_address_that_is_taken_is_answered_alike_and_its_owner_is_told(
    shop: Shop, user: User, auth: Auth, mails: Mails
) -> None:
    await shop.customer("bob")

    answer = await user.shop.auth.update_me(email=BOB, password=PASSWORD, if_match='"1"')

    assert (ADA, BOB) == (answer.email, answer.pending_email)
    assert [TAKEN] == await received(auth, mails, BOB)
    assert [] == await mails.tokens(VERIFY, BOB)


async def test_an_address_that_was_taken_meanwhile_is_not_confirmed(auth: Auth, mails: Mails) -> None:
    await ask(auth)
    (mailed,) = await mails.tokens(VERIFY, NEW)
    await auth.register("bob", NEW, PASSWORD)

    with pytest.raises(SpentLink):
        await auth.mailed.verify_address(mailed)

    assert ADA == (await auth.me(1))["email"]


async def test_of_two_accounts_that_confirm_one_address_at_once_one_gets_it(auth: Auth, mails: Mails) -> None:
    bob = await auth.register("bob", BOB, PASSWORD)
    await asyncio.gather(ask(auth), ask(auth, user_id=bob["id"]))
    tokens = await mails.tokens(VERIFY, NEW)

    outcomes = await all_of(*map(auth.mailed.verify_address, tokens))

    assert 2 == len(tokens)
    assert 1 == sum(isinstance(outcome, SpentLink) for outcome in outcomes)
    assert 1 == outcomes.count(None)


async def test_of_two_requests_the_later_one_is_pending_and_the_earlier_token_void(auth: Auth, mails: Mails) -> None:
    await ask(auth, "first@example.com")
    (first,) = await mails.tokens(VERIFY, "first@example.com")
    await ask(auth)

    with pytest.raises(SpentLink):
        await auth.mailed.verify_address(first)

    await auth.mailed.verify_address((await mails.tokens(VERIFY, NEW))[0])
    assert NEW == (await auth.me(1))["email"]


async def test_of_two_requests_at_once_one_is_stale(auth: Auth) -> None:
    outcomes = await all_of(*(auth.update_me(1, Condition('"1"'), email, None, PASSWORD) for email in (NEW, BOB)))

    assert 1 == sum(isinstance(outcome, PreconditionFailed) for outcome in outcomes)


@pytest.mark.parametrize("way", ["change", "reset", "withdraw", "disable"])
async def test_what_ends_a_pending_address(auth: Auth, mails: Mails, way: str) -> None:
    await ask(auth)
    (mailed,) = await mails.tokens(VERIFY, NEW)
    version = (await auth.me(1))["version"]

    if way == "change":
        await auth.change_password(1, PASSWORD, "another-walk-by-the-river")
    elif way == "reset":
        await auth.mailed.ask_reset(ADA)
        await auth.mailed.reset((await mails.tokens(RESET, ADA))[0], "another-walk-by-the-river")
    elif way == "withdraw":
        await ask(auth, ADA)
    else:
        grace = await auth.register("grace", "grace@example.com", PASSWORD, None, "admin")
        await auth.update_user(grace["id"], 1, Condition("*"), None, True)

    me = await auth.me(1)
    assert (None, version + 1) == (me["pending_email"], me["version"])
    with pytest.raises(SpentLink):
        await auth.mailed.verify_address(mailed)


async def test_a_token_is_over_after_half_an_hour_and_another_can_be_asked_for(
    user: User, auth: Auth, mails: Mails, clock: Callable[[float], None]
) -> None:
    await ask(auth)
    (first,) = await mails.tokens(VERIFY, NEW)
    clock(1801)
    with pytest.raises(SpentLink):
        await auth.mailed.verify_address(first)

    await user.shop.auth.request_email_verification()

    await auth.mailed.verify_address((await mails.tokens(VERIFY, NEW))[-1])
    assert NEW == (await auth.me(1))["email"]


async def test_the_present_address_can_be_verified_while_another_is_pending(auth: Auth, mails: Mails) -> None:
    await auth.mailed.ask_verification(1)
    (mailed,) = await mails.tokens(VERIFY, ADA)
    await ask(auth)

    await auth.mailed.verify_address(mailed)

    me = await auth.me(1)
    assert (ADA, 1, NEW) == (me["email"], me["email_verified"], me["pending_email"])


async def test_the_change_is_noted(auth: Auth, mails: Mails) -> None:
    await ask(auth)
    await auth.mailed.verify_address((await mails.tokens(VERIFY, NEW))[0])

    noted = [(row["event"], row["actor"], row["subject"]) for row in await auth.journal.events(2)]
    assert [(CHANGED, "anonymous", "user_1"), (ASKED, "user_1", "user_1")] == noted


async def test_one_account_mails_five_strangers_in_an_hour_and_no_more(
    user: User, auth: Auth, tmp_path: Path, clock: Callable[[float], None]
) -> None:
    async def one(number: int) -> None:
        await ask(auth, f"stranger-{number}@example.com")

    for number in range(5):
        await one(number)
    for number in range(5, 60):
        with pytest.raises(TooManyMails):
            await one(number)
    with pytest.raises(TooManyRequests) as refusal:
        await user.shop.auth.request_email_verification()

    await until_none(auth.database, "SELECT id FROM work")
    assert 5 == len({mail["To"] for mail in Maildir(tmp_path / "mail", create=False)} - {ADA})
    assert "too_many_mails" == refusal.value.code
    clock(3601)
    await one(60)


async def test_too_many_requests_for_another_address_are_told_by_the_client(user: User) -> None:
    account = user.shop.auth
    for number in range(5):
        await account.update_me(if_match="*", email=f"stranger-{number}@example.com", password=PASSWORD)
    with pytest.raises(minishop_client.TooManyMails):
        await account.update_me(if_match="*", email=NEW, password=PASSWORD)

    for _ in range(10):
        with pytest.raises(minishop_client.WrongPassword):
            await account.update_me(if_match="*", email=NEW, password="a wrong one")
    with pytest.raises(minishop_client.TooManyAttempts):
        await account.update_me(if_match="*", email=NEW, password=PASSWORD)


async def test_an_address_gets_five_mails_an_hour_whichever_operations_they_come_from(
    shop: Shop, auth: Auth, mails: Mails
) -> None:
    for number in range(3):
        name = f"user-{number}"
        other = await auth.sign_up(name, f"{name}@example.com", PASSWORD)
        await ask(auth, NEW, user_id=other["id"])
        await auth.mailed.ask_verification(other["id"])
    await auth.sign_up("new", NEW, PASSWORD)
    for _ in range(3):
        await auth.mailed.ask_reset(NEW)

    assert 5 == len(await received(auth, mails, NEW))


@pytest.mark.parametrize("way", ["change", "reset"])
async def test_the_owner_is_told_of_another_password(auth: Auth, mails: Mails, way: str) -> None:
    if way == "change":
        await auth.change_password(1, PASSWORD, "another-walk-by-the-river")
    else:
        await auth.mailed.ask_reset(ADA)
        await auth.mailed.reset((await mails.tokens(RESET, ADA))[0], "another-walk-by-the-river")

    assert "password_changed" in await received(auth, mails, ADA)


async def test_no_more_than_five_notices_of_another_password_go_out_in_an_hour(auth: Auth, mails: Mails) -> None:
    passwords = [PASSWORD, *(f"another-walk-by-the-river-{number}" for number in range(7))]
    for old, new in pairwise(passwords):
        await auth.change_password(1, old, new)

    assert 5 * ["password_changed"] == await received(auth, mails, ADA)
