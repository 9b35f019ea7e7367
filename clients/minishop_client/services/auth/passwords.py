# Generated from openapi/ by scripts/generate.py: do not edit.
"""Changing or resetting a password."""

from __future__ import annotations

from minishop_client.calls import (
    Call,
    read_nothing,
)
from minishop_client.runtime import Api, AsyncApi, Response

from .models import (
    PasswordChange,
    PasswordReset,
    PasswordResetRequest,
)


def _change_password(*, old_password: str, new_password: str) -> Call[None]:
    return Call(
        "PUT",
        "/auth/me/password",
        read_nothing,
        json=PasswordChange(old_password=old_password, new_password=new_password).to_dict(),
    )


def _request_password_reset(*, email: str) -> Call[None]:
    return Call(
        "POST",
        "/auth/password-reset",
        read_nothing,
        json=PasswordResetRequest(email=email).to_dict(),
        public=True,
    )


def _confirm_password_reset(*, token: str, password: str) -> Call[None]:
    return Call(
        "POST",
        "/auth/password-reset/confirm",
        read_nothing,
        json=PasswordReset(token=token, password=password).to_dict(),
        public=True,
    )


class PasswordsResourceWithHeaders(Api):
    """The same methods, with a Response: the value, the status and the headers."""

    def change_password(self, *, old_password: str, new_password: str) -> Response[None]:
        """Change your password."""
        return self._send(_change_password(old_password=old_password, new_password=new_password))

    def request_password_reset(self, *, email: str) -> Response[None]:
        """Request a password reset."""
        return self._send(_request_password_reset(email=email))

    def confirm_password_reset(self, *, token: str, password: str) -> Response[None]:
        """Set a new password."""
        return self._send(_confirm_password_reset(token=token, password=password))


class PasswordsResource(Api):
    """Changing or resetting a password. Each method returns the value or raises an ApiError."""

    def change_password(self, *, old_password: str, new_password: str) -> None:
        """Change your password.

        The old password counts as an attempt to sign in. All other sessions of the account end,
        and a pending e-mail address is withdrawn. Auth mails a notice to the owner, at most
        five times an hour. `POST /auth/register` lists the rules for passwords.

        Args:
            old_password: The password of the account.
            new_password: A new password of at least twelve characters. Any character is
                allowed. Length is counted in Unicode normal form NFC.
        """
        answer = self._send(_change_password(old_password=old_password, new_password=new_password))
        return answer.parsed

    def request_password_reset(self, *, email: str) -> None:
        """Request a password reset.

        The operation is public. Auth mails a token to the address if an account has it; the
        response and the work are the same if no account does. An address gets at most five
        mails an hour from all operations together.

        Args:
            email: An e-mail address in the form of RFC 5321, without quotes and comments.
                The domain is complete, and an internationalised one is written as `xn--…`. An
                account has its address in lower case. An encoded word (`=?…?=`, RFC 2047) is
                refused because it may decode to a line break.
        """
        answer = self._send(_request_password_reset(email=email))
        return answer.parsed

    def confirm_password_reset(self, *, token: str, password: str) -> None:
        """Set a new password.

        The operation needs only the token of the mail, which works once within 30 minutes. All
        sessions of the account end, all other tokens of its mails become invalid, and a pending
        e-mail address is withdrawn. Auth mails a notice to the owner, and the limit on failed
        sign-ins starts anew. `POST /auth/register` lists the rules for passwords; an invalid
        token is a 422 too.

        Args:
            token: The token from a mail.
            password: A new password of at least twelve characters. Any character is
                allowed. Length is counted in Unicode normal form NFC.
        """
        answer = self._send(_confirm_password_reset(token=token, password=password))
        return answer.parsed


class AsyncPasswordsResourceWithHeaders(AsyncApi):
    """The same methods, with a Response: the value, the status and the headers."""

    async def change_password(self, *, old_password: str, new_password: str) -> Response[None]:
        """Change your password."""
        return await self._send(
            _change_password(old_password=old_password, new_password=new_password)
        )

    async def request_password_reset(self, *, email: str) -> Response[None]:
        """Request a password reset."""
        return await self._send(_request_password_reset(email=email))

    async def confirm_password_reset(self, *, token: str, password: str) -> Response[None]:
        """Set a new password."""
        return await self._send(_confirm_password_reset(token=token, password=password))


class AsyncPasswordsResource(AsyncApi):
    """Changing or resetting a password. Each method returns the value or raises an ApiError."""

    async def change_password(self, *, old_password: str, new_password: str) -> None:
        """Change your password.

        The old password counts as an attempt to sign in. All other sessions of the account end,
        and a pending e-mail address is withdrawn. Auth mails a notice to the owner, at most
        five times an hour. `POST /auth/register` lists the rules for passwords.

        Args:
            old_password: The password of the account.
            new_password: A new password of at least twelve characters. Any character is
                allowed. Length is counted in Unicode normal form NFC.
        """
        answer = await self._send(
            _change_password(old_password=old_password, new_password=new_password)
        )
        return answer.parsed

    async def request_password_reset(self, *, email: str) -> None:
        """Request a password reset.

        The operation is public. Auth mails a token to the address if an account has it; the
        response and the work are the same if no account does. An address gets at most five
        mails an hour from all operations together.

        Args:
            email: An e-mail address in the form of RFC 5321, without quotes and comments.
                The domain is complete, and an internationalised one is written as `xn--…`. An
                account has its address in lower case. An encoded word (`=?…?=`, RFC 2047) is
                refused because it may decode to a line break.
        """
        answer = await self._send(_request_password_reset(email=email))
        return answer.parsed

    async def confirm_password_reset(self, *, token: str, password: str) -> None:
        """Set a new password.

        The operation needs only the token of the mail, which works once within 30 minutes. All
        sessions of the account end, all other tokens of its mails become invalid, and a pending
        e-mail address is withdrawn. Auth mails a notice to the owner, and the limit on failed
        sign-ins starts anew. `POST /auth/register` lists the rules for passwords; an invalid
        token is a 422 too.

        Args:
            token: The token from a mail.
            password: A new password of at least twelve characters. Any character is
                allowed. Length is counted in Unicode normal form NFC.
        """
        answer = await self._send(_confirm_password_reset(token=token, password=password))
        return answer.parsed
