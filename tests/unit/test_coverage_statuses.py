"""scripts/coverage_statuses.py names each documented answer that neither the tests nor the fuzzing saw."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))  # where Python finds what scripts import

import coverage_statuses


@pytest.fixture(autouse=True)
def _reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports by which everything documented was seen: what the orders answer in fuzzing, the rest in tests."""
    monkeypatch.setattr(coverage_statuses, "REPORTS", tmp_path)
    seen = {answer for answer in coverage_statuses.documented() if answer[2] not in coverage_statuses.UNSEEN}
    tested = [answer for answer in seen if answer[0] != "orders"]
    fuzzed: dict[str, dict[int, int]] = {operation: {} for service, operation, _ in seen if service == "orders"}
    for service, operation, status in seen:
        if service == "orders":
            fuzzed[operation][status] = 1
    for name, content in {"statuses/gw0.json": tested, "fuzz/orders.json": fuzzed}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(json.dumps(content), "utf-8")


def test_all_is_well_where_everything_was_seen(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == coverage_statuses.main()
    assert 1 == len(capsys.readouterr().out.splitlines())


@pytest.mark.parametrize("answer", [("orders", "checkout", 402), ("cart", "get_cart", 200)])
def test_what_nothing_saw_is_named(
    answer: tuple[str, str, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service, operation, status = answer
    tests, fuzzing = tmp_path / "statuses" / "gw0.json", tmp_path / "fuzz" / "orders.json"
    tests.write_text(json.dumps([seen for seen in json.loads(tests.read_text()) if tuple(seen) != answer]))
    counts = json.loads(fuzzing.read_text())
    counts.get(operation, {}).pop(str(status), None)
    fuzzing.write_text(json.dumps(counts))

    assert 1 == coverage_statuses.main()
    assert [f"{service}.{operation}: no test and no fuzzing saw {status}"] == capsys.readouterr().out.splitlines()[:-1]


def test_a_run_that_noted_nothing_is_no_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "statuses" / "gw0.json").unlink()

    assert 1 == coverage_statuses.main()
    assert "run pytest first" in capsys.readouterr().out
