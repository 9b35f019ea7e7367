"""The shop under a path prefix of a proxy."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_network
from urllib.parse import urljoin

import httpx
import pytest
from pydantic import ValidationError

from minishop_client import AsyncMinishop, NotFound
from minishop_server.hosting.path_prefix import shown_under
from minishop_server.services.settings import Settings
from scripts import strict_yaml
from tests.support.shop import PASSWORD, Shop

PROXY = (ip_network("127.0.0.1"),)
FORWARDED = {"X-Forwarded-Prefix": "/shop"}
LINKS = re.compile(r"(?:src|href|data-document)=\"([^\"]+)\"")

Proxied = Callable[..., httpx.AsyncClient]


@pytest.fixture
def proxied(sqlite_shop: Shop) -> Proxied:
    """HTTP from a proxy on this machine into the shop, which trusts it, or has a setting."""

    def client(prefix: str = "", trusted: tuple[object, ...] = PROXY, **headers: str) -> httpx.AsyncClient:
        app = shown_under(prefix, trusted, sqlite_shop.gateway)  # type: ignore[arg-type]
        return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop", headers=headers)

    return client


@pytest.fixture(params=["", "/shop"], ids=["taken off", "left"])
def left(request: pytest.FixtureRequest) -> str:
    """The part of the prefix that the proxy leaves in the path of a request."""
    found: str = request.param
    return found


@pytest.mark.parametrize("by", ["header", "setting"])
async def test_what_an_answer_names_stands_under_the_prefix(
    sqlite_shop: Shop, proxied: Proxied, left: str, by: str
) -> None:
    await sqlite_shop.admin()
    token = (await sqlite_shop.client.auth.login(username="grace", password=PASSWORD)).access_token
    http = proxied(**FORWARDED) if by == "header" else proxied("/shop", ())
    http.headers["Authorization"] = f"Bearer {token}"

    made = [
        await http.post(f"{left}/catalog/products", json={"name": name, "price": 1, "stock": 1}) for name in ("a", "b")
    ]
    page = await http.get(f"{left}/catalog/products", params={"limit": 1})
    missing = await http.get(f"{left}/catalog/products/99")
    nowhere = await http.get(f"{left}/nothing")

    assert ["/shop/catalog/products/1", "/shop/catalog/products/2"] == [answer.headers["Location"] for answer in made]
    assert page.headers["Link"].startswith("</shop/catalog/products?")
    assert "/shop/catalog/products/99" == missing.json()["instance"]
    assert "/shop/nothing" == nowhere.json()["instance"]


async def test_every_page_and_all_that_it_leads_to_is_under_the_prefix(proxied: Proxied, left: str) -> None:
    http = proxied(**FORWARDED)
    seen: set[str] = set()
    ahead = {"/shop/", "/shop/docs/orders", "/shop/account/verify-email"}
    while ahead - seen:
        path = (ahead - seen).pop()
        seen.add(path)
        assert path.startswith("/shop/")
        answer = await http.get(left + path.removeprefix("/shop"))
        assert (200, path) == (answer.status_code, path)
        if answer.headers["Content-Type"].startswith("text/html"):
            assert len(answer.content) == int(answer.headers["Content-Length"])
            ahead |= {urljoin(path, link) for link in LINKS.findall(answer.text)}

    assert {"/shop/assets/swagger-ui-bundle.js", "/shop/openapi/orders.yaml", "/shop/docs/cart"} <= seen


async def test_a_page_of_refusal_and_the_address_on_the_first_one_are_under_the_prefix(proxied: Proxied) -> None:
    http = proxied(**FORWARDED)

    refused = await http.get("/nothing", headers={"Accept": "text/html"})

    assert {"/shop"} == {link[:5] for link in LINKS.findall(refused.text)}
    assert 'Minishop("http://shop/shop")' in (await http.get("/")).text


async def test_a_served_document_says_where_the_shop_is(proxied: Proxied, left: str) -> None:
    answer = await proxied(**FORWARDED).get(f"{left}/openapi/orders.yaml")

    assert ["/shop"] == [server["url"] for server in strict_yaml.parse(answer.text)["servers"]]


async def test_the_prefix_alone_is_the_start_page(proxied: Proxied) -> None:
    assert "<h1>Minishop</h1>" in (await proxied("/our/shop", ()).get("/our/shop")).text


async def test_the_client_follows_pages_under_a_prefix(sqlite_shop: Shop) -> None:
    for number in range(3):
        await sqlite_shop.product(f"Cable {number}")
    await sqlite_shop.customer()
    transport = httpx.ASGITransport(shown_under("/shop", (), sqlite_shop.gateway))

    async with AsyncMinishop("http://shop/shop", transport=transport) as client:
        ada = client.login("ada", PASSWORD)
        assert [1, 2, 3] == [product.id async for product in ada.catalog.iter_products(limit=1)]
        with pytest.raises(NotFound):
            await ada.catalog.get_product(99)


async def test_nobody_but_a_trusted_proxy_moves_the_shop(proxied: Proxied) -> None:
    for trusted in (), (ip_network("192.0.2.0/24"),):
        answer = await proxied(trusted=trusted, **FORWARDED).get("/nothing")
        assert "/nothing" == answer.json()["instance"]
        page = await proxied(trusted=trusted, **FORWARDED).get("/")
        assert 'href="/assets/style.css"' in page.text


HOSTILE = (
    *(
        "//evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/a//b",
        "/..",
        "/a/../b",
        "/.",
        "shop",
        "?",
        "/",
    ),
    *('/"><script>', "/a b", "/a,/b", "/%2F%2Fevil.example", "/\\evil.example", "/a?b", "/a#b", "/é", "/" + "a" * 100),
    *("/catalog", "/docs/x", "/a\r\nSet-Cookie: a=b", "/a\n", "/a;b", "/a:b@evil.example"),
)


@pytest.mark.parametrize("prefix", HOSTILE)
async def test_a_prefix_that_is_none_is_ignored(sqlite_shop: Shop, proxied: Proxied, prefix: str) -> None:
    http = proxied("/kept")
    headers = [("X-Forwarded-Prefix", prefix.encode("latin-1"))]

    answer = await http.get("/nothing", headers=headers)  # type: ignore[arg-type]

    assert "/kept/nothing" == answer.json()["instance"]


async def test_two_prefixes_are_none(proxied: Proxied) -> None:
    headers = [("X-Forwarded-Prefix", "/one"), ("X-Forwarded-Prefix", "/two")]

    assert "/nothing" == (await proxied().get("/nothing", headers=headers)).json()["instance"]


@pytest.mark.parametrize("prefix", [prefix for prefix in HOSTILE if "\n" not in prefix or prefix == "/a\n"])
def test_a_setting_that_is_no_prefix_is_refused(prefix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINISHOP_ROOT_PATH", prefix)
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize(("text", "prefix"), [("", ""), ("/shop", "/shop"), ("/shop/", "/shop"), ("/a/b.c", "/a/b.c")])
def test_a_slash_at_the_end_of_the_setting_makes_no_difference(
    text: str, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINISHOP_ROOT_PATH", text)

    assert prefix == Settings().root_path
