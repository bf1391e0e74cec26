"""A ballot counts what its voter chose, for one election, one credential, one question, one position."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from belenios.ballots import Ballot, Ciphertext, read_ballot, tracker, write_ballot
from belenios.checking import check_ballot, check_ballots
from belenios.credentials import derive, is_credential, new_credential, read_roll
from belenios.decryption import check_decryption, combine, decrypt, find_result
from belenios.election import Question, read_election
from belenios.groups import group_named
from belenios.refusal import Check, Refused
from belenios.sealing import seal, sign
from belenios.tally import of_answers, product, weighted
from belenios.testing.trial import Trial, make_trial
from hypothesis import given, settings
from hypothesis import strategies as st

Change = Callable[[Ballot], Ballot]


@st.composite
def elections(draw: st.DrawFn) -> tuple[Question, list[tuple[int, list[int]]]]:
    """A question, and ballots that answer it: weight and choices."""
    size = draw(st.integers(1, 4))
    low = draw(st.integers(0, size))
    high = draw(st.integers(low, size))
    blank = draw(st.sampled_from([None, False, True]))
    question = Question("?", tuple("abcd"[:size]), low, high, blank)
    return question, draw(st.lists(st.tuples(st.integers(0, 3), choices(question)), max_size=4))


@st.composite
def choices(draw: st.DrawFn, question: Question) -> list[int]:
    size = len(question.answers)
    if question.blank and draw(st.booleans()):
        return [1] + [0] * size
    chosen = draw(st.permutations(range(size)))[: draw(st.integers(question.minimum, question.maximum))]
    return [0] * bool(question.blank) + [int(i in chosen) for i in range(size)]


@given(elections())
@settings(max_examples=30, deadline=None)
def test_what_is_decrypted_is_the_weighted_sum(case: tuple[Question, list[tuple[int, list[int]]]]) -> None:
    question, votes = case
    trial = make_trial("Ed25519", [question], [(1, 1)], [weight for weight, _ in votes])
    sealed = [seal(trial.election, trial.voters[i], [bits]) for i, (_, bits) in enumerate(votes)]
    ballots = check_ballots(trial.election, sealed)
    parts = (
        weighted(trial.group, of_answers(ballot.answers), weight)
        for ballot, (weight, _) in zip(ballots, votes, strict=True)
    )
    tally = product(trial.election, parts)
    data = decrypt(trial.election, tally, trial.secrets[0])
    factors = check_decryption(trial.election, tally, trial.trustees[0].public_key, data)  # type: ignore[union-attr]
    opened = combine(trial.group, trial.trustees, {1: factors})
    expected = [sum(weight * bits[i] for weight, bits in votes) for i in range(question.ciphertexts)]
    assert find_result(trial.group, tally, opened, sum(weight for weight, _ in votes)) == (tuple(expected),)


@pytest.mark.parametrize("name", ["BELENIOS-2048", "RFC-3526-2048"])
def test_a_field_serves_as_well_as_the_curve(name: str) -> None:
    trial = make_trial(name, [Question("?", ("a", "b"), 1, 1, blank=True)], [(1, 1)], [1])
    ballot = trial.vote(0, [[0, 0, 1]])
    assert check_ballot(trial.election, ballot) == read_ballot(trial.election, ballot)


def refusal_of(trial: Trial, data: bytes) -> Refused:
    with pytest.raises(Refused) as refusal:
        check_ballot(trial.election, data)
    return refusal.value


def test_a_refusal_names_the_ballot_at_fault_in_a_batch(trial: Trial) -> None:
    good = [ballot for _, ballot in trial.ballots]
    bad = resigned(trial, lambda ballot: replace(ballot, answers=ballot.answers[::-1]), shape_kept=False)
    with pytest.raises(Refused) as refusal:
        check_ballots(trial.election, [good[0], bad, good[1]])
    assert refusal.value.record.startswith(f"ballot {tracker(bad)}")


def resigned(trial: Trial, change: Change, *, shape_kept: bool = True) -> bytes:
    """Change the first ballot and sign it anew with its credential, as a dishonest voter could."""
    ballot = read_ballot(trial.election, trial.ballots[0][1])
    data = write_ballot(trial.election, sign(trial.election, trial.voters[0], change(ballot)))
    assert not shape_kept or read_ballot(trial.election, data)
    return data


def test_a_proof_for_another_position_is_refused(trial: Trial) -> None:
    def swap(ballot: Ballot) -> Ballot:
        first, *rest = ballot.answers
        return replace(ballot, answers=(replace(first, individual_proofs=first.individual_proofs[::-1]), *rest))

    assert refusal_of(trial, resigned(trial, swap)).check is Check.DISJUNCTION


def test_swapped_ciphertexts_with_their_proofs_are_refused(trial: Trial) -> None:
    def swap(ballot: Ballot) -> Ballot:
        first, *rest = ballot.answers
        moved = replace(first, choices=first.choices[::-1], individual_proofs=first.individual_proofs[::-1])
        return replace(ballot, answers=(moved, *rest))

    assert refusal_of(trial, resigned(trial, swap)).check is Check.DISJUNCTION


def test_an_answer_copied_from_another_credential_is_refused(trial: Trial) -> None:
    other = read_ballot(trial.election, trial.ballots[1][1])
    refused = refusal_of(trial, resigned(trial, lambda ballot: replace(ballot, answers=other.answers)))
    assert refused.check is Check.DISJUNCTION


def test_an_answer_to_another_question_is_refused() -> None:
    same = Question("?", ("a", "b"), 0, 1)
    trial = make_trial("Ed25519", [same, replace(same, text="!", maximum=2)], [(1, 1)], [1])
    ballot = read_ballot(trial.election, trial.vote(0, [[1, 0], [1, 1]]))
    first, second = ballot.answers
    for answers in ((first, first), (second, second), (second, first)):
        forged = sign(trial.election, trial.voters[0], replace(ballot, answers=answers))
        with pytest.raises(Refused):
            check_ballot(trial.election, write_ballot(trial.election, forged))


def test_a_ballot_of_another_election_is_refused(trial: Trial) -> None:
    other = replace(trial.election, name="Une autre")
    data = seal(read_election(other.data), trial.voters[0], [[1, 0], [1, 0, 0]])
    assert refusal_of(trial, data).check is Check.ELECTION_HASH
    fields = json.loads(data) | {"election_hash": trial.election.fingerprint}
    data = json.dumps(fields, separators=(",", ":")).encode()
    ballot = read_ballot(trial.election, data)
    signed = write_ballot(trial.election, sign(trial.election, trial.voters[0], ballot))
    assert refusal_of(trial, signed).check is Check.DISJUNCTION


def test_nobody_can_vote_a_thousand_times_in_one_ballot(trial: Trial) -> None:
    def inflate(ballot: Ballot) -> Ballot:
        first, *rest = ballot.answers
        group = trial.group
        cell = first.choices[0]
        more = Ciphertext(cell.alpha, group.multiply(cell.beta, group.power(group.generator, 1000)))
        return replace(ballot, answers=(replace(first, choices=(more, *first.choices[1:])), *rest))

    assert refusal_of(trial, resigned(trial, inflate)).check is Check.DISJUNCTION


@pytest.mark.parametrize(
    "answer", [[1, 1, 0], [1, 0, 1], [0, 0, 0], [0, 1, 1], [0, 1], [0, 1, 0, 0], [0, 2, 0], [0, -1, 2]]
)
def test_choices_against_the_rules_are_not_sealed(trial: Trial, answer: list[int]) -> None:
    with pytest.raises(Refused) as refusal:
        seal(trial.election, trial.voters[0], [[1, 0], answer])
    assert refusal.value.check is Check.ANSWERS


def test_credentials_have_22_digits_and_their_own_election() -> None:
    group = group_named("Ed25519")
    credential = new_credential()
    assert is_credential(credential.reveal())
    assert derive(group, "a" * 14, credential) != derive(group, "b" * 14, credential)
    assert derive(group, "a" * 14, credential) == derive(group, "a" * 14, credential)
    assert not is_credential(credential.reveal()[:-1])
    assert not is_credential(credential.reveal().replace("-", "0"))


def test_a_roll_with_a_repeat_or_a_stranger_is_refused() -> None:
    group = group_named("Ed25519")
    text = group.text(group.generator)
    small = group.text(group.identity)[:-2] + "00"
    for roll in (
        f'["{text}","{text},2"]',
        f'["{text}","{small}"]',
        f'["{text},9223372036854775808"]',
        f'["{text},-1"]',
        f'["{text},01"]',
        f'["{text}", ""]',
    ):
        with pytest.raises(Refused):
            read_roll(group, roll.encode())
