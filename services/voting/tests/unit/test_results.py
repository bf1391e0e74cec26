"""After the vote: a result, ballots that anyone can recount, receipts that are found, and nothing that leads back."""

import csv
import hashlib
import json

import pytest
from chassis.auth import Caller
from contracts.errors import Fault
from contracts.voting import (
    ApprovalBallot,
    BallotsFormat,
    CheckReceipt,
    ElectionRef,
    ElectionView,
    GetBallotsFile,
    Outcome,
    ResultPublished,
    ResultView,
    Verdict,
)
from voting import queries, recount
from voting.use_cases import closing
from voting.use_cases.forgetting import forget_citizen

from services.voting.tests.world import JUDGMENT, World, citizen


def result_of(world: World, election: ElectionView) -> ResultView:
    return queries.get_result(world.resources, Caller(), ElectionRef(election=election.slug))


def file_of(world: World, election: ElectionView, kind: BallotsFormat) -> str:
    text = ""
    part: int | None = 0
    while part is not None:
        request = GetBallotsFile(election=election.slug, format=kind, part=part)
        found = queries.get_ballots_file(world.resources, Caller(), request)
        text, part = text + found.text, found.next
    return text


def voted(world: World) -> ElectionView:
    election = world.open()
    for choices in (("shade", "bikes"), ("shade",), ("bikes", "books"), ("shade", "books"), ()):
        world.vote(citizen(), election, *choices)
    return election


def test_approval_is_counted_and_the_envelope_filled(world: World) -> None:
    election = voted(world)
    world.count(election.id)

    result = result_of(world, election)

    assert [(one.candidate_id, one.votes, one.verdict, one.available) for one in result.ranking] == [
        ("shade", 3, Verdict.WON, 600),
        ("books", 2, Verdict.WON, 200),
        ("bikes", 2, Verdict.TOO_EXPENSIVE, 0),
        ("benches", 0, Verdict.BELOW_MINIMUM, 0),
    ]
    assert (result.ballots, result.blank_ballots, result.voters, result.spent) == (5, 1, 5, 600)
    assert [tie.candidate_ids for tie in result.ties] == [("books", "bikes")]
    assert result.ties[0].decisive


def test_majority_judgment_is_counted_with_its_profiles(world: World) -> None:
    election = world.open(method=JUDGMENT)
    for grades in (
        {"shade": "coup-de-coeur", "bikes": "jaime-bien"},
        {"shade": "jaime-bien", "bikes": "jaime-bien"},
        {"shade": "pas-convaincu"},
    ):
        world.vote(citizen(), election, **grades)
    world.count(election.id)

    first, second, *_ = result_of(world, election).ranking

    assert (first.candidate_id, second.candidate_id) == ("shade", "bikes")
    assert first.judgment is not None
    assert second.judgment is not None
    assert first.judgment.grade == second.judgment.grade == "jaime-bien"
    assert [one.count for one in second.judgment.profile] == [0, 2, 0, 1]
    assert (second.judgment.above, second.judgment.below, second.judgment.blanks) == (0, 1, 1)


def test_the_published_file_hashes_to_the_published_sum(world: World) -> None:
    election = voted(world)
    world.count(election.id)

    text = file_of(world, election, BallotsFormat.CSV)
    document = json.loads(file_of(world, election, BallotsFormat.JSON))

    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert hashlib.sha256(text.encode()).hexdigest() == result_of(world, election).ballots_sha256
    assert sorted(row["ballot"] for row in rows) == ["", "bikes,books", "bikes,shade", "books,shade", "shade"]
    assert [row["receipt_sha256"] for row in rows] == sorted(row["receipt_sha256"] for row in rows)
    assert [[str(cell) for cell in row] for row in document["ballots"]] == [list(row.values()) for row in rows]
    assert hashlib.sha256(document["rules"].encode()).hexdigest() == document["result"]["rules_sha256"]


