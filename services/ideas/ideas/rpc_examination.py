"""The part of the door of calls that services use: examination, opinions, commitments, notes between agents."""

from chassis.auth import Caller
from chassis.doors import Provided
from chassis.rpc import serves
from contracts import ideas as c

from ideas.resources import Resources
from ideas.use_cases import commitments, examining, opinions


class ExaminationRpc:
    """Answers the calls of examination."""

    resources: Resources = Provided()

    @serves(c.LIST_EXAMINATION)
    def list_examination(self, caller: Caller, request: c.ListExamination) -> c.ExaminationPage:
        """See :func:`examining.list_examination`."""
        return examining.list_examination(self.resources.uow, caller, request)

    @serves(c.ASSIGN_EXAMINATION)
    def assign_examination(self, caller: Caller, request: c.AssignExamination) -> c.DossierView:
        """See :func:`examining.assign_examination`."""
        return examining.assign_examination(self.resources.uow, caller, request)

    @serves(c.ANSWER_STAGE)
    def answer_stage(self, caller: Caller, request: c.AnswerStage) -> c.DossierView:
        """See :func:`examining.answer_stage`."""
        return examining.answer_stage(self.resources.uow, caller, request)

    @serves(c.PUBLISH_ANSWER)
    def publish_answer(self, caller: Caller, request: c.PublishAnswer) -> c.DossierView:
        """See :func:`examining.publish_answer`."""
        return examining.publish_answer(self.resources.uow, caller, request)

    @serves(c.RECORD_PROGRESS)
    def record_progress(self, caller: Caller, request: c.RecordProgress) -> c.DossierView:
        """See :func:`examining.record_progress`."""
        return examining.record_progress(self.resources.uow, caller, request)

    @serves(c.ASK_OPINIONS)
    def ask_opinions(self, caller: Caller, request: c.AskOpinions) -> c.DossierView:
        """See :func:`opinions.ask_opinions`."""
        return opinions.ask_opinions(self.resources.uow, caller, request)

    @serves(c.GIVE_OPINION)
    def give_opinion(self, caller: Caller, request: c.GiveOpinion) -> c.DossierView:
        """See :func:`opinions.give_opinion`."""
        return opinions.give_opinion(self.resources.uow, caller, request)

    @serves(c.RECORD_FEASIBILITY)
    def record_feasibility(self, caller: Caller, request: c.RecordFeasibility) -> c.DossierView:
        """See :func:`opinions.record_feasibility`."""
        return opinions.record_feasibility(self.resources.uow, caller, request)

    @serves(c.MAKE_COMMITMENT)
    def make_commitment(self, caller: Caller, request: c.MakeCommitment) -> c.DossierView:
        """See :func:`commitments.make_commitment`."""
        return commitments.make_commitment(self.resources.uow, caller, request)

    @serves(c.FOLLOW_COMMITMENT)
    def follow_commitment(self, caller: Caller, request: c.FollowCommitment) -> c.DossierView:
        """See :func:`commitments.follow_commitment`."""
        return commitments.follow_commitment(self.resources.uow, caller, request)

    @serves(c.ADD_INTERNAL_NOTE)
    def add_internal_note(self, caller: Caller, request: c.AddInternalNote) -> c.InternalNotes:
        """See :func:`opinions.add_internal_note`."""
        return opinions.add_internal_note(self.resources.uow, caller, request)

    @serves(c.READ_INTERNAL_NOTES)
    def read_internal_notes(self, caller: Caller, request: c.ReadInternalNotes) -> c.InternalNotes:
        """See :func:`opinions.read_internal_notes`."""
        return opinions.read_internal_notes(self.resources.uow, caller, request)
