# Generated from openapi/ by scripts/generate.py: do not edit.
"""Contains all the data models used in inputs/outputs"""

from .account_edit import AccountEdit
from .health import Health
from .health_status import HealthStatus
from .jwk import Jwk
from .jwk_set import JwkSet
from .key_algorithm import KeyAlgorithm
from .key_curve import KeyCurve
from .key_type import KeyType
from .key_use import KeyUse
from .login import Login
from .registration import Registration
from .role import Role
from .token import Token
from .token_request import TokenRequest
from .token_type import TokenType
from .user import User
from .user_summary import UserSummary

__all__ = (
    "AccountEdit",
    "Health",
    "HealthStatus",
    "Jwk",
    "JwkSet",
    "KeyAlgorithm",
    "KeyCurve",
    "KeyType",
    "KeyUse",
    "Login",
    "Registration",
    "Role",
    "Token",
    "TokenRequest",
    "TokenType",
    "User",
    "UserSummary",
)
