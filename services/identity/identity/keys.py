"""Makes and turns over the keys of identity, as files: ``python -m identity.keys <command> DIRECTORY``.

``init`` makes every file an installation needs and leaves those that exist. A signing key is replaced in four steps,
each of which all services have seen before the next: ``stage`` publishes a new key, ``promote`` lets it sign,
(wait until tokens of the old one have expired), ``retire`` forgets the old one. No service is restarted.
"""

import json
import secrets
import sys
from argparse import ArgumentParser, Namespace
from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from contracts.identity import SERVICE
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from identity.security.access_tokens import RoleClaim, TokenMint, public
from identity.security.vault import KEY_BYTES

SIGNING = "signing-keys.json"
PUBLIC = "jwks.json"
INDEX = "index-key"
SEALING = "sealing-keys"
SERVICE_TOKEN_DAYS = 400
SERVICES_WITH_TOKENS = ("notifications", "voting")
ISSUER = "decider"

Key = dict[str, str]


def new_key() -> Key:
    """A new Ed25519 key as a private JWK; its name begins with the day."""
    key: Key = OKPAlgorithm.to_jwk(Ed25519PrivateKey.generate(), as_dict=True)
    kid = f"{datetime.now(UTC):%Y-%m-%d}-{secrets.token_hex(3)}"
    return {
        "kid": kid,
        "use": "sig",
        "alg": "EdDSA",
        "kty": key["kty"],
        "crv": key["crv"],
        "x": key["x"],
        "d": key["d"],
    }


def read_keys(folder: Path) -> list[Key]:
    """The signing keys; the first signs."""
    keys: list[Key] = json.loads((folder / SIGNING).read_text(encoding="utf-8"))["keys"]
    return keys


def save_keys(folder: Path, keys: Sequence[Key]) -> None:
    """Write the signing keys, and their public halves for the services; each file changes at once or not at all."""
    _write(folder / PUBLIC, json.dumps({"keys": [public(key) for key in keys]}, indent=2), mode=0o644)
    _write(folder / SIGNING, json.dumps({"keys": list(keys)}, indent=2), mode=0o600)


def init(folder: Path) -> None:
    """Make whatever is not there yet: signing keys, index key, sealing key, service tokens."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / SIGNING).exists():
        save_keys(folder, [new_key()])
    for name in (INDEX, SEALING):
        if not (folder / name).exists():
            _write(folder / name, b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n", mode=0o600)
    for service in SERVICES_WITH_TOKENS:
        if not _token_file(folder, service).exists():
            write_service_token(folder, service)


def stage(folder: Path) -> None:
    """Publish a new key beside the others."""
    save_keys(folder, [*read_keys(folder), new_key()])


def promote(folder: Path) -> None:
    """Let the newest key sign, and renew the service tokens with it."""
    *others, newest = read_keys(folder)
    save_keys(folder, [newest, *others])
    for service in SERVICES_WITH_TOKENS:
        write_service_token(folder, service)


def retire(folder: Path) -> None:
    """Forget every key but the one that signs."""
    save_keys(folder, read_keys(folder)[:1])


def write_service_token(folder: Path, service: str) -> None:
    """The token with which a service asks identity: it opens nothing that a citizen's token opens."""
    mint = TokenMint(folder / SIGNING, ISSUER, timedelta(days=SERVICE_TOKEN_DAYS))
    subject = uuid5(NAMESPACE_URL, f"urn:decider:service:{service}")
    token, _expires = mint.sign(subject, "", 0, [RoleClaim(SERVICE, (service,), None)], datetime.now(UTC))
    _write(_token_file(folder, service), token + "\n", mode=0o600)


def _token_file(folder: Path, service: str) -> Path:
    return folder / f"service-token-{service}"


def _write(path: Path, text: str, *, mode: int) -> None:
    fresh = path.with_suffix(path.suffix + ".new")
    fresh.touch(mode=mode)
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


_COMMANDS: dict[str, Callable[[Path], None]] = {"init": init, "stage": stage, "promote": promote, "retire": retire}


def _options(arguments: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser(prog="python -m identity.keys", description=__doc__)
    parser.add_argument("command", choices=list(_COMMANDS))
    parser.add_argument("directory", type=Path)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    options = _options(arguments)
    _COMMANDS[options.command](options.directory)
    kids = ", ".join(key["kid"] for key in read_keys(options.directory))
    sys.stdout.write(f"{options.directory}: signs and verifies with {kids}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
