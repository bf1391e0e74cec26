"""A trustee in the browser takes part in a ceremony with trustees who use libs/belenios, and opens what they open."""

import pytest
from belenios.archive.events import Kind
from belenios.ceremony import assemble, certificate, decryption_key, key, new_seed, shares
from belenios.decryption import check_decryption
from belenios.groups import group_named
from belenios.refusal import Refused
from belenios.tally import read_tally
from belenios.testing.mutants import steps_of
from belenios.testing.trial import Trial
from belenios.threshold import Context
from belenios.trustees import decryption_keys

from .conftest import Node


@pytest.mark.parametrize("name", ["Ed25519", "BELENIOS-2048"])
def test_a_ceremony_of_both(node: Node, name: str) -> None:
    """Trustee 2 is a browser."""
    group = group_named(name)
    seeds = [new_seed() for _ in range(3)]
    contexts = [Context(name, 3, 2, index) for index in (1, 2, 3)]
    certificates = [certificate(group, seed, context) for seed, context in zip(seeds, contexts, strict=True)]
    asked = {"group": name, "seed": seeds[1].reveal()}
    context = {"group": name, "size": 3, "threshold": 2, "index": 2}
    certificates[1] = node.ask("certificate", **asked, context=context).encode()
    texts = [one.decode() for one in certificates]

    messages = [shares(group, seed, certificates) for seed in seeds]
    messages[1] = node.ask("shares", **asked, certificates=texts).encode()
    keys = [key(group, seed, certificates, messages) for seed in seeds]
    said = [one.decode() for one in messages]
    keys[1] = node.ask("key", **asked, certificates=texts, messages=said).encode()

    item = assemble(group, certificates, messages, keys)
    secret = node.ask("secret", **asked, certificates=texts, message=keys[1].decode())
    assert secret == str(decryption_key(group, seeds[1], certificates, keys[1]).reveal())
    public = group.power(group.generator, int(secret))
    assert item.verification_keys[1].public_key == public


def test_a_trustee_who_cheats_is_named(node: Node) -> None:
    group = group_named("Ed25519")
    seeds = [new_seed() for _ in range(2)]
    certificates = [certificate(group, seed, Context("Ed25519", 2, 2, i)) for i, seed in enumerate(seeds, 1)]
    messages = [shares(group, seed, certificates) for seed in seeds]
    texts = [one.decode() for one in certificates]
    other = shares(group, seeds[0], certificates).decode()
    mixed = messages[0].decode().split('"secrets"')[0] + '"secrets"' + other.split('"secrets"')[1]
    asked = {"group": "Ed25519", "seed": seeds[1].reveal(), "certificates": texts}
    found = node.ask("key", **asked, messages=[mixed, messages[1].decode()])
    assert (found["check"], found["record"]) == ("share of a secret", "shares of trustee 1")
    with pytest.raises(Refused):
        key(group, seeds[1], certificates, [mixed.encode(), messages[1]])
    stranger = node.ask("shares", group="Ed25519", seed=new_seed().reveal(), certificates=texts)
    assert stranger["check"] == "threshold parameters"


def test_a_part_of_the_opening(node: Node, little: Trial, little_archive: bytes) -> None:
    """The proofs hold for the tally of the archive, under the key of the trustee whom the browser names."""
    found = node.ask("open", archive=little_archive, secret=little.secrets[0].reveal())
    (tally,) = (contents[0] for event, contents in steps_of(little_archive) if event.kind is Kind.ENCRYPTED_TALLY)
    own = decryption_keys(little.trustees)[found["owner"] - 1]
    check_decryption(little.election, read_tally(little.election, tally), own, found["message"].encode())
    assert found["owner"] == 1
    assert node.ask("open", archive=little_archive, secret=12)["check"] == "owner of a partial decryption"
    cut = node.ask("open", archive=little_archive[:-512], secret=little.secrets[0].reveal())
    assert cut["check"] == "tar form"
