"""From the board to the published result: every ballot that was receipted is in the archive, which verifiers accept."""

import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa
from belenios.verifier.verify import Request, verify
from contracts.errors import Fault
from contracts.voting import BallotsFormat, CancelElection, ElectionRef, GetBallotsFile, State, Verdict
from contracts.voting.sealed import MissingStep, Phase, Step
from contracts.voting.sealed_board import BoardBatch, BoardView, GetSealedArchive, ListBoardBatches
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from voting import queries
from voting.sealed import board, checking, counting, opening
from voting.sealed.encoding import from_base64url
from voting.use_cases import preparing

from services.voting.tests.sealed_world import JUDGMENT, NOBODY, SealedVote, Voter, state_of, work
from services.voting.tests.world import World


@pytest.fixture
def vote(world: World) -> SealedVote:
    return SealedVote.open(world)


def cast(vote: SealedVote, *choices: str, voter: Voter | None = None) -> str:
    """A ballot that is recorded; its tracker."""
    voter = voter or Voter.of(vote)
    received = voter.cast(voter.seal(*choices))
    work(vote.world)
    return state_of(vote.world, received).tracker


def batches(vote: SealedVote) -> tuple[BoardBatch, ...]:
    return board.list_board_batches(vote.world.resources, NOBODY, ListBoardBatches(election=vote.drafted.slug)).items


def head(vote: SealedVote) -> BoardView:
    return board.get_board(vote.world.resources, NOBODY, ElectionRef(election=vote.drafted.slug))


def test_a_vote_from_its_ballots_to_its_result(vote: SealedVote, tmp_path: Path) -> None:
    changing = Voter.of(vote)
    trackers = [cast(vote, "shade", voter=changing), cast(vote, "shade", "bikes"), cast(vote, "books")]
    board.publish_heads(vote.world.resources)
    trackers += [cast(vote, "bikes", voter=changing), cast(vote)]
    vote.world.register.tokens = 9

    vote.close()

    assert vote.view.phase is Phase.DECRYPTING
    assert vote.view.missing == (MissingStep(step=Step.DECRYPTION, places=(1, 2, 3)),)
    vote.open_sum(3)
    assert vote.view.phase is Phase.DECRYPTING, "one trustee is not enough"
    vote.open_sum(1)

    published = vote.view
    assert (published.phase, published.missing) == (Phase.PUBLISHED, ())
    result = queries.get_result(vote.world.resources, NOBODY, ElectionRef(election=vote.drafted.slug))
    assert {one.candidate_id: one.votes for one in result.ranking} == {
        "shade": 1,
        "bikes": 2,
        "books": 1,
        "benches": 0,
    }
    assert [one.candidate_id for one in result.ranking if one.verdict is Verdict.WON] == ["bikes", "books"]
    assert (result.ballots, result.voters) == (4, 4)
    assert result.sealed is not None
    assert (result.sealed.tokens, result.sealed.opened_by) == (9, ("Majorité", "Citoyenne tirée au sort"))
    data = vote.archive
    assert result.ballots_sha256 == sha256(data).hexdigest()
    file = tmp_path / f"{vote.view.uuid}.bel"
    file.write_bytes(data)
    for name in trackers:
        found = verify(file, Request(ballot=name))
        assert found.refusal is None, found.refusal
        assert found.ballot is not None
        assert found.ballot.counted is (name != trackers[0])
    told = [event["ballots_sha256"] for event in vote.world.events("result_published.v1")]
    assert told == [result.ballots_sha256]
    assert vote.world.rows("SELECT salt FROM sealed_elections") == [(None,)], "the server's key is destroyed"


