"""The rules of a sealed vote as the Belenios protocol writes them, and what the sums of its answers mean.

Approval: one question, whose answers are the projects. Majority judgment: one question for each project, whose answers
are the grades, exactly one of which is given, so that the sums are the numbers of grades. Where the rules ignore
projects left without a grade, a last answer says that one leaves it; where they count as the worst grade, the booth
gives that grade.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from belenios.base58 import DIGITS
from belenios.election import Election, Question, read_election
from belenios.encoding import compact_bytes
from belenios.groups import Element, Group

from voting.domain.count import Result, approval_result, judgment_result
from voting.domain.rules import Approval, Blanks, MajorityJudgment, Rules, Words, judged_by

LEFT = ""
"""The answer of who leaves a project without a grade."""
_UUID_DIGITS = 22
_DIGITS_OF_ED25519 = 64
_DIGITS_OF_2048_BITS = 617
_LEFT_WORDS = {"fr": "Sans avis", "en": "No opinion"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A question: which project it is about (approval: all of them), and what its answers stand for."""

    candidate_id: str | None
    answers: tuple[str, ...]
    minimum: int
    maximum: int


def uuid_of(election_id: UUID) -> str:
    """An election's identifier in the protocol: the number of its own identifier, in 22 Base58 digits."""
    number, digits = election_id.int, ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits.rjust(_UUID_DIGITS, DIGITS[0])


def sheets(rules: Rules) -> tuple[Sheet, ...]:
    """The questions of a sealed ballot under these rules."""
    if isinstance(rules.method, Approval):
        answers = tuple(candidate.id for candidate in rules.candidates)
        return (Sheet(None, answers, 0, min(rules.method.max_choices, len(answers))),)
    method = judged_by(rules.method)
    answers = method.codes + ((LEFT,) if method.blanks is Blanks.IGNORED else ())
    return tuple(Sheet(candidate.id, answers, 1, 1) for candidate in rules.candidates)


@dataclass(frozen=True, slots=True)
class Booth:
    """What seals the ballots of a vote: its identifier, its group, its public key."""

    uuid: str
    group: Group
    key: Element


def election_of(rules: Rules, booth: Booth, *, rules_sha256: str, language: str) -> Election:
    """The rules as they are published for booths and verifiers; their text names the SHA-256 of the full rules."""
    described = _said(rules.description, language)
    election = Election(
        name=_said(rules.title, language),
        description=f"{described}\n\nSHA-256: {rules_sha256}".strip(),
        group_name=booth.group.name,
        public_key=booth.key,
        questions=tuple(_question(rules, sheet, language) for sheet in sheets(rules)),
        uuid=booth.uuid,
    )
    return read_election(election.data)


def _question(rules: Rules, sheet: Sheet, language: str) -> Question:
    titles = {candidate.id: _said(candidate.title, language) for candidate in rules.candidates}
    if isinstance(rules.method, Approval):
        return Question(_said(rules.title, language), tuple(titles.values()), sheet.minimum, sheet.maximum)
    grades = {grade.code: _said(grade.label, language) for grade in judged_by(rules.method).grades}
    words = grades | {LEFT: _LEFT_WORDS.get(language, _LEFT_WORDS["en"])}
    answers = tuple(words[answer] for answer in sheet.answers)
    return Question(titles[sheet.candidate_id or ""], answers, sheet.minimum, sheet.maximum)


def _said(words: Words, language: str) -> str:
    return words.get(language) or next(iter(words.values()), "")


def result_of(rules: Rules, sums: Sequence[Sequence[int]], ballots: int) -> Result:
    """The result that the opened sums give; of single ballots nobody knows anything, not even which are blank."""
    if isinstance(rules.method, Approval):
        votes = Counter(dict(zip(sheets(rules)[0].answers, sums[0], strict=True)))
        return approval_result(rules, rules.method, votes, ballots, 0)
    method = judged_by(rules.method)
    return judgment_result(rules, method, _given(rules, method, sums), ballots, 0)


def _given(rules: Rules, method: MajorityJudgment, sums: Sequence[Sequence[int]]) -> Counter[tuple[str, str]]:
    given: Counter[tuple[str, str]] = Counter()
    for candidate, counts in zip(rules.candidates, sums, strict=True):
        for code, count in zip(method.codes, counts, strict=False):
            given[candidate.id, code] = count
    return given


def longest_ballot(election: Election) -> int:
    """The length, in bytes, of the longest ballot that can be well formed."""
    shapes = [Sheet(None, one.answers, one.minimum, one.maximum) for one in election.questions]
    return max_ballot_bytes(election.group, shapes, election.uuid)


def max_ballot_bytes(group: Group, asked: Sequence[Sheet], uuid: str) -> int:
    """The same, before there is a key."""
    element = "0" * (_DIGITS_OF_ED25519 if group.name == "Ed25519" else _DIGITS_OF_2048_BITS)
    number = "0" * len(str(group.order))
    proof = {"challenge": number, "response": number}
    answers = [
        {
            "choices": [{"alpha": element, "beta": element}] * len(sheet.answers),
            "individual_proofs": [[proof, proof]] * len(sheet.answers),
            "overall_proof": [proof] * (sheet.maximum - sheet.minimum + 1),
        }
        for sheet in asked
    ]
    digest = "0" * 43
    longest = {
        "election_uuid": uuid,
        "election_hash": digest,
        "credential": element,
        "answers": answers,
        "signature": {"hash": digest, "proof": proof},
    }
    return len(compact_bytes(longest))
