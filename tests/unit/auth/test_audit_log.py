"""The audit log: its events, its permanence, and how it is read."""

from __future__ import annotations

from typing import get_args

import pytest

from minishop_server.kit.documents import document
from minishop_server.kit.request_context import request_id
from minishop_server.services.auth.audit_log.domain import Event
from minishop_server.services.auth.domain import Auth
from minishop_server.services.auth.errors import WrongCredentials
from tests.support.auth import Mails, caller_from
from tests.support.shop import PASSWORD, Shop

NEW = "another-walk-by-the-river"


async def noted(auth: Auth) -> list[tuple[str, str, str | None]]:
    """Event, actor and subject of all, the oldest first."""
    return [(row["event"], row["actor"], row["subject"]) for row in reversed(await auth.journal.events(100))]


def test_the_document_names_each_event_that_may_be_noted() -> None:
    assert list(get_args(Event)) == document("auth")["components"]["schemas"]["AuditEventKind"]["enum"]


async def test_the_life_of_a_password_is_noted_with_who_and_from_where(shop: Shop, mails: Mails) -> None:
    auth: Auth = shop.domain("auth")
    await auth.sign_up("ada", "ada@example.com", PASSWORD)
    (verify,) = await mails.tokens("email_verification", "ada@example.com")
    with caller_from("203.0.113.7"):
        before = request_id.set("a-request")
        await auth.mailed.verify_address(verify)
        await auth.change_password(1, PASSWORD, NEW)
        await auth.mailed.ask_reset("ada@example.com")
        await auth.mailed.ask_reset("nobody@example.com")
        (reset,) = await mails.tokens("password_reset", "ada@example.com")
        await auth.mailed.reset(reset, PASSWORD)
        request_id.reset(before)

    assert [
        ("registered", "anonymous", "user_1"),
        ("email_verified", "anonymous", "user_1"),
        ("password_changed", "user_1", "user_1"),
        ("password_reset_asked", "anonymous", "user_1"),
        ("password_reset_asked", "anonymous", None),
        ("password_reset", "anonymous", "user_1"),
    ] == [event for event in await noted(auth) if event[0] != "signed_in"]
    last = (await auth.journal.events(1))[0]
    assert ("203.0.113.7", "a-request") == (last["address"], last["request_id"])


async def test_failed_sign_ins_are_noted_without_the_name_that_was_typed(auth: Auth) -> None:
    await auth.register("ada", "ada@example.com", PASSWORD)
    for name in "ada", "my-secret-password":
        with pytest.raises(WrongCredentials):
            await auth.login(name, "a wrong one")

    events = await auth.journal.events(100)

    assert [("denied", "anonymous", "user_1"), ("denied", "anonymous", None)] == (await noted(auth))[1:]
    assert "secret" not in str([dict(event) for event in events])


async def test_a_lock_is_noted_once_and_what_it_refuses_is_not(auth: Auth) -> None:
    await auth.register("ada", "ada@example.com", PASSWORD)
    for _ in range(15):
        with pytest.raises(Exception, match=r"Check both|Wait"):
            await auth.login("ada", "a wrong one")

    events = [event for event, _, _ in await noted(auth)]

    assert ["registered", *["denied"] * 10, "locked_out"] == events


@pytest.mark.parametrize("change", ["UPDATE audit SET actor = 'nobody'", "DELETE FROM audit"])
async def test_the_database_refuses_whoever_changes_an_event_or_takes_it_away(auth: Auth, change: str) -> None:
    await auth.register("ada", "ada@example.com", PASSWORD)

    with pytest.raises(Exception, match="the audit log is append-only"):
        await auth.database.execute(change)

    assert [("registered", "operator", "user_1")] == await noted(auth)


async def test_an_admin_reads_the_log_in_pages_the_newest_first(shop: Shop) -> None:
    grace = await shop.admin()
    journal = shop.domain("auth").journal
    for number in range(5):
        await journal.note("disabled", actor="user_1", subject=f"user_{number}")

    first = await grace.shop.auth.with_headers.list_audit_events(limit=2, event="disabled")
    found = [event async for event in grace.shop.auth.iter_audit_events(limit=2, event="disabled")]

    assert ["user_4", "user_3"] == [event.subject for event in first.parsed]
    assert "event=disabled" in first.headers["Link"]
    assert [f"user_{number}" for number in reversed(range(5))] == [event.subject for event in found]


async def test_each_filter_lets_through_what_it_says(shop: Shop) -> None:
    grace = await shop.admin()
    auth: Auth = shop.domain("auth")
    for actor, subject, when in [("user_7", "user_8", "2026-01-01"), ("user_8", "user_7", "2026-01-02")]:
        await auth.database.execute(
            "INSERT INTO audit (event, actor, subject, address, request_id, created_at)"
            " VALUES ('enabled', $1, $2, 'unknown', 'none', $3)",
            actor,
            subject,
            f"{when}T00:00:00Z",
        )

    async def actors(**filters: str) -> list[str]:
        return [event.actor for event in await grace.shop.auth.list_audit_events(event="enabled", **filters)]  # type: ignore[arg-type]

    assert ["user_8", "user_7"] == await actors()
    assert ["user_7"] == await actors(actor="user_7")
    assert ["user_8"] == await actors(subject="user_7")
    assert ["user_8"] == await actors(since="2026-01-02T00:00:00Z")
    assert ["user_7"] == await actors(until="2026-01-02T00:00:00Z")
    for moment in ("2026-01-02t00:00:00z", "2026-01-02T00:00:00.999Z", "2026-01-02T00:00:00+00:00"):
        assert (["user_8"], ["user_7"]) == (await actors(since=moment), await actors(until=moment))
    assert [] == await actors(since="2026-01-02T00:00:01Z", until="2026-01-03T00:00:00Z")
