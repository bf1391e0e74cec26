"""The one way this package says no: the check that failed, what was found, and in which record."""

from enum import StrEnum


class Check(StrEnum):
    """Everything that is checked, by the name shown to people. The page docs/protocol.md explains each."""

    TAR = "tar form"
    HEADER = "archive header"
    RECORD_HASH = "record hash"
    EVENT = "event form"
    CHAIN = "chain of events"
    ORDER = "order of events"
    STRAY = "stray data"
    UNFINISHED = "unfinished election"
    CONTINUITY = "continuity with the earlier copy"
    FORM = "form"
    CANONICAL = "canonical form"
    NUMBER = "number"
    ELEMENT = "group element"
    MEMBERSHIP = "group membership"
    GROUP = "group"
    QUESTION = "question"
    UUID = "election identifier"
    TRUSTEE_PROOF = "trustee's proof of key"
    TRUSTEE_SIGNATURE = "trustee's signature"
    THRESHOLD = "threshold parameters"
    VERIFICATION_KEY = "verification key"
    SHARE = "share of a secret"
    ELECTION_KEY = "election key"
    CREDENTIAL_LIST = "credential list"
    CREDENTIAL = "credential"
    ELECTION_HASH = "election fingerprint"
    DUPLICATE = "duplicate ballot"
    TRACKER = "tracker"
    BALLOT_HASH = "ballot hash"
    BALLOT_SIGNATURE = "ballot signature"
    ANSWERS = "answers"
    DISJUNCTION = "disjunctive proof"
    BLANK_PROOF = "blank proof"
    OVERALL_PROOF = "overall proof"
    TALLY = "encrypted tally"
    OWNER = "owner of a partial decryption"
    DECRYPTION_PROOF = "decryption proof"
    MISSING_DECRYPTION = "missing partial decryption"
    RESULT = "result"


class Refused(Exception):
    """What was read does not hold. Says which check failed and why; never carries a secret."""

    def __init__(self, check: Check, reason: str, record: str = "") -> None:
        super().__init__(check, reason, record)
        self.check = check
        self.reason = reason
        self.record = record

    def __str__(self) -> str:
        where = f"{self.record}: " if self.record else ""
        return f"{where}{self.check}: {self.reason}"

    def at(self, record: str) -> "Refused":
        """Return the same refusal, located: the innermost record goes last."""
        inner = f", {self.record}" if self.record else ""
        return Refused(self.check, self.reason, record + inner)


def require(condition: object, check: Check, reason: str) -> None:
    """Raise Refused unless the condition holds."""
    if not condition:
        raise Refused(check, reason)
