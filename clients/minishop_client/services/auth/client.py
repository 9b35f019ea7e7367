# Generated from openapi/ by scripts/generate.py: do not edit.
"""The operations of the auth service as methods."""

from collections.abc import AsyncIterator, Iterator

from ...runtime import Api, AsyncApi, Response, async_items, items
from ...values import UNSET, Unset
from .api.accounts import compare_numbers as _compare_numbers
from .api.accounts import confirm_email_verification as _confirm_email_verification
from .api.accounts import get_me as _get_me
from .api.accounts import get_user as _get_user
from .api.accounts import list_users as _list_users
from .api.accounts import register as _register
from .api.accounts import request_email_verification as _request_email_verification
from .api.accounts import update_me as _update_me
from .api.accounts import update_user as _update_user
from .api.audit import list_audit_events as _list_audit_events
from .api.health import livez as _livez
from .api.health import readyz as _readyz
from .api.passwords import change_password as _change_password
from .api.passwords import confirm_password_reset as _confirm_password_reset
from .api.passwords import request_password_reset as _request_password_reset
from .api.sessions import list_revocations as _list_revocations
from .api.sessions import list_sessions as _list_sessions
from .api.sessions import logout as _logout
from .api.sessions import refresh as _refresh
from .api.sessions import revoke_session as _revoke_session
from .api.sessions import revoke_sessions as _revoke_sessions
from .api.tokens import get_jwks as _get_jwks
from .api.tokens import introspect as _introspect
from .api.tokens import issue_token as _issue_token
from .api.tokens import login as _login
from .models import (
    AccountEdit,
    AuditEvent,
    AuditEventKind,
    EmailVerification,
    Health,
    Introspection,
    IntrospectionRequest,
    JwkSet,
    KnownNumbers,
    Login,
    PasswordChange,
    PasswordReset,
    PasswordResetRequest,
    Refresh,
    Registration,
    Revocation,
    Role,
    Session,
    Token,
    TokenRequest,
    User,
    UserEdit,
    UserSummary,
)


class AuthWithHeaders(Api):
    """The same methods, answering a Response: the value with the status and the headers."""

    def register(
        self, *, username: str, email: str, password: str, address: str | Unset = UNSET
    ) -> Response[User]:
        """Create an account."""
        sent = Registration(username=username, email=email, password=password, address=address)
        request = _register.request(body=sent)
        return self._send(request, _register.parse)

    def list_users(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[UserSummary]]:
        """List accounts."""
        request = _list_users.request(limit=limit, cursor=cursor)
        return self._send(request, _list_users.parse)

    def get_user(self, user_id: int) -> Response[User]:
        """Read an account."""
        request = _get_user.request(user_id=user_id)
        return self._send(request, _get_user.parse)

    def update_user(
        self,
        user_id: int,
        *,
        role: Role | Unset = UNSET,
        disabled: bool | Unset = UNSET,
        if_match: str,
    ) -> Response[User]:
        """Edit the role of an account or disable it."""
        sent = UserEdit(role=role, disabled=disabled)
        request = _update_user.request(user_id=user_id, body=sent, if_match=if_match)
        return self._send(request, _update_user.parse)

    def get_me(self) -> Response[User]:
        """Read your account."""
        request = _get_me.request()
        return self._send(request, _get_me.parse)

    def update_me(
        self,
        *,
        email: str | Unset = UNSET,
        password: str | Unset = UNSET,
        address: str | Unset = UNSET,
        if_match: str,
    ) -> Response[User]:
        """Edit your account."""
        sent = AccountEdit(email=email, password=password, address=address)
        request = _update_me.request(body=sent, if_match=if_match)
        return self._send(request, _update_me.parse)

    def request_email_verification(self) -> Response[None]:
        """Ask for another verification mail."""
        request = _request_email_verification.request()
        return self._send(request, _request_email_verification.parse)

    def confirm_email_verification(self, *, token: str) -> Response[None]:
        """Confirm an e-mail address."""
        sent = EmailVerification(token=token)
        request = _confirm_email_verification.request(body=sent)
        return self._send(request, _confirm_email_verification.parse)

    def compare_numbers(self, *, highest: int) -> Response[None]:
        """Compare the numbers of users."""
        sent = KnownNumbers(highest=highest)
        request = _compare_numbers.request(body=sent)
        return self._send(request, _compare_numbers.parse)

    def login(self, *, username: str, password: str) -> Response[Token]:
        """Trade a password for a token."""
        sent = Login(username=username, password=password)
        request = _login.request(body=sent)
        return self._send(request, _login.parse)

    def introspect(self, *, token: str) -> Response[Introspection]:
        """Ask whether a token holds now."""
        sent = IntrospectionRequest(token=token)
        request = _introspect.request(body=sent)
        return self._send(request, _introspect.parse)

    def issue_token(
        self,
        *,
        grant_type: str,
        client_id: str | Unset = UNSET,
        client_secret: str | Unset = UNSET,
        resource: str | Unset = UNSET,
    ) -> Response[Token]:
        """Give a service its token."""
        sent = TokenRequest(
            grant_type=grant_type,
            client_id=client_id,
            client_secret=client_secret,
            resource=resource,
        )
        request = _issue_token.request(body=sent)
        return self._send(request, _issue_token.parse)

    def get_jwks(self) -> Response[JwkSet]:
        """Read the public keys."""
        request = _get_jwks.request()
        return self._send(request, _get_jwks.parse)

    def refresh(self, *, refresh_token: str) -> Response[Token]:
        """Trade a refresh token for the next tokens."""
        sent = Refresh(refresh_token=refresh_token)
        request = _refresh.request(body=sent)
        return self._send(request, _refresh.parse)

    def logout(self) -> Response[None]:
        """End this session."""
        request = _logout.request()
        return self._send(request, _logout.parse)

    def list_sessions(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[Session]]:
        """List your sessions."""
        request = _list_sessions.request(limit=limit, cursor=cursor)
        return self._send(request, _list_sessions.parse)

    def revoke_sessions(self) -> Response[None]:
        """End all your sessions."""
        request = _revoke_sessions.request()
        return self._send(request, _revoke_sessions.parse)

    def revoke_session(self, session_id: str) -> Response[None]:
        """End one of your sessions."""
        request = _revoke_session.request(session_id=session_id)
        return self._send(request, _revoke_session.parse)

    def list_revocations(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[Revocation]]:
        """List sessions that were ended."""
        request = _list_revocations.request(limit=limit, cursor=cursor)
        return self._send(request, _list_revocations.parse)

    def change_password(self, *, old_password: str, new_password: str) -> Response[None]:
        """Change your password."""
        sent = PasswordChange(old_password=old_password, new_password=new_password)
        request = _change_password.request(body=sent)
        return self._send(request, _change_password.parse)

    def request_password_reset(self, *, email: str) -> Response[None]:
        """Ask for a new password."""
        sent = PasswordResetRequest(email=email)
        request = _request_password_reset.request(body=sent)
        return self._send(request, _request_password_reset.parse)

    def confirm_password_reset(self, *, token: str, password: str) -> Response[None]:
        """Take a new password."""
        sent = PasswordReset(token=token, password=password)
        request = _confirm_password_reset.request(body=sent)
        return self._send(request, _confirm_password_reset.parse)

    def list_audit_events(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        event: AuditEventKind | Unset = UNSET,
        actor: str | Unset = UNSET,
        subject: str | Unset = UNSET,
        since: str | Unset = UNSET,
        until: str | Unset = UNSET,
    ) -> Response[list[AuditEvent]]:
        """Read the audit log."""
        request = _list_audit_events.request(
            limit=limit,
            cursor=cursor,
            event=event,
            actor=actor,
            subject=subject,
            since=since,
            until=until,
        )
        return self._send(request, _list_audit_events.parse)

    def livez(self) -> Response[Health]:
        """Ask whether Auth runs."""
        request = _livez.request()
        return self._send(request, _livez.parse)

    def readyz(self) -> Response[Health]:
        """Ask whether Auth can work."""
        request = _readyz.request()
        return self._send(request, _readyz.parse)


