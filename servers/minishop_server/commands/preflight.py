"""The settings that `minishop serve` requires, checked at the start instead of at the first request."""

from __future__ import annotations

from ..kit.documents import CLIENTS, calls, document
from ..kit.settings import SERVICES, ServiceName
from ..services.settings import Settings
from .errors import Refusal

MAKE_ONE = """python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"""


def require_settings(name: ServiceName, settings: Settings) -> None:
    """Check that a service has the addresses of the services it calls, and its own secrets.

    Raises:
        Refusal: with the missing settings. The secret of the documented example is refused too, because it is public.
    """
    peers = {call.partition(".")[0] for call in calls(name)} - {name}
    missing = [f"MINISHOP_{peer.upper()}_URL" for peer in SERVICES if peer in peers and not settings.service(peer).url]
    clients = CLIENTS if name == "auth" else tuple(client for client in CLIENTS if client == name)
    secrets = {f"MINISHOP_{client.upper()}_CLIENT_SECRET": settings.service(client).client_secret for client in clients}
    if name == "auth":
        secrets["MINISHOP_AUTH_KEY_SECRET"] = settings.auth.key_secret
    needed = [setting for setting, secret in secrets.items() if secret is None]
    known = [setting for setting, secret in secrets.items() if secret and secret.get_secret_value() == _example()]
    lines = []
    if missing or needed:
        lines.append(f"The {name} service also needs: {', '.join(missing + needed)}")
    if known:
        lines.append(f"The secret of the documented example is public. Set another: {', '.join(known)}")
    if needed or known:
        lines.append(f"A new secret: {MAKE_ONE}")
    if lines:
        raise Refusal("\n".join(lines))


def _example() -> str:
    request = document("auth")["components"]["schemas"]["TokenRequest"]
    example: str = request["properties"]["client_secret"]["example"]
    return example
