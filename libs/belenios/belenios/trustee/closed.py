"""Opening a closed archive, as a trustee does: nothing is decrypted of what does not hold (§9)."""

from dataclasses import dataclass
from pathlib import Path

from belenios.archive.events import Kind
from belenios.archive.reader import read_steps
from belenios.decryption import decrypt
from belenios.election import Election
from belenios.groups import Element
from belenios.refusal import Check, Refused
from belenios.secret import Secret
from belenios.tally import EncryptedTally, read_tally
from belenios.trustees import decryption_keys, read_trustees
from belenios.verifier.report import Report
from belenios.verifier.verify import Request, verify


@dataclass(frozen=True, slots=True)
class PartialPart:
    """A partial decryption, the number of the trustee who made it, and the report on the archive it opens."""

    owner: int
    data: bytes
    report: Report


def decrypt_archive(path: Path, secret: Secret[int], jobs: int = 1) -> PartialPart:
    """Verify the archive, ballots and tally included, and compute this trustee's part of opening the tally.

    Refused when anything does not hold, when the ballots are not closed and tallied, and when the key is no
    trustee's.
    """
    report = verify(path, Request(jobs=jobs, unfinished=True))
    if report.refusal:
        raise report.refusal
    if report.election is None:
        raise Refused(Check.UNFINISHED, "the archive has no election")
    group = report.election.group
    keys, tally = _read(path, report.election)
    public = group.secret_power(group.generator, secret.reveal())
    if public not in keys:
        raise Refused(Check.OWNER, "this key is not that of a trustee of this election")
    return PartialPart(keys.index(public) + 1, decrypt(report.election, tally, secret), report)


def _read(path: Path, election: Election) -> tuple[list[Element], EncryptedTally]:
    """Take the trustees' keys and the encrypted tally out of a verified archive."""
    with path.open("rb") as stream:
        found = {step.kind: step.records for step in read_steps(stream) if step.kind is not Kind.BALLOT}
    if Kind.ENCRYPTED_TALLY not in found:
        raise Refused(Check.UNFINISHED, "the ballots are not closed and tallied")
    keys = decryption_keys(read_trustees(election.group, found[Kind.SETUP][1].data))
    return keys, read_tally(election, found[Kind.ENCRYPTED_TALLY][0].data)
