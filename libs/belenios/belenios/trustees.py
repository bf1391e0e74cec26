"""Who may decrypt, trustees.json (§5): every "Single" is needed, and t members of every "Pedersen".

The sub-keys of all items multiply to the election's key. Trustees are numbered from 1 through the flattened list.
"""

from collections.abc import Sequence

from belenios.encoding import Json, as_list, compact_bytes, read_canonical
from belenios.groups import Element, Group
from belenios.keys import TrusteeKey, check_trustee_key, read_trustee_key, trustee_key_json
from belenios.refusal import Check, Refused, require
from belenios.threshold import Threshold, check_threshold, read_threshold, threshold_json

Item = TrusteeKey | Threshold
Trustees = tuple[Item, ...]


def read_trustees(group: Group, data: bytes) -> Trustees:
    """Read trustees.json; what it claims is checked by `check_trustees`."""
    return read_canonical(data, lambda value: _items(group, value), lambda items: _json(group, items))


def write_trustees(group: Group, trustees: Sequence[Item]) -> bytes:
    """Write trustees.json."""
    return compact_bytes(_json(group, trustees))


def check_trustees(group: Group, trustees: Sequence[Item]) -> Element:
    """Check every proof and signature of the trustees; return the key they make together."""
    require(trustees, Check.ELECTION_KEY, "no trustee")
    return group.product([_check_item(group, number, item) for number, item in enumerate(trustees, 1)])


def decryption_keys(trustees: Sequence[Item]) -> list[Element]:
    """List the key of each trustee, in order of their numbers, the first being number 1."""
    return [key.public_key for item in trustees for key in members(item)]


def members(item: Item) -> tuple[TrusteeKey, ...]:
    """List the keys of an item: one, or those of all the members of a threshold."""
    return item.verification_keys if isinstance(item, Threshold) else (item,)


def _check_item(group: Group, number: int, item: Item) -> Element:
    try:
        if isinstance(item, Threshold):
            return check_threshold(group, item)
        require(item.signature is None, Check.FORM, "a single trustee's key bears no signature")
        check_trustee_key(group, item)
    except Refused as refusal:
        raise refusal.at(f"item {number}") from None
    return item.public_key


def _items(group: Group, value: Json) -> Trustees:
    return tuple(_item(group, item) for item in as_list(value))


def _item(group: Group, value: Json) -> Item:
    match as_list(value):
        case ["Single", key]:
            return read_trustee_key(group, key)
        case ["Pedersen", parameters]:
            return read_threshold(group, parameters)
    raise Refused(Check.FORM, "an item of the trustees is Single or Pedersen")


def _json(group: Group, trustees: Sequence[Item]) -> Json:
    return [
        ["Pedersen", threshold_json(group, item)]
        if isinstance(item, Threshold)
        else ["Single", trustee_key_json(group, item)]
        for item in trustees
    ]
