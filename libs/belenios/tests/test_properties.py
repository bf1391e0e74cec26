"""Properties of proofs, elements and numbers, on drawn cases: what holds, holds where it was made and nowhere else."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import product
from typing import NamedTuple, TypeVar

import pytest
from belenios import sealing
from belenios.ballots import Answer, Ballot, Ciphertext, read_ballot, write_ballot
from belenios.checking import check_ballot
from belenios.election import Election, Question, read_election
from belenios.encoding import natural
from belenios.groups import Element, Group, NotAnElement, edwards, group_named
from belenios.groups.constants import BELENIOS_2048_P
from belenios.refusal import Check, Refused
from belenios.sealing import encrypt, seal, sign
from belenios.testing.trial import Trial, make_trial
from hypothesis import given, settings
from hypothesis import strategies as st


class Place(NamedTuple):
    """Where a proof was made: rules (of two), voter (of two), question (of two alike), position among the answers."""

    rules: int
    voter: int
    question: int
    position: int


PLACES = [Place(*numbers) for numbers in product(range(2), repeat=4)]


@cache
def two_elections(*, blank: bool) -> tuple[Trial, dict[tuple[int, int], Ballot]]:
    """A trial, and the ballots of two voters under its rules and under rules of another name; all choose the same.

    The two questions differ in their bounds only. Were they alike, a voter could repeat an answer of their own under
    the other one, which is a choice like any other (docs/protocol.md, §6).
    """
    questions = [Question("?", ("a", "b"), least, least + 1, blank) for least in (0, 1)]
    trial = make_trial("Ed25519", questions, [(1, 1)], [1, 1])
    rules = [trial.election, read_election(replace(trial.election, name="Une autre").data)]
    choices = [[0] * blank + [1, 0]] * 2
    ballots = {
        (number, voter): read_ballot(election, seal(election, trial.voters[voter], choices))
        for (number, election), voter in product(enumerate(rules), range(2))
    }
    return trial, ballots


T = TypeVar("T")
Move = Callable[[Answer, Answer, Place, Place], Answer]


def one_choice(target: Answer, source: Answer, to: Place, from_: Place) -> Answer:
    """The ciphertext of one position, with its own proof."""
    return replace(
        target,
        choices=put(target.choices, to.position, source.choices[from_.position]),
        individual_proofs=put(target.individual_proofs, to.position, source.individual_proofs[from_.position]),
    )


def one_proof(target: Answer, source: Answer, to: Place, from_: Place) -> Answer:
    """The proof of one position, without its ciphertext."""
    moved = source.individual_proofs[from_.position]
    return replace(target, individual_proofs=put(target.individual_proofs, to.position, moved))


def overall_proof(target: Answer, source: Answer, _to: Place, _from: Place) -> Answer:
    return replace(target, overall_proof=source.overall_proof)


def blank_proof(target: Answer, source: Answer, _to: Place, _from: Place) -> Answer:
    return replace(target, blank_proof=source.blank_proof)


def whole_answer(_target: Answer, source: Answer, _to: Place, _from: Place) -> Answer:
    return source


def exchange(target: Answer, _source: Answer, to: Place, from_: Place) -> Answer:
    """Two of the voter's own choices exchanged, each with its proof: another vote than the one that was signed."""
    choices, proofs = target.choices, target.individual_proofs
    a, b = to.position, from_.position
    return replace(
        target,
        choices=put(put(choices, a, choices[b]), b, choices[a]),
        individual_proofs=put(put(proofs, a, proofs[b]), b, proofs[a]),
    )


MOVES: tuple[Move, ...] = (one_choice, one_proof, overall_proof, blank_proof, whole_answer, exchange)


def put(items: tuple[T, ...], position: int, item: T) -> tuple[T, ...]:
    return (*items[:position], item, *items[position + 1 :])


@given(st.sampled_from(("plain", "blank")), st.sampled_from(MOVES), st.sampled_from(PLACES), st.sampled_from(PLACES))
@settings(max_examples=200, deadline=None)
def test_a_proof_for_another_question_election_credential_or_position_is_refused(
    kind: str, move: Move, to: Place, from_: Place
) -> None:
    """A voter moves a proof into their own ballot and signs it anew: only the proofs can tell."""
    trial, ballots = two_elections(blank=kind == "blank")
    to = to._replace(rules=0)
    target, source = ballots[0, to.voter], ballots[from_.rules, from_.voter]
    moved = move(target.answers[to.question], source.answers[from_.question], to, from_)
    ballot = replace(target, answers=put(target.answers, to.question, moved))
    data = write_ballot(trial.election, sign(trial.election, trial.voters[to.voter], ballot))
    if ballot == target:
        assert check_ballot(trial.election, data)
        return
    with pytest.raises(Refused) as refusal:
        check_ballot(trial.election, data)
    assert refusal.value.check in (Check.DISJUNCTION, Check.OVERALL_PROOF, Check.BLANK_PROOF)


