# Generated from openapi/ by scripts/generate.py: do not edit.
"""Contains all the data models used in inputs/outputs"""

from .account_edit import AccountEdit
from .audit_event import AuditEvent
from .audit_event_kind import AuditEventKind
from .email_verification import EmailVerification
from .health import Health
from .health_status import HealthStatus
from .introspection import Introspection
from .introspection_request import IntrospectionRequest
from .jwk import Jwk
from .jwk_set import JwkSet
from .key_algorithm import KeyAlgorithm
from .key_curve import KeyCurve
from .key_type import KeyType
from .key_use import KeyUse
from .known_numbers import KnownNumbers
from .login import Login
from .password_change import PasswordChange
from .password_reset import PasswordReset
from .password_reset_request import PasswordResetRequest
from .refresh import Refresh
from .registration import Registration
from .revocation import Revocation
from .role import Role
from .session import Session
from .token import Token
from .token_request import TokenRequest
from .token_type import TokenType
from .user import User
from .user_edit import UserEdit
from .user_summary import UserSummary

__all__ = (
    "AccountEdit",
    "AuditEvent",
    "AuditEventKind",
    "EmailVerification",
    "Health",
    "HealthStatus",
    "Introspection",
    "IntrospectionRequest",
    "Jwk",
    "JwkSet",
    "KeyAlgorithm",
    "KeyCurve",
    "KeyType",
    "KeyUse",
    "KnownNumbers",
    "Login",
    "PasswordChange",
    "PasswordReset",
    "PasswordResetRequest",
    "Refresh",
    "Registration",
    "Revocation",
    "Role",
    "Session",
    "Token",
    "TokenRequest",
    "TokenType",
    "User",
    "UserEdit",
    "UserSummary",
)
