"""Any t of n trustees open the tally, t - 1 do not, and a trustee who cheats in the ceremony is named."""

import json
from dataclasses import replace
from itertools import combinations

import pytest
from belenios.ceremony import assemble, certificate, decryption_key, key, new_seed, shares
from belenios.checking import check_ballot
from belenios.decryption import check_decryption, combine, decrypt, find_result
from belenios.election import Question
from belenios.groups import Group, group_named
from belenios.refusal import Check, Refused
from belenios.secret import Secret
from belenios.tally import of_answers, product
from belenios.testing.trial import Trial, make_trial, run_ceremony
from belenios.threshold import Context, Threshold, check_threshold
from belenios.trustees import check_trustees, decryption_keys, read_trustees, write_trustees
from hypothesis import given, settings
from hypothesis import strategies as st

CURVE = group_named("Ed25519")


def opened_by(trial: Trial, owners: tuple[int, ...]) -> object:
    """The result that these trustees find."""
    ballots = (of_answers(check_ballot(trial.election, ballot).answers) for _, ballot in trial.ballots)
    tally = product(trial.election, ballots)
    keys = decryption_keys(trial.trustees)
    partials = {}
    for owner in owners:
        data = decrypt(trial.election, tally, trial.secrets[owner - 1])
        partials[owner] = check_decryption(trial.election, tally, keys[owner - 1], data)
    opened = combine(trial.group, trial.trustees, partials)
    return find_result(trial.group, tally, opened, len(trial.ballots))


