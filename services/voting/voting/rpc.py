"""The door of calls: decode, one use case, encode."""

from collections.abc import Sequence

from chassis.auth import Caller
from chassis.batch import serves_batch
from chassis.batching import BatchItem
from chassis.doors import Provided
from chassis.rpc import serves
from contracts import voting as wire
from contracts.base import Reply
from contracts.errors import Fault
from contracts.voting import sealed, sealed_ballots, sealed_board, sealed_paper, sealed_stuck

from voting import queries
from voting.resources import Resources
from voting.sealed import board, ceremony, comparing, paper, stuck, views
from voting.sealed import casting as sealed_casting
from voting.use_cases import casting, deciding, enrolling, preparing


class VotingRpc:
    """What voting answers."""

    name = "voting"
    resources: Resources = Provided()

    @serves_batch(wire.CAST_BALLOT)
    def cast_ballot(self, items: Sequence[BatchItem[wire.CastBallot]]) -> Sequence[Reply | Fault]:
        """Put ballots into their boxes."""
        return casting.cast_ballots(self.resources, items)

    @serves(wire.DRAFT_ELECTION)
    def draft_election(self, caller: Caller, request: wire.DraftElection) -> wire.ElectionView:
        """Prepare an election."""
        return preparing.draft_election(self.resources, caller, request)

    @serves(wire.REVISE_ELECTION)
    def revise_election(self, caller: Caller, request: wire.ReviseElection) -> wire.ElectionView:
        """Change an election."""
        return preparing.revise_election(self.resources, caller, request)

    @serves(wire.OPEN_ELECTION)
    def open_election(self, caller: Caller, request: wire.OpenElection) -> wire.ElectionView:
        """Freeze and publish the rules."""
        return preparing.open_election(self.resources, caller, request)

    @serves(wire.CLOSE_ELECTION)
    def close_election(self, caller: Caller, request: wire.CloseElection) -> wire.ElectionView:
        """End the vote before its time."""
        return preparing.close_election(self.resources, caller, request)

    @serves(wire.CANCEL_ELECTION)
    def cancel_election(self, caller: Caller, request: wire.CancelElection) -> wire.ElectionView:
        """Call the election off."""
        return preparing.cancel_election(self.resources, caller, request)

    @serves(wire.GET_ELECTION)
    def get_election(self, caller: Caller, request: wire.ElectionRef) -> wire.ElectionView:
        """One election."""
        return queries.get_election(self.resources, caller, request)

    @serves(wire.GET_RULES)
    def get_rules(self, caller: Caller, request: wire.GetRules) -> wire.RulesDocument:
        """Its published rules."""
        return queries.get_rules(self.resources, caller, request)

    @serves(wire.LIST_ELECTIONS)
    def list_elections(self, caller: Caller, request: wire.ListElections) -> wire.ElectionList:
        """The public elections."""
        return queries.list_elections(self.resources, caller, request)

    @serves(wire.LIST_MANAGED_ELECTIONS)
    def list_managed_elections(self, caller: Caller, request: wire.ListManagedElections) -> wire.ElectionList:
        """The elections that the caller manages."""
        return queries.list_managed_elections(self.resources, caller, request)

    @serves_batch(wire.GET_PARTICIPATION)
    def get_participation(self, items: Sequence[BatchItem[wire.GetParticipation]]) -> Sequence[Reply | Fault]:
        """Who may vote, and who did."""
        return enrolling.get_participations(self.resources, items)

    @serves(wire.CHECK_RECEIPT)
    def check_receipt(self, caller: Caller, request: wire.CheckReceipt) -> wire.ReceiptView:
        """Is my ballot in the box?"""
        return queries.check_receipt(self.resources, caller, request)

    @serves(wire.GET_RESULT)
    def get_result(self, caller: Caller, request: wire.ElectionRef) -> wire.ResultView:
        """The published result."""
        return queries.get_result(self.resources, caller, request)

    @serves(wire.GET_BALLOTS_FILE)
    def get_ballots_file(self, caller: Caller, request: wire.GetBallotsFile) -> wire.BallotsFilePart:
        """A part of the file of ballots."""
        return queries.get_ballots_file(self.resources, caller, request)

    @serves(wire.DECIDE_PROJECT)
    def decide_project(self, caller: Caller, request: wire.DecideProject) -> wire.ResultView:
        """Award or withdraw a project on top of the count."""
        return deciding.decide_project(self.resources, caller, request)

    @serves(sealed.GET_SEALED_ELECTION)
    def get_sealed_election(self, caller: Caller, request: wire.ElectionRef) -> sealed.SealedElectionView:
        """What everybody may know of a sealed vote."""
        return views.get_sealed_election(self.resources, caller, request)

    @serves(sealed.INVITE_TRUSTEE)
    def invite_trustee(self, caller: Caller, request: sealed.InviteTrustee) -> sealed.TrusteeInvitation:
        """A code for a trustee."""
        return ceremony.invite_trustee(self.resources, caller, request)

    @serves(sealed.SEND_TRUSTEE_MESSAGE)
    def send_trustee_message(self, caller: Caller, request: sealed.SendTrusteeMessage) -> sealed.SealedElectionView:
        """A trustee's part."""
        return ceremony.send_trustee_message(self.resources, caller, request)

    @serves(sealed.RESTART_CEREMONY)
    def restart_ceremony(self, caller: Caller, request: sealed.RestartCeremony) -> sealed.SealedElectionView:
        """Begin the ceremony again."""
        return ceremony.restart_ceremony(self.resources, caller, request)

    @serves_batch(sealed_ballots.CAST_SEALED_BALLOT, size=64)
    def cast_sealed_ballot(
        self, items: Sequence[BatchItem[sealed_ballots.CastSealedBallot]]
    ) -> Sequence[Reply | Fault]:
        """Receive sealed ballots."""
        return sealed_casting.cast_sealed_ballots(self.resources, items)

    @serves(sealed_ballots.GET_SEALED_BALLOT)
    def get_sealed_ballot(
        self, caller: Caller, request: sealed_ballots.GetSealedBallot
    ) -> sealed_ballots.SealedBallotState:
        """What became of a sealed ballot."""
        return sealed_casting.get_sealed_ballot(self.resources, caller, request)

    @serves(sealed_board.GET_BOARD)
    def get_board(self, caller: Caller, request: wire.ElectionRef) -> sealed_board.BoardView:
        """Where the board of a sealed vote stands."""
        return board.get_board(self.resources, caller, request)

    @serves(sealed_board.LIST_BOARD_BATCHES)
    def list_board_batches(self, caller: Caller, request: sealed_board.ListBoardBatches) -> sealed_board.BoardBatches:
        """Its closed batches."""
        return board.list_board_batches(self.resources, caller, request)

    @serves(sealed_board.GET_SEALED_ARCHIVE)
    def get_sealed_archive(self, caller: Caller, request: sealed_board.GetSealedArchive) -> sealed_board.ArchivePart:
        """A part of its archive."""
        return board.get_sealed_archive(self.resources, caller, request)

    @serves(sealed_stuck.LIST_STUCK_BALLOTS)
    def list_stuck_ballots(self, caller: Caller, request: sealed_stuck.ListStuckBallots) -> sealed_stuck.StuckBallots:
        """Ballots whose check failed again and again."""
        return stuck.list_stuck_ballots(self.resources, caller, request)

    @serves(sealed_stuck.RETRY_STUCK_BALLOTS)
    def retry_stuck_ballots(self, caller: Caller, request: sealed_stuck.RetryStuckBallots) -> sealed_stuck.StuckBallots:
        """Have them checked again."""
        return stuck.retry_stuck_ballots(self.resources, caller, request)

    @serves(sealed_stuck.LEAVE_OUT_BALLOT)
    def leave_out_ballot(self, caller: Caller, request: sealed_stuck.LeaveOutBallot) -> sealed_stuck.StuckBallots:
        """Give one up in public."""
        return stuck.leave_out_ballot(self.resources, caller, request)

    @serves(sealed_paper.ENTER_PAPER_COUNT)
    def enter_paper_count(self, caller: Caller, request: sealed_paper.EnterPaperCount) -> sealed_paper.PaperCounts:
        """What was counted on paper at a place."""
        return paper.enter_paper_count(self.resources, caller, request)

    @serves(sealed_paper.READ_PAPER_ENTRIES)
    def read_paper_entries(self, caller: Caller, request: sealed_paper.ReadPaperEntries) -> sealed_paper.PaperEntries:
        """What agents entered for a place, and where they differ."""
        return comparing.read_paper_entries(self.resources, caller, request)

    @serves(sealed_paper.GET_PAPER_COUNTS)
    def get_paper_counts(self, caller: Caller, request: wire.ElectionRef) -> sealed_paper.PaperCounts:
        """The paper counts beside a sealed vote."""
        return paper.get_paper_counts(self.resources, caller, request)
