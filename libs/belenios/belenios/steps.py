"""What anyone can check of a message of the ceremony (§5) when it arrives, before the others rest on it.

What is sealed to one trustee only that trustee can check, in the next step; everything else is checked here, so that
whoever sent what does not hold is named at once.
"""

from collections.abc import Sequence

from belenios.ceremony import certificates_of
from belenios.encoding import Json, as_element, as_list, as_object, as_text, compact_bytes, parse
from belenios.groups import Element, Group
from belenios.keys import check_trustee_key, read_trustee_key
from belenios.proofs import read_proof
from belenios.refusal import Check, Refused, require
from belenios.signatures import SignedMessage, check_signature, check_signed, read_signed
from belenios.threshold import Certificate, Context, agreement, evaluate, read_certificate, read_coefficients


def check_certificate(group: Group, context: Context, message: bytes) -> None:
    """Refused unless the message of step 1 is a signed certificate for this place of this ceremony."""
    cert = read_signed(group, _canonical(message))
    found = read_certificate(group, cert)
    require(found.context == context, Check.THRESHOLD, "the certificate is for another place or ceremony")
    members = group.are_members([found.verification, found.encryption])
    require(members, Check.MEMBERSHIP, "a key of a certificate is not a member")
    check_signed(group, found.verification, cert)


def check_shares(group: Group, certificates: Sequence[bytes], index: int, message: bytes) -> None:
    """Refused unless the message of step 2 is trustee ``index``'s, signed, with a sealed share for each trustee."""
    certs, trustees = certificates_of(group, certificates)
    sender = trustees[index - 1]
    fields = _fields(message)
    _coefficients(group, certs, sender, fields)
    sealed = as_list(fields["secrets"])
    require(len(sealed) == len(certs), Check.THRESHOLD, "not one share for each trustee")
    for share in sealed:
        _check_sealed(group, share)


def check_key(group: Group, certificates: Sequence[bytes], messages: Sequence[bytes], index: int, key: bytes) -> None:
    """Refused unless the message of step 3 holds the verification key that the public coefficients give ``index``."""
    certs, trustees = certificates_of(group, certificates)
    fields = as_object(_canonical(key), ("public_key", "private_key"))
    published = read_trustee_key(group, fields["public_key"])
    check_trustee_key(group, published)
    if published.signature is None:
        raise Refused(Check.TRUSTEE_SIGNATURE, "the key is not signed")
    text = group.text(published.public_key)
    check_signature(group, trustees[index - 1].verification, text, published.signature)
    columns = [
        _coefficients(group, certs, sender, _fields(message))
        for sender, message in zip(trustees, messages, strict=True)
    ]
    expected = group.product(evaluate(group, coefficients, index) for coefficients in columns)
    require(published.public_key == expected, Check.VERIFICATION_KEY, "not the value of the public polynomials")
    _check_sealed(group, fields["private_key"])


def _coefficients(
    group: Group, certs: Sequence[SignedMessage], sender: Certificate, fields: dict[str, Json]
) -> list[Element]:
    coefexps = read_signed(group, fields["coefexps"])
    check_signed(group, sender.verification, coefexps)
    if sender.context is None:
        raise Refused(Check.THRESHOLD, "a certificate without context")
    coefficients = read_coefficients(group, sender.context.threshold, coefexps)
    signature = read_proof(group, fields["signature"])
    check_signature(group, sender.verification, agreement(group, certs, coefficients), signature)
    return coefficients


def _check_sealed(group: Group, value: Json) -> None:
    fields = as_object(value, ("ephemeral", "box", "signature"))
    require(group.is_member(as_element(group, fields["ephemeral"])), Check.MEMBERSHIP, "not a member of the group")
    as_text(fields["box"])
    read_proof(group, fields["signature"])


def _fields(message: bytes) -> dict[str, Json]:
    return as_object(_canonical(message), ("coefexps", "signature", "secrets"))


def _canonical(message: bytes) -> Json:
    value = parse(message)
    require(compact_bytes(value) == message, Check.CANONICAL, "rebuilding it does not give the same bytes")
    return value
