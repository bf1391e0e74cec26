"""The private channel between two trustees: only its recipient can read a text, only its sender can have written it.

Hashed ElGamal to the recipient's encryption key, ChaCha20-Poly1305, and the sender's signature. Not part of the
archive, so the form is ours; it is described in docs/protocol.md for those who write a trustee's program.
"""

from binascii import Error as HexError
from binascii import unhexlify
from hashlib import sha256

from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_decrypt,
    crypto_aead_chacha20poly1305_ietf_encrypt,
    crypto_aead_chacha20poly1305_ietf_NPUBBYTES,
)
from nacl.exceptions import CryptoError

from belenios.encoding import Json, as_element, as_object, as_text, compact
from belenios.groups import Element, Group
from belenios.proofs import proof_json, random_exponent, read_proof
from belenios.refusal import Check, Refused, require
from belenios.secret import Secret
from belenios.signatures import check_signature, sign_text

# The key serves once, so the nonce may be constant.
_NONCE = bytes(crypto_aead_chacha20poly1305_ietf_NPUBBYTES)


def seal_text(group: Group, sender: Secret[int], recipient: Element, context: str, text: Secret[str]) -> Json:
    """Encrypt and sign a text. `context` says what it is for and must be the same when it is opened."""
    r = random_exponent(group)
    ephemeral = group.secret_power(group.generator, r)
    key = _key(group, context, ephemeral, group.secret_power(recipient, r))
    box = crypto_aead_chacha20poly1305_ietf_encrypt(text.reveal().encode(), context.encode(), _NONCE, key).hex()
    sealed: dict[str, Json] = {"ephemeral": group.text(ephemeral), "box": box}
    return {**sealed, "signature": proof_json(sign_text(group, sender, _signed_text(context, sealed)))}


def open_text(group: Group, recipient: Secret[int], sender: Element, context: str, value: Json) -> Secret[str]:
    """Open a text sealed for us; Refused if it is not from `sender`, not for us, or not for this context."""
    fields = as_object(value, ("ephemeral", "box", "signature"))
    ephemeral = as_element(group, fields["ephemeral"])
    require(group.is_member(ephemeral), Check.MEMBERSHIP, "the ephemeral key is not a member")
    sealed: dict[str, Json] = {"ephemeral": fields["ephemeral"], "box": fields["box"]}
    check_signature(group, sender, _signed_text(context, sealed), read_proof(group, fields["signature"]))
    key = _key(group, context, ephemeral, group.secret_power(ephemeral, recipient.reveal()))
    try:
        box = unhexlify(as_text(fields["box"]))
        text = crypto_aead_chacha20poly1305_ietf_decrypt(box, context.encode(), _NONCE, key).decode()
    except (CryptoError, HexError, ValueError) as error:
        raise Refused(Check.SHARE, "the message does not open") from error
    return Secret(text)


def _key(group: Group, context: str, ephemeral: Element, shared: Element) -> bytes:
    return sha256(f"channel|{context}|{group.text(ephemeral)}|{group.text(shared)}".encode()).digest()


def _signed_text(context: str, sealed: dict[str, Json]) -> str:
    return f"channel|{context}|{compact(sealed)}"
