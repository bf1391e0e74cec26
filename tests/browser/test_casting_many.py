"""The booth's own code, run by Node, casts many ballots through the public API: what load and rehearsals use."""

import json
import subprocess
from pathlib import Path

from belenios.checking import check_ballot
from gateway.testing import samples

from tests.browser.conftest import served
from tests.browser.sealed_box import GRADES, SealedVote, answer

PROGRAM = Path(__file__).parents[2] / "gateway" / "frontend" / "booth" / "cast-many.js"


class ManyTokens(SealedVote):
    """A vote whose voters are told apart by nothing but what they blind: one token for each asking."""

    def sign(self, blinded: str) -> str:
        self.signed, kept = {}, self.signed
        signature = super().sign(blinded)
        self.signed = kept | {blinded: signature}
        return signature


def cast(vote: SealedVote, voters: list[dict[str, str]], at_once: int) -> list[dict[str, object]]:
    with served(services="identity,voting", filled=lambda services: answer(services, [vote])) as site:
        lines = "\n".join(json.dumps({"access": samples.token(), "chosen": chosen}) for chosen in voters)
        command = ["node", str(PROGRAM), site, vote.slug, str(at_once)]
        done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    lines_out = [json.loads(line) for line in done.stdout.splitlines()]
    return [one for one in lines_out if "pending" not in one]


def test_every_voter_ends_with_a_receipt() -> None:
    vote = ManyTokens("ville", "Toute la ville", ["un", "deux", "trois"], most=2)
    voters = [{"projet-0": "", "projet-2": ""}, {}, {"projet-1": ""}, {"projet-0": ""}]
    receipts = cast(vote, voters, 3)
    assert sorted(one["line"] for one in receipts if isinstance(one["line"], int)) == [1, 2, 3, 4]
    assert {one["tracker"] for one in receipts} == set(vote.cast)
    assert all(one["receipt"] for one in receipts)
    for ballot in vote.cast.values():
        check_ballot(vote.election, ballot)


def test_grades_are_sealed_too_and_a_refusal_is_told() -> None:
    vote = SealedVote("arr", "12e", ["un", "deux"], GRADES)
    first, second = cast(vote, [{"projet-0": "g1"}, {"projet-1": "g4"}], 1)
    assert {bool(first.get("receipt")), bool(second.get("receipt"))} == {True, False}
    assert {first.get("denied"), second.get("denied")} == {None, "token-given"}
