"""Secrets: made once, kept in files that only we may read, named to the processes by path."""

import base64
import json
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from decider_local.layout import SECRETS

SIGNING_KEYS = SECRETS / "signing-keys.json"
JWKS = SECRETS / "jwks.json"
_SERVICE_TOKEN_LIFE = timedelta(days=366)


def secret(name: str) -> str:
    """The password of that name; made at the first call."""
    return _kept(name, secrets.token_urlsafe(32))


def key(name: str) -> str:
    """The key of that name: 32 bytes in base64; made at the first call."""
    return _kept(name, base64.b64encode(secrets.token_bytes(32)).decode())


def service_token(service: str) -> str:
    """The token with which a service asks identity: its own role, signed like any access token, valid for a year."""
    now = datetime.now(UTC)
    claims = {
        "iss": "decider",
        "aud": "decider",
        "sub": str(uuid5(NAMESPACE_URL, f"service:{service}")),
        "iat": int(now.timestamp()),
        "exp": int((now + _SERVICE_TOKEN_LIFE).timestamp()),
        "roles": [{"r": "service", "p": [service], "u": None}],
    }
    signing = json.loads(SIGNING_KEYS.read_text())["keys"][0]
    return jwt.encode(claims, jwt.PyJWK(signing), algorithm="EdDSA", headers={"kid": signing["kid"]})


def make_signing_key() -> None:
    """The Ed25519 key with which identity signs access tokens, and the public half that everybody verifies with."""
    if not SIGNING_KEYS.exists():
        private = private_jwk(Ed25519PrivateKey.generate())
        public = {name: value for name, value in private.items() if name != "d"}
        JWKS.write_text(json.dumps({"keys": [public]}, indent=2) + "\n")
        write(SIGNING_KEYS, json.dumps({"keys": [private]}, indent=2) + "\n")


def private_jwk(pair: Ed25519PrivateKey) -> dict[str, str]:
    """The pair of keys as RFC 8037 writes it, named by the start of its public half."""
    x, d = _text(pair.public_key().public_bytes_raw()), _text(pair.private_bytes_raw())
    return {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": x[:12], "x": x, "d": d}


def write(path: Path, text: str) -> None:
    """Write so that nobody else can read, not even for a moment."""
    path.touch(mode=0o600)
    path.write_text(text)


def _kept(name: str, made: str) -> str:
    path = SECRETS / name
    if not path.exists():
        write(path, made)
    return path.read_text()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
