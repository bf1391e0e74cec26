"""The voter's half of the blind signature, against the vector of RFC 9474 and against identity, which signs."""

import json
from base64 import urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from identity.security.blind_signatures import from_text, new_key, public_half, signer, to_text

from services.identity.tests.blind_client import verify

from .conftest import ROOT, Node


@pytest.fixture(scope="module")
def vector() -> dict[str, bytes]:
    """RFC 9474, appendix A.1."""
    text = (ROOT / "services" / "identity" / "tests" / "rfc9474.json").read_text()
    return {name: bytes.fromhex(value) for name, value in json.loads(text).items()}


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def key_of(vector: dict[str, bytes]) -> str:
    numbers = RSAPublicNumbers(int.from_bytes(vector["e"], "big"), int.from_bytes(vector["n"], "big"))
    return text(numbers.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def test_the_vector_of_the_rfc(node: Node, vector: dict[str, bytes]) -> None:
    n = int.from_bytes(vector["n"], "big")
    r = pow(int.from_bytes(vector["inv"], "big"), -1, n).to_bytes(len(vector["n"]), "big")
    drawing = [vector["msg_prefix"], vector["salt"], r]
    found = node.ask("blind", key=key_of(vector), message=vector["msg"], drawing=drawing)
    assert from_text(found["prepared"]) == vector["prepared_msg"]
    assert from_text(found["blinded"]) == vector["blinded_msg"]
    assert from_text(found["inverse"]) == vector["inv"]
    token = node.ask("unblind", key=key_of(vector), kept=found, signature=text(vector["blind_sig"]))
    assert from_text(token) == vector["sig"]


def test_identity_signs_what_the_browser_blinds(node: Node) -> None:
    pem = new_key()
    key = to_text(public_half(pem))
    one, two = (node.ask("blind", key=key, message=b"an election and a credential") for _ in range(2))
    assert one["blinded"] != two["blinded"]
    assert one["prepared"] != two["prepared"]
    signature = to_text(signer(pem).sign(from_text(one["blinded"])))
    token = node.ask("unblind", key=key, kept=one, signature=signature)
    public = RSAPublicNumbers(signer(pem).exponent, signer(pem).modulus).public_key()
    assert from_text(one["prepared"])[32:] == b"an election and a credential"
    verify(public, from_text(one["prepared"]), from_text(token))
    wrong = node.ask("unblind", key=key, kept=two, signature=signature)
    assert wrong == {"error": "invalid signature"}
