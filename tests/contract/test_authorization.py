"""Refusals of every operation: generated from the documents, requested from a running shop."""

from __future__ import annotations

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from minishop_server.hosting.request_log import REFUSAL
from minishop_server.kit.documents import CLIENTS
from minishop_server.kit.problems import RequestTimeout
from minishop_server.kit.settings import SERVICES, ServiceName
from scripts.operations import METHODS
from tests.support.open_shop import OpenShop
from tests.support.operations import OPERATIONS, Operation
from tests.support.problems import assert_problem, each, permitted

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECURED = [operation for operation in OPERATIONS if operation.roles]
PUBLIC = [operation for operation in OPERATIONS if not operation.roles]
READING = [operation for operation in OPERATIONS if operation.method == "get"]
WITH_ANSWER = [operation for operation in OPERATIONS if "406" in operation.node["responses"]]
SHUT_OUT = [(o, role) for o in SECURED for role in ("customer", "admin", "service") if role not in o.roles]
PATHS = sorted({operation.path for operation in OPERATIONS})

CLAIMS = ("exp", "iat", "iss", "aud", "sub", "jti", "username", "role", "sid")
ODD_TOKENS = [
    "unsigned",
    "another issuer",
    "another audience",
    "another type",
    *(f"without {claim}" for claim in CLAIMS),
]
SECRET = "never-to-be-repeated"
KIB = 1 << 10


@each(SECURED)
async def test_no_token_is_401_with_a_challenge(open_shop: OpenShop, operation: Operation) -> None:
    answer = await open_shop.http.request(**operation.request())

    assert_problem(401, answer)
    assert "Bearer" == answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("kind", ["garbled", "no JWT", "expired", "another's signature"])
@each(SECURED)
async def test_a_token_that_does_not_hold_is_401(open_shop: OpenShop, operation: Operation, kind: str) -> None:
    token = await open_shop.bad_token(kind)

    answer = await open_shop.http.request(**operation.request(token))

    assert_problem(401, answer)
    assert 'Bearer error="invalid_token"' == answer.headers["WWW-Authenticate"]
    assert token not in answer.text


@pytest.mark.parametrize("kind", ODD_TOKENS)
@pytest.mark.parametrize("service", SERVICES)
async def test_every_service_asks_for_each_claim_of_a_token(open_shop: OpenShop, service: str, kind: str) -> None:
    operation = next(o for o in SECURED if o.service == service)

    answer = await open_shop.http.request(**operation.request(await open_shop.bad_token(kind)))

    assert_problem(401, answer)


async def test_the_forged_tokens_fail_for_what_was_changed_alone(open_shop: OpenShop) -> None:
    answer = await open_shop.http.get("/auth/me", headers={"Authorization": f"Bearer {await open_shop.forged()}"})

    assert (200, "grace") == (answer.status_code, answer.json()["username"])


@pytest.mark.parametrize("scheme", ["Basic Z3JhY2U6cGFzc3dvcmQ=", "Digest a", "Bearer", "Bearer ", "Bearer a b", "x"])
async def test_other_credentials_than_a_bearer_token_are_401(open_shop: OpenShop, scheme: str) -> None:
    answer = await open_shop.http.get("/cart", headers={"Authorization": scheme})

    assert_problem(401, answer)


@pytest.mark.parametrize(("operation", "role"), SHUT_OUT, ids=str)
async def test_a_role_that_is_not_named_is_403(open_shop: OpenShop, operation: Operation, role: str) -> None:
    answer = await open_shop.http.request(**operation.request(open_shop.tokens[role]))

    assert_problem(403, answer)


@each([operation for operation in SECURED if "service" in operation.roles])
async def test_a_service_whose_token_is_for_other_operations_is_403(open_shop: OpenShop, operation: Operation) -> None:
    token = await open_shop.service(*(str(other) for other in OPERATIONS if other != operation))

    for _ in range(2):  # the second time the token is known
        answer = await open_shop.http.request(**operation.request(token))

        body = assert_problem(403, answer)
        challenge = f'Bearer error="insufficient_scope", scope="{operation}"'
        assert ("forbidden", challenge) == (body["code"], answer.headers["WWW-Authenticate"])


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_takes_no_token_for_the_others(open_shop: OpenShop, service: str) -> None:
    operation = next(o for o in SECURED if o.service == service)
    others = [name for name in SERVICES if name != service]

    answer = await open_shop.http.request(**operation.request(await open_shop.forged(aud=others)))

    assert_problem(401, answer)