@given(st.integers(1, 4).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
@settings(max_examples=8, deadline=None)
def test_any_t_of_n_open_it_and_fewer_do_not(shape: tuple[int, int]) -> None:
    threshold, size = shape
    if size == 1:
        size = threshold + 1
    trial = make_trial("Ed25519", [Question("?", ("a", "b"), 1, 1)], [(threshold, size)], [1, 1])
    trial.vote(0, [[1, 0]])
    trial.vote(1, [[1, 0]])
    for owners in combinations(range(1, size + 1), threshold):
        assert opened_by(trial, owners) == ((2, 0),)
    for owners in combinations(range(1, size + 1), threshold - 1):
        with pytest.raises(Refused) as refusal:
            opened_by(trial, owners)
        assert refusal.value.check is Check.MISSING_DECRYPTION
        if owners:
            assert opened_anyway(trial, owners) is Check.RESULT


def opened_anyway(trial: Trial, owners: tuple[int, ...]) -> Check:
    """What becomes of too few factors, interpolated as though they were enough: nothing that is a count."""
    (item,) = trial.trustees
    assert isinstance(item, Threshold)
    trial.trustees = (replace(item, threshold=len(owners)),)
    try:
        with pytest.raises(Refused) as refusal:
            opened_by(trial, owners)
        return refusal.value.check
    finally:
        trial.trustees = (item,)


def test_every_single_trustee_is_needed(trial: Trial) -> None:
    with pytest.raises(Refused) as refusal:
        opened_by(trial, (2, 3))
    assert refusal.value.check is Check.MISSING_DECRYPTION
    assert opened_by(trial, (1, 2, 3)) == opened_by(trial, (1, 3, 4)) == opened_by(trial, (1, 2, 3, 4))


@pytest.mark.parametrize("name", ["Ed25519", "BELENIOS-2048"])
def test_shares_are_those_of_the_public_polynomials(name: str) -> None:
    group = group_named(name)
    item, secrets = run_ceremony(group, 2, 3)
    for verification, secret in zip(item.verification_keys, secrets, strict=True):
        assert group.power(group.generator, secret.reveal()) == verification.public_key
    data = write_trustees(group, [item])
    assert check_trustees(group, read_trustees(group, data)) == check_threshold(group, item)


class Ceremony:
    """Three trustees, two of whom are needed, at the point where shares were sent."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.seeds = [new_seed() for _ in range(3)]
        contexts = [Context(group.name, 3, 2, index) for index in (1, 2, 3)]
        self.certs = [certificate(group, seed, context) for seed, context in zip(self.seeds, contexts, strict=True)]
        self.messages = [shares(group, seed, self.certs) for seed in self.seeds]

    def refused(self, messages: list[bytes], certs: list[bytes] | None = None) -> Refused:
        """What trustee 2 answers to these messages."""
        with pytest.raises(Refused) as refusal:
            key(self.group, self.seeds[1], certs or self.certs, messages)
        return refusal.value


@pytest.fixture
def ceremony() -> Ceremony:
    return Ceremony(CURVE)


def test_shares_of_another_polynomial_are_refused_and_their_author_named(ceremony: Ceremony) -> None:
    other = json.loads(shares(CURVE, ceremony.seeds[0], ceremony.certs))
    mixed = json.loads(ceremony.messages[0]) | {"secrets": other["secrets"]}
    refused = ceremony.refused([json.dumps(mixed).encode(), *ceremony.messages[1:]])
    assert (refused.check, refused.record) == (Check.SHARE, "shares of trustee 1")


def test_a_share_meant_for_another_is_refused(ceremony: Ceremony) -> None:
    mixed = json.loads(ceremony.messages[0])
    mixed["secrets"][1] = mixed["secrets"][2]
    assert ceremony.refused([json.dumps(mixed).encode(), *ceremony.messages[1:]]).check is Check.TRUSTEE_SIGNATURE


def test_a_share_changed_on_the_way_is_refused(ceremony: Ceremony) -> None:
    mixed = json.loads(ceremony.messages[2])
    box = mixed["secrets"][1]["box"]
    mixed["secrets"][1]["box"] = ("0" if box[0] != "0" else "1") + box[1:]
    refused = ceremony.refused([*ceremony.messages[:2], json.dumps(mixed).encode()])
    assert (refused.check, refused.record) == (Check.TRUSTEE_SIGNATURE, "shares of trustee 3")


def test_messages_in_another_order_or_number_are_refused(ceremony: Ceremony) -> None:
    assert ceremony.refused(ceremony.messages[::-1]).check is Check.TRUSTEE_SIGNATURE
    assert ceremony.refused(ceremony.messages[:2]).check is Check.THRESHOLD


def test_certificates_of_another_ceremony_are_refused(ceremony: Ceremony) -> None:
    other = Ceremony(CURVE)
    mixed = [*ceremony.certs[:2], other.certs[2]]
    assert ceremony.refused(ceremony.messages, mixed).check is Check.TRUSTEE_SIGNATURE
    assert ceremony.refused(ceremony.messages, other.certs).check is Check.THRESHOLD
    assert ceremony.refused(ceremony.messages, ceremony.certs[::-1]).check is Check.THRESHOLD
    assert ceremony.refused(ceremony.messages, [ceremony.certs[1]] * 3).check is Check.THRESHOLD


def test_a_decryption_key_opens_with_its_own_seed_only(ceremony: Ceremony) -> None:
    keys = [key(CURVE, seed, ceremony.certs, ceremony.messages) for seed in ceremony.seeds]
    item = assemble(CURVE, ceremony.certs, ceremony.messages, keys)
    secret = decryption_key(CURVE, ceremony.seeds[0], ceremony.certs, keys[0])
    assert CURVE.power(CURVE.generator, secret.reveal()) == item.verification_keys[0].public_key
    for seed, certs in ((ceremony.seeds[1], ceremony.certs), (new_seed(), ceremony.certs)):
        with pytest.raises(Refused):
            decryption_key(CURVE, seed, certs, keys[0])


def test_no_message_shows_a_secret(ceremony: Ceremony) -> None:
    keys = [key(CURVE, seed, ceremony.certs, ceremony.messages) for seed in ceremony.seeds]
    opened = [decryption_key(CURVE, seed, ceremony.certs, own) for seed, own in zip(ceremony.seeds, keys, strict=True)]
    public = b"".join([*ceremony.certs, *ceremony.messages, *keys])
    for secret in (*(str(number.reveal()) for number in opened), *(seed.reveal() for seed in ceremony.seeds)):
        assert secret.encode() not in public


def test_a_key_without_its_owners_signature_is_refused() -> None:
    item, _ = run_ceremony(CURVE, 2, 3)
    unsigned = replace(item.verification_keys[0], signature=None)
    changes: list[Threshold] = [
        replace(item, verification_keys=(unsigned, *item.verification_keys[1:])),
        replace(item, verification_keys=item.verification_keys[::-1]),
        replace(item, verification_keys=item.verification_keys[:2]),
        replace(item, signatures=None),
        replace(item, threshold=1),
        replace(item, threshold=0),
        replace(item, threshold=4),
        replace(item, coefexps=item.coefexps[::-1]),
    ]
    for changed in changes:
        with pytest.raises(Refused):
            check_threshold(CURVE, changed)


def test_secrets_are_boxed() -> None:
    secret: Secret[int] = Secret(123456789)
    assert "123456789" not in f"{secret!r} {secret!s} {[secret]}"
    assert secret == Secret(123456789) != Secret(5)
