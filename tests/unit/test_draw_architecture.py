"""docs/architecture.md is drawn from the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import draw_architecture


def test_the_page_has_every_picture_and_no_mark_is_left() -> None:
    page = draw_architecture.page()

    assert 5 == page.count("```mermaid\n")
    assert "<!--" not in page


def test_the_arrows_of_the_house_are_the_imports_of_the_code() -> None:
    edges = draw_architecture.room_imports()

    assert ("services", "kit") in edges
    assert ("hosting", "contract") in edges
    assert ("contract", "kit") in edges
    assert [] == [edge for edge in edges if edge[0] == "kit" and edge[1] in draw_architecture.ROOMS]


def test_a_request_passes_the_checks_in_the_order_of_the_code() -> None:
    assert [
        "limits",
        "security",
        "accept",
        "parameters",
        "body",
        "handler",
        "responses",
    ] == draw_architecture.request_steps()


def test_a_checkout_shows_the_calls_of_the_request_before_those_of_its_jobs() -> None:
    picture = draw_architecture.checkout()

    order = ["cart: get_cart_for_checkout", "add job checkout", "catalog: reserve_stock", "payments: process_payment"]
    places = [picture.index(text) for text in (*order, "job ship", "shipping: create_shipment")]
    assert sorted(places) == places


def test_every_service_that_sends_mail_is_in_the_picture() -> None:
    picture = draw_architecture.mail()

    assert [1, 1, 1] == [picture.count(f'["{name}: job ') for name in ("auth", "orders", "shipping")]
    assert '["notifications: job deliver"]' in picture


def test_a_page_that_is_not_up_to_date_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "architecture.md"
    monkeypatch.setattr(draw_architecture, "PAGE", page)
    monkeypatch.setattr("sys.argv", ["draw_architecture"])
    assert 0 == draw_architecture.main()
    monkeypatch.setattr("sys.argv", ["draw_architecture", "--check"])
    assert 0 == draw_architecture.main()

    page.write_text("# Something else\n")

    assert 1 == draw_architecture.main()
    assert "architecture.md is not up to date: run make generate.\n" == capsys.readouterr().out