@each(PUBLIC)
async def test_public_operations_ask_for_no_token(open_shop: OpenShop, operation: Operation) -> None:
    answer = await open_shop.http.request(**operation.request())

    # The tokens in the examples of mailed links were never mailed.
    assert answer.status_code < 300 or "401" in operation.node["responses"] or "link_over" == answer.json()["code"]
    assert answer.headers.get("WWW-Authenticate", "") != 'Bearer error="invalid_token"'


@pytest.mark.parametrize("path", PATHS)
async def test_an_undeclared_method_is_405_and_told_all_that_are_there(open_shop: OpenShop, path: str) -> None:
    here = [operation for operation in OPERATIONS if operation.path == path]
    declared = {operation.method.upper() for operation in here}
    allowed = declared | {"HEAD"} if "GET" in declared else declared
    url = here[0].request()["url"]

    for method in {method.upper() for method in METHODS} - allowed:
        answer = await open_shop.http.request(method, url)

        assert 405 == answer.status_code, method
        assert allowed == set(answer.headers["Allow"].split(", "))


@each(OPERATIONS)
async def test_an_unknown_query_parameter_is_400_and_named(open_shop: OpenShop, operation: Operation) -> None:
    request = operation.request(permitted(open_shop, operation))

    answer = await open_shop.http.request(**request, params={"nobody": SECRET})

    body = assert_problem(400, answer)
    assert ("query", "/nobody") in [(error["in"], error["pointer"]) for error in body["errors"]]
    assert SECRET not in answer.text


@pytest.mark.parametrize(
    "path", ["/nothing", "/auth/%22a%00b%22/%E2%82%AC", *(f"/{service}/no/such/path" for service in SERVICES)]
)
async def test_an_unknown_path_is_404(open_shop: OpenShop, path: str) -> None:
    answer = await open_shop.http.get(path)

    assert path == assert_problem(404, answer)["instance"]


@each(WITH_ANSWER)
async def test_an_answer_in_no_media_type_that_is_accepted_is_406(open_shop: OpenShop, operation: Operation) -> None:
    request = operation.request(permitted(open_shop, operation))
    request["headers"]["Accept"] = "text/html, application/json;q=0"

    answer = await open_shop.http.request(**request)

    assert_problem(406, answer)


@each(OPERATIONS)
async def test_headers_over_16_kib_are_431_even_without_a_token(open_shop: OpenShop, operation: Operation) -> None:
    request = operation.request()
    request["headers"]["Cookie"] = SECRET * KIB

    answer = await open_shop.http.request(**request)

    assert_problem(431, answer)
    assert SECRET not in answer.text


@each(OPERATIONS)
async def test_a_request_that_comes_too_slowly_is_408(open_shop: OpenShop, operation: Operation) -> None:
    async def late(scope: Scope, receive: Receive, send: Send) -> None:
        await open_shop.shop.gateway({**scope, REFUSAL: RequestTimeout()}, receive, send)  # as server/protocol.py does

    async with httpx.AsyncClient(transport=httpx.ASGITransport(late), base_url="http://shop") as http:
        answer = await http.request(**operation.request())

    assert "request_timeout" == assert_problem(408, answer)["code"]
    assert operation.service == answer.headers["Minishop-Service"]


@each(READING)
async def test_head_is_get_without_the_body(open_shop: OpenShop, operation: Operation) -> None:
    request = operation.request(permitted(open_shop, operation))

    got = await open_shop.http.request(**request)
    head = await open_shop.http.request(**{**request, "method": "HEAD"})

    assert (got.status_code, b"") == (head.status_code, head.content)
    for answer in got, head:
        del answer.headers["X-Request-Id"]
    assert got.headers == head.headers


@pytest.mark.parametrize("path", PATHS)
async def test_a_path_with_another_slash_is_404(open_shop: OpenShop, path: str) -> None:
    url = next(operation for operation in OPERATIONS if operation.path == path).request()["url"]
    service, rest = url[1:].partition("/")[::2]

    for other in (f"{url}/", f"/{service}//{rest}", f"//{service}/{rest}"):
        answer = await open_shop.http.get(f"http://shop{other}")

        assert 404 == answer.status_code, other


@pytest.mark.parametrize("client", CLIENTS)
async def test_every_service_may_ask_whether_a_token_holds(open_shop: OpenShop, client: ServiceName) -> None:
    shop = open_shop.shop.gateway.services[client].peers.as_itself()

    told = await shop.auth.introspect(token=open_shop.tokens["customer"])

    assert (True, "customer") == (told.active, told.role)
