"""The trustees' ceremony (§5), as messages that each trustee computes offline, keeping nothing but a seed of 22 digits.

    1. certificate   each trustee, from its seed
    2. shares        each trustee, from all the certificates
    3. key           each trustee, from all the certificates and all the shares
    4. assemble      anyone, from everything

Every message is bytes, may be published, and is signed; what is secret in it is encrypted to the one who may read it.
Whoever carries the messages can delay the ceremony but neither read nor change a thing: see docs/protocol.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from belenios.base58 import DIGITS, random_digits
from belenios.channel import open_text, seal_text
from belenios.encoding import Json, as_list, as_object, compact_bytes, natural, parse, short_digest
from belenios.groups import Group
from belenios.keys import TrusteeKey, read_trustee_key, trustee_key, trustee_key_json
from belenios.proofs import proof_json, random_exponent, read_proof
from belenios.refusal import Check, Refused, require
from belenios.secret import Secret
from belenios.signatures import (
    SignedMessage,
    check_signature,
    check_signed,
    read_signed,
    sign_text,
    signed,
    signed_json,
)
from belenios.threshold import (
    Certificate,
    Context,
    Threshold,
    agreement,
    certificate_json,
    check_certificates,
    check_threshold,
    coefficients_json,
    evaluate,
    read_certificate,
    read_coefficients,
)

_SEED_DIGITS = 22


def new_seed() -> Secret[str]:
    """Draw a trustee's seed: 22 digits (128.9 bits), the only thing a trustee keeps."""
    return Secret(random_digits(_SEED_DIGITS))


def read_seed(text: str) -> Secret[str]:
    """Read a seed that was kept; Refused, without repeating it, unless it has the form of one."""
    require(len(text) == _SEED_DIGITS and set(text) <= set(DIGITS), Check.FORM, "a seed has 22 Base58 digits")
    return Secret(text)


def single_secret(group: Group, seed: Secret[str]) -> Secret[int]:
    """The secret key of a trustee outside any ceremony: x = SHA256("single|" seed) mod q."""
    return _derived(group, "single", seed)


def single_key(group: Group, seed: Secret[str], name: str | None = None) -> bytes:
    """The whole of a single trustee's ceremony: the public key with its proof, as trustees.json holds it."""
    return compact_bytes(trustee_key_json(group, trustee_key(group, single_secret(group, seed), name)))


def certificate(group: Group, seed: Secret[str], context: Context) -> bytes:
    """Step 1: the trustee's two public keys, signed, for its place in this ceremony."""
    public = _own_certificate(group, seed, context)
    text = compact_bytes(certificate_json(group, public)).decode()
    return compact_bytes(signed_json(signed(group, _signing_key(group, seed), text)))


def shares(group: Group, seed: Secret[str], certificates: Sequence[bytes]) -> bytes:
    """Step 2: draw a polynomial; publish g^coefficients, and its value at j, encrypted to trustee j."""
    seat = _take_seat(group, seed, certificates)
    polynomial = [random_exponent(group) for _ in range(seat.context.threshold)]
    public = [group.secret_power(group.generator, coefficient) for coefficient in polynomial]
    text = compact_bytes(coefficients_json(group, public)).decode()
    return compact_bytes(
        {
            "coefexps": signed_json(signed(group, seat.signing, text)),
            "signature": proof_json(sign_text(group, seat.signing, agreement(group, seat.certs, public))),
            "secrets": [
                seal_text(group, seat.signing, to.encryption, seat.route(seat.index, j), _value(group, polynomial, j))
                for j, to in enumerate(seat.trustees, 1)
            ],
        }
    )


def key(group: Group, seed: Secret[str], certificates: Sequence[bytes], messages: Sequence[bytes]) -> bytes:
    """Step 3: check every share received against the public coefficients; publish the verification key.

    The secret decryption key travels in the same message, encrypted to the trustee itself (`decryption_key`).
    """
    seat = _take_seat(group, seed, certificates)
    require(len(messages) == len(seat.certs), Check.THRESHOLD, "not one message of shares for each trustee")
    received = [_located_share(seat, i, message) for i, message in enumerate(messages, 1)]
    secret = Secret(sum(received) % group.order)
    bare = trustee_key(group, secret)
    signature = sign_text(group, seat.signing, group.text(bare.public_key))
    to_self = (seat.signing, seat.own.encryption, seat.route(seat.index, 0))
    sealed = seal_text(group, *to_self, Secret(str(secret.reveal())))
    published = trustee_key_json(group, TrusteeKey(bare.proof, bare.public_key, signature))
    return compact_bytes({"public_key": published, "private_key": sealed})


def assemble(
    group: Group, certificates: Sequence[bytes], messages: Sequence[bytes], keys: Sequence[bytes]
) -> Threshold:
    """Step 4: gather what is public into threshold parameters, checked."""
    certs, trustees = certificates_of(group, certificates)
    context = trustees[0].context
    if context is None:
        raise Refused(Check.THRESHOLD, "a certificate without context")
    published = [_read_shares(message) for message in messages]
    item = Threshold(
        threshold=context.threshold,
        certs=tuple(certs),
        coefexps=tuple(read_signed(group, fields["coefexps"]) for fields in published),
        signatures=tuple(read_proof(group, fields["signature"]) for fields in published),
        verification_keys=tuple(read_trustee_key(group, _read_key(message)["public_key"]) for message in keys),
    )
    check_threshold(group, item)
    return item


