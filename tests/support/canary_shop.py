"""A shop with canaries, its mail server, and the acts of its users."""

from __future__ import annotations

import json
import re
import time
from email import message_from_bytes
from email.policy import default
from typing import Any

import httpx

from minishop_client import Minishop
from minishop_contracts.sensitive import SENSITIVE
from tests.support.canaries import Search, kept_names, new_canary

NAME = "the name of a field"
"""The place of a field's name in a refusal, which returns unknown names to their sender only."""
MAILED = re.compile("(?:^|#token=)([A-Za-z0-9_-]{43})$")
"""A token in a mail, bare or in a link."""
SIGNED_IN = {"customer": "ada", "admin": "grace"}
DEMO_PASSWORD = "correct-horse-battery"
PATIENCE = 60.0


class Inbox:
    """A mail server that refuses each message once, and quotes it: its token, or its last line.

    Attributes:
        mails: recipient and message of each that was taken.
        tokens: those that were mailed, refused mails too, with the recipient; the last one is the newest.
    """

    def __init__(self) -> None:
        self.mails: list[tuple[str, bytes]] = []
        self.tokens: dict[str, str] = {}
        self._refused: set[str] = set()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        recipient, message = envelope.rcpt_tos[0], message_from_bytes(envelope.content, policy=default)
        lines = message.get_content().strip().splitlines() or [""]  # type: ignore[attr-defined]
        token = next((found[1] for found in map(MAILED.search, lines) if found), None)
        if token is not None:
            self.tokens[token] = recipient
        if message["Message-ID"] not in self._refused:
            self._refused.add(message["Message-ID"])
            return f"451 not now: {(token or lines[-1])[:200].encode('ascii', 'replace').decode()} for {recipient}"
        self.mails.append((recipient, envelope.content))
        return "250 OK"

    def token(self, recipient: str) -> str | None:
        """The last one in an accepted mail to an address."""
        mails = [mail for to, mail in self.mails if to == recipient]
        return next((token for token in reversed([*self.tokens]) if mails and token.encode() in mails[-1]), None)


class Stage:
    """A shop of its own process, and all canaries that were put into it."""

    def __init__(self, url: str, known: dict[str, str]) -> None:
        self.known = known
        self.kept = kept_names()
        self.given: set[str] = set()
        self._answers: list[tuple[str, bool, bytes, bytes]] = []
        self.statuses: set[int] = set()
        self.http = httpx.Client(base_url=url, timeout=PATIENCE)
        self._tokens: dict[str, str] = {}

    def canary(self, name: str) -> str:
        """A new one."""
        canary = new_canary()
        self.known[canary] = name
        return canary

    def ask(self, method: str, url: str, **request: Any) -> httpx.Response:
        """Send it, and keep the answer for `leaks`."""
        answer = self.http.request(method, url, **request)
        self.statuses.add(answer.status_code)
        body = answer.json() if answer.headers.get("Content-Type", "").endswith("json") else answer.text
        if answer.is_success:
            self._note(body)
        names: list[str] = []
        if answer.status_code >= 400 and isinstance(body, dict):
            names = [error.pop("pointer") for error in body.get("errors", ())]
            del body["instance"]  # the path that was asked for
        told = json.dumps([body, *answer.headers.raw], default=bytes.decode).encode()
        place = f"{method} {url.partition('?')[0]}: {answer.status_code}"
        self._answers.append((place, answer.is_success, told, json.dumps(names).encode()))
        return answer

    def leaks(self, search: Search) -> list[str]:
        """Answers that contain a canary where it is not allowed.

        A success may contain stored values, and a refusal the names of fields.
        """
        found = []
        for place, success, told, names in self._answers:
            leaked = search.found(told) - (self.given | self.kept if success else set())
            leaked |= search.found(names) - {NAME}
            found += [f"{place} tells {sorted(leaked)}"] if leaked else []
        return found

    def _note(self, body: Any) -> None:
        """Secrets that the shop gives out are canaries from now on."""
        for value in body if isinstance(body, list) else [body]:
            for name, text in value.items() if isinstance(value, dict) else ():
                if name in SENSITIVE - self.kept and isinstance(text, str):
                    self.known[text] = name
                    self.given.add(name)

    def token(self, role: str, anew: bool = False) -> str:
        """That of a demo user, or of Orders."""
        if anew or role not in self._tokens:
            if role == "service":
                secret = next(canary for canary, name in self.known.items() if name == "secret of orders")
                form = {"grant_type": "client_credentials", "client_id": "orders", "client_secret": secret}
                answer = self.ask("POST", "/auth/token", data=form)
            else:
                user = {"username": SIGNED_IN[role], "password": DEMO_PASSWORD}
                answer = self.ask("POST", "/auth/login", json=user)
            self._tokens[role] = answer.json()["access_token"]
        return self._tokens[role]


