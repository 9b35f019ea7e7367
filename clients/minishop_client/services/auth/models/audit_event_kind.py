# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

AuditEventKind = Literal[
    "denied",
    "disabled",
    "email_change_asked",
    "email_changed",
    "email_verified",
    "enabled",
    "key_rotated",
    "locked_out",
    "password_changed",
    "password_reset",
    "password_reset_asked",
    "refresh_reused",
    "registered",
    "role_changed",
    "secret_rotated",
    "session_revoked",
    "sessions_revoked",
    "signed_in",
]


def check_audit_event_kind(value: str) -> AuditEventKind:
    return cast(AuditEventKind, value)
