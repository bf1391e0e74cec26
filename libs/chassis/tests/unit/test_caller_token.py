"""A verified caller keeps the token, so that a service can ask another one in the caller's own name."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import jwt
from chassis.auth import AUDIENCE, TokenVerifier
from chassis.signatures import ALGORITHM
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def test_the_token_is_kept_and_never_shown(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    public = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(key.public_key()))
    jwks = tmp_path / "jwks.json"
    jwks.write_text(json.dumps({"keys": [public | {"kid": "k1"}]}))
    now = datetime.now(UTC)
    claims = {"sub": str(uuid4()), "iss": "decider", "aud": AUDIENCE, "iat": now, "exp": now + timedelta(minutes=10)}
    token = jwt.encode(claims, key, algorithm=ALGORITHM, headers={"kid": "k1"})

    caller = TokenVerifier(jwks).caller({"token": token})

    assert caller.token == token
    assert token not in repr(caller)
