"""The pages in a browser, without external resources."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from ipaddress import ip_network
from pathlib import Path

import httpx
import pytest
import swagger_ui
from structlog.testing import capture_logs

from minishop_contracts.problems import PROBLEMS
from minishop_server.hosting.pages.pages import Pages
from minishop_server.hosting.request_log import RequestLog
from minishop_server.kit.settings import SERVICES
from minishop_server.tools.demo.seed import PASSWORD, USERS
from scripts.strict_yaml import parse
from tests.support.shop import Shop

LOADED = re.compile(r"(?:src|href|data-document)=\"([^\"]+)\"")


@pytest.fixture
async def browser(sqlite_shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=sqlite_shop.transport, base_url="http://shop") as http:
        yield http


async def test_every_page_and_all_that_it_loads_or_leads_to_is_there(browser: httpx.AsyncClient) -> None:
    seen: set[str] = set()
    ahead = {
        "/",
        "/docs",
        "/docs/",
        "/account/verify-email",
        "/account/reset-password",
        *(f"/docs/{name}" for name in SERVICES),
    }
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
        # The shop's own address in an example, and the name of the SVG language; neither is fetched.
        assert named <= {"http://shop", "http://www.w3.org"}, path


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


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize("path", ["/nothing", "/docs/nothing", "/account/nothing", "/assets/nothing.js", "/Docs"])
async def test_a_browser_is_told_by_a_page_that_there_is_none(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path, headers={"Accept": BROWSER})

    assert (404, "text/html; charset=utf-8") == (answer.status_code, answer.headers["Content-Type"])
    assert "Accept" == answer.headers["Vary"]
    assert answer.headers["X-Request-Id"] in answer.text
    assert 'href="/docs/cart"' in answer.text
    assert None is re.search(r"<style|\sstyle=|\son[a-z]+=|<script", answer.text)


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html;q=0, application/json", "text/*"])
async def test_a_program_is_told_by_a_problem(browser: httpx.AsyncClient, accept: str) -> None:
    answer = await browser.get("/nothing", headers={"Accept": accept})

    assert (404, "application/problem+json") == (answer.status_code, answer.headers["Content-Type"])


@pytest.mark.parametrize(
    ("host", "named"),
    [
        ("127.0.0.1:8001", "http://127.0.0.1:8001"),
        ("shop.example", "http://shop.example"),
        ("[::1]:8001", "http://[::1]:8001"),
        ('"><script>', "http://127.0.0.1:8000"),
        ('x")\nimport os #', "http://127.0.0.1:8000"),
    ],
)
async def test_the_program_of_the_start_page_names_the_address_it_was_asked_at(
    browser: httpx.AsyncClient, host: str, named: str
) -> None:
    answer = await browser.get("/", headers={"Host": host})

    assert f'Minishop("{named}")' in answer.text


@pytest.mark.parametrize(("proxy", "scheme"), [("10.0.0.1", "https"), ("10.0.0.2", "http")])
async def test_it_names_the_scheme_that_a_trusted_proxy_took(proxy: str, scheme: str) -> None:
    pages = RequestLog(Pages([ip_network("10.0.0.1")]), service="gateway")
    transport = httpx.ASGITransport(pages, client=(proxy, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.example") as http:
        answer = await http.get("/", headers={"X-Forwarded-Proto": "https"})

    assert f'Minishop("{scheme}://shop.example")' in answer.text


async def test_assets_are_what_the_pages_load_without_maps_of_their_sources(browser: httpx.AsyncClient) -> None:
    folder = Path(swagger_ui.__file__).parent / "static"
    not_served = [path.name for path in folder.iterdir() if "bundle.js" not in path.name or path.suffix == ".map"]
    not_served = [name for name in not_served if name not in ("swagger-ui.css", "LICENSE")]

    assert any(name.endswith(".map") for name in not_served)
    assert {404} == {(await browser.get(f"/assets/{name}")).status_code for name in not_served}


async def test_the_login_that_a_page_suggests_signs_a_demo_user_in(browser: httpx.AsyncClient) -> None:
    document = parse((await browser.get("/openapi/auth.yaml")).text)

    example = document["paths"]["/auth/login"]["post"]["requestBody"]["content"]["application/json"]["example"]

    assert "ada" in USERS
    assert {"username": "ada", "password": PASSWORD} == example


async def test_a_page_that_fails_is_a_problem_and_a_line_with_its_request(
    browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "hunter2"

    def fail(service: str) -> None:
        raise RuntimeError(secret)

    monkeypatch.setattr("minishop_server.hosting.pages.pages.document", fail)
    with capture_logs() as lines:
        answer = await browser.get("/")

    assert (500, "internal_error") == (answer.status_code, answer.json()["code"])
    assert ["unhandled_exception"] == [line["event"] for line in lines]
    assert secret not in f"{answer.text}{lines}"


async def test_the_type_of_each_problem_is_a_page_that_says_what_it_means(browser: httpx.AsyncClient) -> None:
    refusal = await browser.post("/auth/login", json={})
    assert "/problems/invalid-request" == refusal.json()["type"]

    pages = {code: await browser.get(f"/problems/{code.replace('_', '-')}") for code in PROBLEMS}

    assert [] == [code for code, page in pages.items() if f"<h1>{code}</h1>" not in page.text]
    page = await browser.get("/problems/if-match-required")
    assert (200, "text/html; charset=utf-8") == (page.status_code, page.headers["Content-Type"])
    assert "<p>Status 428</p>" in page.text
    assert "<p>Send the <code>ETag</code> that came with the object.</p>" in page.text


@pytest.mark.parametrize("name", ["nothing", "not_found", "Not-Found", "%3Cb%3E"])
async def test_there_is_one_page_for_a_problem_and_none_for_what_is_none(browser: httpx.AsyncClient, name: str) -> None:
    assert 404 == (await browser.get(f"/problems/{name}", follow_redirects=True)).status_code