class AuthApi(Api):
    """The auth service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> AuthWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return AuthWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    def register(
        self, *, username: str, email: str, password: str, address: str | Unset = UNSET
    ) -> User:
        """Create an account.

        Anybody may. The account is a customer's. The address is where orders go unless a
        checkout names another. A password that would be guessed is refused (422): a common one,
        one of a few characters over and over, or one that holds the name or the e-mail address.
        A token to confirm the address with is mailed.

        Args:
            username: What a user signs in with.
            email: An e-mail address as RFC 5321 writes it without quotes and comments, the
                domain in full, an internationalised one as `xn--…`. An account is known by it
                in lower case. An encoded word (`=?…?=`, RFC 2047) is refused, as it may decode
                to a line break.
            password: At least twelve characters, any characters, counted in the normal form
                NFC of Unicode.
            address: A postal address on one line or several, not a blank one.
        """
        answer = self.with_headers.register(
            username=username, email=email, password=password, address=address
        )
        return answer.parsed

    def list_users(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[UserSummary]:
        """List accounts.

        Services and admins. By number, without addresses.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = self.with_headers.list_users(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_users(self, *, limit: int | Unset = 20) -> Iterator[UserSummary]:
        """Every item of `list_users`; a page is fetched when its first item is wanted."""
        return items(lambda cursor: self.with_headers.list_users(cursor=cursor, limit=limit))

    def get_user(self, user_id: int) -> User:
        """Read an account.

        Admins only.

        Args:
            user_id: The number of an account.
        """
        answer = self.with_headers.get_user(user_id=user_id)
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

        Admins only. Changes what the request names and leaves the rest. Another role, or being
        disabled, ends all sessions of the account at once; a disabled account cannot sign in.
        The last admin stays one, and stays enabled (409, `last_admin`).

        Args:
            user_id: The number of an account.
            role: What a user may do.
            disabled: Whether it cannot sign in.
            if_match: The `ETag` of the version that is being edited; without it the answer
                is 428, with a stale one 412. Several tags stand for any of their versions, and
                `*` for the present one, whatever it is. A weak tag (`W/"1"`) matches like a
                strong one, a deliberate departure from RFC 9110, section 13.1.1: a proxy that
                compresses an answer makes its tag weak.
        """
        answer = self.with_headers.update_user(
            user_id=user_id, role=role, disabled=disabled, if_match=if_match
        )
        return answer.parsed

    def get_me(self) -> User:
        """Read your account.

        The account that the token belongs to.
        """
        answer = self.with_headers.get_me()
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

        Changes what the request names and leaves the rest. Another `email` needs the `password`
        of the account (403, `password_required` or `wrong_password`), which counts as an
        attempt to sign in. It is `pending_email` until a token that is mailed to it is used at
        `POST /auth/email-verification/confirm`; until then the account keeps the address that
        it has, which is mailed a notice. The answer is the same if another account has the
        address; its owner is told by mail. The present address as `email` withdraws a pending
        one, and so does a new password. An account may ask for five mails in an hour (429,
        `too_many_mails`).

        Args:
            email: An e-mail address as RFC 5321 writes it without quotes and comments, the
                domain in full, an internationalised one as `xn--…`. An account is known by it
                in lower case. An encoded word (`=?…?=`, RFC 2047) is refused, as it may decode
                to a line break.
            password: The password of the account.
            address: A postal address on one line or several, not a blank one.
            if_match: The `ETag` of the version that is being edited; without it the answer
                is 428, with a stale one 412. Several tags stand for any of their versions, and
                `*` for the present one, whatever it is. A weak tag (`W/"1"`) matches like a
                strong one, a deliberate departure from RFC 9110, section 13.1.1: a proxy that
                compresses an answer makes its tag weak.
        """
        answer = self.with_headers.update_me(
            email=email, password=password, address=address, if_match=if_match
        )
        return answer.parsed

    def request_email_verification(self) -> None:
        """Ask for another verification mail.

        A token is mailed to the pending address of the account, or else to its present one,
        unless that is verified. No more than five mails an hour go to an address, whichever
        operation they come from, and an account may ask for five (429, `too_many_mails`).
        """
        answer = self.with_headers.request_email_verification()
        return answer.parsed

    def confirm_email_verification(self, *, token: str) -> None:
        """Confirm an e-mail address.

        Anybody with the token of the mail may, once, within 30 minutes. A pending address
        becomes the address of the account, and the one before is mailed a notice. A token that
        does not hold any more is a 422, and so is one for an address that the account has no
        more, or that another account has by now.

        Args:
            token: The token of a mail.
        """
        answer = self.with_headers.confirm_email_verification(token=token)
        return answer.parsed

    def compare_numbers(self, *, highest: int) -> None:
        """Compare the numbers of users.

        Orders alone, which tells the highest number of users that other services know. A
        service that has not given out that number has lost it, as after a restore of its
        database: it answers 503 from then on, until its numbers were raised by `minishop
        recover auth`.

        Args:
            highest: The highest number of a kind of thing that a service knows, without its
                prefix; 0 for none.
        """
        answer = self.with_headers.compare_numbers(highest=highest)
        return answer.parsed

    def login(self, *, username: str, password: str) -> Token:
        """Trade a password for a token.

        Anybody may. An unknown name, a wrong password and a disabled account are answered
        alike. Send the access token as `Authorization: Bearer …` with every other call. A login
        begins a session: before the access token expires, the refresh token gets the next two,
        at `POST /auth/refresh`. After 10 failures for a name from one address, or 100 from all
        addresses that its owner never signed in from, the answer is 429 for a while, whatever
        the password.

        Args:
            username: What a user signs in with.
            password: The password of the account.
        """
        answer = self.with_headers.login(username=username, password=password)
        return answer.parsed

    def introspect(self, *, token: str) -> Introspection:
        """Ask whether a token holds now.

        Services only (RFC 7662). Answered from the database: a session that was ended a moment
        ago does not hold. Of whatever does not hold, nothing but `active` is told.

        Args:
            token: An access token, or whatever came as one.
        """
        answer = self.with_headers.introspect(token=token)
        return answer.parsed

    def issue_token(
        self,
        *,
        grant_type: str,
        client_id: str | Unset = UNSET,
        client_secret: str | Unset = UNSET,
        resource: str | Unset = UNSET,
    ) -> Token:
        """Give a service its token.

        The client credentials grant of OAuth 2 (RFC 6749, section 4.4). The client names itself
        by HTTP Basic or by `client_id` and `client_secret` in the form, not by both. The token
        is good for the operations that the client's own document declares in `x-calls`, at the
        service that `resource` names (RFC 8707) or, without it, at all that the client calls;
        `scope` lists them. A refusal also carries `error` as RFC 6749, section 5.2, wants it.

        Args:
            grant_type: Always `client_credentials`.
            client_id: The name of the service.
            client_secret: The secret of the service.
            resource: The name of the service that the token is for; a name, as its address
                depends on who asks.
        """
        answer = self.with_headers.issue_token(
            grant_type=grant_type,
            client_id=client_id,
            client_secret=client_secret,
            resource=resource,
        )
        return answer.parsed

    def get_jwks(self) -> JwkSet:
        """Read the public keys.

        Anybody may. Tokens are verified with these (RFC 7517); look again when a token names an
        unknown `kid`.
        """
        answer = self.with_headers.get_jwks()
        return answer.parsed

    def refresh(self, *, refresh_token: str) -> Token:
        """Trade a refresh token for the next tokens.

        Anybody may who has the token. It works once: the answer holds the next one. When one
        comes a second time, somebody else may have it, and the whole session ends (RFC 9700,
        section 4.14.2). Unknown, expired, ended and used ones are answered alike. Do not repeat
        a call whose answer was lost: sign in again.

        Args:
            refresh_token: Opaque; it works once.
        """
        answer = self.with_headers.refresh(refresh_token=refresh_token)
        return answer.parsed

    def logout(self) -> None:
        """End this session.

        The session that the access token belongs to. Its refresh token is of no use any more;
        services in other processes take its access token for half a minute, or a minute at the
        most.
        """
        answer = self.with_headers.logout()
        return answer.parsed

    def list_sessions(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[Session]:
        """List your sessions.

        Those that are not over, the oldest first.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = self.with_headers.list_sessions(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_sessions(self, *, limit: int | Unset = 20) -> Iterator[Session]:
        """Every item of `list_sessions`; a page is fetched when its first item is wanted."""
        return items(lambda cursor: self.with_headers.list_sessions(cursor=cursor, limit=limit))

    def revoke_sessions(self) -> None:
        """End all your sessions.

        This one too, everywhere, as `POST /auth/logout` ends one.
        """
        answer = self.with_headers.revoke_sessions()
        return answer.parsed

    def revoke_session(self, session_id: str) -> None:
        """End one of your sessions.

        As `POST /auth/logout` ends the present one. Another's does not exist, and neither does
        one that is over.

        Args:
            session_id: One of the caller's sessions.
        """
        answer = self.with_headers.revoke_session(session_id=session_id)
        return answer.parsed

    def list_revocations(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[Revocation]:
        """List sessions that were ended.

        Anybody may, as with the keys: it says which access tokens (by their claim `sid`) hold
        no longer, though they have not expired. In the order in which the sessions ended:
        whoever remembers the `cursor` of the last one seen, and asks again from there later,
        misses none and sees none twice. Past `until` an entry goes away.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = self.with_headers.list_revocations(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_revocations(self, *, limit: int | Unset = 20) -> Iterator[Revocation]:
        """Every item of `list_revocations`; a page is fetched when its first item is wanted."""
        return items(lambda cursor: self.with_headers.list_revocations(cursor=cursor, limit=limit))

    def change_password(self, *, old_password: str, new_password: str) -> None:
        """Change your password.

        The old password counts as an attempt to sign in. All other sessions of the account end,
        a pending e-mail address is withdrawn, and the owner is mailed a notice, five times an
        hour at most. What a new password may be is said at `POST /auth/register`.

        Args:
            old_password: The password of the account.
            new_password: At least twelve characters, any characters, counted in the normal
                form NFC of Unicode.
        """
        answer = self.with_headers.change_password(
            old_password=old_password, new_password=new_password
        )
        return answer.parsed

    def request_password_reset(self, *, email: str) -> None:
        """Ask for a new password.

        Anybody may. A token is mailed to the address, if an account has it; the answer and the
        work are the same either way. No more than five mails an hour go to an address,
        whichever operation they come from.

        Args:
            email: An e-mail address as RFC 5321 writes it without quotes and comments, the
                domain in full, an internationalised one as `xn--…`. An account is known by it
                in lower case. An encoded word (`=?…?=`, RFC 2047) is refused, as it may decode
                to a line break.
        """
        answer = self.with_headers.request_password_reset(email=email)
        return answer.parsed

    def confirm_password_reset(self, *, token: str, password: str) -> None:
        """Take a new password.

        Anybody with the token of the mail may, once, within 30 minutes. All sessions of the
        account end, all other tokens of its mails are void, a pending e-mail address is
        withdrawn, the owner is mailed a notice, and nobody is kept from signing in to it any
        more. What a new password may be is said at `POST /auth/register`; a token that does not
        hold any more is a 422 too.

        Args:
            token: The token of a mail.
            password: At least twelve characters, any characters, counted in the normal form
                NFC of Unicode.
        """
        answer = self.with_headers.confirm_password_reset(token=token, password=password)
        return answer.parsed

    def list_audit_events(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        event: AuditEventKind | Unset = UNSET,
        actor: str | Unset = UNSET,
        subject: str | Unset = UNSET,
        since: str | Unset = UNSET,
        until: str | Unset = UNSET,
    ) -> list[AuditEvent]:
        """Read the audit log.

        Admins only. What happened to accounts, passwords, sessions, keys and the credentials of
        services, the newest first. Events are added and never changed.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            event: What happened. `denied` is a failed attempt to sign in, `locked_out` the
                last one that is allowed.
            actor: Only what this one did.
            subject: Only what happened to this one.
            since: From this time on.
            until: Before this time.
        """
        answer = self.with_headers.list_audit_events(
            limit=limit,
            cursor=cursor,
            event=event,
            actor=actor,
            subject=subject,
            since=since,
            until=until,
        )
        return answer.parsed

    def iter_audit_events(
        self,
        *,
        limit: int | Unset = 20,
        event: AuditEventKind | Unset = UNSET,
        actor: str | Unset = UNSET,
        subject: str | Unset = UNSET,
        since: str | Unset = UNSET,
        until: str | Unset = UNSET,
    ) -> Iterator[AuditEvent]:
        """Every item of `list_audit_events`; a page is fetched when its first item is wanted."""
        return items(
            lambda cursor: self.with_headers.list_audit_events(
                cursor=cursor,
                limit=limit,
                event=event,
                actor=actor,
                subject=subject,
                since=since,
                until=until,
            )
        )

    def livez(self) -> Health:
        """Ask whether Auth runs.

        Anybody may. Touches nothing else.
        """
        answer = self.with_headers.livez()
        return answer.parsed

    def readyz(self) -> Health:
        """Ask whether Auth can work.

        Anybody may. Asks the database.
        """
        answer = self.with_headers.readyz()
        return answer.parsed


class AsyncAuthWithHeaders(AsyncApi):
    """The same methods, answering a Response: the value with the status and the headers."""

    async def register(
        self, *, username: str, email: str, password: str, address: str | Unset = UNSET
    ) -> Response[User]:
        """Create an account."""
        sent = Registration(username=username, email=email, password=password, address=address)
        request = _register.request(body=sent)
        return await self._send(request, _register.parse)

    async def list_users(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[UserSummary]]:
        """List accounts."""
        request = _list_users.request(limit=limit, cursor=cursor)
        return await self._send(request, _list_users.parse)

    async def get_user(self, user_id: int) -> Response[User]:
        """Read an account."""
        request = _get_user.request(user_id=user_id)
        return await self._send(request, _get_user.parse)

    async def update_user(
        self,
        user_id: int,
        *,
        role: Role | Unset = UNSET,
        disabled: bool | Unset = UNSET,
        if_match: str,
    ) -> Response[User]:
        """Edit the role of an account or disable it."""
        sent = UserEdit(role=role, disabled=disabled)
        request = _update_user.request(user_id=user_id, body=sent, if_match=if_match)
        return await self._send(request, _update_user.parse)

    async def get_me(self) -> Response[User]:
        """Read your account."""
        request = _get_me.request()
        return await self._send(request, _get_me.parse)

    async def update_me(
        self,
        *,
        email: str | Unset = UNSET,
        password: str | Unset = UNSET,
        address: str | Unset = UNSET,
        if_match: str,
    ) -> Response[User]:
        """Edit your account."""
        sent = AccountEdit(email=email, password=password, address=address)
        request = _update_me.request(body=sent, if_match=if_match)
        return await self._send(request, _update_me.parse)

    async def request_email_verification(self) -> Response[None]:
        """Ask for another verification mail."""
        request = _request_email_verification.request()
        return await self._send(request, _request_email_verification.parse)

    async def confirm_email_verification(self, *, token: str) -> Response[None]:
        """Confirm an e-mail address."""
        sent = EmailVerification(token=token)
        request = _confirm_email_verification.request(body=sent)
        return await self._send(request, _confirm_email_verification.parse)

    async def compare_numbers(self, *, highest: int) -> Response[None]:
        """Compare the numbers of users."""
        sent = KnownNumbers(highest=highest)
        request = _compare_numbers.request(body=sent)
        return await self._send(request, _compare_numbers.parse)

    async def login(self, *, username: str, password: str) -> Response[Token]:
        """Trade a password for a token."""
        sent = Login(username=username, password=password)
        request = _login.request(body=sent)
        return await self._send(request, _login.parse)

    async def introspect(self, *, token: str) -> Response[Introspection]:
        """Ask whether a token holds now."""
        sent = IntrospectionRequest(token=token)
        request = _introspect.request(body=sent)
        return await self._send(request, _introspect.parse)

    async def issue_token(
        self,
        *,
        grant_type: str,
        client_id: str | Unset = UNSET,
        client_secret: str | Unset = UNSET,
        resource: str | Unset = UNSET,
    ) -> Response[Token]:
        """Give a service its token."""
        sent = TokenRequest(
            grant_type=grant_type,
            client_id=client_id,
            client_secret=client_secret,
            resource=resource,
        )
        request = _issue_token.request(body=sent)
        return await self._send(request, _issue_token.parse)

    async def get_jwks(self) -> Response[JwkSet]:
        """Read the public keys."""
        request = _get_jwks.request()
        return await self._send(request, _get_jwks.parse)

    async def refresh(self, *, refresh_token: str) -> Response[Token]:
        """Trade a refresh token for the next tokens."""
        sent = Refresh(refresh_token=refresh_token)
        request = _refresh.request(body=sent)
        return await self._send(request, _refresh.parse)

    async def logout(self) -> Response[None]:
        """End this session."""
        request = _logout.request()
        return await self._send(request, _logout.parse)

    async def list_sessions(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[Session]]:
        """List your sessions."""
        request = _list_sessions.request(limit=limit, cursor=cursor)
        return await self._send(request, _list_sessions.parse)

    async def revoke_sessions(self) -> Response[None]:
        """End all your sessions."""
        request = _revoke_sessions.request()
        return await self._send(request, _revoke_sessions.parse)

    async def revoke_session(self, session_id: str) -> Response[None]:
        """End one of your sessions."""
        request = _revoke_session.request(session_id=session_id)
        return await self._send(request, _revoke_session.parse)

    async def list_revocations(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[Revocation]]:
        """List sessions that were ended."""
        request = _list_revocations.request(limit=limit, cursor=cursor)
        return await self._send(request, _list_revocations.parse)

    async def change_password(self, *, old_password: str, new_password: str) -> Response[None]:
        """Change your password."""
        sent = PasswordChange(old_password=old_password, new_password=new_password)
        request = _change_password.request(body=sent)
        return await self._send(request, _change_password.parse)

    async def request_password_reset(self, *, email: str) -> Response[None]:
        """Ask for a new password."""
        sent = PasswordResetRequest(email=email)
        request = _request_password_reset.request(body=sent)
        return await self._send(request, _request_password_reset.parse)

    async def confirm_password_reset(self, *, token: str, password: str) -> Response[None]:
        """Take a new password."""
        sent = PasswordReset(token=token, password=password)
        request = _confirm_password_reset.request(body=sent)
        return await self._send(request, _confirm_password_reset.parse)

    async def list_audit_events(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        event: AuditEventKind | Unset = UNSET,
        actor: str | Unset = UNSET,
        subject: str | Unset = UNSET,
        since: str | Unset = UNSET,
        until: str | Unset = UNSET,
    ) -> Response[list[AuditEvent]]:
        """Read the audit log."""
        request = _list_audit_events.request(
            limit=limit,
            cursor=cursor,
            event=event,
            actor=actor,
            subject=subject,
            since=since,
            until=until,
        )
        return await self._send(request, _list_audit_events.parse)

    async def livez(self) -> Response[Health]:
        """Ask whether Auth runs."""
        request = _livez.request()
        return await self._send(request, _livez.parse)

    async def readyz(self) -> Response[Health]:
        """Ask whether Auth can work."""
        request = _readyz.request()
        return await self._send(request, _readyz.parse)


class AsyncAuthApi(AsyncApi):
    """The auth service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncAuthWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return AsyncAuthWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    async def register(
        self, *, username: str, email: str, password: str, address: str | Unset = UNSET
    ) -> User:
        """Create an account.

        Anybody may. The account is a customer's. The address is where orders go unless a
        checkout names another. A password that would be guessed is refused (422): a common one,
        one of a few characters over and over, or one that holds the name or the e-mail address.
        A token to confirm the address with is mailed.

        Args:
            username: What a user signs in with.
            email: An e-mail address as RFC 5321 writes it without quotes and comments, the
                domain in full, an internationalised one as `xn--…`. An account is known by it
                in lower case. An encoded word (`=?…?=`, RFC 2047) is refused, as it may decode
                to a line break.
            password: At least twelve characters, any characters, counted in the normal form
                NFC of Unicode.
            address: A postal address on one line or several, not a blank one.
        """
        answer = await self.with_headers.register(
            username=username, email=email, password=password, address=address
        )
        return answer.parsed

    async def list_users(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[UserSummary]:
        """List accounts.

        Services and admins. By number, without addresses.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = await self.with_headers.list_users(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_users(self, *, limit: int | Unset = 20) -> AsyncIterator[UserSummary]:
        """Every item of `list_users`; a page is fetched when its first item is wanted."""
        return async_items(lambda cursor: self.with_headers.list_users(cursor=cursor, limit=limit))

    async def get_user(self, user_id: int) -> User:
        """Read an account.

        Admins only.

        Args:
            user_id: The number of an account.
        """
        answer = await self.with_headers.get_user(user_id=user_id)
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

        Admins only. Changes what the request names and leaves the rest. Another role, or being
        disabled, ends all sessions of the account at once; a disabled account cannot sign in.
        The last admin stays one, and stays enabled (409, `last_admin`).

        Args:
            user_id: The number of an account.
            role: What a user may do.
            disabled: Whether it cannot sign in.
            if_match: The `ETag` of the version that is being edited; without it the answer
                is 428, with a stale one 412. Several tags stand for any of their versions, and
                `*` for the present one, whatever it is. A weak tag (`W/"1"`) matches like a
                strong one, a deliberate departure from RFC 9110, section 13.1.1: a proxy that
                compresses an answer makes its tag weak.
        """
        answer = await self.with_headers.update_user(
            user_id=user_id, role=role, disabled=disabled, if_match=if_match
        )
        return answer.parsed

    async def get_me(self) -> User:
        """Read your account.

        The account that the token belongs to.
        """
        answer = await self.with_headers.get_me()
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

        Changes what the request names and leaves the rest. Another `email` needs the `password`
        of the account (403, `password_required` or `wrong_password`), which counts as an
        attempt to sign in. It is `pending_email` until a token that is mailed to it is used at
        `POST /auth/email-verification/confirm`; until then the account keeps the address that
        it has, which is mailed a notice. The answer is the same if another account has the
        address; its owner is told by mail. The present address as `email` withdraws a pending
        one, and so does a new password. An account may ask for five mails in an hour (429,
        `too_many_mails`).

        Args:
            email: An e-mail address as RFC 5321 writes it without quotes and comments, the
                domain in full, an internationalised one as `xn--…`. An account is known by it
                in lower case. An encoded word (`=?…?=`, RFC 2047) is refused, as it may decode
                to a line break.
            password: The password of the account.
            address: A postal address on one line or several, not a blank one.
            if_match: The `ETag` of the version that is being edited; without it the answer
                is 428, with a stale one 412. Several tags stand for any of their versions, and
                `*` for the present one, whatever it is. A weak tag (`W/"1"`) matches like a
                strong one, a deliberate departure from RFC 9110, section 13.1.1: a proxy that
                compresses an answer makes its tag weak.
        """
        answer = await self.with_headers.update_me(
            email=email, password=password, address=address, if_match=if_match
        )
        return answer.parsed

    async def request_email_verification(self) -> None:
        """Ask for another verification mail.

        A token is mailed to the pending address of the account, or else to its present one,
        unless that is verified. No more than five mails an hour go to an address, whichever
        operation they come from, and an account may ask for five (429, `too_many_mails`).
        """
        answer = await self.with_headers.request_email_verification()
        return answer.parsed

    async def confirm_email_verification(self, *, token: str) -> None:
        """Confirm an e-mail address.

        Anybody with the token of the mail may, once, within 30 minutes. A pending address
        becomes the address of the account, and the one before is mailed a notice. A token that
        does not hold any more is a 422, and so is one for an address that the account has no
        more, or that another account has by now.

        Args:
            token: The token of a mail.
        """
        answer = await self.with_headers.confirm_email_verification(token=token)
        return answer.parsed

    async def compare_numbers(self, *, highest: int) -> None:
        """Compare the numbers of users.

        Orders alone, which tells the highest number of users that other services know. A
        service that has not given out that number has lost it, as after a restore of its
        database: it answers 503 from then on, until its numbers were raised by `minishop
        recover auth`.

        Args:
            highest: The highest number of a kind of thing that a service knows, without its
                prefix; 0 for none.
        """
        answer = await self.with_headers.compare_numbers(highest=highest)
        return answer.parsed

    async def login(self, *, username: str, password: str) -> Token:
        """Trade a password for a token.

        Anybody may. An unknown name, a wrong password and a disabled account are answered
        alike. Send the access token as `Authorization: Bearer …` with every other call. A login
        begins a session: before the access token expires, the refresh token gets the next two,
        at `POST /auth/refresh`. After 10 failures for a name from one address, or 100 from all
        addresses that its owner never signed in from, the answer is 429 for a while, whatever
        the password.

        Args:
            username: What a user signs in with.
            password: The password of the account.
        """
        answer = await self.with_headers.login(username=username, password=password)
        return answer.parsed

    async def introspect(self, *, token: str) -> Introspection:
        """Ask whether a token holds now.

        Services only (RFC 7662). Answered from the database: a session that was ended a moment
        ago does not hold. Of whatever does not hold, nothing but `active` is told.

        Args:
            token: An access token, or whatever came as one.
        """
        answer = await self.with_headers.introspect(token=token)
        return answer.parsed

    async def issue_token(
        self,
        *,
        grant_type: str,
        client_id: str | Unset = UNSET,
        client_secret: str | Unset = UNSET,
        resource: str | Unset = UNSET,
    ) -> Token:
        """Give a service its token.

        The client credentials grant of OAuth 2 (RFC 6749, section 4.4). The client names itself
        by HTTP Basic or by `client_id` and `client_secret` in the form, not by both. The token
        is good for the operations that the client's own document declares in `x-calls`, at the
        service that `resource` names (RFC 8707) or, without it, at all that the client calls;
        `scope` lists them. A refusal also carries `error` as RFC 6749, section 5.2, wants it.

        Args:
            grant_type: Always `client_credentials`.
            client_id: The name of the service.
            client_secret: The secret of the service.
            resource: The name of the service that the token is for; a name, as its address
                depends on who asks.
        """
        answer = await self.with_headers.issue_token(
            grant_type=grant_type,
            client_id=client_id,
            client_secret=client_secret,
            resource=resource,
        )
        return answer.parsed

    async def get_jwks(self) -> JwkSet:
        """Read the public keys.

        Anybody may. Tokens are verified with these (RFC 7517); look again when a token names an
        unknown `kid`.
        """
        answer = await self.with_headers.get_jwks()
        return answer.parsed

    async def refresh(self, *, refresh_token: str) -> Token:
        """Trade a refresh token for the next tokens.

        Anybody may who has the token. It works once: the answer holds the next one. When one
        comes a second time, somebody else may have it, and the whole session ends (RFC 9700,
        section 4.14.2). Unknown, expired, ended and used ones are answered alike. Do not repeat
        a call whose answer was lost: sign in again.

        Args:
            refresh_token: Opaque; it works once.
        """
        answer = await self.with_headers.refresh(refresh_token=refresh_token)
        return answer.parsed

    async def logout(self) -> None:
        """End this session.

        The session that the access token belongs to. Its refresh token is of no use any more;
        services in other processes take its access token for half a minute, or a minute at the
        most.
        """
        answer = await self.with_headers.logout()
        return answer.parsed

    async def list_sessions(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[Session]:
        """List your sessions.

        Those that are not over, the oldest first.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = await self.with_headers.list_sessions(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_sessions(self, *, limit: int | Unset = 20) -> AsyncIterator[Session]:
        """Every item of `list_sessions`; a page is fetched when its first item is wanted."""
        return async_items(
            lambda cursor: self.with_headers.list_sessions(cursor=cursor, limit=limit)
        )

    async def revoke_sessions(self) -> None:
        """End all your sessions.

        This one too, everywhere, as `POST /auth/logout` ends one.
        """
        answer = await self.with_headers.revoke_sessions()
        return answer.parsed

    async def revoke_session(self, session_id: str) -> None:
        """End one of your sessions.

        As `POST /auth/logout` ends the present one. Another's does not exist, and neither does
        one that is over.

        Args:
            session_id: One of the caller's sessions.
        """
        answer = await self.with_headers.revoke_session(session_id=session_id)
        return answer.parsed

    async def list_revocations(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[Revocation]:
        """List sessions that were ended.

        Anybody may, as with the keys: it says which access tokens (by their claim `sid`) hold
        no longer, though they have not expired. In the order in which the sessions ended:
        whoever remembers the `cursor` of the last one seen, and asks again from there later,
        misses none and sees none twice. Past `until` an entry goes away.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = await self.with_headers.list_revocations(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_revocations(self, *, limit: int | Unset = 20) -> AsyncIterator[Revocation]:
        """Every item of `list_revocations`; a page is fetched when its first item is wanted."""
        return async_items(
            lambda cursor: self.with_headers.list_revocations(cursor=cursor, limit=limit)
        )

    async def change_password(self, *, old_password: str, new_password: str) -> None:
        """Change your password.

        The old password counts as an attempt to sign in. All other sessions of the account end,
        a pending e-mail address is withdrawn, and the owner is mailed a notice, five times an
        hour at most. What a new password may be is said at `POST /auth/register`.

        Args:
            old_password: The password of the account.
            new_password: At least twelve characters, any characters, counted in the normal
                form NFC of Unicode.
        """
        answer = await self.with_headers.change_password(
            old_password=old_password, new_password=new_password
        )
        return answer.parsed

    async def request_password_reset(self, *, email: str) -> None:
        """Ask for a new password.

        Anybody may. A token is mailed to the address, if an account has it; the answer and the
        work are the same either way. No more than five mails an hour go to an address,
        whichever operation they come from.

        Args:
            email: An e-mail address as RFC 5321 writes it without quotes and comments, the
                domain in full, an internationalised one as `xn--…`. An account is known by it
                in lower case. An encoded word (`=?…?=`, RFC 2047) is refused, as it may decode
                to a line break.
        """
        answer = await self.with_headers.request_password_reset(email=email)
        return answer.parsed

    async def confirm_password_reset(self, *, token: str, password: str) -> None:
        """Take a new password.

        Anybody with the token of the mail may, once, within 30 minutes. All sessions of the
        account end, all other tokens of its mails are void, a pending e-mail address is
        withdrawn, the owner is mailed a notice, and nobody is kept from signing in to it any
        more. What a new password may be is said at `POST /auth/register`; a token that does not
        hold any more is a 422 too.

        Args:
            token: The token of a mail.
            password: At least twelve characters, any characters, counted in the normal form
                NFC of Unicode.
        """
        answer = await self.with_headers.confirm_password_reset(token=token, password=password)
        return answer.parsed

    async def list_audit_events(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        event: AuditEventKind | Unset = UNSET,
        actor: str | Unset = UNSET,
        subject: str | Unset = UNSET,
        since: str | Unset = UNSET,
        until: str | Unset = UNSET,
    ) -> list[AuditEvent]:
        """Read the audit log.

        Admins only. What happened to accounts, passwords, sessions, keys and the credentials of
        services, the newest first. Events are added and never changed.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            event: What happened. `denied` is a failed attempt to sign in, `locked_out` the
                last one that is allowed.
            actor: Only what this one did.
            subject: Only what happened to this one.
            since: From this time on.
            until: Before this time.
        """
        answer = await self.with_headers.list_audit_events(
            limit=limit,
            cursor=cursor,
            event=event,
            actor=actor,
            subject=subject,
            since=since,
            until=until,
        )
        return answer.parsed

    def iter_audit_events(
        self,
        *,
        limit: int | Unset = 20,
        event: AuditEventKind | Unset = UNSET,
        actor: str | Unset = UNSET,
        subject: str | Unset = UNSET,
        since: str | Unset = UNSET,
        until: str | Unset = UNSET,
    ) -> AsyncIterator[AuditEvent]:
        """Every item of `list_audit_events`; a page is fetched when its first item is wanted."""
        return async_items(
            lambda cursor: self.with_headers.list_audit_events(
                cursor=cursor,
                limit=limit,
                event=event,
                actor=actor,
                subject=subject,
                since=since,
                until=until,
            )
        )

    async def livez(self) -> Health:
        """Ask whether Auth runs.

        Anybody may. Touches nothing else.
        """
        answer = await self.with_headers.livez()
        return answer.parsed

    async def readyz(self) -> Health:
        """Ask whether Auth can work.

        Anybody may. Asks the database.
        """
        answer = await self.with_headers.readyz()
        return answer.parsed
