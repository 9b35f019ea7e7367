"""The errors of Auth."""

from __future__ import annotations

from ...kit.problems import BadRequest, Conflict, Unauthorized


class Taken(Conflict):
    """Another account has the name or the e-mail address."""

    code, title = "taken", "The name or the e-mail address is taken"


class WrongCredentials(Unauthorized):
    """Alike for an unknown name, for a wrong password and for a disabled account."""

    code, title = "wrong_credentials", "The name or the password is wrong"


class LastAdmin(Conflict):
    """No admin would be left."""

    code, title = "last_admin", "The last admin stays one"


class UnknownClient(Unauthorized):
    """RFC 6749, section 5.2: invalid_client."""

    code, title = "invalid_client", "The id or the secret of the client is wrong"


class BadTokenRequest(BadRequest):
    """A token request that RFC 6749 does not allow; `error` says why."""

    code, title = "invalid_token_request", "The token request is not valid"
