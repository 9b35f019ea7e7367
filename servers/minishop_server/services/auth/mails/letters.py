"""The mails of Auth: their texts, and how one is owed."""

from __future__ import annotations

import secrets
from typing import Literal, TypedDict

from ....kit.ids import UserId
from ....kit.outbox import Transaction
from ..mail_tokens.domain import SECONDS

Letter = Literal[
    "password_reset", "email_verification", "email_taken", "email_change_asked", "email_changed", "password_changed"
]
"""The kinds of mail, of which the first two contain a token of that purpose."""
SUBJECTS: dict[Letter, str] = {
    "password_reset": "Reset your Minishop password",
    "email_verification": "Confirm your e-mail address",
    "email_taken": "Your e-mail address has an account already",
    "email_change_asked": "Your e-mail address is to be replaced",
    "email_changed": "Your e-mail address was replaced",
    "password_changed": "Your Minishop password was changed",
}
BODIES: dict[Letter, str] = {
    "password_reset": (
        "Someone, probably you, asked to reset the password of the Minishop account {username}.\n"
        "To choose a new password, {how}:\n\n"
        "{token}\n\n"
        "It works once, and expires in {minutes} minutes. If you did not ask for it, do nothing: your password stays"
        " as it is."
    ),
    "email_verification": (
        "Someone, probably you, uses this address for the Minishop account {username}.\n"
        "To confirm that the address is yours, {how}:\n\n"
        "{token}\n\n"
        "It works once, and expires in {minutes} minutes. If the account is not yours, do nothing."
    ),
    "email_taken": (
        "Someone, probably you, asked to use this address for another Minishop account. It belongs to the account"
        " {username}, so nothing changes.\n\n"
        "If it was you, sign in as {username}, or reset the password of that account. If not, do nothing."
    ),
    "email_change_asked": (
        "Someone, probably you, asked to replace this address of the Minishop account {username}.\n"
        "It stays as it is until the other address is confirmed.\n\n"
        "If it was not you, change your password now: that ends the change."
    ),
    "email_changed": (
        "The Minishop account {username} has another e-mail address now. Mails about it go there.\n\n"
        "If it was not you, write to the shop."
    ),
    "password_changed": (
        "The password of the Minishop account {username} was changed, and its other sessions ended.\n\n"
        "If it was not you, reset the password now: this address can."
    ),
}
PAGES: dict[Letter, str] = {
    "password_reset": "/account/reset-password",
    "email_verification": "/account/verify-email",
}
CONFIRMED_BY: dict[Letter, str] = {
    "password_reset": "send this token and the new password to POST /auth/password-reset/confirm",
    "email_verification": "send this token to POST /auth/email-verification/confirm",
}
"""For a shop without pages."""


class Owed(TypedDict):
    """The payload of a mail that is to be sent."""

    purpose: Letter
    user_id: UserId
    to: str | None


def owe(connection: Transaction, letter: Letter, user_id: UserId, to: str | None = None) -> None:
    """A mail, from the commit on, to the address that the account has then, or to another one."""
    key = f"{letter}.{secrets.token_hex(8)}"
    owed: Owed = {"purpose": letter, "user_id": user_id, "to": to}
    connection.add("mail", key, owed)


def text_of(letter: Letter, username: str, token: str, public_url: str | None) -> str:
    """The text of a mail.

    The link begins with the configured address, because a header of a request could name a foreign page. Its
    token is in the fragment, which a browser sends to no server: it appears in no log and in no `Referer`.
    """
    how, shown = CONFIRMED_BY.get(letter), token
    if public_url is not None and letter in PAGES:
        how, shown = "open this link", f"{public_url}{PAGES[letter]}#token={token}"
    return BODIES[letter].format(username=username, how=how, token=shown, minutes=SECONDS // 60)
