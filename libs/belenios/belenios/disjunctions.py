"""What a ballot claims of its ciphertexts (§6): the disjunctions that the one who proves and the one who checks share.

Each choice holds 0 or 1. Without a blank vote, the choices add up to a permitted number. With one, a first ciphertext
says "blank", and two more disjunctions tie it to the others: blank or not, never both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from belenios.ballots import Answer, Ciphertext, answer_context
from belenios.election import Election, Question
from belenios.groups import Group
from belenios.proofs import Proof, Statement
from belenios.refusal import Check


@dataclass(frozen=True, slots=True)
class Disjunction:
    """One of `statements` is true; `prefix` enters the hash; `check` names it in a refusal."""

    check: Check
    prefix: str
    statements: tuple[Statement, ...]


def individual(election: Election, context: str, choice: Ciphertext) -> Disjunction:
    """m = 0 ∨ m = 1, bound to S0."""
    return _values(election.group, context, choice, range(2))


def overall(election: Election, question: Question, context: str, choices: Sequence[Ciphertext]) -> Disjunction:
    """Without blank: m_Σ ∈ [min … max]. With blank: m_0 = 1 ∨ m_Σ ∈ [min … max]. Bound to S1 = `context`."""
    permitted = range(question.minimum, question.maximum + 1)
    if not question.blank:
        return _values(election.group, context, total(election.group, choices), permitted)
    blank, rest = choices[0], total(election.group, choices[1:])
    statements = (_statement(blank, 1), *(_statement(rest, value) for value in permitted))
    return Disjunction(Check.OVERALL_PROOF, f"bproof1|{context}|", statements)


def blank_or_not(election: Election, context: str, choices: Sequence[Ciphertext]) -> Disjunction:
    """m_0 = 0 ∨ m_Σ = 0: a blank vote chooses nothing else. Bound to S1 = `context`."""
    statements = (_statement(choices[0], 0), _statement(total(election.group, choices[1:]), 0))
    return Disjunction(Check.BLANK_PROOF, f"bproof0|{context}|", statements)


def claims(election: Election, context: str, number: int, answer: Answer) -> list[tuple[Disjunction, Sequence[Proof]]]:
    """List all the disjunctions of an answer with their proofs; `context` is S0, `number` counts from 0."""
    question, choices = election.questions[number], answer.choices
    whole = answer_context(election, context, choices)
    found: list[tuple[Disjunction, Sequence[Proof]]] = [
        (individual(election, context, choice), proofs)
        for choice, proofs in zip(choices, answer.individual_proofs, strict=True)
    ]
    found.append((overall(election, question, whole, choices), answer.overall_proof))
    if answer.blank_proof is not None:
        found.append((blank_or_not(election, whole, choices), answer.blank_proof))
    return found


def total(group: Group, choices: Sequence[Ciphertext]) -> Ciphertext:
    """Multiply ciphertexts, which adds what they hold."""
    return Ciphertext(
        group.product(choice.alpha for choice in choices), group.product(choice.beta for choice in choices)
    )


def _statement(ciphertext: Ciphertext, value: int) -> Statement:
    return Statement(ciphertext.alpha, ciphertext.beta, value)


def _values(group: Group, context: str, ciphertext: Ciphertext, values: range) -> Disjunction:
    prefix = f"prove|{context}|{group.text(ciphertext.alpha)},{group.text(ciphertext.beta)}|"
    return Disjunction(Check.DISJUNCTION, prefix, tuple(_statement(ciphertext, value) for value in values))
