"""Hooks of Schemathesis for Auth: passwords, sessions, tokens from mails, and no sign-out of the users that it sends
requests as.

It imports nothing of the services, see `target.py`.
"""

import base64
import json
import re
from mailbox import Maildir
from time import sleep
from typing import Any
from urllib.parse import unquote

from minishop_client import Minishop

from ...kit.documents import document
from .state import GROUND, Case, http, is_good, is_stateful, numbers, turns

REFRESH = "POST /auth/refresh"
REFRESH_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
LEAVE = ("POST /auth/logout", "DELETE /auth/sessions")
SESSION = "DELETE /auth/sessions/{session_id}"
SESSION_ID = re.compile(r"SES-[0-9a-f]{32}")
USER = ("GET /auth/users/{user_id}", "PATCH /auth/users/{user_id}")
LINKS = {"POST /auth/password-reset/confirm": "Reset", "POST /auth/email-verification/confirm": "Confirm"}
"""Operations that take a token out of a mail, and how the subject of the mail begins."""
NEW_PASSWORD = ("POST /auth/register", "POST /auth/password-reset/confirm")
MAILED = re.compile(r"(?:^|#token=)([A-Za-z0-9_-]{43})$", re.MULTILINE)
RIGHT = {
    "POST /auth/login": {"username": GROUND.username, "password": GROUND.password},
    "PUT /auth/me/password": {"old_password": GROUND.password, "new_password": GROUND.password},
    "PATCH /auth/me": {"password": GROUND.password},
}
"""The fields with the credentials of a user."""


CLIENT_REQUEST = {
    name: document("auth")["components"]["schemas"]["TokenRequest"]["properties"][name]["example"]
    for name in ("grant_type", "client_id", "client_secret", "resource")
}


def fit(case: Case) -> None:
    """Insert values of this shop into a request to Auth, if that makes no other difference."""
    _name_a_user_to_spare(case)
    _leave_as_somebody_else(case)
    _name_a_session(case)
    _name_the_password(case)
    _name_a_mailed_token(case)
    _name_a_good_password(case)
    _name_a_client(case)


def _name_a_client(case: Case) -> None:
    """The service whose secret the document shows, in the place of every other one."""
    label = case.operation.label
    if label == "POST /auth/token" and is_good(case) and isinstance(case.body, dict) and next(turns[label]):
        case.body = dict(CLIENT_REQUEST)
        case.headers.pop("Authorization", None)  # a client is named once


def _name_a_user_to_spare(case: Case) -> None:
    """In the place of those that the requests come from, and of every other one."""
    label = case.operation.label
    if label in USER:
        text = unquote(case.formatted_path.rpartition("/")[2])
        user_id = int(text) if re.fullmatch("[0-9]{1,10}", text) else 0
        if 0 < user_id < 2**31 and (user_id < 1000 or next(turns[label])):
            case.path_parameters["user_id"] = GROUND.edited_id


def _leave_as_somebody_else(case: Case) -> None:
    """Or else the identities of the requests would be signed out by them."""
    if case.operation.label in LEAVE and _caller(case) is not None:
        case.headers["Authorization"] = f"Bearer {_login(GROUND.leaver)['access_token']}"


def _name_a_session(case: Case) -> None:
    """A new session of the caller, or a new refresh token of another user.

    Sometimes the generated value stays.
    """
    label = case.operation.label
    if label == SESSION and SESSION_ID.fullmatch(str(case.path_parameters.get("session_id"))):
        caller = _caller(case)
        if caller is not None and (is_stateful(case) or next(turns[label])):
            case.path_parameters["session_id"] = _claims(_login(caller)["access_token"])["sid"]
    if label == REFRESH and isinstance(case.body, dict) and not is_stateful(case):
        good = REFRESH_TOKEN.fullmatch(str(case.body.get("refresh_token")))
        if good and next(turns[label]):
            case.body["refresh_token"] = _login(GROUND.leaver)["refresh_token"]


def _login(username: str) -> Any:
    return http.post("/auth/login", json={"username": username, "password": GROUND.password}).json()


def _caller(case: Case) -> str | None:
    """The name of the user whose good token the request carries."""
    authorization = case.headers.get("Authorization")
    if not isinstance(authorization, str) or not authorization.isascii():
        return None
    me = http.get("/auth/me", headers={"Authorization": authorization})
    return me.json()["username"] if me.status_code == 200 else None


def _claims(token: str) -> Any:
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def _name_the_password(case: Case) -> None:
    """The right password every other time.

    The new password is always the same, so that later requests can sign in.
    """
    label = case.operation.label
    if label in RIGHT and isinstance(case.body, dict) and is_good(case) and next(turns[label]):
        case.body.update(RIGHT[label])


def _name_a_mailed_token(case: Case) -> None:
    """One that a new user was mailed."""
    label = case.operation.label
    if label in LINKS and isinstance(case.body, dict) and is_good(case):
        name = f"mailed-{next(numbers)}"
        email = f"{name}@example.com"
        with Minishop(GROUND.url) as shop:
            shop.auth.register(username=name, email=email, password=GROUND.password)
            if LINKS[label] == "Reset":
                shop.auth.request_password_reset(email=email)
        case.body["token"] = _mailed(email, LINKS[label])


def _name_a_good_password(case: Case) -> None:
    """A random password with a suffix, because random ones often repeat a few characters and are refused for that."""
    if case.operation.label in NEW_PASSWORD and isinstance(case.body, dict) and is_good(case):
        password = case.body.get("password")
        if isinstance(password, str):
            case.body["password"] = f"{password[:100]} of the walrus"


def _mailed(email: str, subject: str) -> str:
    """The token in a mail, for which it waits up to ten seconds."""
    for _ in range(200):
        for mail in Maildir(GROUND.mail, create=False):
            if mail["To"] == email and str(mail["Subject"]).startswith(subject):
                found: list[str] = MAILED.findall(str(mail.get_payload()))
                return found[0]
        sleep(0.05)
    raise TimeoutError(f"No mail came: {subject}")
