"""Credentials (§4): what a voter types, the secret exponent derived from it, and the public list of who may vote.

The public list says nothing of who is who: a public credential is g^s. Its order tells nothing either when it is
sorted, as `write_roll` does.
"""

from collections.abc import Mapping
from hashlib import sha256

from belenios.base58 import DIGITS, random_digits
from belenios.encoding import LARGEST_WEIGHT, as_element, as_list, as_text, compact_bytes, natural, parse
from belenios.groups import Element, Group
from belenios.refusal import Check, require
from belenios.secret import Secret

_GROUPS_OF_DIGITS = (5, 6, 5, 6)


def new_credential() -> Secret[str]:
    """Draw a private credential: 22 digits (128.9 bits), written XXXXX-XXXXXX-XXXXX-XXXXXX."""
    return Secret("-".join(random_digits(length) for length in _GROUPS_OF_DIGITS))


def is_credential(text: str) -> bool:
    """Tell whether the text has the form of a private credential."""
    parts = text.split("-")
    return tuple(map(len, parts)) == _GROUPS_OF_DIGITS and set("".join(parts)) <= set(DIGITS)


def derive(group: Group, uuid: str, credential: Secret[str]) -> Secret[int]:
    """Derive s = (x_0 ‖ x_1) mod q, x_i = SHA256("derive_credential|" uuid "|" i "|" credential) (§4)."""
    require(is_credential(credential.reveal()), Check.CREDENTIAL, "not of the form XXXXX-XXXXXX-XXXXX-XXXXXX")
    halves = [sha256(f"derive_credential|{uuid}|{i}|{credential.reveal()}".encode()).digest() for i in (0, 1)]
    return Secret(int.from_bytes(b"".join(halves), "big") % group.order)


def public_credential(group: Group, secret: Secret[int]) -> Element:
    """Compute S = g^s."""
    return group.secret_power(group.generator, secret.reveal())


def write_roll(group: Group, weights: Mapping[Element, int]) -> bytes:
    """Write the list of public credentials, sorted; a weight of one is left out."""
    return compact_bytes(sorted(_entry(group.text(key), weight) for key, weight in weights.items()))


def _entry(key: str, weight: int) -> str:
    return key if weight == 1 else f"{key},{weight}"


def read_roll(group: Group, data: bytes) -> dict[str, int]:
    """Read the list of public credentials: text of each, in order, with its weight. All members, all distinct.

    Weights are far below the order of any group, so that sums of them never wrap around.
    """
    entries = [as_text(entry) for entry in as_list(parse(data))]
    require(compact_bytes(entries) == data, Check.CANONICAL, "the list of credentials is not compact JSON")
    weights: dict[str, int] = {}
    for entry in entries:
        key, comma, weight = entry.partition(",")
        require(key not in weights, Check.CREDENTIAL_LIST, f"{key} stands twice")
        weights[key] = natural(weight, LARGEST_WEIGHT) if comma else 1
    members = [as_element(group, key) for key in weights]
    require(group.are_members(members), Check.CREDENTIAL_LIST, "an entry is not a member of the group")
    return weights
