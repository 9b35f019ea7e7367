# Generated from openapi/ by scripts/generate.py: do not edit.
"""Accounts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from minishop_client.calls import (
    Call,
    given,
    read_list,
    read_nothing,
    read_object,
    segment,
)
from minishop_client.runtime import Api, AsyncApi, Response, async_items, items
from minishop_client.values import UNSET, Unset

from .models import (
    AccountEdit,
    EmailVerification,
    KnownNumbers,
    Registration,
    Role,
    User,
    UserEdit,
    UserSummary,
)


def _register(
    *, username: str, email: str, password: str, address: str | Unset = UNSET
) -> Call[User]:
    return Call(
        "POST",
        "/auth/register",
        read_object(User.from_dict),
        json=Registration(
            username=username, email=email, password=password, address=address
        ).to_dict(),
        public=True,
    )


def _list_users(*, limit: int | Unset = 20, cursor: str | Unset = UNSET) -> Call[list[UserSummary]]:
    return Call(
        "GET",
        "/auth/users",
        read_list(UserSummary.from_dict),
        params=given({"limit": limit, "cursor": cursor}),
    )


def _get_user(user_id: int) -> Call[User]:
    return Call(
        "GET",
        f"/auth/users/{segment(user_id)}",
        read_object(User.from_dict),
    )


def _update_user(
    user_id: int, *, role: Role | Unset = UNSET, disabled: bool | Unset = UNSET, if_match: str
) -> Call[User]:
    return Call(
        "PATCH",
        f"/auth/users/{segment(user_id)}",
        read_object(User.from_dict),
        headers=given({"If-Match": if_match}),
        json=UserEdit(role=role, disabled=disabled).to_dict(),
    )


def _get_me() -> Call[User]:
    return Call(
        "GET",
        "/auth/me",
        read_object(User.from_dict),
    )


def _update_me(
    *,
    email: str | Unset = UNSET,
    password: str | Unset = UNSET,
    address: str | Unset = UNSET,
    if_match: str,
) -> Call[User]:
    return Call(
        "PATCH",
        "/auth/me",
        read_object(User.from_dict),
        headers=given({"If-Match": if_match}),
        json=AccountEdit(email=email, password=password, address=address).to_dict(),
    )


def _request_email_verification() -> Call[None]:
    return Call(
        "POST",
        "/auth/email-verification",
        read_nothing,
    )


def _confirm_email_verification(*, token: str) -> Call[None]:
    return Call(
        "POST",
        "/auth/email-verification/confirm",
        read_nothing,
        json=EmailVerification(token=token).to_dict(),
        public=True,
    )


def _compare_numbers(*, highest: int) -> Call[None]:
    return Call(
        "POST",
        "/auth/numbers",
        read_nothing,
        json=KnownNumbers(highest=highest).to_dict(),
    )


class AccountsResourceWithHeaders(Api):
    """The same methods, with a Response: the value, the status and the headers."""

    def register(
        self, *, username: str, email: str, password: str, address: str | Unset = UNSET
    ) -> Response[User]:
        """Create an account."""
        return self._send(
            _register(username=username, email=email, password=password, address=address)
        )

    def list_users(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[UserSummary]]:
        """List accounts."""
        return self._send(_list_users(limit=limit, cursor=cursor))

    def get_user(self, user_id: int) -> Response[User]:
        """Read an account."""
        return self._send(_get_user(user_id=user_id))

    def update_user(
        self,
        user_id: int,
        *,
        role: Role | Unset = UNSET,
        disabled: bool | Unset = UNSET,
        if_match: str,
    ) -> Response[User]:
        """Edit the role of an account or disable it."""
        return self._send(
            _update_user(user_id=user_id, role=role, disabled=disabled, if_match=if_match)
        )

    def get_me(self) -> Response[User]:
        """Read your account."""
        return self._send(_get_me())

    def update_me(
        self,
        *,
        email: str | Unset = UNSET,
        password: str | Unset = UNSET,
        address: str | Unset = UNSET,
        if_match: str,
    ) -> Response[User]:
        """Edit your account."""
        return self._send(
            _update_me(email=email, password=password, address=address, if_match=if_match)
        )

    def request_email_verification(self) -> Response[None]:
        """Request a verification mail."""
        return self._send(_request_email_verification())

    def confirm_email_verification(self, *, token: str) -> Response[None]:
        """Confirm an e-mail address."""
        return self._send(_confirm_email_verification(token=token))

    def compare_numbers(self, *, highest: int) -> Response[None]:
        """Compare the numbers of users."""
        return self._send(_compare_numbers(highest=highest))


class AccountsResource(Api):
    """Accounts. Each method returns the value or raises an ApiError."""

    def register(
        self, *, username: str, email: str, password: str, address: str | Unset = UNSET
    ) -> User:
        """Create an account.

        The operation is public. The new account has the role of a customer. Orders go to its
        address unless a checkout gives another one. A password that is easy to guess is refused
        (422): a common password, a few repeated characters, or a password that contains the
        user name or the e-mail address. Auth mails a token that confirms the address.

        Args:
            username: The name of a user.
            email: An e-mail address in the form of RFC 5321, without quotes and comments.
                The domain is complete, and an internationalised one is written as `xn--…`. An
                account has its address in lower case. An encoded word (`=?…?=`, RFC 2047) is
                refused because it may decode to a line break.
            password: A new password of at least twelve characters. Any character is
                allowed. Length is counted in Unicode normal form NFC.
            address: A postal address on one or several lines that is not blank.
        """
        answer = self._send(
            _register(username=username, email=email, password=password, address=address)
        )
        return answer.parsed

    def list_users(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[UserSummary]:
        """List accounts.

        Services and admins. Sorted by number, without addresses.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = self._send(_list_users(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_users(self, *, limit: int | Unset = 20) -> Iterator[UserSummary]:
        """Every item of `list_users`, with each page fetched on demand."""
        return items(lambda cursor: self._send(_list_users(cursor=cursor, limit=limit)))

    def get_user(self, user_id: int) -> User:
        """Read an account.

        Admins only.

        Args:
            user_id: The number of an account.
        """
        answer = self._send(_get_user(user_id=user_id))
        return answer.parsed

    def update_user(
        self,
        user_id: int,
        *,
        role: Role | Unset = UNSET,
        disabled: bool | Unset = UNSET,
        if_match: str,
    ) -> User:
        """Edit the role of an account or disable it.

        Admins only. Fields that the request leaves out stay as they are. A new role ends all
        sessions of the account at once, and so does disabling it; a disabled account cannot
        sign in. The last admin keeps the role and stays enabled (409, `last_admin`).

        Args:
            user_id: The number of an account.
            role: The role of a user.
            disabled: Whether the account cannot sign in.
            if_match: The `ETag` of the version to edit. A request without it is answered
                with 428, one with a stale tag with 412. Several tags match any of their
                versions, and `*` matches every version. A weak tag (`W/"1"`) matches like a
                strong one, a deliberate departure from RFC 9110, section 13.1.1: a proxy that
                compresses a response makes its tag weak.
        """
        answer = self._send(
            _update_user(user_id=user_id, role=role, disabled=disabled, if_match=if_match)
        )
        return answer.parsed

    def get_me(self) -> User:
        """Read your account.

        Returns the account that the token belongs to.
        """
        answer = self._send(_get_me())
        return answer.parsed

    def update_me(
        self,
        *,
        email: str | Unset = UNSET,
        password: str | Unset = UNSET,
        address: str | Unset = UNSET,
        if_match: str,
    ) -> User:
        """Edit your account.

        Fields that the request leaves out stay as they are. A new `email` requires the
        `password` of the account (403, `password_required` or `wrong_password`), which counts
        as an attempt to sign in. The new address is the `pending_email` until a token that is
        mailed to it is used at `POST /auth/email-verification/confirm`. The account keeps its
        present address until then, and Auth mails a notice to that address. The response is the
        same if another account has the new address; a mail tells its owner. The present address
        as `email` withdraws a pending address, and so does a new password. An account may ask
        for five mails an hour (429, `too_many_mails`).

        Args:
            email: An e-mail address in the form of RFC 5321, without quotes and comments.
                The domain is complete, and an internationalised one is written as `xn--…`. An
                account has its address in lower case. An encoded word (`=?…?=`, RFC 2047) is
                refused because it may decode to a line break.
            password: The password of the account.
            address: A postal address on one or several lines that is not blank.
            if_match: The `ETag` of the version to edit. A request without it is answered
                with 428, one with a stale tag with 412. Several tags match any of their
                versions, and `*` matches every version. A weak tag (`W/"1"`) matches like a
                strong one, a deliberate departure from RFC 9110, section 13.1.1: a proxy that
                compresses a response makes its tag weak.
        """
        answer = self._send(
            _update_me(email=email, password=password, address=address, if_match=if_match)
        )
        return answer.parsed

    def request_email_verification(self) -> None:
        """Request a verification mail.

        Auth mails a token to the pending address of the account, or to its present address if
        that is not verified yet. An address gets at most five mails an hour from all operations
        together, and an account may ask for five (429, `too_many_mails`).
        """
        answer = self._send(_request_email_verification())
        return answer.parsed

    def confirm_email_verification(self, *, token: str) -> None:
        """Confirm an e-mail address.

        The operation needs only the token of the mail, which works once within 30 minutes. A
        pending address becomes the address of the account, and Auth mails a notice to the
        previous one. The response is 422 for an invalid token, and for the token of an address
        that the account no longer has or that another account has now.

        Args:
            token: The token from a mail.
        """
        answer = self._send(_confirm_email_verification(token=token))
        return answer.parsed

    def compare_numbers(self, *, highest: int) -> None:
        """Compare the numbers of users.

        Orders only. The request contains the highest number of a user that other services know.
        If Auth has not given out that number, it has lost data, for example because its
        database was restored. It then answers 503 until `minishop recover auth` has raised its
        numbers.

        Args:
            highest: The highest number of one kind of object that a service knows, without
                its prefix; 0 for none.
        """
        answer = self._send(_compare_numbers(highest=highest))
        return answer.parsed


class AsyncAccountsResourceWithHeaders(AsyncApi):
    """The same methods, with a Response: the value, the status and the headers."""

    async def register(
        self, *, username: str, email: str, password: str, address: str | Unset = UNSET
    ) -> Response[User]:
        """Create an account."""
        return await self._send(
            _register(username=username, email=email, password=password, address=address)
        )

    async def list_users(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[UserSummary]]:
        """List accounts."""
        return await self._send(_list_users(limit=limit, cursor=cursor))

    async def get_user(self, user_id: int) -> Response[User]:
        """Read an account."""
        return await self._send(_get_user(user_id=user_id))

    async def update_user(
        self,
        user_id: int,
        *,
        role: Role | Unset = UNSET,
        disabled: bool | Unset = UNSET,
        if_match: str,
    ) -> Response[User]:
        """Edit the role of an account or disable it."""
        return await self._send(
            _update_user(user_id=user_id, role=role, disabled=disabled, if_match=if_match)
        )

    async def get_me(self) -> Response[User]:
        """Read your account."""
        return await self._send(_get_me())

    async def update_me(
        self,
        *,
        email: str | Unset = UNSET,
        password: str | Unset = UNSET,
        address: str | Unset = UNSET,
        if_match: str,
    ) -> Response[User]:
        """Edit your account."""
        return await self._send(
            _update_me(email=email, password=password, address=address, if_match=if_match)
        )

    async def request_email_verification(self) -> Response[None]:
        """Request a verification mail."""
        return await self._send(_request_email_verification())

    async def confirm_email_verification(self, *, token: str) -> Response[None]:
        """Confirm an e-mail address."""
        return await self._send(_confirm_email_verification(token=token))

    async def compare_numbers(self, *, highest: int) -> Response[None]:
        """Compare the numbers of users."""
        return await self._send(_compare_numbers(highest=highest))


class AsyncAccountsResource(AsyncApi):
    """Accounts. Each method returns the value or raises an ApiError."""

    async def register(
        self, *, username: str, email: str, password: str, address: str | Unset = UNSET
    ) -> User:
        """Create an account.

        The operation is public. The new account has the role of a customer. Orders go to its
        address unless a checkout gives another one. A password that is easy to guess is refused
        (422): a common password, a few repeated characters, or a password that contains the
        user name or the e-mail address. Auth mails a token that confirms the address.

        Args:
            username: The name of a user.
            email: An e-mail address in the form of RFC 5321, without quotes and comments.
                The domain is complete, and an internationalised one is written as `xn--…`. An
                account has its address in lower case. An encoded word (`=?…?=`, RFC 2047) is
                refused because it may decode to a line break.
            password: A new password of at least twelve characters. Any character is
                allowed. Length is counted in Unicode normal form NFC.
            address: A postal address on one or several lines that is not blank.
        """
        answer = await self._send(
            _register(username=username, email=email, password=password, address=address)
        )
        return answer.parsed

    async def list_users(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[UserSummary]:
        """List accounts.

        Services and admins. Sorted by number, without addresses.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = await self._send(_list_users(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_users(self, *, limit: int | Unset = 20) -> AsyncIterator[UserSummary]:
        """Every item of `list_users`, with each page fetched on demand."""
        return async_items(lambda cursor: self._send(_list_users(cursor=cursor, limit=limit)))

    async def get_user(self, user_id: int) -> User:
        """Read an account.

        Admins only.

        Args:
            user_id: The number of an account.
        """
        answer = await self._send(_get_user(user_id=user_id))
        return answer.parsed

    async def update_user(
        self,
        user_id: int,
        *,
        role: Role | Unset = UNSET,
        disabled: bool | Unset = UNSET,
        if_match: str,
    ) -> User:
        """Edit the role of an account or disable it.

        Admins only. Fields that the request leaves out stay as they are. A new role ends all
        sessions of the account at once, and so does disabling it; a disabled account cannot
        sign in. The last admin keeps the role and stays enabled (409, `last_admin`).

        Args:
            user_id: The number of an account.
            role: The role of a user.
            disabled: Whether the account cannot sign in.
            if_match: The `ETag` of the version to edit. A request without it is answered
                with 428, one with a stale tag with 412. Several tags match any of their
                versions, and `*` matches every version. A weak tag (`W/"1"`) matches like a
                strong one, a deliberate departure from RFC 9110, section 13.1.1: a proxy that
                compresses a response makes its tag weak.
        """
        answer = await self._send(
            _update_user(user_id=user_id, role=role, disabled=disabled, if_match=if_match)
        )
        return answer.parsed

    async def get_me(self) -> User:
        """Read your account.

        Returns the account that the token belongs to.
        """
        answer = await self._send(_get_me())
        return answer.parsed

    async def update_me(
        self,
        *,
        email: str | Unset = UNSET,
        password: str | Unset = UNSET,
        address: str | Unset = UNSET,
        if_match: str,
    ) -> User:
        """Edit your account.

        Fields that the request leaves out stay as they are. A new `email` requires the
        `password` of the account (403, `password_required` or `wrong_password`), which counts
        as an attempt to sign in. The new address is the `pending_email` until a token that is
        mailed to it is used at `POST /auth/email-verification/confirm`. The account keeps its
        present address until then, and Auth mails a notice to that address. The response is the
        same if another account has the new address; a mail tells its owner. The present address
        as `email` withdraws a pending address, and so does a new password. An account may ask
        for five mails an hour (429, `too_many_mails`).

        Args:
            email: An e-mail address in the form of RFC 5321, without quotes and comments.
                The domain is complete, and an internationalised one is written as `xn--…`. An
                account has its address in lower case. An encoded word (`=?…?=`, RFC 2047) is
                refused because it may decode to a line break.
            password: The password of the account.
            address: A postal address on one or several lines that is not blank.
            if_match: The `ETag` of the version to edit. A request without it is answered
                with 428, one with a stale tag with 412. Several tags match any of their
                versions, and `*` matches every version. A weak tag (`W/"1"`) matches like a
                strong one, a deliberate departure from RFC 9110, section 13.1.1: a proxy that
                compresses a response makes its tag weak.
        """
        answer = await self._send(
            _update_me(email=email, password=password, address=address, if_match=if_match)
        )
        return answer.parsed

    async def request_email_verification(self) -> None:
        """Request a verification mail.

        Auth mails a token to the pending address of the account, or to its present address if
        that is not verified yet. An address gets at most five mails an hour from all operations
        together, and an account may ask for five (429, `too_many_mails`).
        """
        answer = await self._send(_request_email_verification())
        return answer.parsed

    async def confirm_email_verification(self, *, token: str) -> None:
        """Confirm an e-mail address.

        The operation needs only the token of the mail, which works once within 30 minutes. A
        pending address becomes the address of the account, and Auth mails a notice to the
        previous one. The response is 422 for an invalid token, and for the token of an address
        that the account no longer has or that another account has now.

        Args:
            token: The token from a mail.
        """
        answer = await self._send(_confirm_email_verification(token=token))
        return answer.parsed

    async def compare_numbers(self, *, highest: int) -> None:
        """Compare the numbers of users.

        Orders only. The request contains the highest number of a user that other services know.
        If Auth has not given out that number, it has lost data, for example because its
        database was restored. It then answers 503 until `minishop recover auth` has raised its
        numbers.

        Args:
            highest: The highest number of one kind of object that a service knows, without
                its prefix; 0 for none.
        """
        answer = await self._send(_compare_numbers(highest=highest))
        return answer.parsed
