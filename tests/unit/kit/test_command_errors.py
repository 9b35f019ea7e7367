"""A command that fails prints the reason, and none of its data."""

from __future__ import annotations

import pytest

from minishop_server.commands.errors import told_plainly


def test_a_slip_of_ours_is_told_by_its_kind_and_its_lines_alone(capsys: pytest.CaptureFixture[str]) -> None:
    detail = "Key (email)=(user@example.com) already exists."
    with pytest.raises(SystemExit) as end, told_plainly():
        raise ValueError(detail)

    error = capsys.readouterr().err
    assert 1 == end.value.code
    assert "test_command_errors.py" in error
    assert "ValueError" in error
    assert "user@example.com" not in error


def test_a_command_that_was_cut_short_does_not_look_as_if_it_had_found_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as end, told_plainly():
        raise KeyboardInterrupt

    assert (130, "\nStopped.\n") == (end.value.code, capsys.readouterr().out)