def decryption_key(group: Group, seed: Secret[str], certificates: Sequence[bytes], message: bytes) -> Secret[int]:
    """Take the secret decryption key out of one's own message of step 3, with the seed."""
    seat = _take_seat(group, seed, certificates)
    sealed = _read_key(message)["private_key"]
    text = open_text(group, seat.reading, seat.own.verification, seat.route(seat.index, 0), sealed)
    return Secret(natural(text.reveal(), group.order))


@dataclass(frozen=True)
class _Seat:
    """A trustee at its place in a ceremony whose certificates all hold."""

    group: Group
    signing: Secret[int]
    reading: Secret[int]
    certs: list[SignedMessage]
    trustees: list[Certificate]
    context: Context

    @property
    def index(self) -> int:
        return self.context.index

    @property
    def own(self) -> Certificate:
        return self.trustees[self.index - 1]

    def route(self, sender: int, recipient: int) -> str:
        """Bind a private message to this ceremony, its sender and its recipient (0: a trustee to itself)."""
        ceremony = short_digest(compact_bytes([signed_json(cert) for cert in self.certs]))
        return f"{ceremony}|{sender}|{recipient}"


def _take_seat(group: Group, seed: Secret[str], certificates: Sequence[bytes]) -> _Seat:
    """Check all the certificates and find ours; Refused unless exactly one is."""
    certs, trustees = certificates_of(group, certificates)
    own = _own_certificate(group, seed, None)
    found = [
        trustee.context
        for trustee in trustees
        if (trustee.verification, trustee.encryption) == (own.verification, own.encryption)
    ]
    if len(found) != 1 or found[0] is None:
        raise Refused(Check.THRESHOLD, "our certificate is not there, or there twice")
    return _Seat(group, _signing_key(group, seed), _reading_key(group, seed), certs, trustees, found[0])


def _signing_key(group: Group, seed: Secret[str]) -> Secret[int]:
    return _derived(group, "sk", seed)


def _reading_key(group: Group, seed: Secret[str]) -> Secret[int]:
    return _derived(group, "dk", seed)


def _derived(group: Group, purpose: str, seed: Secret[str]) -> Secret[int]:
    digest = sha256(f"{purpose}|{seed.reveal()}".encode()).digest()
    return Secret(int.from_bytes(digest, "big") % group.order)


def _own_certificate(group: Group, seed: Secret[str], context: Context | None) -> Certificate:
    public = [
        group.secret_power(group.generator, secret.reveal())
        for secret in (_signing_key(group, seed), _reading_key(group, seed))
    ]
    return Certificate(context, *public)


def certificates_of(group: Group, certificates: Sequence[bytes]) -> tuple[list[SignedMessage], list[Certificate]]:
    """Read the messages of step 1 of all the trustees, in order; Refused unless they fit together."""
    certs = [read_signed(group, parse(data)) for data in certificates]
    require(certs, Check.THRESHOLD, "no certificate")
    context = read_certificate(group, certs[0]).context
    if context is None:
        raise Refused(Check.THRESHOLD, "a certificate without context")
    return certs, check_certificates(group, context.threshold, certs)


def _value(group: Group, polynomial: Sequence[int], point: int) -> Secret[str]:
    """f(point) mod q, by Horner's rule."""
    value = 0
    for coefficient in reversed(polynomial):
        value = (value * point + coefficient) % group.order
    return Secret(str(value))


def _read_shares(message: bytes) -> dict[str, Json]:
    return as_object(parse(message), ("coefexps", "signature", "secrets"))


def _read_key(message: bytes) -> dict[str, Json]:
    return as_object(parse(message), ("public_key", "private_key"))


def _located_share(seat: _Seat, sender: int, message: bytes) -> int:
    try:
        return _receive(seat, sender, message)
    except Refused as refusal:
        raise refusal.at(f"shares of trustee {sender}") from None


def _receive(seat: _Seat, i: int, message: bytes) -> int:
    """Open the share f_i(j) of trustee i for us, j, and check g^(f_i(j)) = Π_k A_ik^(j^k)."""
    group, sender, fields = seat.group, seat.trustees[i - 1].verification, _read_shares(message)
    coefexps = read_signed(group, fields["coefexps"])
    check_signed(group, sender, coefexps)
    coefficients = read_coefficients(group, seat.context.threshold, coefexps)
    agreed = agreement(group, seat.certs, coefficients)
    check_signature(group, sender, agreed, read_proof(group, fields["signature"]))
    sealed = as_list(fields["secrets"])
    require(len(sealed) == len(seat.certs), Check.THRESHOLD, "not one share for each trustee")
    text = open_text(group, seat.reading, sender, seat.route(i, seat.index), sealed[seat.index - 1])
    share = natural(text.reveal(), group.order)
    expected = evaluate(group, coefficients, seat.index)
    require(group.secret_power(group.generator, share) == expected, Check.SHARE, "the share does not fit")
    return share
