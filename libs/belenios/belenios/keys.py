"""A trustee's key (§5): X = g^x and a proof that its maker knows x, bound to the group's name.

Without the proof, the last trustee to speak could choose a key that cancels the others'.
"""

from dataclasses import dataclass

from belenios.encoding import Json, as_element, as_object, as_text
from belenios.groups import Element, Group
from belenios.proofs import Proof, knowledge_holds, proof_json, prove_knowledge, random_exponent, read_proof
from belenios.refusal import Check, require
from belenios.secret import Secret


@dataclass(frozen=True, slots=True)
class TrusteeKey:
    """A public key; `signature` only in threshold parameters, `name` only where the trustee gave one."""

    proof: Proof
    public_key: Element
    signature: Proof | None = None
    name: str | None = None


def new_secret_key(group: Group) -> Secret[int]:
    """Draw a trustee's secret exponent."""
    return Secret(random_exponent(group))


def trustee_key(group: Group, secret: Secret[int], name: str | None = None) -> TrusteeKey:
    """Compute X = g^x and c = H("pok|" group "|" X "|"; g^w), r = w - x c."""
    public = group.secret_power(group.generator, secret.reveal())
    return TrusteeKey(prove_knowledge(group, _prefix(group, public), secret.reveal()), public, name=name)


def check_trustee_key(group: Group, key: TrusteeKey) -> None:
    """Refused unless X is a member and the proof of its exponent holds."""
    require(group.is_member(key.public_key), Check.MEMBERSHIP, "a trustee's key is not a member of the group")
    holds = knowledge_holds(group, _prefix(group, key.public_key), key.public_key, key.proof)
    require(holds, Check.TRUSTEE_PROOF, "the proof of knowledge does not hold")


def _prefix(group: Group, public: Element) -> str:
    return f"pok|{group.name}|{group.text(public)}|"


def read_trustee_key(group: Group, value: Json) -> TrusteeKey:
    """Read a trustee's key; its proof is checked apart."""
    fields = as_object(value, ("pok", "public_key"), ("signature", "name"))
    return TrusteeKey(
        proof=read_proof(group, fields["pok"]),
        public_key=as_element(group, fields["public_key"]),
        signature=read_proof(group, fields["signature"]) if "signature" in fields else None,
        name=as_text(fields["name"]) if "name" in fields else None,
    )


def trustee_key_json(group: Group, key: TrusteeKey) -> Json:
    """Write a trustee's key."""
    value: dict[str, Json] = {"pok": proof_json(key.proof), "public_key": group.text(key.public_key)}
    if key.signature is not None:
        value["signature"] = proof_json(key.signature)
    if key.name is not None:
        value["name"] = key.name
    return value
