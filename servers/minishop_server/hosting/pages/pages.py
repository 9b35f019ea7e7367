"""The pages for browsers: a start page, and Swagger UI for each document, without external resources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from importlib import resources
from string import Template

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope

from minishop_contracts.problems import PROBLEMS

from ...contract.accept import is_acceptable
from ...contract.responses import OUR_FAULT, Answer, problem_answer
from ...kit.client_address import Network, is_trusted
from ...kit.documents import document
from ...kit.logging import trace
from ...kit.problems import PROBLEM_JSON, MethodNotAllowed, NotFound, Problem, problem_body
from ...kit.request_context import path_prefix, request_id
from ...kit.settings import SERVICES, ServiceName

YAML = "application/yaml"
"""RFC 9512."""
HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?|\[[0-9a-fA-F:.]+\](:[0-9]+)?")
ACCOUNT_PAGES = {
    "verify-email": {
        "title": "Confirm your e-mail address",
        "operation": "../auth/email-verification/confirm",
        "fields": "",
        "button": "Confirm",
    },
    "reset-password": {
        "title": "Choose a new password",
        "operation": "../auth/password-reset/confirm",
        "fields": "<label>New password"
        ' <input name="password" type="password" autocomplete="new-password" minlength="12" required></label>',
        "button": "Save",
    },
}
"""The pages that the links in mails lead to, with addresses of operations relative to the page."""


class Pages(Starlette):
    """The application for all paths that belong to no service.

    Paths without a page are answered with 404.
    """

    def __init__(self, trusted: Sequence[Network] = ()) -> None:
        self.trusted = trusted
        """The proxies that are believed when they say by which scheme a page was asked for."""
        super().__init__(
            routes=[
                Route("/", _start_page),
                Route("/docs", _start_page),
                Route("/docs/", _start_page),
                Route("/docs/{service}", _swagger_page),
                Route("/openapi/{service}.yaml", _document),
                Route("/account/{page}", _account_page),
                Route("/problems/{code}", _problem_page),
                Mount("/assets", _Assets(packages=[(__package__, "static"), ("swagger_ui", "static")])),
            ],
            exception_handlers={HTTPException: _refuse},
        )

    async def answer(self, scope: Scope, receive: Receive) -> Answer:
        """The complete response to a request.

        The largest is the script of Swagger UI.
        """
        messages: list[Message] = []
        prefix = path_prefix()
        under = {**scope, "root_path": prefix, "path": prefix + scope["path"]} if prefix else scope

        async def gather(message: Message) -> None:
            messages.append(message)

        try:
            await self(under, receive, gather)
        except Exception as error:
            structlog.get_logger().error("unhandled_exception", exception=trace(error))
            return problem_answer(Problem(OUR_FAULT), scope["path"])
        head, *parts = messages
        answer = head["status"], list(head["headers"]), b"".join(part.get("body", b"") for part in parts)
        return _under(prefix, answer) if prefix else answer


def _under(prefix: str, answer: Answer) -> Answer:
    """A page with its links and scripts under a prefix, or any other response unchanged."""
    status, headers, body = answer
    if not dict(headers).get(b"content-type", b"").startswith(b"text/html"):
        return answer
    body = body.replace(b'="/', f'="{prefix}/'.encode())
    others = [header for header in headers if header[0] != b"content-length"]
    return status, [*others, (b"content-length", b"%d" % len(body))], body


class _Assets(StaticFiles):
    """The files that the pages load: of Swagger UI neither its editor nor a source map."""

    _OURS = frozenset(each.name for each in resources.files(__package__).joinpath("static").iterdir())
    _OF_SWAGGER_UI = frozenset({"swagger-ui-bundle.js", "swagger-ui.css", "LICENSE"})

    async def get_response(self, path: str, scope: Scope) -> Response:
        if path not in self._OURS | self._OF_SWAGGER_UI:
            raise HTTPException(404)
        return await super().get_response(path, scope)


async def _start_page(request: Request) -> Response:
    return HTMLResponse(_page("index.html", cards=_cards(), address=_address(request)))


def _address(request: Request) -> str:
    """The address of the shop in the request.

    An invalid `Host` may contain anything, so the page then shows the default address.
    """
    url = request.base_url
    scheme = request.headers.get("X-Forwarded-Proto")
    if scheme in ("http", "https") and is_trusted(request.scope, request.app.trusted):
        url = url.replace(scheme=scheme)
    return escape(str(url).rstrip("/")) if HOST.fullmatch(url.netloc) else "http://127.0.0.1:8000"


def _cards() -> str:
    return "".join(map(_card, SERVICES))


def _card(name: ServiceName) -> str:
    info = document(name)["info"]
    return (
        f'<li><h3><a href="/docs/{name}">{name.capitalize()}</a></h3>'
        f"<p>{escape(info['description'])}</p>"
        f'<p class="small"><a href="/docs/{name}">Try it</a> · '
        f'<a href="/openapi/{name}.yaml">Document {escape(info["version"])}</a></p></li>'
    )


async def _swagger_page(request: Request) -> Response:
    name = _service(request)
    return HTMLResponse(_page("swagger.html", name=name, title=name.capitalize()))


async def _account_page(request: Request) -> Response:
    found = ACCOUNT_PAGES.get(request.path_params["page"])
    if found is None:
        raise HTTPException(404)
    return HTMLResponse(_page("account.html", **found))


async def _problem_page(request: Request) -> Response:
    """The page that the `type` of a problem leads to."""
    code = {code.replace("_", "-"): code for code in PROBLEMS}.get(request.path_params["code"])
    if code is None:
        raise HTTPException(404)
    status, _, when, remedy = PROBLEMS[code]
    advice = f"<h2>How to respond</h2><p>{_html(remedy)}</p>" if remedy else ""
    return HTMLResponse(_page("problem.html", code=code, status=status, when=_html(when), advice=advice))


def _html(markdown: str) -> str:
    """A sentence in Markdown, with its code and the text of its links."""
    text = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", escape(markdown))
    return re.sub("`([^`]+)`", r"<code>\1</code>", text)


async def _document(request: Request) -> Response:
    specs = resources.files("minishop_contracts").joinpath("specs")
    text = specs.joinpath(f"{_service(request)}.yaml").read_bytes()
    shown = text.replace(b"servers:\n- url: /\n", f"servers:\n- url: {path_prefix() or '/'}\n".encode(), 1)
    return Response(shown, media_type=YAML)


def _service(request: Request) -> ServiceName:
    for name in SERVICES:
        if name == request.path_params["service"]:
            return name
    raise HTTPException(404)


async def _refuse(request: Request, error: Exception) -> Response:
    varies = {"Vary": "Accept"}
    problem: Problem = NotFound("There is nothing at this path.")
    if isinstance(error, HTTPException) and error.status_code == 405:
        problem = MethodNotAllowed(["GET", "HEAD"])
    if _is_browser(request):
        page = _page(
            "refused.html",
            title=problem.title,
            detail=problem.detail or "",
            cards=_cards(),
            request_id=request_id.get(),
        )
        return HTMLResponse(page, problem.status, {**problem.headers, **varies})
    return Response(
        problem_body(problem, request.url.path),
        status_code=problem.status,
        headers={**problem.headers, **varies},
        media_type=PROBLEM_JSON,
    )


def _is_browser(request: Request) -> bool:
    """Whether the request names HTML in `Accept`, as browsers do.

    Programs send `*/*`.
    """
    accept = request.headers.get("Accept", "")
    return "text/html" in accept.lower() and is_acceptable(accept.encode("latin-1"), ("text/html",))


def _page(file: str, /, **values: object) -> str:
    """The text of a page, with the head that all have."""
    head, page = (resources.files(__package__).joinpath(each).read_text("utf-8") for each in ("head.html", file))
    return Template(page).substitute(values, head=head)