def order_two(name: str) -> Element:
    """The element of order two outside the subgroup: -1 in a field, (0, -1) on the curve."""
    if name == "Ed25519":
        return Element(int(edwards.P - 1).to_bytes(32, "little"))
    return group_named(name).parse(str(BELENIOS_2048_P - 1))


@pytest.mark.parametrize("name", ["Ed25519", "BELENIOS-2048"])
@pytest.mark.parametrize("field", ["alpha", "beta"])
def test_an_element_of_small_order_is_refused_even_when_every_proof_holds(
    name: str, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A voter multiplies a ciphertext by an element of order two: the proofs hold when their challenges are even."""
    trial = make_trial(name, [Question("?", ("a",), 0, 1)], [(1, 1)], [1])
    stain = order_two(name)

    def stained(group: Group, election: Election, randomness: int, value: int) -> Ciphertext:
        pure = encrypt(group, election, randomness, value)
        return replace(pure, **{field: group.multiply(getattr(pure, field), stain)})

    monkeypatch.setattr(sealing, "encrypt", stained)
    tempting = (seal(trial.election, trial.voters[0], [[1]]) for _ in range(400))
    ballot = next(data for data in tempting if accepted_without_membership(trial, data))
    with pytest.raises(Refused) as refusal:
        check_ballot(trial.election, ballot)
    assert refusal.value.check is Check.MEMBERSHIP


def accepted_without_membership(trial: Trial, data: bytes) -> bool:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(trial.group), "are_members", lambda *_: True)
        try:
            return bool(check_ballot(trial.election, data))
        except Refused:
            return False


@given(st.integers(0, 10**90), st.integers(1, 10**80))
@settings(max_examples=200)
def test_a_number_is_read_below_its_bound_only(number: int, bound: int) -> None:
    if number < bound:
        assert natural(str(number), bound) == number
    else:
        with pytest.raises(Refused):
            natural(str(number), bound)


SPELLINGS: tuple[Callable[[str], str], ...] = (
    lambda text: "0" + text,
    lambda text: "+" + text,
    lambda text: "-" + text,
    lambda text: " " + text,
    lambda text: text + "\n",
    lambda text: text[:1] + "_" + text[1:],
    lambda text: text + ".0",
    lambda text: text + "e0",
    lambda text: "".join(chr(0x660 + int(digit)) if digit.isdigit() else digit for digit in text),
)


@given(st.integers(0, 10**70), st.sampled_from(SPELLINGS))
def test_a_number_has_one_spelling(number: int, respell: Callable[[str], str]) -> None:
    with pytest.raises(Refused):
        natural(respell(str(number)), 10**80)


@given(st.sampled_from(["Ed25519", "BELENIOS-2048", "RFC-3526-2048"]), st.integers(1), st.sampled_from(SPELLINGS))
@settings(max_examples=60, deadline=None)
def test_an_element_has_one_spelling(name: str, exponent: int, respell: Callable[[str], str]) -> None:
    group = group_named(name)
    text = group.text(group.power(group.generator, exponent))
    for other in {respell(text), text.upper() if text.upper() != text else text + " "}:
        with pytest.raises(NotAnElement):
            group.parse(other)


def small_order() -> list[edwards.Point]:
    """The seven points of order 2, 4 and 8: multiples, by the prime order, of points of the curve."""
    found: dict[bytes, edwards.Point] = {}
    for y in range(2, 60):
        point = edwards.decode(y.to_bytes(32, "little"))
        if point:
            multiple = edwards.multiply(point, edwards.ORDER)
            found[edwards.encode(multiple)] = multiple
    del found[edwards.encode(edwards.NEUTRAL)]
    return list(found.values())


SMALL = small_order()
assert len(SMALL) == 7


@given(st.integers(0, edwards.ORDER - 1), st.sampled_from(SMALL), st.integers(0, 99), st.integers(1, 100))
@settings(max_examples=60, deadline=None)
def test_a_member_with_a_point_of_small_order_added_is_refused(
    exponent: int, small: edwards.Point, position: int, count: int
) -> None:
    group = group_named("Ed25519")
    honest = group.power(group.generator, exponent)
    point = edwards.decode(honest)
    assert point
    stained = Element(edwards.encode(edwards.add(point, small)))
    crowd = [honest] * count
    crowd.insert(position % (count + 1), stained)
    assert not group.is_member(stained)
    assert not group.are_members(crowd)
