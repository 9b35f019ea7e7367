"""One operation of the document and its handler: their agreement, and the arguments of a request."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from ..kit.etags import Condition
from ..kit.problems import Problem
from ..kit.request_context import client_address
from .body import Body, Receive
from .limits import RateLimit
from .parameters import Parameters
from .responses import Answer, Fields, Responses
from .routing import parameter_names
from .security import Security, Service


class Operation:
    """An operation, compiled.

    `found` is Connexion's operation, which holds the handler and the parts of the document with
    their references resolved. The handler is an async function; its first parameter is the
    service's domain, and the others are provided by name: `caller`, `body`, `client_credentials`
    and the declared parameters; `raw_body` is the body as it was sent, for those who verify a signature of it.

    Raises TypeError, naming the operation, if the handler asks for something else, or the document
    for something that is not supported.
    """

    def __init__(
        self, found: Any, document: dict[str, Any], *, service: Service, check_responses: float, rate_limits: bool
    ) -> None:
        self.id: str = document["operationId"]
        self._service = service
        self._handler = found.function
        try:
            limit = RateLimit(**document["x-rate-limit"]) if "x-rate-limit" in document else None
            self._by_address = limit if limit and rate_limits and not limit.by_caller else None
            self._by_caller = limit if limit and rate_limits and limit.by_caller else None
            self._compile(found, document, check_responses)
        except (TypeError, ValueError) as error:
            raise TypeError(f"operation {self.id}: {error}") from error

    def _compile(self, found: Any, document: dict[str, Any], check_responses: float) -> None:
        arguments = _arguments_of(self._handler)
        self._security = Security(
            found.security, found.security_schemes or {}, document.get("x-roles"), f"{self._service.name}.{self.id}"
        )
        self._parameters = Parameters(
            found.parameters,
            parameter_names(found.path),
            if_match_by_428="428" in found.responses,
        )
        self._parameters.bind(set(arguments))
        model = _model_of(self._handler) if "body" in arguments else None
        self._body = Body(found.request_body, model) if found.request_body else None
        self._responses = Responses(self.id, found.responses, check=check_responses)

        self._is_conditional = "304" in found.responses
        self._takes_caller = "caller" in arguments
        self._takes_credentials = "client_credentials" in arguments
        self._takes_body = "body" in arguments
        self._takes_raw_body = "raw_body" in arguments
        for name, has_default in arguments.items():
            self._check_argument(name, has_default)

    def _check_argument(self, name: str, has_default: bool) -> None:
        """Raises TypeError unless each request provides the argument, or it has a default."""
        if name == "caller":
            provided, always = self._security.bearer, True
        elif name == "client_credentials":
            provided, always = self._security.basic, True
        elif name in ("body", "raw_body"):
            provided, always = self._body is not None, bool(self._body and self._body.required)
        else:
            declared = {parameter.argument: parameter for parameter in self._parameters.all}
            provided = name in declared
            always = provided and (declared[name].required or declared[name].has_default)
        if not provided:
            raise TypeError(f"the document provides no argument {name!r} for the handler")
        if not always and not has_default:
            raise TypeError(f"the argument {name!r} is optional, and needs a default in the handler")

    async def __call__(
        self, scope: Any, headers: dict[bytes, bytes], receive: Receive, path_texts: list[str]
    ) -> Answer:
        """The answer to a request of this operation, whose `headers` are those of the scope by name.

        Raises Problem for a refusal.
        """
        quota = None if self._by_address is None else self._by_address.count(client_address())
        authorization = headers.get(b"authorization")
        caller, credentials = self._security.recall(authorization, self._service), None
        if caller is None:
            caller, credentials = await self._security.admit(authorization, self._service)
        if self._by_caller is not None and caller is not None:
            quota = self._by_caller.count_caller(caller)
        if b"accept" in headers:
            self._responses.negotiate(headers[b"accept"])
        arguments = self._parameters.read(path_texts, scope["query_string"], scope["headers"])
        if self._body is not None:
            raw, value = await self._body.read(headers, receive)
            if raw and self._takes_body:
                arguments["body"] = value
            if raw and self._takes_raw_body:
                arguments["raw_body"] = raw
        if self._takes_caller:
            arguments["caller"] = caller
        if self._takes_credentials:
            arguments["client_credentials"] = credentials
        try:
            result = await self._handler(self._service.domain, **arguments)
        except Problem as problem:
            self._responses.check_problem(problem, scope["path"])
            raise
        status, fields, payload = self._responses.answer(result)
        if self._is_conditional and b"if-none-match" in headers:
            status, fields, payload = _unless_known(headers[b"if-none-match"], status, fields, payload)
        return status, [*fields, *quota] if quota else fields, payload


def _unless_known(if_none_match: bytes, status: int, fields: Fields, payload: bytes) -> Answer:
    """The answer, or 304 in its place where the caller has it (RFC 9110, section 15.4.5)."""
    tag = dict(fields).get(b"etag")
    if status != 200 or tag is None or not Condition(if_none_match.decode("latin-1")).names(tag.decode("latin-1")):
        return status, fields, payload
    return 304, [field for field in fields if not field[0].startswith(b"content-")], b""


def _arguments_of(handler: Any) -> Mapping[str, bool]:
    """The same as `_named_arguments`, which would keep the object of a method: a whole service."""
    return _named_arguments.__wrapped__(handler) if inspect.ismethod(handler) else _named_arguments(handler)


@cache
def _named_arguments(handler: Any) -> Mapping[str, bool]:
    """The names a handler takes after its first parameter, and whether each has a default."""
    if not inspect.iscoroutinefunction(handler):
        raise TypeError("the handler must be an async function")
    parameters = list(inspect.signature(handler).parameters.values())
    if not parameters or parameters[0].kind > parameters[0].POSITIONAL_OR_KEYWORD:
        raise TypeError("the first parameter of the handler must take the domain")
    others = parameters[1:]
    for parameter in others:
        if parameter.kind not in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
            raise TypeError(f"the handler's argument {parameter.name!r} cannot be given by name")
    return {parameter.name: parameter.default is not parameter.empty for parameter in others}


@cache
def _model_of(handler: Any) -> type[BaseModel] | None:
    """The Pydantic model in the annotation of the handler's `body`, if there is one."""
    try:
        annotation = get_type_hints(handler).get("body")
    except NameError as error:
        raise TypeError(f"an annotation of the handler cannot be read: {error}") from error
    for candidate in (annotation, *get_args(annotation)):
        if inspect.isclass(candidate) and issubclass(candidate, BaseModel):
            return candidate
    return None
