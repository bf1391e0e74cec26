"""Secrets: made once, kept in files that only we may read, named to the processes by path."""

import base64
import secrets
from pathlib import Path

from identity import keys as identity_keys

from decider_local.layout import SECRETS

SIGNING_KEYS = SECRETS / identity_keys.SIGNING
JWKS = SECRETS / identity_keys.PUBLIC


def secret(name: str) -> str:
    """The password of that name; made at the first call."""
    return _kept(name, secrets.token_urlsafe(32))


def key(name: str) -> str:
    """The key of that name: 32 bytes in base64; made at the first call."""
    return _kept(name, base64.b64encode(secrets.token_bytes(32)).decode())


def make_identity_keys() -> None:
    """What identity's own tool makes: signing keys and their public halves, index key, sealing key, service tokens.

    The tokens are made anew each time, so that they never expire in a suite that is started now and then.
    """
    identity_keys.init(SECRETS)
    for service in identity_keys.SERVICES_WITH_TOKENS:
        identity_keys.write_service_token(SECRETS, service)


def read(name: str) -> str:
    """A secret that another tool made."""
    return (SECRETS / name).read_text().strip()


def write(path: Path, text: str) -> None:
    """Write so that nobody else can read, not even for a moment."""
    path.touch(mode=0o600)
    path.write_text(text)


def _kept(name: str, made: str) -> str:
    path = SECRETS / name
    if not path.exists():
        write(path, made)
    return path.read_text()
