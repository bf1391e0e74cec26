"""The part of the door of calls about who supports what: merges, signatures on paper."""

from chassis.auth import Caller
from chassis.doors import Provided
from chassis.rpc import serves
from contracts import ideas as c

from ideas.resources import Resources
from ideas.use_cases import merging, paper


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
