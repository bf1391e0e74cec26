"""Threshold parameters (§5): n trustees of whom any t can decrypt, after Pedersen's distributed key generation.

Trustee i has a secret polynomial f_i of degree t - 1 and publishes A_ik = g^(a_ik), its coefficients in the exponent.
The item's key is Π A_i0; the share of trustee j is S_j = Σ_i f_i(j), and anyone can compute g^(S_j) from the A_ik
alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from belenios.encoding import Json, as_element, as_list, as_object, as_small, compact, read_canonical
from belenios.groups import Element, Group
from belenios.keys import TrusteeKey, check_trustee_key, read_trustee_key, trustee_key_json
from belenios.proofs import Proof, proof_json, read_proof
from belenios.refusal import Check, require
from belenios.signatures import SignedMessage, check_signature, check_signed, read_signed, signed_json


@dataclass(frozen=True, slots=True)
class Context:
    """What a certificate is for: the group's name, `size` trustees, a threshold, the trustee's `index` from 1."""

    group: str
    size: int
    threshold: int
    index: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """A trustee's keys for the ceremony; `context` is None in the form before 2.5.1."""

    context: Context | None
    verification: Element
    encryption: Element


@dataclass(frozen=True, slots=True)
class Threshold:
    """Threshold parameters as published; `signatures` is None in the form before 2.5.1."""

    threshold: int
    certs: tuple[SignedMessage, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...] | None
    verification_keys: tuple[TrusteeKey, ...]


def read_certificate(group: Group, message: SignedMessage) -> Certificate:
    """Read what a certificate says; its signature is checked by `check_certificates`."""
    return read_canonical(
        message.message.encode(),
        lambda value: _certificate(group, value),
        lambda certificate: certificate_json(group, certificate),
    )


def _certificate(group: Group, value: Json) -> Certificate:
    fields = as_object(value, ("verification", "encryption"), ("context",))
    context = _context(fields["context"]) if "context" in fields else None
    return Certificate(context, as_element(group, fields["verification"]), as_element(group, fields["encryption"]))


def _context(value: Json) -> Context:
    fields = as_object(value, ("group", "size", "threshold", "index"))
    require(isinstance(fields["group"], str), Check.FORM, "the group of a certificate is a string")
    size, threshold, index = (as_small(fields[name]) for name in ("size", "threshold", "index"))
    return Context(str(fields["group"]), size, threshold, index)


def certificate_json(group: Group, certificate: Certificate) -> Json:
    """Write what a certificate says."""
    keys: dict[str, Json] = {
        "verification": group.text(certificate.verification),
        "encryption": group.text(certificate.encryption),
    }
    if certificate.context is None:
        return keys
    c = certificate.context
    return {"context": {"group": c.group, "size": c.size, "threshold": c.threshold, "index": c.index}, **keys}


def check_certificates(group: Group, threshold: int, certs: Sequence[SignedMessage]) -> list[Certificate]:
    """Check the certificates of n trustees, in order: contexts, keys, signatures; 1 ≤ t ≤ n."""
    require(1 <= threshold <= len(certs), Check.THRESHOLD, "the threshold does not fit the number of trustees")
    certificates = [read_certificate(group, message) for message in certs]
    keys = [key for certificate in certificates for key in (certificate.verification, certificate.encryption)]
    require(group.are_members(keys), Check.MEMBERSHIP, "a key of a certificate is not a member")
    for index, (certificate, message) in enumerate(zip(certificates, certs, strict=True), 1):
        expected = Context(group.name, len(certs), threshold, index)
        require(certificate.context in (expected, None), Check.THRESHOLD, f"certificate {index} is for another context")
        check_signed(group, certificate.verification, message)
    forms = {certificate.context is None for certificate in certificates}
    require(len(forms) == 1, Check.THRESHOLD, "certificates of two forms")
    return certificates


def read_coefficients(group: Group, threshold: int, message: SignedMessage) -> list[Element]:
    """Read A_i0 … A_i(t-1), all members; the signature is checked apart."""
    coefficients = read_canonical(
        message.message.encode(),
        lambda value: [as_element(group, item) for item in as_list(as_object(value, ("coefexps",))["coefexps"])],
        lambda elements: coefficients_json(group, elements),
    )
    require(len(coefficients) == threshold, Check.THRESHOLD, "not as many coefficients as the threshold")
    require(group.are_members(coefficients), Check.MEMBERSHIP, "a coefficient is not a member")
    return coefficients


