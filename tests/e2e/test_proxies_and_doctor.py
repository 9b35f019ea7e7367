"""The command on a public address: the proxies it trusts, the origins it permits, and its doctor."""

from __future__ import annotations

from pathlib import Path

import httpx

from minishop_client import Minishop
from minishop_server.tools.demo.seed import PASSWORD
from tests.support.processes import run, running_shop

ORIGIN = "https://shop.example"


def test_a_shop_counts_by_the_address_of_the_peer_whatever_is_forwarded(tmp_path: Path) -> None:
    settings = {"MINISHOP_RATE_LIMITS": "on", "MINISHOP_CORS_ORIGINS": ORIGIN}
    with running_shop(tmp_path, settings) as (_, url), httpx.Client(base_url=url) as http:
        asked = [
            http.post("/auth/register", params={"nobody": "1"}, headers={"X-Forwarded-For": f"198.51.100.{n}"})
            for n in range(21)
        ]
        preflight = http.options("/auth/login", headers={"Origin": ORIGIN, "Access-Control-Request-Method": "POST"})
        other = http.get("/auth/livez", headers={"Origin": "https://evil.example"})

    assert [*[400] * 20, 429] == [answer.status_code for answer in asked]
    assert (200, ORIGIN) == (preflight.status_code, preflight.headers["Access-Control-Allow-Origin"])
    assert "Access-Control-Allow-Origin" not in other.headers


def test_a_shop_behind_a_trusted_proxy_counts_by_what_it_forwards(tmp_path: Path) -> None:
    settings = {"MINISHOP_RATE_LIMITS": "on", "MINISHOP_TRUSTED_PROXIES": "127.0.0.1"}
    with running_shop(tmp_path, settings) as (_, url), httpx.Client(base_url=url) as http:
        asked = [
            http.post("/auth/register", params={"nobody": "1"}, headers={"X-Forwarded-For": f"198.51.100.{n % 2}"})
            for n in range(42)
        ]
        without = http.options("/cart", headers={"Origin": ORIGIN, "Access-Control-Request-Method": "GET"})

    assert [*[400] * 40, 429, 429] == [answer.status_code for answer in asked]
    assert 405 == without.status_code


def test_a_shop_under_a_path_prefix_names_it_in_its_answers_and_pages(tmp_path: Path) -> None:
    settings = {"MINISHOP_ROOT_PATH": "/shop", "MINISHOP_TRUSTED_PROXIES": "127.0.0.1", "MINISHOP_DEMO": "small"}
    with running_shop(tmp_path, settings) as (_, url), httpx.Client(base_url=url) as http:
        taken_off, left = http.get("/nothing"), http.get("/shop/nothing")
        said = http.get("/shop/nothing", headers={"X-Forwarded-Prefix": "/said"})
        page = http.get("/shop/docs/orders").text
        document = http.get("/shop/openapi/orders.yaml").text
        with Minishop(f"{url}/shop") as shop:
            products = [product.id for product in shop.login("ada", PASSWORD).catalog.iter_products(limit=20)]

    assert "/shop/nothing" == taken_off.json()["instance"] == left.json()["instance"]
    assert "/said/shop/nothing" == said.json()["instance"]
    assert 'data-document="/shop/openapi/orders.yaml"' in page
    assert "\n- url: /shop\n" in document
    assert len(products) > 20


def test_a_shop_that_others_may_reach_has_no_account_with_the_published_password(tmp_path: Path) -> None:
    with running_shop(tmp_path, {"MINISHOP_TRUSTED_PROXIES": "127.0.0.1"}) as (process, url):
        process.wait_until_printed("Ctrl-C stops it.")
        refused = httpx.post(f"{url}/auth/login", json={"username": "grace", "password": PASSWORD})

    assert 401 == refused.status_code
    assert PASSWORD not in process.output
    assert "minishop admin create" in process.output


def test_doctor_ends_with_1_where_something_is_unsafe_and_says_what(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor", settings={"MINISHOP_RATE_LIMITS": "off", "MINISHOP_HOTS": "0.0.0.0"})

    assert 1 == done.returncode
    assert "MINISHOP_RATE_LIMITS is off" in done.stdout
    assert "Did you mean MINISHOP_HOST?" in done.stdout
    assert "Unsafe: 2" in done.stdout


def test_doctor_ends_with_0_where_nothing_is(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor", settings={"MINISHOP_RATE_LIMITS": "on"})

    assert (0, "") == (done.returncode, done.stderr)
    assert "Nothing is unsafe." in done.stdout


def test_doctor_says_which_setting_cannot_be_read(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor", settings={"MINISHOP_CORS_ORIGINS": "*"})

    assert 2 == done.returncode
    assert "MINISHOP_CORS_ORIGINS" in done.stderr
