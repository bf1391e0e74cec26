"""A proof holds for its statement, in its context, and nowhere else."""

from dataclasses import replace

import pytest
from belenios.encoding import Json
from belenios.groups import Element, Group, group_named
from belenios.proofs import (
    Opening,
    Proof,
    SamePower,
    Statement,
    branches,
    challenges_add_up,
    equality_holds,
    knowledge_holds,
    prove_equality,
    prove_knowledge,
    prove_one,
    random_exponent,
    read_proof,
)
from belenios.refusal import Check, Refused
from hypothesis import given, settings
from hypothesis import strategies as st

CURVE = group_named("Ed25519")


def encryption(group: Group, key: Element, value: int) -> tuple[Statement, int]:
    r = random_exponent(group)
    beta = group.multiply(group.power(key, r), group.power(group.generator, value))
    return Statement(group.power(group.generator, r), beta, value), r


def holds(group: Group, key: Element, prefix: str, statements: list[Statement], proofs: list[Proof]) -> bool:
    commitments = group.commitments(key, branches(statements, proofs))
    return challenges_add_up(group, prefix, commitments, proofs)


def test_knowledge_is_bound_to_key_and_prefix(group: Group) -> None:
    secret = random_exponent(group)
    key = group.power(group.generator, secret)
    proof = prove_knowledge(group, "pok|", secret)
    assert knowledge_holds(group, "pok|", key, proof)
    assert not knowledge_holds(group, "other|", key, proof)
    assert not knowledge_holds(group, "pok|", group.multiply(key, group.generator), proof)
    assert not knowledge_holds(group, "pok|", key, replace(proof, response=(proof.response + 1) % group.order))
    assert not knowledge_holds(group, "pok|", key, replace(proof, challenge=(proof.challenge + 1) % group.order))


def test_equality_fails_for_another_power(group: Group) -> None:
    secret, base = random_exponent(group), group.power(group.generator, random_exponent(group))
    key, power = group.power(group.generator, secret), group.power(base, secret)
    proof = prove_equality(group, "decrypt|", base, secret)
    claim = SamePower(key, base, power)
    assert equality_holds(group, "decrypt|", claim, proof)
    assert not equality_holds(group, "decrypt|other", claim, proof)
    for field in ("key", "base", "power"):
        wrong = group.multiply(getattr(claim, field), group.generator)
        assert not equality_holds(group, "decrypt|", replace(claim, **{field: wrong}), proof)


@given(st.integers(0, 6), st.integers(1, 4), st.data())
@settings(max_examples=40, deadline=None)
def test_one_of_many_holds_for_a_permitted_value_only(low: int, count: int, data: st.DataObject) -> None:
    key = CURVE.power(CURVE.generator, 777)
    true = data.draw(st.integers(0, count - 1))
    encrypted, r = encryption(CURVE, key, low + true)
    statements = [replace(encrypted, value=low + j) for j in range(count)]
    proofs = prove_one(CURVE, key, "prove|S|", statements, Opening(true, r))
    assert holds(CURVE, key, "prove|S|", statements, proofs)
    assert not holds(CURVE, key, "prove|T|", statements, proofs)
    outside = [replace(statement, value=statement.value + count) for statement in statements]
    assert not holds(CURVE, key, "prove|S|", outside, proofs)
    lie = prove_one(CURVE, key, "prove|S|", outside, Opening(true, r))
    assert not holds(CURVE, key, "prove|S|", outside, lie)


def test_the_same_number_of_values_is_needed(group: Group) -> None:
    key = group.power(group.generator, 5)
    encrypted, r = encryption(group, key, 1)
    statements = [replace(encrypted, value=value) for value in (0, 1)]
    proofs = prove_one(group, key, "prove|", statements, Opening(1, r))
    assert holds(group, key, "prove|", statements, proofs)
    with pytest.raises(ValueError, match=r"shorter|longer"):
        branches(statements, proofs[:1])


@pytest.mark.parametrize(
    "value",
    [
        {"challenge": "01", "response": "1"},
        {"challenge": "1", "response": "-1"},
        {"challenge": 1, "response": "1"},
        {"challenge": "1", "response": str(CURVE.order)},
        {"challenge": "1", "response": "9" * 5000},
        {"challenge": "1", "response": "1", "extra": "1"},
        {"challenge": "1"},
        ["1", "1"],
        None,
    ],
)
def test_numbers_out_of_form_or_range_are_refused(value: Json) -> None:
    with pytest.raises(Refused) as refusal:
        read_proof(CURVE, value)
    assert refusal.value.check in (Check.NUMBER, Check.FORM)