def test_files_longer_than_a_part_are_whole(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PART", 2)
    election = voted(world)
    world.count(election.id)

    text = file_of(world, election, BallotsFormat.CSV)

    assert hashlib.sha256(text.encode()).hexdigest() == result_of(world, election).ballots_sha256
    assert len(json.loads(file_of(world, election, BallotsFormat.JSON))["ballots"]) == 5


def test_a_vote_without_ballots_has_a_result_and_an_empty_file(world: World) -> None:
    election = world.open()
    world.count(election.id)

    assert result_of(world, election).ballots == 0
    assert file_of(world, election, BallotsFormat.CSV) == "number;receipt_sha256;ballot\n"
    assert json.loads(file_of(world, election, BallotsFormat.JSON))["ballots"] == []


def test_a_receipt_is_found_while_the_vote_is_open_and_leads_to_its_ballot_after(world: World) -> None:
    election, voter = world.open(), citizen()
    replaced = world.vote(voter, election, "shade")
    kept = world.vote(voter, election, "bikes")

    def check(code: str) -> tuple[bool, object]:
        request = CheckReceipt(election=election.slug, receipt=code.lower())
        found = queries.check_receipt(world.resources, Caller(), request)
        return found.found, found.ballot

    assert check(kept.receipt) == (True, None)
    assert check(replaced.receipt) == (False, None)
    world.count(election.id)
    assert check(kept.receipt) == (True, ApprovalBallot(choices=("bikes",)))
    assert check(replaced.receipt) == (False, None)


def test_counting_destroys_the_way_back_and_marks_the_roll(world: World) -> None:
    election, voter, onlooker = world.open(), citizen(), citizen()
    world.vote(voter, election, "shade")
    with world.resources.uow() as tx:
        tx.rolls.enrol([(election.id, onlooker.citizen())])
    world.count(election.id)

    assert world.rows("SELECT 1 FROM box") == world.rows("SELECT 1 FROM box_salts") == []
    marks = {row.account_id: row.voted for row in world.rows("SELECT account_id, voted FROM roll")}
    assert marks == {voter.citizen(): True, onlooker.citizen(): False}
    assert len({row.xmin for row in world.rows("SELECT CAST(CAST(xmin AS text) AS bigint) AS xmin FROM roll")}) == 1


def test_an_erased_account_leaves_the_roll_and_its_ballot_counts(world: World) -> None:
    election, leaver, stayer = world.open(), citizen(), citizen()
    world.vote(leaver, election, "shade")
    world.vote(stayer, election, "shade")
    with world.resources.uow() as tx:
        forget_citizen(world.resources, tx, leaver.citizen())
    world.count(election.id)

    result = result_of(world, election)
    accounts = {row.account_id for row in world.rows("SELECT account_id FROM roll")}
    assert (result.ballots, result.voters) == (2, 2)
    assert leaver.citizen() not in accounts
    assert stayer.citizen() in accounts


def test_what_is_told_holds_no_voter_and_passes_its_own_model(world: World) -> None:
    election = voted(world)
    world.count(election.id)

    (told,) = world.events("result_published.v1")

    payload = ResultPublished.model_validate(told)
    assert payload.ballots_sha256 == result_of(world, election).ballots_sha256
    assert [one.verdict for one in payload.projects][:2] == [Verdict.WON, Verdict.WON]
    accounts = [row.account_id for row in world.rows("SELECT account_id FROM roll")]
    log = str([row.payload for row in world.rows("SELECT payload FROM event_log")])
    assert accounts
    assert not any(str(account) in log for account in accounts)


def test_there_is_no_result_before_the_count(world: World) -> None:
    election = voted(world)

    for kind in BallotsFormat:
        with pytest.raises(Fault) as fault:
            queries.get_ballots_file(world.resources, Caller(), GetBallotsFile(election=election.slug, format=kind))
        assert fault.value.reason == "no-result-yet"


def test_the_shown_turnout_is_counted_by_a_job(world: World) -> None:
    election = voted(world)
    closing.note_turnout(world.resources)

    shown = queries.get_election(world.resources, Caller(), ElectionRef(election=election.slug))
    assert shown.ballots == 5
    assert shown.ballots_counted_at is not None
    assert world.vote(citizen(), election, "shade").outcome is Outcome.RECORDED


def test_a_count_that_fails_publishes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    election = voted(world)
    world.let_time_pass(election.id)

    def fail(*_: object) -> None:
        raise RuntimeError("the power went out")

    with monkeypatch.context() as broken:
        broken.setattr(closing, "count", fail)
        with pytest.raises(RuntimeError):
            closing.follow_calendar(world.resources)
    assert len(world.rows("SELECT 1 FROM box")) == 5
    closing.follow_calendar(world.resources)
    assert result_of(world, election).ballots == 5


def test_equal_shares_are_published_explained_and_recounted(world: World) -> None:
    election = world.open(
        equal_shares={"use": "rule", "completion": "most_votes"}, exclusions=[["bikes", "benches"]], envelope=600
    )
    for choices in (("shade", "bikes"), ("shade",), ("bikes", "benches"), ("benches",), ()):
        world.vote(citizen(), election, *choices)
    world.count(election.id)

    result = result_of(world, election)
    checks, _ = recount.recount(json.loads(file_of(world, election, BallotsFormat.JSON)))

    assert [(one.candidate_id, one.verdict, one.price, one.excluded_by) for one in result.ranking] == [
        ("benches", Verdict.WON, 50, None),
        ("bikes", Verdict.EXCLUDED, None, "benches"),
        ("shade", Verdict.COMPLETED, None, None),
        ("books", Verdict.BELOW_MINIMUM, None, None),
    ]
    assert (result.spent, result.added_to_shares) == (500, 0)
    assert [check.what for check in checks if not check.equal] == []


def test_a_changed_result_by_equal_shares_is_noticed(world: World) -> None:
    election = world.open(equal_shares={"use": "information", "completion": "none"})
    world.vote(citizen(), election, "benches")
    world.count(election.id)
    document = json.loads(file_of(world, election, BallotsFormat.JSON))
    document["result"]["ranking"][0]["by_shares"] = "not_shared"

    checks, _ = recount.recount(document)

    assert [check.what for check in checks if not check.equal] == ["Project benches"]
