"""Archives made by the Belenios project's tool, 2.0 to 3.0: the good give their result, the bad their reason."""

import json
from pathlib import Path
from typing import TypedDict

import pytest
from belenios.checking import check_ballot
from belenios.credentials import derive, public_credential
from belenios.election import read_election
from belenios.groups import group_named
from belenios.secret import Secret
from belenios.verifier.verify import verify

GOOD = ("ff-basic", "ff-threshold", "ff-weights", "ed-basic", "ed-threshold")
BAD = ("ff-broken-signature", "ed-broken-signature", "ff-vote-of-1000", "ed-vote-of-1000")
BALLOTS = ("ed-approval40k5", "ed-grades", "ff-approval40k5", "ff-grades")


class Expected(TypedDict):
    result: list[list[int | str]]
    ballots: int
    tallied: int


@pytest.fixture(scope="module")
def manifest(vectors: Path) -> dict[str, dict[str, dict[str, Expected]]]:
    text = (vectors / "manifest.json").read_text()
    return json.loads(text)  # type: ignore[no-any-return]


def test_no_vector_is_forgotten(vectors: Path) -> None:
    assert {path.stem for path in (vectors / "good").glob("*.bel")} == set(GOOD)
    assert {path.stem for path in (vectors / "bad").glob("*.bel")} == set(BAD)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_archive_gives_its_result(
    vectors: Path, manifest: dict[str, dict[str, dict[str, Expected]]], name: str
) -> None:
    report = verify(vectors / "good" / f"{name}.bel")
    expected = manifest["good"][name]["expected"]
    assert report.accepted, report.refusal
    assert report.result == tuple(tuple(int(count) for count in row) for row in expected["result"])
    assert (report.ballots, report.counted) == (expected["ballots"], expected["tallied"])


@pytest.mark.parametrize("name", BAD)
def test_a_bad_archive_is_refused_for_its_reason(
    vectors: Path, manifest: dict[str, dict[str, dict[str, str]]], name: str
) -> None:
    report = verify(vectors / "bad" / f"{name}.bel")
    assert not report.accepted
    assert report.refusal
    assert report.refusal.check == manifest["bad"][name]["why"]


@pytest.mark.parametrize("name", BALLOTS)
def test_a_large_ballot_of_the_tool_holds(vectors: Path, name: str) -> None:
    election = read_election((vectors / "ballots" / f"{name}.election.json").read_bytes())
    assert check_ballot(election, (vectors / "ballots" / f"{name}.ballot.json").read_bytes())


@pytest.mark.parametrize("name", ["ff-threshold", "ed-threshold"])
def test_a_22_digit_credential_gives_the_tools_public_credential(vectors: Path, name: str) -> None:
    archive = vectors / "good" / f"{name}.bel"
    private = json.loads((vectors / "good" / f"{name}.secrets.json").read_text())["private_credentials"]
    report = verify(archive)
    assert report.election
    group = group_named(report.election.group_name)
    public = {group.text(public_credential(group, derive(group, report.election.uuid, Secret(c)))) for c in private}
    assert all(text.encode() in archive.read_bytes() for text in public)
    assert len(public) == 6
