"""Secrets of the local suite: made once, kept in files that only we may read, named to the processes by path."""

import base64
import json
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from decider_local.layout import SECRETS

SIGNING_KEY = SECRETS / "signing-key.pem"
JWKS = SECRETS / "jwks.json"


def secret(name: str) -> str:
    """The secret of that name; made at the first call."""
    path = SECRETS / name
    if not path.exists():
        write(path, secrets.token_urlsafe(32))
    return path.read_text()


def secret_file(name: str, text: str) -> Path:
    """A file that only we may read, holding `text`."""
    path = SECRETS / name
    write(path, text)
    return path


def write(path: Path, text: str) -> None:
    """Write so that nobody else can read, not even for a moment."""
    path.touch(mode=0o600)
    path.write_text(text)


def make_signing_key() -> None:
    """The Ed25519 key with which identity signs access tokens, and the public half that everybody verifies with."""
    if SIGNING_KEY.exists():
        return
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    JWKS.write_text(json.dumps({"keys": [public_jwk(key.public_key())]}, indent=2) + "\n")
    write(SIGNING_KEY, pem.decode())


def public_jwk(key: Ed25519PublicKey) -> dict[str, str]:
    """The key as RFC 8037 writes it, named by the start of its own bytes."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    x = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    return {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": x[:12], "x": x}
