"""What the verifier found, as data: `decider-verify` prints it for people or as JSON, other programs read it."""

from collections import Counter
from dataclasses import asdict, dataclass, field

from belenios.decryption import Result
from belenios.election import Election
from belenios.encoding import Json
from belenios.refusal import Refused


@dataclass(frozen=True, slots=True)
class BallotReport:
    """One ballot: its place among the ballots from 1, the height of its event, and whether it is in the count."""

    tracker: str
    number: int
    height: int
    credential: str
    weight: int
    counted: bool
    replaced_by: str | None


@dataclass
class Report:
    """Filled as the verification goes on; complete when `accepted` is true, else `refusal` says what failed first.

    `checks` counts what was checked, by name. `previous` is the number of records of the earlier copy found
    unchanged.
    """

    file: str
    size: int
    accepted: bool = False
    finished: bool = False
    refusal: Refused | None = None
    records: int = 0
    election: Election | None = None
    fingerprints: dict[str, str] = field(default_factory=dict)
    trustee_fingerprints: list[str] = field(default_factory=list)
    voters: int = 0
    ballots: int = 0
    counted: int = 0
    total_weight: int = 0
    result: Result | None = None
    ballot: BallotReport | None = None
    previous: int | None = None
    checks: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> Json:
        """The machine-readable report."""
        value: dict[str, Json] = {
            "accepted": self.accepted,
            "finished": self.finished,
            "file": self.file,
            "size": self.size,
            "records": self.records,
            "voters": self.voters,
            "ballots": self.ballots,
            "counted": self.counted,
            "total_weight": self.total_weight,
            "fingerprints": dict(self.fingerprints),
            "trustees": list(self.trustee_fingerprints),
            "checks": dict(self.checks),
        }
        if self.refusal:
            parts = {"check": self.refusal.check.value, "record": self.refusal.record, "reason": self.refusal.reason}
            value["refusal"] = dict(parts)
        if self.election:
            election = self.election
            value["election"] = {"uuid": election.uuid, "name": election.name, "group": election.group_name}
        if self.result is not None:
            value["result"] = self._result_json()
        if self.ballot:
            value["ballot"] = asdict(self.ballot)
        if self.previous is not None:
            value["previous_records"] = self.previous
        return value

    def _result_json(self) -> Json:
        return [
            {"question": text, "answers": [{"answer": label, "count": count} for label, count in answers]}
            for text, answers in self.results()
        ]

    def results(self) -> list[tuple[str, list[tuple[str | None, int]]]]:
        """The result per question: its text, and each answer with its count; the blank vote has None for a label."""
        if self.election is None or self.result is None:
            return []
        return [
            (question.text, list(zip(((None,) if question.blank else ()) + question.answers, counts, strict=True)))
            for question, counts in zip(self.election.questions, self.result, strict=True)
        ]
