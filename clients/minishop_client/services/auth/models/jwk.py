# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.key_algorithm import KeyAlgorithm, check_key_algorithm
from ..models.key_curve import KeyCurve, check_key_curve
from ..models.key_type import KeyType, check_key_type
from ..models.key_use import KeyUse, check_key_use
from ..types import required

T = TypeVar("T", bound="Jwk")


@_attrs_define
class Jwk:
    """A public key on the curve P-256 (RFC 7518, section 6.2)."""

    kty: KeyType
    """ The family of the key. """
    kid: str
    """ Which key a token names. """
    use: KeyUse
    """ What the key is for. """
    alg: KeyAlgorithm
    """ How tokens are signed. """
    crv: KeyCurve
    """ The curve of the key. """
    x: str
    """ A coordinate. """
    y: str
    """ A coordinate. """

    def to_dict(self) -> dict[str, Any]:
        kty: str = self.kty

        kid = self.kid

        use: str = self.use

        alg: str = self.alg

        crv: str = self.crv

        x = self.x

        y = self.y

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "kty": kty,
                "kid": kid,
                "use": use,
                "alg": alg,
                "crv": crv,
                "x": x,
                "y": y,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        kty = check_key_type(required(d, "kty"))

        kid = required(d, "kid")

        use = check_key_use(required(d, "use"))

        alg = check_key_algorithm(required(d, "alg"))

        crv = check_key_curve(required(d, "crv"))

        x = required(d, "x")

        y = required(d, "y")

        jwk = cls(
            kty=kty,
            kid=kid,
            use=use,
            alg=alg,
            crv=crv,
            x=x,
            y=y,
        )

        return jwk
