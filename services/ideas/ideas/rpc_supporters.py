"""The part of the door of calls about who supports what: merges, signatures on paper, review."""

from chassis.auth import Caller
from chassis.doors import Provided
from chassis.rpc import serves
from contracts import ideas as c

from ideas.resources import Resources
from ideas.use_cases import fraud_report, merging, paper, reviewing


class SupportersRpc:
    """Answers the calls about supports beyond supporting."""

    resources: Resources = Provided()

    @serves(c.PREVIEW_MERGE)
    def preview_merge(self, caller: Caller, request: c.PreviewMerge) -> c.MergeView:
        """See :func:`merging.preview_merge`."""
        return merging.preview_merge(self.resources.uow, caller, request)

    @serves(c.MERGE_IDEAS)
    def merge_ideas(self, caller: Caller, request: c.MergeIdeas) -> c.MergeView:
        """See :func:`merging.merge_ideas`."""
        return merging.merge_ideas(self.resources.uow, caller, request)

    @serves(c.LIST_MERGES)
    def list_merges(self, caller: Caller, request: c.ListMerges) -> c.MergeList:
        """See :func:`merging.list_merges`."""
        return merging.list_merges(self.resources.uow, caller, request)

    @serves(c.LIST_MY_MERGES)
    def list_my_merges(self, caller: Caller, request: c.ListMyMerges) -> c.MyMerges:
        """See :func:`merging.list_my_merges`."""
        return merging.list_my_merges(self.resources.uow, caller, request)

    @serves(c.CHOOSE_MERGE)
    def choose_merge(self, caller: Caller, request: c.ChooseMerge) -> c.MyMerges:
        """See :func:`merging.choose_merge`."""
        return merging.choose_merge(self.resources.uow, caller, request)

    @serves(c.LIST_MERGE_SUPPORTERS)
    def list_merge_supporters(self, caller: Caller, request: c.ListMergeSupporters) -> c.MergeSupporters:
        """See :func:`merging.list_merge_supporters`."""
        return merging.list_merge_supporters(self.resources.uow, caller, request)

    @serves(c.UNDO_MERGE)
    def undo_merge(self, caller: Caller, request: c.UndoMerge) -> c.MergeView:
        """See :func:`merging.undo_merge`."""
        return merging.undo_merge(self.resources.uow, caller, request)

    @serves(c.ENTER_PAPER)
    def enter_paper(self, caller: Caller, request: c.EnterPaper) -> c.PaperView:
        """See :func:`paper.enter_paper`."""
        return paper.enter_paper(self.resources.uow, caller, request)

    @serves(c.LIST_PAPER)
    def list_paper(self, caller: Caller, request: c.ListPaper) -> c.PaperPage:
        """See :func:`paper.list_paper`."""
        return paper.list_paper(self.resources.uow, caller, request)

    @serves(c.CONFIRM_PAPER)
    def confirm_paper(self, caller: Caller, request: c.ConfirmPaper) -> c.PaperView:
        """See :func:`paper.confirm_paper`."""
        return paper.confirm_paper(self.resources.uow, caller, request)

    @serves(c.WITHDRAW_PAPER)
    def withdraw_paper(self, caller: Caller, request: c.WithdrawPaper) -> c.PaperView:
        """See :func:`paper.withdraw_paper`."""
        return paper.withdraw_paper(self.resources.uow, caller, request)

    @serves(c.LIST_FRAUD)
    def list_fraud(self, caller: Caller, request: c.ListFraud) -> c.FraudPage:
        """See :func:`reviewing.list_fraud`."""
        return reviewing.list_fraud(self.resources.uow, caller, request)

    @serves(c.READ_FRAUD_GROUP)
    def read_fraud_group(self, caller: Caller, request: c.ReadFraudGroup) -> c.FraudView:
        """See :func:`reviewing.read_fraud_group`."""
        return reviewing.read_fraud_group(self.resources.uow, caller, request)

    @serves(c.DISMISS_FRAUD)
    def dismiss_fraud(self, caller: Caller, request: c.DismissFraud) -> c.FraudView:
        """See :func:`reviewing.dismiss_fraud`."""
        return reviewing.dismiss_fraud(self.resources.uow, caller, request)

    @serves(c.PROPOSE_INVALIDATION)
    def propose_invalidation(self, caller: Caller, request: c.ProposeInvalidation) -> c.FraudView:
        """See :func:`reviewing.propose_invalidation`."""
        return reviewing.propose_invalidation(self.resources.uow, caller, request)

    @serves(c.CONFIRM_INVALIDATION)
    def confirm_invalidation(self, caller: Caller, request: c.ConfirmInvalidation) -> c.FraudView:
        """See :func:`reviewing.confirm_invalidation`."""
        return reviewing.confirm_invalidation(self.resources.uow, caller, request)

    @serves(c.UNDO_INVALIDATION)
    def undo_invalidation(self, caller: Caller, request: c.UndoInvalidation) -> c.FraudView:
        """See :func:`reviewing.undo_invalidation`."""
        return reviewing.undo_invalidation(self.resources.uow, caller, request)

    @serves(c.READ_FRAUD_REPORT)
    def read_fraud_report(self, _caller: Caller, _request: c.ReadFraudReport) -> c.FraudReport:
        """See :func:`fraud_report.read_fraud_report`."""
        return fraud_report.read_fraud_report(self.resources.uow)

    @serves(c.LIST_FRAUD_LOG)
    def list_fraud_log(self, caller: Caller, request: c.ListFraudLog) -> c.FraudLog:
        """See :func:`fraud_report.list_fraud_log`."""
        return fraud_report.list_fraud_log(self.resources.uow, caller, request)
