"""Validation of every request and response by the OpenAPI document, compiled once at start-up.

One request, from top to bottom:

1. `middleware.py` takes it (431), and turns every exception below into one kind of error answer.
2. `routing.py` finds the operation by path and method (404, 405).
3. `operation.py` leads it through the checks, in this order, and calls the handler:
   `security.py` (401, 403), `accept.py` (406), `parameters.py` (400, 428), `body.py` (400, 413, 415).
4. `responses.py` writes the answer, and checks it too, as often as `check_responses` says.

`schema.py` turns an OpenAPI 3.0 schema into a compiled validator; `errors.py` words the errors of a
validator. `interface.py` compares the handlers of a service with its generated interface.

Decided: Connexion reads the document, resolves its references and finds the handlers; this
middleware stands first in its documented `middlewares` list and answers every HTTP request itself.
The parts of a request's checks are prepared when the document is added: validators, coercions, the handler's
arguments. Per request nothing is inspected or built, so the checks cost microseconds.

Rejected: Connexion's own request path, beneath this one or instead of it. It builds validators and
inspects the handler anew for each request, skips the body check for `Content-Type:
Application/JSON`, echoes refused values (a password, say) into answer and log, and answers 500 to
some malformed requests. Falling through to it would make its leniency part of our contract.
Rejected too: validation by Pydantic models alone, since the document is the contract and a model
generated from it says less (no formats, no parameters, no headers).

A document that this package cannot enforce to the letter (an object as query parameter, an API
key, a recursive schema, a handler with an argument that nothing provides) is a `TypeError` at
start-up, never a check that is silently left out.
"""

from .middleware import ContractMiddleware
from .security import Caller, Service

__all__ = ["Caller", "ContractMiddleware", "Service"]
