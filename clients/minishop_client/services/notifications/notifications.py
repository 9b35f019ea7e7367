# Generated from openapi/ by scripts/generate.py: do not edit.
"""Messages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from minishop_client.calls import (
    Call,
    given,
    idempotency_key_or_new,
    read_list,
    read_object,
    segment,
)
from minishop_client.runtime import Api, AsyncApi, Response, async_items, items
from minishop_client.values import UNSET, Unset

from .models import (
    Notification,
    NotificationInput,
    NotificationResult,
    NotificationStatus,
)


def _send_notification(
    *, recipient: str, subject: str, body: str, idempotency_key: str | Unset = UNSET
) -> Call[NotificationResult]:
    return Call(
        "POST",
        "/notifications/send",
        read_object(NotificationResult.from_dict),
        headers=given({"Idempotency-Key": idempotency_key_or_new(idempotency_key)}),
        json=NotificationInput(recipient=recipient, subject=subject, body=body).to_dict(),
    )


def _list_notifications(
    *,
    limit: int | Unset = 20,
    cursor: str | Unset = UNSET,
    recipient: str | Unset = UNSET,
    key_prefix: str | Unset = UNSET,
    status: NotificationStatus | Unset = UNSET,
) -> Call[list[Notification]]:
    return Call(
        "GET",
        "/notifications",
        read_list(Notification.from_dict),
        params=given(
            {
                "limit": limit,
                "cursor": cursor,
                "recipient": recipient,
                "key_prefix": key_prefix,
                "status": status,
            }
        ),
    )


def _resend_notification(notification_id: int) -> Call[Notification]:
    return Call(
        "POST",
        f"/notifications/{segment(notification_id)}/resend",
        read_object(Notification.from_dict),
    )


class NotificationsResourceWithHeaders(Api):
    """The same methods, with a Response: the value, the status and the headers."""

    def send_notification(
        self, *, recipient: str, subject: str, body: str, idempotency_key: str | Unset = UNSET
    ) -> Response[NotificationResult]:
        """Send a message."""
        return self._send(
            _send_notification(
                recipient=recipient, subject=subject, body=body, idempotency_key=idempotency_key
            )
        )

    def list_notifications(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        recipient: str | Unset = UNSET,
        key_prefix: str | Unset = UNSET,
        status: NotificationStatus | Unset = UNSET,
    ) -> Response[list[Notification]]:
        """List messages."""
        return self._send(
            _list_notifications(
                limit=limit,
                cursor=cursor,
                recipient=recipient,
                key_prefix=key_prefix,
                status=status,
            )
        )

    def resend_notification(self, notification_id: int) -> Response[Notification]:
        """Send a failed message again."""
        return self._send(_resend_notification(notification_id=notification_id))


class NotificationsResource(Api):
    """Messages. Each method returns the value or raises an ApiError."""

    def send_notification(
        self, *, recipient: str, subject: str, body: str, idempotency_key: str | Unset = UNSET
    ) -> NotificationResult:
        """Send a message.

        Services only. After a success, Notifications sends the message even if the mail server
        does not accept it now: the response is then `pending`, and Notifications tries again. A
        message that the mail server rejects permanently (a 5xx reply of SMTP) is `failed`; only
        `POST /notifications/{notification_id}/resend` sends it again. With an `Idempotency-
        Key`, repeated requests send the message once; another message with the same key is
        refused (422). A message to a domain that ends in `.invalid` (RFC 2606) is created and
        dropped: Auth sends one if no account has the address of a password reset.

        Args:
            recipient: An e-mail address in the form of RFC 5321, without quotes and
                comments. The domain is complete, and an internationalised one is written as
                `xn--…`. An account has its address in lower case. An encoded word (`=?…?=`, RFC
                2047) is refused because it may decode to a line break.
            subject: The subject of the message, on one line. `=?` is refused because it
                begins an encoded word (RFC 2047), which may decode to a line break.
            body: Plain text, which may contain line breaks and tabs.
            idempotency_key: Makes a repeated request safe: the first response is replayed
                with `Idempotent-Replayed: true`. The same key with another request is refused
                (422); after 90 days, it may also get the first response. A key has at most 255
                visible ASCII characters. The quotes of a structured header may be omitted.
        """
        answer = self._send(
            _send_notification(
                recipient=recipient, subject=subject, body=body, idempotency_key=idempotency_key
            )
        )
        return answer.parsed

    def list_notifications(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        recipient: str | Unset = UNSET,
        key_prefix: str | Unset = UNSET,
        status: NotificationStatus | Unset = UNSET,
    ) -> list[Notification]:
        """List messages.

        Services and admins. Newest first, without the text. The `Link` header leads to the next
        page.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
            recipient: Messages to this address.
            key_prefix: Messages whose key begins with this text.
            status: `pending` until the mail server or the mailbox has the message; then
                `sent`. `failed` if the mail server rejected it permanently.
        """
        answer = self._send(
            _list_notifications(
                limit=limit,
                cursor=cursor,
                recipient=recipient,
                key_prefix=key_prefix,
                status=status,
            )
        )
        return answer.parsed

    def iter_notifications(
        self,
        *,
        limit: int | Unset = 20,
        recipient: str | Unset = UNSET,
        key_prefix: str | Unset = UNSET,
        status: NotificationStatus | Unset = UNSET,
    ) -> Iterator[Notification]:
        """Every item of `list_notifications`, with each page fetched on demand."""
        return items(
            lambda cursor: self._send(
                _list_notifications(
                    cursor=cursor,
                    limit=limit,
                    recipient=recipient,
                    key_prefix=key_prefix,
                    status=status,
                )
            )
        )

    def resend_notification(self, notification_id: int) -> Notification:
        """Send a failed message again.

        Admins only. Gives a `failed` message to the mail server again. The response is `sent`,
        again `failed`, or `pending` if the mail server does not accept it now. A message in
        another state does not change, so a repeated request is safe. The text of a failed
        message is deleted after 90 days (`MINISHOP_NOTIFICATIONS_BODY_DAYS`); the message is
        then refused (409), and its key still sends no second one.

        Args:
            notification_id: The number of the message.
        """
        answer = self._send(_resend_notification(notification_id=notification_id))
        return answer.parsed


class AsyncNotificationsResourceWithHeaders(AsyncApi):
    """The same methods, with a Response: the value, the status and the headers."""

    async def send_notification(
        self, *, recipient: str, subject: str, body: str, idempotency_key: str | Unset = UNSET
    ) -> Response[NotificationResult]:
        """Send a message."""
        return await self._send(
            _send_notification(
                recipient=recipient, subject=subject, body=body, idempotency_key=idempotency_key
            )
        )

    async def list_notifications(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        recipient: str | Unset = UNSET,
        key_prefix: str | Unset = UNSET,
        status: NotificationStatus | Unset = UNSET,
    ) -> Response[list[Notification]]:
        """List messages."""
        return await self._send(
            _list_notifications(
                limit=limit,
                cursor=cursor,
                recipient=recipient,
                key_prefix=key_prefix,
                status=status,
            )
        )

    async def resend_notification(self, notification_id: int) -> Response[Notification]:
        """Send a failed message again."""
        return await self._send(_resend_notification(notification_id=notification_id))


class AsyncNotificationsResource(AsyncApi):
    """Messages. Each method returns the value or raises an ApiError."""

    async def send_notification(
        self, *, recipient: str, subject: str, body: str, idempotency_key: str | Unset = UNSET
    ) -> NotificationResult:
        """Send a message.

        Services only. After a success, Notifications sends the message even if the mail server
        does not accept it now: the response is then `pending`, and Notifications tries again. A
        message that the mail server rejects permanently (a 5xx reply of SMTP) is `failed`; only
        `POST /notifications/{notification_id}/resend` sends it again. With an `Idempotency-
        Key`, repeated requests send the message once; another message with the same key is
        refused (422). A message to a domain that ends in `.invalid` (RFC 2606) is created and
        dropped: Auth sends one if no account has the address of a password reset.

        Args:
            recipient: An e-mail address in the form of RFC 5321, without quotes and
                comments. The domain is complete, and an internationalised one is written as
                `xn--…`. An account has its address in lower case. An encoded word (`=?…?=`, RFC
                2047) is refused because it may decode to a line break.
            subject: The subject of the message, on one line. `=?` is refused because it
                begins an encoded word (RFC 2047), which may decode to a line break.
            body: Plain text, which may contain line breaks and tabs.
            idempotency_key: Makes a repeated request safe: the first response is replayed
                with `Idempotent-Replayed: true`. The same key with another request is refused
                (422); after 90 days, it may also get the first response. A key has at most 255
                visible ASCII characters. The quotes of a structured header may be omitted.
        """
        answer = await self._send(
            _send_notification(
                recipient=recipient, subject=subject, body=body, idempotency_key=idempotency_key
            )
        )
        return answer.parsed

    async def list_notifications(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        recipient: str | Unset = UNSET,
        key_prefix: str | Unset = UNSET,
        status: NotificationStatus | Unset = UNSET,
    ) -> list[Notification]:
        """List messages.

        Services and admins. Newest first, without the text. The `Link` header leads to the next
        page.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
            recipient: Messages to this address.
            key_prefix: Messages whose key begins with this text.
            status: `pending` until the mail server or the mailbox has the message; then
                `sent`. `failed` if the mail server rejected it permanently.
        """
        answer = await self._send(
            _list_notifications(
                limit=limit,
                cursor=cursor,
                recipient=recipient,
                key_prefix=key_prefix,
                status=status,
            )
        )
        return answer.parsed

    def iter_notifications(
        self,
        *,
        limit: int | Unset = 20,
        recipient: str | Unset = UNSET,
        key_prefix: str | Unset = UNSET,
        status: NotificationStatus | Unset = UNSET,
    ) -> AsyncIterator[Notification]:
        """Every item of `list_notifications`, with each page fetched on demand."""
        return async_items(
            lambda cursor: self._send(
                _list_notifications(
                    cursor=cursor,
                    limit=limit,
                    recipient=recipient,
                    key_prefix=key_prefix,
                    status=status,
                )
            )
        )

    async def resend_notification(self, notification_id: int) -> Notification:
        """Send a failed message again.

        Admins only. Gives a `failed` message to the mail server again. The response is `sent`,
        again `failed`, or `pending` if the mail server does not accept it now. A message in
        another state does not change, so a repeated request is safe. The text of a failed
        message is deleted after 90 days (`MINISHOP_NOTIFICATIONS_BODY_DAYS`); the message is
        then refused (409), and its key still sends no second one.

        Args:
            notification_id: The number of the message.
        """
        answer = await self._send(_resend_notification(notification_id=notification_id))
        return answer.parsed