def buy(stage: Stage, inbox: Inbox) -> None:
    """The whole purchase: refused once for want of money, then paid, sent, delivered and given back."""
    password, address = stage.canary("password"), stage.canary("address")
    person = {"username": "carol", "email": f"{stage.canary('email')}@example.com", "password": password}
    person["address"] = address
    assert 201 == stage.ask("POST", "/auth/register", json=person).status_code
    assert 401 == stage.ask("POST", "/auth/login", json={"username": "carol", "password": address}).status_code
    login = stage.ask("POST", "/auth/login", json={"username": "carol", "password": password}).json()
    with Minishop(str(stage.http.base_url)) as visitor:
        carol = visitor.with_token(login["access_token"])
        grace = visitor.with_token(stage.token("admin"))
        orders = visitor.with_token(stage.token("service"))
        me = carol.auth.get_me()
        carol.cart.add_cart_item(product_id=1, quantity=2)
        for payment_token, status in (f"tok_{stage.canary('payment_token')}", 402), ("tok_approved", 201):
            wish = {"user_id": me.id, "payment_method": "credit_card", "payment_token": payment_token}
            headers = {"Authorization": f"Bearer {login['access_token']}"}
            answer = stage.ask("POST", "/orders/checkout", json=wish, headers=headers)
            assert status == answer.status_code
        stage.known["tok_approved"] = "payment_token"
        order = answer.json()["order_id"]
        until(lambda: carol.orders.get_order(order).status == "shipped")
        for status in "out_for_delivery", "delivered":
            grace.shipping.update_shipment(order, status=status)  # type: ignore[arg-type]
        until(lambda: carol.orders.get_order(order).status == "delivered")
        grace.orders.refund_order(order, amount=1.0, reason="A scratch.")
        text = stage.canary("body")
        orders.notifications.send_notification(recipient=me.email, subject="A word", body=f"Hello,\n{text}\n")
        until(lambda: any(text.encode() in mail for _, mail in inbox.mails))


def token_of(recipient: str) -> str:
    """The name of a token that was mailed to an address: no one else may see it."""
    return f"token mailed to {recipient}"


def recover(stage: Stage, inbox: Inbox) -> str:
    """The operations that issue and accept tokens: a mail that is confirmed, a session, a lost password.

    Returns the address of their owner.
    """
    password, lost, email = stage.canary("new_password"), stage.canary("password"), f"{stage.canary('email')}@x.example"

    def tell(path: str, expected: int, bearer: str | None = None, form: Any = None, **body: Any) -> Any:
        content = {"data": form} if form else {"json": body} if body else {}
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        answer = stage.ask("PUT" if path == "me/password" else "POST", f"/auth/{path}", headers=headers, **content)
        assert (path, expected) == (path, answer.status_code)
        return answer.json() if expected == 200 else None

    def mailed(known: str | None = None) -> str:
        until(lambda: inbox.token(email) not in (None, known))
        token = str(inbox.token(email))
        stage.known[token] = token_of(email)
        return token

    tell("register", 201, username="dave", email=email, password=lost)
    verification = mailed()
    tell("email-verification/confirm", 204, token=verification)
    tell("email-verification/confirm", 422, token=verification)
    login = tell("login", 200, username="dave", password=lost)
    session = tell("refresh", 200, refresh_token=login["refresh_token"])
    assert tell("introspect", 200, stage.token("service"), {"token": session["access_token"]})["active"]
    tell("refresh", 401, refresh_token=login["refresh_token"])  # it was used: the session ends
    tell("refresh", 401, refresh_token=session["refresh_token"])
    tell("password-reset", 202, email=email)
    reset = mailed(verification)
    tell("password-reset/confirm", 422, token=reset, password="password1234")
    tell("password-reset/confirm", 204, token=reset, password=password)
    tell("password-reset/confirm", 422, token=reset, password=lost)
    tell("login", 401, username="dave", password=lost)
    access = tell("login", 200, username="dave", password=password)["access_token"]
    tell("me/password", 403, access, old_password=stage.canary("old_password"), new_password=lost)
    tell("me/password", 204, access, old_password=password, new_password=stage.canary("new_password"))
    tell("logout", 204, access)
    return email


def until(true: Any) -> None:
    """Look again and again."""
    give_up = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < give_up
        time.sleep(0.05)
