"""The manifests in deploy/ and the Compose file are those that the documents and settings give."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from scripts import draw_deploy


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the generated files, which the script checks instead."""
    for name in draw_deploy.files():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(draw_deploy.ROOT / name, tmp_path / name)
    monkeypatch.setattr(draw_deploy, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["draw_deploy", "--check"])
    return tmp_path


def test_the_manifests_are_up_to_date(folder: Path) -> None:
    assert 0 == draw_deploy.main()


@pytest.mark.parametrize(
    "name",
    [
        "compose.yaml",
        "deploy/compose/nginx.conf",
        "deploy/kubernetes/base/cart.yaml",
        "deploy/kubernetes/base/nginx.conf",
        "deploy/kubernetes/expected.yaml",
        "deploy/kubernetes/overlays/cnpg/postgres.yaml",
    ],
)
def test_a_changed_or_removed_manifest_is_found(folder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / name).write_text("changed", "utf-8")
    assert 1 == draw_deploy.main()
    (folder / name).unlink()
    assert 1 == draw_deploy.main()

    assert [f"{name} is not up to date: run make generate."] * 2 == capsys.readouterr().out.splitlines()


def test_a_manifest_of_a_service_that_is_gone_is_found_and_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = folder / draw_deploy.KUBERNETES / "base" / "gone.yaml"
    left.write_text("kind: Service\n", "utf-8")
    assert 1 == draw_deploy.main()

    monkeypatch.setattr(sys, "argv", ["draw_deploy"])
    draw_deploy.main()

    assert not left.exists()
