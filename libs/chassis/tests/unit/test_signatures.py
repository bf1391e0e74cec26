"""Signatures of access tokens, checked by libsodium behind PyJWT."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

import jwt
import pytest
from chassis.signatures import ALGORITHM, VerificationKey
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

OWN = Ed25519PrivateKey.generate()
ORDER = 2**252 + 27742317777372353535851937790883648493


def verification_key(private: Ed25519PrivateKey = OWN) -> VerificationKey:
    return VerificationKey(json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(private.public_key())))


def token(key: Ed25519PrivateKey = OWN) -> str:
    return jwt.encode({"sub": "somebody"}, key, algorithm=ALGORITHM)


def signed_anew(whole: str, signature: bytes) -> str:
    return whole.rpartition(".")[0] + "." + urlsafe_b64encode(signature).rstrip(b"=").decode()


def signature_of(whole: str) -> bytes:
    return urlsafe_b64decode(whole.rpartition(".")[2] + "==")


def accepted(whole: str, key: VerificationKey) -> bool:
    try:
        jwt.decode(whole, key, algorithms=[ALGORITHM])
    except jwt.InvalidSignatureError:
        return False
    return True


def test_what_openssl_signs_is_accepted() -> None:
    assert accepted(token(), verification_key())


def test_another_key_is_not() -> None:
    assert not accepted(token(), verification_key(Ed25519PrivateKey.generate()))


@pytest.mark.parametrize("position", [0, 31, 32, 63])
def test_no_byte_of_a_signature_may_differ(position: int) -> None:
    signature = bytearray(signature_of(token()))
    signature[position] ^= 1
    assert not accepted(signed_anew(token(), bytes(signature)), verification_key())


@pytest.mark.parametrize("length", [0, 1, 63, 65])
def test_a_signature_of_another_length_is_refused(length: int) -> None:
    signature = (signature_of(token()) + b"\0")[:length]
    assert not accepted(signed_anew(token(), signature), verification_key())


def test_the_second_form_of_a_signature_is_refused() -> None:
    """s and s + L satisfy the same equation: only the canonical one counts, so that a token has one form."""
    signature = signature_of(token())
    second = int.from_bytes(signature[32:], "little") + ORDER
    assert not accepted(signed_anew(token(), signature[:32] + second.to_bytes(32, "little")), verification_key())


def test_a_key_of_another_kind_is_no_key_of_ours() -> None:
    other = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(generate_private_key(SECP256R1()).public_key()))
    with pytest.raises(jwt.InvalidKeyError):
        VerificationKey(other)