def coefficients_json(group: Group, coefficients: Sequence[Element]) -> Json:
    """Write the public coefficients of a polynomial."""
    return {"coefexps": [group.text(coefficient) for coefficient in coefficients]}


def agreement(group: Group, certs: Sequence[SignedMessage], coefficients: Sequence[Element]) -> str:
    """The text by which a trustee says which certificates its polynomial answers (2.5.1 and later)."""
    coefexps: list[Json] = [group.text(coefficient) for coefficient in coefficients]
    return "certs_sig|" + compact({"certs": [signed_json(cert) for cert in certs], "coefexps": coefexps})


def evaluate(group: Group, coefficients: Sequence[Element], point: int) -> Element:
    """g^(f(point)) = Π_k A_k^(point^k), by Horner's rule; all public."""
    value = group.identity
    for coefficient in reversed(coefficients):
        value = group.multiply(group.power(value, point), coefficient)
    return value


def check_threshold(group: Group, item: Threshold) -> Element:
    """Check everything that the parameters claim (§5) and return the item's key, Π_i A_i0."""
    n = len(item.certs)
    signatures = item.signatures if item.signatures is not None else item.coefexps
    lengths = {n, len(item.coefexps), len(signatures), len(item.verification_keys)}
    require(len(lengths) == 1, Check.THRESHOLD, "lists of different lengths")
    certificates = check_certificates(group, item.threshold, item.certs)
    modern = {certificates[0].context is not None, item.signatures is not None}
    require(len(modern) == 1, Check.THRESHOLD, "parameters of two forms")
    polynomials = [_check_polynomial(group, item, certificates, i) for i in range(n)]
    together = [group.product(column) for column in zip(*polynomials, strict=True)]
    for j, key in enumerate(item.verification_keys, 1):
        _check_verification_key(group, certificates[j - 1], key, evaluate(group, together, j))
    return together[0]


def _check_polynomial(group: Group, item: Threshold, certificates: Sequence[Certificate], i: int) -> list[Element]:
    key = certificates[i].verification
    check_signed(group, key, item.coefexps[i])
    coefficients = read_coefficients(group, item.threshold, item.coefexps[i])
    if item.signatures is not None:
        check_signature(group, key, agreement(group, item.certs, coefficients), item.signatures[i])
    return coefficients


def _check_verification_key(group: Group, certificate: Certificate, key: TrusteeKey, expected: Element) -> None:
    check_trustee_key(group, key)
    require(key.public_key == expected, Check.VERIFICATION_KEY, "not the value of the public polynomials")
    modern = certificate.context is not None
    require((key.signature is not None) == modern, Check.THRESHOLD, "a verification key of another form")
    if key.signature is not None:
        check_signature(group, certificate.verification, group.text(key.public_key), key.signature)


def read_threshold(group: Group, value: Json) -> Threshold:
    """Read threshold parameters; what they claim is checked by `check_threshold`."""
    names = ("threshold", "certs", "coefexps", "verification_keys")
    fields = as_object(value, names, ("signatures",))
    return Threshold(
        threshold=as_small(fields["threshold"]),
        certs=tuple(read_signed(group, cert) for cert in as_list(fields["certs"])),
        coefexps=tuple(read_signed(group, message) for message in as_list(fields["coefexps"])),
        signatures=_optional_proofs(group, fields),
        verification_keys=tuple(read_trustee_key(group, key) for key in as_list(fields["verification_keys"])),
    )


def _optional_proofs(group: Group, fields: dict[str, Json]) -> tuple[Proof, ...] | None:
    if "signatures" not in fields:
        return None
    return tuple(read_proof(group, proof) for proof in as_list(fields["signatures"]))


def threshold_json(group: Group, item: Threshold) -> Json:
    """Write threshold parameters."""
    value: dict[str, Json] = {
        "threshold": item.threshold,
        "certs": [signed_json(cert) for cert in item.certs],
        "coefexps": [signed_json(message) for message in item.coefexps],
    }
    if item.signatures is not None:
        value["signatures"] = [proof_json(signature) for signature in item.signatures]
    value["verification_keys"] = [trustee_key_json(group, key) for key in item.verification_keys]
    return value
