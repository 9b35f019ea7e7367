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

        Services only. Once it is answered, the message goes out whatever happens: if the mail
        server does not take it now, the answer is `pending`, and it is tried again; a message
        that the mail server refuses for good (a 5xx reply of SMTP) is `failed`, and is sent
        again by `POST /notifications/{notification_id}/resend` alone. With an `Idempotency-Key`
        the message is sent once, however often the request comes; another message under the
        same key is refused (422). A message to a domain that ends in `.invalid` (RFC 2606) is
        made and dropped: Auth sends one where no account has the address that a password reset
        was asked for.

        Args:
            recipient: An e-mail address as RFC 5321 writes it without quotes and comments,
                the domain in full, an internationalised one as `xn--…`. An account is known by
                it in lower case. An encoded word (`=?…?=`, RFC 2047) is refused, as it may
                decode to a line break.
            subject: What the message is about, on one line. `=?` is refused, as it begins
                an encoded word (RFC 2047), which may decode to a line break.
            body: Plain text, lines and tabs included.
            idempotency_key: Makes a repeated request safe: the first answer is replayed
                with `Idempotent-Replayed: true`. The same key with another request is refused
                with 422. It is 255 visible ASCII characters at most; the quotes of a structured
                header around them may be left out.
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

        Services and admins. Newest first, without their text; the next page stands in `Link`.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            recipient: Keep messages to this address.
            key_prefix: Keep messages whose key begins so.
            status: `sent` once the mail server or the mailbox has it, `failed` once the
                mail server refused it for good; `pending` before.
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

        Admins only. A `failed` message is handed to the mail server once more; the answer is
        `sent`, `failed` again, or `pending` while the mail server does not take it. A message
        in another state is answered as it is, so a repeat is safe.

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

        Services only. Once it is answered, the message goes out whatever happens: if the mail
        server does not take it now, the answer is `pending`, and it is tried again; a message
        that the mail server refuses for good (a 5xx reply of SMTP) is `failed`, and is sent
        again by `POST /notifications/{notification_id}/resend` alone. With an `Idempotency-Key`
        the message is sent once, however often the request comes; another message under the
        same key is refused (422). A message to a domain that ends in `.invalid` (RFC 2606) is
        made and dropped: Auth sends one where no account has the address that a password reset
        was asked for.

        Args:
            recipient: An e-mail address as RFC 5321 writes it without quotes and comments,
                the domain in full, an internationalised one as `xn--…`. An account is known by
                it in lower case. An encoded word (`=?…?=`, RFC 2047) is refused, as it may
                decode to a line break.
            subject: What the message is about, on one line. `=?` is refused, as it begins
                an encoded word (RFC 2047), which may decode to a line break.
            body: Plain text, lines and tabs included.
            idempotency_key: Makes a repeated request safe: the first answer is replayed
                with `Idempotent-Replayed: true`. The same key with another request is refused
                with 422. It is 255 visible ASCII characters at most; the quotes of a structured
                header around them may be left out.
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

        Services and admins. Newest first, without their text; the next page stands in `Link`.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            recipient: Keep messages to this address.
            key_prefix: Keep messages whose key begins so.
            status: `sent` once the mail server or the mailbox has it, `failed` once the
                mail server refused it for good; `pending` before.
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

        Admins only. A `failed` message is handed to the mail server once more; the answer is
        `sent`, `failed` again, or `pending` while the mail server does not take it. A message
        in another state is answered as it is, so a repeat is safe.

        Args:
            notification_id: The number of the message.
        """
        answer = await self._send(_resend_notification(notification_id=notification_id))
        return answer.parsed
