"""What a person sees in a browser, with nothing loaded from elsewhere."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from minishop_server.kit.settings import SERVICES

from ..shop import Shop

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))  # where Python finds what scripts import

from strict_yaml import parse

LOADED = re.compile(r"(?:src|href|data-document)=\"([^\"]+)\"")


@pytest.fixture
async def browser(sqlite_shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=sqlite_shop.transport, base_url="http://shop") as http:
        yield http


async def test_every_page_and_all_that_it_loads_or_leads_to_is_there(browser: httpx.AsyncClient) -> None:
    seen: set[str] = set()
    ahead = {"/", "/account/verify-email", "/account/reset-password", *(f"/docs/{name}" for name in SERVICES)}
    while ahead - seen:
        path = (ahead - seen).pop()
        seen.add(path)
        answer = await browser.get(path)
        assert (200, path) == (answer.status_code, path)
        if answer.headers["Content-Type"].startswith("text/html"):
            assert "utf-8" in answer.headers["Content-Type"]
            ahead |= set(LOADED.findall(answer.text))

    assert {
        "/",
        "/assets/swagger-ui-bundle.js",
        "/assets/swagger-ui.css",
        *(f"/openapi/{s}.yaml" for s in SERVICES),
    } <= seen
    assert [] == [path for path in seen if not path.startswith("/")]


async def test_no_page_or_script_of_ours_names_another_host_to_load_from(browser: httpx.AsyncClient) -> None:
    for path in (
        "/",
        "/docs/orders",
        "/assets/style.css",
        "/assets/swagger.js",
        "/assets/account.js",
        "/assets/flow.svg",
        "/assets/bag.svg",
    ):
        text = (await browser.get(path)).text
        named = set(re.findall(r"(?:https?:)?//[a-z0-9.:-]+", text))
        # The address of the local shop in an example, and the name of the SVG language; neither is fetched.
        assert named <= {"http://127.0.0.1:8000", "http://www.w3.org"}, path


async def test_the_served_documents_are_whole_and_lead_to_this_shop(browser: httpx.AsyncClient) -> None:
    for name in SERVICES:
        answer = await browser.get(f"/openapi/{name}.yaml")
        document = parse(answer.text)

        assert ("3.0.3", "application/yaml") == (document["openapi"], answer.headers["Content-Type"].split(";")[0])
        assert [{"url": "/"}] == [{"url": server["url"]} for server in document["servers"]]
        assert [] == [ref for ref in re.findall(r"\$ref: *['\"]?([^'\"\s}]+)", answer.text) if not ref.startswith("#")]


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/account/nothing",
        "/docs/nothing",
        "/openapi/nothing.yaml",
        "/assets/nothing.js",
        "/assets/../index.html",
        "/Docs",
    ],
)
async def test_what_is_not_there_is_a_problem(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)

    assert (404, "application/problem+json") == (answer.status_code, answer.headers["Content-Type"])
    assert "not_found" == answer.json()["code"]
    assert answer.json()["request_id"] == answer.headers["X-Request-Id"]


@pytest.mark.parametrize("path", ["/", "/docs/orders", "/assets/swagger-ui-bundle.js", "/nothing"])
async def test_a_page_runs_nothing_that_is_written_into_it_and_is_in_no_frame(
    browser: httpx.AsyncClient, path: str
) -> None:
    headers = (await browser.get(path)).headers

    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert {"'none'"} == {policy[name] for name in ("default-src", "base-uri", "form-action", "frame-ancestors")}
    assert {"'self'"} == {policy[name] for name in ("script-src", "style-src", "connect-src")}
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "nosniff" == headers["X-Content-Type-Options"]
    assert "no-referrer" == headers["Referrer-Policy"]
    assert ("same-origin", "same-origin") == (
        headers["Cross-Origin-Opener-Policy"],
        headers["Cross-Origin-Resource-Policy"],
    )
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


async def test_no_page_has_a_script_or_a_style_written_into_it(browser: httpx.AsyncClient) -> None:
    for path in ("/", "/docs/orders", "/account/reset-password"):
        page = (await browser.get(path)).text

        assert None is re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?! src=)", page), path


async def test_a_page_takes_no_other_method(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/")

    assert (405, "GET, HEAD") == (answer.status_code, answer.headers["Allow"])
