"""Secrets stay secret: canaries are put wherever a document knows a secret, and wherever one might come by mistake;
then everything that the shop has written is searched for them.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
import pytest
from aiosmtpd.smtp import AuthResult
from psycopg import sql

from minishop_client import Minishop
from minishop_server.kit.settings import SERVICES
from tests.support.canaries import Search, body_of, new_canary, parameters_of
from tests.support.canary_shop import NAME, SIGNED_IN, Inbox, Stage, buy, recover, token_of, until
from tests.support.mail_server import OnFreePort
from tests.support.operations import FORM, OPERATIONS, Operation
from tests.support.otlp import receiving
from tests.support.processes import running_shop

TALKATIVE = """
import logging
basic = logging.basicConfig
logging.basicConfig = lambda **options: basic(**{**options, "level": logging.DEBUG})
"""
"""Lets libraries log all they can."""


def sweep(stage: Stage, operation: Operation) -> None:
    """Canaries in each place of an operation, right and wrong."""
    role = next((role for role in operation.roles if role in (*SIGNED_IN, "service")), None)
    token = stage.token(role) if role else None
    example = operation.request(token)
    method, url, headers = example["method"], example["url"], example["headers"]
    query = parameters_of(operation, "query", stage.known)
    right = {**headers, **parameters_of(operation, "header", stage.known)}
    mark = "&" if "?" in url else "?"
    bodies: list[tuple[str, str]] = []
    content = None
    if operation.media_type is not None:
        body = body_of(operation, stage.known)
        is_form = operation.media_type == FORM  # in which a word is a name
        encode = urlencode if is_form else json.dumps
        content = encode(body)
        card = secrets.choice(("4111 1111 1111 1111", "4111111111111111"))
        stage.known[card] = "card number"

        def is_planted(value: Any) -> bool:
            return isinstance(value, str) and value in stage.known

        wrong: list[Any] = [{**body, name: [text]} for name, text in body.items() if is_planted(text)]
        wrong += [{**body, name: text + "x" * 20_000} for name, text in body.items() if is_planted(text)]
        wrong += [{**body, stage.canary(NAME): stage.canary("an unknown field"), "card_number": card}]
        wrong += [
            {name: stage.canary("a field of another kind") for name in body},
            stage.canary(NAME if is_form else "a body"),
        ]
        bodies = [(operation.media_type, encode(each)) for each in wrong[:-1]] + [(operation.media_type, wrong[-1])]
        bodies += [(operation.media_type, content[:-1]), (operation.media_type, json.dumps(wrong[-1]))]
        bodies += [("text/plain", content), ("application/xml", content), (FORM, urlencode(body))]
    first = stage.ask(method, url + (mark + urlencode(query) if query else ""), headers=right, content=content)
    if role and first.status_code == 401:  # it ended the session
        headers = {**headers, "Authorization": f"Bearer {stage.token(role, anew=True)}"}
    for media_type, text in bodies:
        stage.ask(method, url, headers={**headers, "Content-Type": media_type}, content=text)
    spoiled = None if content is None else content[:-2]
    in_query, in_name, in_path = stage.canary("a query"), stage.canary(NAME), stage.canary("a path")
    stage.ask(method, f"{url}{mark}password={in_query}&limit={in_query}", headers=headers, content=spoiled)
    stage.ask(method, f"{url}{mark}{in_name}=1", headers=headers, content=spoiled)
    stage.ask(method, f"{url.partition('?')[0]}/{in_path}", headers=headers, content=content)
    places = {item["name"]: quote(stage.canary("a path")) for item in operation.needs if item["in"] == "path"}
    stage.ask(method, operation.request(**places)["url"], headers=headers, content=spoiled)
    astray = stage.canary("a header")
    names = [*("Cookie", "X-Api-Key", "Idempotency-Key", "If-Match", "If-None-Match", "User-Agent", "Accept", "Origin")]
    names += ["traceparent", "tracestate"]
    lost = {name: f'"{astray}"' if name.startswith("If-") else astray for name in names}
    basic = b64encode(f"{stage.canary('a client')}:{stage.canary('a secret')}".encode()).decode()
    for credentials in f"Bearer {stage.canary('a token')}", f"Basic {basic}", stage.canary("a header"):
        stage.ask(method, url, headers={**headers, **lost, "Authorization": credentials}, content=spoiled)


@contextmanager
def broken(data: Path, databases: dict[str, str]) -> Iterator[None]:
    """Let every insert into two tables fail, with an error of PostgreSQL that quotes the refused row."""
    for service, table in (("auth", "users"), ("notifications", "work")):
        _change(data, databases, service, f"CREATE TRIGGER broken BEFORE INSERT ON {table} ", on=True)
    yield
    for service, table in (("auth", "users"), ("notifications", "work")):
        _change(data, databases, service, "DROP TRIGGER broken" + (f" ON {table}" if databases else ""), on=False)


def _change(data: Path, databases: dict[str, str], service: str, change: str, *, on: bool) -> None:
    if not databases:
        with closing(sqlite3.connect(data / f"{service}.db", timeout=30)) as lite:
            lite.execute(change + ("BEGIN SELECT RAISE(ABORT, 'broken'); END" if on else ""))
        return
    with psycopg.connect(databases[service], autocommit=True) as connection:
        if on:
            quoting = "BEGIN RAISE EXCEPTION 'broken: %', NEW USING DETAIL = NEW::text; END"
            connection.execute(f"CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ {quoting} $$")
        connection.execute((change + ("FOR EACH ROW EXECUTE FUNCTION broken()" if on else "")).encode())


def provoke(stage: Stage) -> None:
    """Errors of ours, each with its traceback in the log."""
    person = {"username": "mallory", "email": f"{stage.canary('email')}@example.com"}
    person |= {"password": stage.canary("password"), "address": stage.canary("address")}
    message = {"recipient": person["email"], "subject": "Broken", "body": stage.canary("body")}
    headers = {"Authorization": f"Bearer {stage.token('service')}"}
    assert 500 == stage.ask("POST", "/auth/register", json=person).status_code
    assert 500 == stage.ask("POST", "/notifications/send", json=message, headers=headers).status_code


def stored(data: Path, databases: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """All data on disk: SQLite files byte for byte, or each row of each table as text."""
    for path in sorted(data.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()
    for service, url in databases.items():
        with psycopg.connect(url) as connection:
            tables = connection.execute(
                "SELECT table_schema, table_name FROM information_schema.tables"
                " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
            ).fetchall()
            for table in tables:
                rows = connection.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(*table))).fetchall()
                yield f"{service}.{table[1]}", "\n".join(row[0] for row in rows).encode()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_canary_gets_out(tmp_path: Path, request: pytest.FixtureRequest, kind: str) -> None:
    known: dict[str, str] = {}

    def secret(name: str) -> str:
        canary = new_canary() + secrets.token_hex(8)
        known[canary] = name
        return canary

    settings: dict[str, str] = {} if kind == "sqlite" else request.getfixturevalue("seven_databases")
    databases = {name: settings[f"MINISHOP_{name.upper()}_DATABASE_URL"] for name in SERVICES if settings}
    password = secret("password of databases")
    settings = {name: url.replace("postgres:@", f"postgres:{password}@") for name, url in settings.items()}
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(TALKATIVE)
    inbox = Inbox()
    server = OnFreePort(
        inbox,
        hostname="127.0.0.1",
        port=0,
        authenticator=lambda *_: AuthResult(success=True),
        auth_require_tls=False,
    )
    server.start()
    settings |= {
        "PYTHONPATH": str(tmp_path / "site"),
        "MINISHOP_ORDERS_CLIENT_SECRET": secret("secret of orders"),
        "MINISHOP_SHIPPING_CLIENT_SECRET": secret("secret of shipping"),
        "MINISHOP_PAYMENTS_WEBHOOK_SECRET": secret("secret of webhooks"),
        "MINISHOP_SMTP_URL": f"smtp://shop:{secret('password of mail')}@127.0.0.1:{server.port}",
    }
    data = tmp_path / "data"
    try:
        with receiving() as receiver, running_shop(tmp_path, settings | receiver.settings()) as (process, url):
            stage = Stage(url, known)
            known[(data / "auth.key").read_text()] = "secret of keys"
            buy(stage, inbox)
            dave = recover(stage, inbox)
            with broken(data, databases):
                provoke(stage)
            for operation in OPERATIONS:
                sweep(stage, operation)
            with Minishop(url) as visitor:
                sent = visitor.with_token(stage.token("admin", anew=True)).notifications.iter_notifications
                until(lambda: all(message.status == "sent" for message in sent()))
            assert 0 == process.interrupt()
            stage.http.close()
            written = (process.output + process.log).encode()
            sent = b"".join(receiver.bodies)
            names = {span.name for span in receiver.spans()}
    finally:
        server.stop()

    known |= {token: token_of(recipient) for token, recipient in inbox.tokens.items()}
    search = Search(known)
    assert {"unhandled_exception", "work_put_off", "request"} <= {
        json.loads(line)["event"] for line in process.log.splitlines()
    }
    assert {200, 201, 400, 401, 402, 404, 405, 415, 500} <= stage.statuses
    assert [] == stage.leaks(search)
    assert {"POST /orders/checkout", "process deliver", "INSERT users"} <= names
    for told in written, sent:
        assert set() == search.found(told)
        assert not {mark for mark in (b"PRIVATE KEY", b"$argon2", b"eyJ") if mark in told}
    disk = dict(stored(data, databases))
    assert [] == [place for place, content in disk.items() if b"PRIVATE KEY" in content]
    held = {place: search.found(content) for place, content in disk.items()}
    unfit = {place: names - stage.kept for place, names in held.items() if names - stage.kept}
    assert {"auth.key": {"secret of keys"}} == unfit
    assert "email" in set().union(*held.values())
    told = [(recipient, search.found(_text(mail))) for recipient, mail in inbox.mails]
    for recipient, names in told:
        assert set() == names - {"body", "email", "recipient", "address", token_of(recipient)}
    assert {"body", token_of(dave)} <= set().union(*(names for _, names in told))


def _text(mail: bytes) -> bytes:
    """Head and text of a message, decoded."""
    message = message_from_bytes(mail, policy=default)
    return mail + str(message.get_content()).encode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "disguise",
    [
        str,
        quote,
        lambda text: json.dumps({"a": text}),
        lambda text: text.encode().hex(),
        lambda text: b64encode(text.encode()).decode(),
        lambda text: b64encode(f"a:{text}:b".encode()).decode(),
        lambda text: b64encode(f"ab{text}".encode()).decode(),
        lambda text: f"GET /?x={quote(text)}&y=1",
    ],
)
@pytest.mark.parametrize("more", ["", '"quoted" ÄÖ/+?'])
def test_the_search_finds_a_canary_in_any_disguise(disguise: Any, more: str) -> None:
    canary = new_canary() + more

    assert {"password"} == Search({canary: "password", new_canary(): "other"}).found(disguise(canary).encode())
    assert set() == Search({new_canary(): "password"}).found(disguise(canary).encode())