@pytest.mark.parametrize("group", ["Ed25519", "BELENIOS-2048"])
def test_majority_judgment_gives_the_histograms_of_grades(world: World, tmp_path: Path, group: str) -> None:
    vote = SealedVote.open(world, method=JUDGMENT, group=group, trustees=2, threshold=1, envelope=None)
    codes = [grade.code for grade in vote.drafted.grades]
    given = [(codes[0], codes[1], "", codes[-1]), (codes[0], "", "", codes[-1]), (codes[2], codes[1], codes[1], "")]
    for grades in given:
        cast(vote, *grades)
    vote.close()
    vote.open_sum(2)

    result = queries.get_result(world.resources, NOBODY, ElectionRef(election=vote.drafted.slug))
    profiles = {
        one.candidate_id: ([count.count for count in one.judgment.profile], one.judgment.blanks)
        for one in result.ranking
        if one.judgment
    }
    for place, project in enumerate(["shade", "bikes", "books", "benches"]):
        graded = [ballot[place] for ballot in given]
        assert profiles[project] == ([graded.count(code) for code in codes], graded.count(""))
    file = tmp_path / f"{vote.view.uuid}.bel"
    file.write_bytes(vote.archive)
    assert verify(file, Request()).refusal is None
    if group == "BELENIOS-2048":
        done = subprocess.run(
            ["belenios-tool", "election", "verify", "--dir", str(tmp_path)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_board_is_a_chain_whose_heads_are_signed_and_whose_order_tells_no_time(vote: SealedVote) -> None:
    assert head(vote).head is None
    first = {cast(vote, "shade") for _ in range(4)}
    board.publish_heads(vote.world.resources)
    board.publish_heads(vote.world.resources)
    second = {cast(vote, "bikes")}
    vote.world.register.tokens = 7
    board.publish_heads(vote.world.resources)

    one, two = batches(vote)
    assert (set(one.trackers), set(two.trackers)) == (first, second)
    assert list(one.trackers) == sorted(one.trackers, key=lambda name: from_base64url(_plain(name)))
    text = f"decider-board|{vote.view.uuid}|2|{one.hash}|{','.join(two.trackers)}"
    assert (two.parent, two.hash) == (one.hash, sha256(text.encode()).hexdigest())
    seen = head(vote)
    assert seen.head is not None
    assert (seen.final, seen.head.batch, seen.head.hash) == (False, 2, two.hash)
    assert (seen.head.ballots, seen.head.tokens) == (5, 7)
    assert seen.head.text.startswith(f"decider-head|{vote.view.uuid}|2|{two.hash}|5|7|")
    key = Ed25519PublicKey.from_public_bytes(from_base64url(vote.view.receipt_key or ""))
    key.verify(from_base64url(seen.head.signature), seen.head.text.encode())


def _plain(tracker: str) -> str:
    return tracker.replace("+", "-").replace("/", "_")


def test_a_receipt_names_the_batch_in_which_its_ballot_is(vote: SealedVote) -> None:
    voters = [Voter.of(vote) for _ in range(3)]
    states = []
    for voter in voters:
        received = voter.cast(voter.seal("shade"))
        work(vote.world)
        board.publish_heads(vote.world.resources)
        states.append(state_of(vote.world, received))
    published = {name: batch.number for batch in batches(vote) for name in batch.trackers}
    assert published == {state.tracker: state.receipt.batch for state in states if state.receipt}


def test_heads_are_signed_while_identity_is_away(vote: SealedVote) -> None:
    vote.world.register.unreachable = True
    board.publish_heads(vote.world.resources)
    seen = head(vote).head
    assert seen is not None
    assert seen.tokens is None


def test_the_archive_holds_exactly_the_board(vote: SealedVote, tmp_path: Path) -> None:
    trackers = {cast(vote, "shade") for _ in range(3)}
    vote.close()
    found = [name for batch in batches(vote) for name in batch.trackers]
    assert set(found) == trackers
    assert head(vote).final
    archived = [name for name in found if name_in(tmp_path, vote.archive, name)]
    assert archived == found


def name_in(tmp_path: Path, data: bytes, tracker: str) -> bool:
    file = tmp_path / "a.bel"
    file.write_bytes(data)
    return verify(file, Request(ballot=tracker, unfinished=True)).refusal is None


def test_what_was_changed_behind_the_boards_back_is_never_counted(vote: SealedVote) -> None:
    cast(vote, "shade")
    kept = Voter.of(vote)
    cast(vote, "bikes", voter=kept)
    board.publish_heads(vote.world.resources)
    with vote.world.resources.uow() as tx:
        tx.connection.execute(
            sa.text("DELETE FROM sealed_ballots WHERE tracker = (SELECT tracker FROM sealed_ballots LIMIT 1)")
        )
    with pytest.raises(counting.BoardBrokenError):
        vote.close()
    assert vote.view.phase is Phase.TALLYING


def test_nothing_is_tallied_while_a_ballot_waits(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    voter.cast(voter.seal("shade"))
    held, vote.world.queue.references[:] = list(vote.world.queue.references), []
    vote.close()
    waiting = vote.view
    assert waiting.phase is Phase.TALLYING
    vote.world.queue.references.extend(held)
    work(vote.world)
    opening.follow_closed(vote.world.resources)
    assert vote.view.phase is Phase.DECRYPTING


def test_nothing_can_be_opened_before_the_closing(vote: SealedVote) -> None:
    cast(vote, "shade")
    with pytest.raises(Fault) as fault:
        vote.send(1, Step.DECRYPTION, message="{}")
    assert fault.value.reason == "step-not-now"
    with pytest.raises(Fault) as fault:
        board.get_sealed_archive(vote.world.resources, NOBODY, GetSealedArchive(election=vote.drafted.slug))
    assert fault.value.reason == "no-archive-yet"


def test_a_part_that_does_not_hold_is_refused(vote: SealedVote) -> None:
    cast(vote, "shade")
    vote.close()
    theirs = vote.trustees.decryption(vote.view, 2, vote.archive)
    with pytest.raises(Fault) as fault:
        vote.send(1, Step.DECRYPTION, message=theirs)
    assert [(one.pointer, one.code) for one in fault.value.errors] == [("/message", "decryption-proof")]
    assert not any(one.decrypted for one in vote.view.trustees)


def test_an_interrupted_count_begins_again(vote: SealedVote, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        cast(vote, "shade")
    monkeypatch.setattr(counting, "AT_ONCE", 1)
    monkeypatch.setattr(counting, "PART_BYTES", 2_000)
    with monkeypatch.context() as broken:
        broken.setattr(counting.Count, "write_sum", lambda _self: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            vote.close()
    opening.follow_closed(vote.world.resources)
    vote.open_sum(1, 2)
    assert vote.view.phase is Phase.PUBLISHED


def test_a_vote_in_which_nobody_voted_has_a_result(vote: SealedVote) -> None:
    vote.close()
    vote.open_sum(1, 2)
    result = queries.get_result(vote.world.resources, NOBODY, ElectionRef(election=vote.drafted.slug))
    assert (result.ballots, [one.votes for one in result.ranking]) == (0, [0, 0, 0, 0])


def test_a_closed_vote_whose_keys_are_lost_can_be_called_off(vote: SealedVote) -> None:
    cast(vote, "shade")
    vote.close()
    request = CancelElection(id=vote.drafted.id, reason="Deux dépositaires ont perdu leur clé.")
    assert preparing.cancel_election(vote.world.resources, vote.world.manager, request).state is State.CANCELLED


def test_there_is_no_file_of_clear_ballots(vote: SealedVote) -> None:
    vote.close()
    vote.open_sum(1, 2)
    with pytest.raises(Fault) as fault:
        queries.get_ballots_file(
            vote.world.resources, NOBODY, GetBallotsFile(election=vote.drafted.slug, format=BallotsFormat.CSV)
        )
    assert fault.value.reason == "sealed"


def test_calling_a_vote_off_forgets_the_ballots_that_wait(vote: SealedVote) -> None:
    cast(vote, "shade")
    voter = Voter.of(vote)
    received = voter.cast(voter.seal("bikes"))
    request = CancelElection(id=vote.drafted.id, reason="Le budget n’a pas été voté.")
    preparing.cancel_election(vote.world.resources, vote.world.manager, request)
    work(vote.world)
    checking.requeue(vote.world.resources)
    assert vote.world.queue.references == []
    with pytest.raises(Fault) as fault:
        state_of(vote.world, received)
    assert fault.value.reason == "unknown-tracker"
    board.publish_heads(vote.world.resources)
