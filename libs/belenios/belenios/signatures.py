"""Schnorr signatures of texts, as trustees use them (§5): c = H("sigmsg|" message "|"; g^w), r = w - sk c."""

from dataclasses import dataclass

from belenios.encoding import Json, as_object, as_text
from belenios.groups import Element, Group
from belenios.proofs import Proof, knowledge_holds, proof_json, prove_knowledge, read_proof
from belenios.refusal import Check, require
from belenios.secret import Secret


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A text and its signature."""

    message: str
    signature: Proof


def sign_text(group: Group, key: Secret[int], text: str) -> Proof:
    """Sign a text."""
    return prove_knowledge(group, f"sigmsg|{text}|", key.reveal())


def check_signature(group: Group, key: Element, text: str, signature: Proof) -> None:
    """Refused unless the signature of the text holds under a member `key`."""
    holds = knowledge_holds(group, f"sigmsg|{text}|", key, signature)
    require(holds, Check.TRUSTEE_SIGNATURE, "the signature does not hold")


def signed(group: Group, key: Secret[int], text: str) -> SignedMessage:
    """Sign a text and keep both together."""
    return SignedMessage(text, sign_text(group, key, text))


def check_signed(group: Group, key: Element, message: SignedMessage) -> None:
    """Refused unless the message is signed under `key`."""
    check_signature(group, key, message.message, message.signature)


def read_signed(group: Group, value: Json) -> SignedMessage:
    """Read a signed message."""
    fields = as_object(value, ("message", "signature"))
    return SignedMessage(as_text(fields["message"]), read_proof(group, fields["signature"]))


def signed_json(message: SignedMessage) -> Json:
    """Write a signed message."""
    return {"message": message.message, "signature": proof_json(message.signature)}
