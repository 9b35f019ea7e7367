"""The errors of Auth."""

from __future__ import annotations

from ...kit.problems import BadRequest, Conflict, FieldError, Forbidden, Problem, Unauthorized, Unprocessable


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
    """A token request that RFC 6749 does not allow, with the reason in `error`."""

    code, title = "invalid_token_request", "The token request is not valid"


class WeakPassword(Unprocessable):
    """The password is one that would be guessed."""

    code, title = "weak_password", "The password is too easy to guess"


class WrongPassword(Forbidden):
    """The token was good, the password was not."""

    code, title = "wrong_password", "The password is wrong"

    def __init__(self, field: str) -> None:
        errors = [FieldError("body", f"/{field}", "wrong", "is not the password of the account")]
        super().__init__("Check it and try again.", errors=errors)


class TooManyAttempts(Problem):
    """Too many attempts to sign in failed.

    It is raised before anything is verified, so it reveals nothing about the name or the password.
    """

    status, code, title = 429, "too_many_attempts", "Too many attempts to sign in"

    def __init__(self, retry_after: int) -> None:
        super().__init__("Wait, or reset the password.", headers={"Retry-After": str(retry_after)})


class TooManyMails(Problem):
    """The account has asked for as many mails as it may."""

    status, code, title = 429, "too_many_mails", "Too many mails"

    def __init__(self, most: int, retry_after: int) -> None:
        detail = f"An account may ask for {most} mails in an hour."
        super().__init__(detail, headers={"Retry-After": str(retry_after)})


class RefreshRefused(Unauthorized):
    """Alike for a refresh token that is unknown, expired, revoked or was used."""

    code, title = "refresh_refused", "The refresh token is not valid"

    def __init__(self) -> None:
        super().__init__("Sign in again.")


class SpentLink(Unprocessable):
    """Alike for a token that there never was, that was used, and that is over."""

    code, title = "link_over", "The link is no longer valid"

    def __init__(self) -> None:
        super().__init__("Ask for a new one.", errors=[FieldError("body", "/token", "over", "does not hold any more")])


class PasswordRequired(Forbidden):
    """To replace the address that resets the password, a token is not enough."""

    code, title = "password_required", "The password is required"

    def __init__(self) -> None:
        error = FieldError("body", "/password", "required", "is required to replace the e-mail address")
        super().__init__("Send the password of the account too.", errors=[error])
