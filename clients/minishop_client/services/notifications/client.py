# Generated from openapi/ by scripts/generate.py: do not edit.
"""The operations of the notifications service as methods."""

from collections.abc import AsyncIterator, Iterator

from ...runtime import Api, AsyncApi, Response, async_items, items
from ...values import UNSET, Unset
from .api.health import livez as _livez
from .api.health import readyz as _readyz
from .api.notifications import list_notifications as _list_notifications
from .api.notifications import resend_notification as _resend_notification
from .api.notifications import send_notification as _send_notification
from .models import (
    Health,
    Notification,
    NotificationInput,
    NotificationResult,
    NotificationStatus,
)


class NotificationsWithHeaders(Api):
    """The same methods, answering a Response: the value with the status and the headers."""

    def send_notification(
        self, *, recipient: str, subject: str, body: str, idempotency_key: str | Unset = UNSET
    ) -> Response[NotificationResult]:
        """Send a message."""
        sent = NotificationInput(recipient=recipient, subject=subject, body=body)
        request = _send_notification.request(body=sent, idempotency_key=idempotency_key)
        return self._send(request, _send_notification.parse)

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
        request = _list_notifications.request(
            limit=limit, cursor=cursor, recipient=recipient, key_prefix=key_prefix, status=status
        )
        return self._send(request, _list_notifications.parse)

    def resend_notification(self, notification_id: int) -> Response[Notification]:
        """Send a failed message again."""
        request = _resend_notification.request(notification_id=notification_id)
        return self._send(request, _resend_notification.parse)

    def livez(self) -> Response[Health]:
        """Ask whether Notifications runs."""
        request = _livez.request()
        return self._send(request, _livez.parse)

    def readyz(self) -> Response[Health]:
        """Ask whether Notifications can work."""
        request = _readyz.request()
        return self._send(request, _readyz.parse)


class NotificationsApi(Api):
    """The notifications service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> NotificationsWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return NotificationsWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

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
        answer = self.with_headers.send_notification(
            recipient=recipient, subject=subject, body=body, idempotency_key=idempotency_key
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
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            recipient: Keep messages to this address.
            key_prefix: Keep messages whose key begins so.
            status: `sent` once the mail server or the mailbox has it, `failed` once the
                mail server refused it for good; `pending` before.
        """
        answer = self.with_headers.list_notifications(
            limit=limit, cursor=cursor, recipient=recipient, key_prefix=key_prefix, status=status
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
        """Every item of `list_notifications`; a page is fetched when its first item is wanted."""
        return items(
            lambda cursor: self.with_headers.list_notifications(
                cursor=cursor,
                limit=limit,
                recipient=recipient,
                key_prefix=key_prefix,
                status=status,
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
        answer = self.with_headers.resend_notification(notification_id=notification_id)
        return answer.parsed

    def livez(self) -> Health:
        """Ask whether Notifications runs.

        Anybody may. Touches nothing else.
        """
        answer = self.with_headers.livez()
        return answer.parsed

    def readyz(self) -> Health:
        """Ask whether Notifications can work.

        Anybody may. Asks the database.
        """
        answer = self.with_headers.readyz()
        return answer.parsed


class AsyncNotificationsWithHeaders(AsyncApi):
    """The same methods, answering a Response: the value with the status and the headers."""

    async def send_notification(
        self, *, recipient: str, subject: str, body: str, idempotency_key: str | Unset = UNSET
    ) -> Response[NotificationResult]:
        """Send a message."""
        sent = NotificationInput(recipient=recipient, subject=subject, body=body)
        request = _send_notification.request(body=sent, idempotency_key=idempotency_key)
        return await self._send(request, _send_notification.parse)

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
        request = _list_notifications.request(
            limit=limit, cursor=cursor, recipient=recipient, key_prefix=key_prefix, status=status
        )
        return await self._send(request, _list_notifications.parse)

    async def resend_notification(self, notification_id: int) -> Response[Notification]:
        """Send a failed message again."""
        request = _resend_notification.request(notification_id=notification_id)
        return await self._send(request, _resend_notification.parse)

    async def livez(self) -> Response[Health]:
        """Ask whether Notifications runs."""
        request = _livez.request()
        return await self._send(request, _livez.parse)

    async def readyz(self) -> Response[Health]:
        """Ask whether Notifications can work."""
        request = _readyz.request()
        return await self._send(request, _readyz.parse)


class AsyncNotificationsApi(AsyncApi):
    """The notifications service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncNotificationsWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return AsyncNotificationsWithHeaders(
            self._http, self._url, auth=self._auth, retry=self._retry
        )

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
        answer = await self.with_headers.send_notification(
            recipient=recipient, subject=subject, body=body, idempotency_key=idempotency_key
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
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            recipient: Keep messages to this address.
            key_prefix: Keep messages whose key begins so.
            status: `sent` once the mail server or the mailbox has it, `failed` once the
                mail server refused it for good; `pending` before.
        """
        answer = await self.with_headers.list_notifications(
            limit=limit, cursor=cursor, recipient=recipient, key_prefix=key_prefix, status=status
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
        """Every item of `list_notifications`; a page is fetched when its first item is wanted."""
        return async_items(
            lambda cursor: self.with_headers.list_notifications(
                cursor=cursor,
                limit=limit,
                recipient=recipient,
                key_prefix=key_prefix,
                status=status,
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
        answer = await self.with_headers.resend_notification(notification_id=notification_id)
        return answer.parsed

    async def livez(self) -> Health:
        """Ask whether Notifications runs.

        Anybody may. Touches nothing else.
        """
        answer = await self.with_headers.livez()
        return answer.parsed

    async def readyz(self) -> Health:
        """Ask whether Notifications can work.

        Anybody may. Asks the database.
        """
        answer = await self.with_headers.readyz()
        return answer.parsed
