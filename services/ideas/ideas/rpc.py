"""The door of calls: decode, ask one use case, encode."""

from collections.abc import Sequence

from chassis.auth import Caller
from chassis.batch import serves_batch
from chassis.batching import BatchItem
from chassis.doors import Provided
from chassis.rpc import serves
from contracts import ideas as c
from contracts.base import Empty
from contracts.errors import Fault

from ideas.resources import Resources
from ideas.rpc_attachments import AttachmentsRpc
from ideas.rpc_campaigns import CampaignsRpc
from ideas.rpc_community import CommunityRpc
from ideas.rpc_examination import ExaminationRpc
from ideas.rpc_projects import ProjectsRpc
from ideas.rpc_supporters import SupportersRpc
from ideas.use_cases import (
    discussing,
    figures,
    importing,
    many,
    moderating,
    publishing,
    reading,
    supporting,
    writing,
)


class IdeasRpc(ExaminationRpc, CampaignsRpc, ProjectsRpc, CommunityRpc, AttachmentsRpc, SupportersRpc):
    """Answers every call of the contract."""

    name = "ideas"
    resources: Resources = Provided()

    @serves_batch(c.SUPPORT_IDEA)
    def support_idea(self, items: Sequence[BatchItem[c.SupportIdea]]) -> Sequence[c.SupportView | Fault]:
        """See :func:`supporting.support_ideas`."""
        return supporting.support_ideas(self.resources.uow, items)

    @serves_batch(c.WITHDRAW_SUPPORT)
    def withdraw_support(self, items: Sequence[BatchItem[c.WithdrawSupport]]) -> Sequence[c.SupportView | Fault]:
        """See :func:`supporting.withdraw_supports`."""
        return supporting.withdraw_supports(self.resources.uow, items)

    @serves(c.SAVE_DRAFT)
    def save_draft(self, caller: Caller, request: c.SaveDraft) -> c.DraftView:
        """See :func:`writing.save_draft`."""
        return writing.save_draft(self.resources.uow, caller, request)

    @serves(c.READ_DRAFT)
    def read_draft(self, caller: Caller, request: c.ReadDraft) -> c.DraftView:
        """See :func:`writing.read_draft`."""
        return writing.read_draft(self.resources.uow, caller, request)

    @serves(c.LIST_DRAFTS)
    def list_drafts(self, caller: Caller, request: c.ListDrafts) -> c.DraftPage:
        """See :func:`writing.list_drafts`."""
        return writing.list_drafts(self.resources.uow, caller, request)

    @serves(c.DISCARD_DRAFT)
    def discard_draft(self, caller: Caller, request: c.DiscardDraft) -> Empty:
        """See :func:`writing.discard_draft`."""
        return writing.discard_draft(self.resources.uow, caller, request)

    @serves(c.DEPOSIT_IDEA)
    def deposit_idea(self, caller: Caller, request: c.DepositIdea) -> c.DossierView:
        """See :func:`writing.deposit_idea`."""
        return writing.deposit_idea(self.resources.uow, self.resources.territory, caller, request)

    @serves(c.EDIT_IDEA)
    def edit_idea(self, caller: Caller, request: c.EditIdea) -> c.DossierView:
        """See :func:`writing.edit_idea`."""
        return writing.edit_idea(self.resources.uow, self.resources.territory, caller, request)

    @serves(c.ADD_ADDENDUM)
    def add_addendum(self, caller: Caller, request: c.AddAddendum) -> c.DossierView:
        """See :func:`writing.add_addendum`."""
        return writing.add_addendum(self.resources.uow, caller, request)

    @serves(c.WITHDRAW_IDEA)
    def withdraw_idea(self, caller: Caller, request: c.WithdrawIdea) -> c.DossierView:
        """See :func:`writing.withdraw_idea`."""
        return writing.withdraw_idea(self.resources.uow, caller, request)

    @serves(c.READ_IDEA)
    def read_idea(self, caller: Caller, request: c.ReadIdea) -> c.DossierView:
        """See :func:`reading.read_idea`."""
        return reading.read_idea(self.resources.uow, caller, request)

    @serves(c.READ_RECORD)
    def read_record(self, caller: Caller, request: c.ReadRecord) -> c.RecordView:
        """See :func:`reading.read_record`."""
        return reading.read_record(self.resources.uow, caller, request)

    @serves(c.READ_WHOLE)
    def read_whole(self, caller: Caller, request: c.ReadWhole) -> c.WholeDossier:
        """See :func:`reading.read_whole`."""
        return reading.read_whole(self.resources.uow, caller, request)

    @serves(c.LIST_IDEAS)
    def list_ideas(self, _caller: Caller, request: c.ListIdeas) -> c.DossierPage:
        """See :func:`reading.list_ideas`."""
        return reading.list_ideas(self.resources.uow, request)

    @serves(c.BROWSE_IDEAS)
    def browse_ideas(self, _caller: Caller, request: c.BrowseIdeas) -> c.IdeasFound:
        """See :func:`reading.browse_ideas`."""
        return reading.browse_ideas(self.resources.uow, request)

    @serves(c.COUNT_IDEAS)
    def count_ideas(self, _caller: Caller, request: c.CountIdeas) -> c.IdeaCounts:
        """See :func:`reading.count_ideas`."""
        return reading.count_ideas(self.resources.uow, request)

    @serves(c.FIND_SIMILAR)
    def find_similar(self, _caller: Caller, request: c.FindSimilar) -> c.SimilarIdeas:
        """See :func:`reading.find_similar`."""
        return reading.find_similar(self.resources.uow, self.resources.territory, request)

    @serves(c.LIST_MY_IDEAS)
    def list_my_ideas(self, caller: Caller, request: c.ListMyIdeas) -> c.DossierPage:
        """See :func:`reading.list_my_ideas`."""
        return reading.list_my_ideas(self.resources.uow, caller, request)

    @serves(c.LIST_MY_SUPPORTS)
    def list_my_supports(self, caller: Caller, request: c.ListMySupports) -> c.DossierPage:
        """See :func:`reading.list_my_supports`."""
        return reading.list_my_supports(self.resources.uow, caller, request)

    @serves(c.EXPORT_MINE)
    def export_mine(self, caller: Caller, _request: c.ExportMine) -> c.MineExport:
        """See :func:`reading.export_mine`."""
        return reading.export_mine(self.resources.uow, caller)

    @serves(c.LIST_COMMENTS)
    def list_comments(self, caller: Caller, request: c.ListComments) -> c.ThreadPage:
        """See :func:`discussing.list_comments`."""
        return discussing.list_comments(self.resources.uow, caller, request)

    @serves(c.LIST_REPLIES)
    def list_replies(self, caller: Caller, request: c.ListReplies) -> c.ReplyPage:
        """See :func:`discussing.list_replies`."""
        return discussing.list_replies(self.resources.uow, caller, request)

    @serves(c.READ_COMMENT)
    def read_comment(self, caller: Caller, request: c.ReadComment) -> c.CommentView:
        """See :func:`discussing.read_comment`."""
        return discussing.read_comment(self.resources.uow, caller, request)

    @serves(c.POST_COMMENT)
    def post_comment(self, caller: Caller, request: c.PostComment) -> c.CommentView:
        """See :func:`discussing.post_comment`."""
        return discussing.post_comment(self.resources.uow, caller, request)

    @serves(c.EDIT_COMMENT)
    def edit_comment(self, caller: Caller, request: c.EditComment) -> c.CommentView:
        """See :func:`discussing.edit_comment`."""
        return discussing.edit_comment(self.resources.uow, caller, request)

    @serves(c.UPVOTE_COMMENT)
    def upvote_comment(self, caller: Caller, request: c.UpvoteComment) -> c.CommentView:
        """See :func:`discussing.upvote_comment`."""
        return discussing.upvote_comment(self.resources.uow, caller, request)

    @serves(c.DOWNVOTE_COMMENT)
    def downvote_comment(self, caller: Caller, request: c.DownvoteComment) -> c.CommentView:
        """See :func:`discussing.downvote_comment`."""
        return discussing.downvote_comment(self.resources.uow, caller, request)

    @serves(c.REMOVE_UPVOTE)
    def remove_upvote(self, caller: Caller, request: c.RemoveUpvote) -> c.CommentView:
        """See :func:`discussing.remove_upvote`."""
        return discussing.remove_upvote(self.resources.uow, caller, request)

    @serves(c.REPORT_COMMENT)
    def report_comment(self, caller: Caller, request: c.ReportComment) -> c.ReportReceived:
        """See :func:`discussing.report_comment`."""
        return discussing.report_comment(self.resources.uow, caller, request)

    @serves(c.LIST_MODERATION)
    def list_moderation(self, caller: Caller, request: c.ListModeration) -> c.ModerationPage:
        """See :func:`moderating.list_moderation`."""
        return moderating.list_moderation(self.resources.uow, caller, request)

    @serves(c.APPROVE_IDEA)
    def approve_idea(self, caller: Caller, request: c.ApproveIdea) -> c.DossierView:
        """See :func:`moderating.approve_idea`."""
        return moderating.approve_idea(self.resources.uow, caller, request)

    @serves(c.REFUSE_IDEA)
    def refuse_idea(self, caller: Caller, request: c.RefuseIdea) -> c.DossierView:
        """See :func:`moderating.refuse_idea`."""
        return moderating.refuse_idea(self.resources.uow, caller, request)

    @serves(c.HIDE_IDEA)
    def hide_idea(self, caller: Caller, request: c.HideIdea) -> c.DossierView:
        """See :func:`moderating.hide_idea`."""
        return moderating.hide_idea(self.resources.uow, caller, request)

    @serves(c.RESTORE_IDEA)
    def restore_idea(self, caller: Caller, request: c.RestoreIdea) -> c.DossierView:
        """See :func:`moderating.restore_idea`."""
        return moderating.restore_idea(self.resources.uow, caller, request)

    @serves(c.DECIDE_COMMENT)
    def decide_comment(self, caller: Caller, request: c.DecideComment) -> c.CommentView:
        """See :func:`discussing.decide_comment`."""
        return discussing.decide_comment(self.resources.uow, caller, request)

    @serves(c.DECIDE_MANY)
    def decide_many(self, caller: Caller, request: c.DecideMany) -> c.ManyResults:
        """See :func:`many.decide_many`."""
        return many.decide_many(self.resources.uow, caller, request)

    @serves(c.TAKE_ITEMS)
    def take_items(self, caller: Caller, request: c.TakeItems) -> c.ManyResults:
        """See :func:`many.take_items`."""
        return many.take_items(self.resources.uow, caller, request)

    @serves(c.READ_DESK_COUNTS)
    def read_desk_counts(self, caller: Caller, _request: c.ReadDeskCounts) -> c.DeskCounts:
        """See :func:`figures.read_desk_counts`."""
        return figures.read_desk_counts(self.resources.uow, caller)

    @serves(c.INVALIDATE_SUPPORTS)
    def invalidate_supports(self, caller: Caller, request: c.InvalidateSupports) -> c.DossierView:
        """See :func:`supporting.invalidate_supports`."""
        return supporting.invalidate_supports(self.resources.uow, caller, request)

    @serves(c.IMPORT_DOSSIER)
    def import_dossier(self, caller: Caller, request: c.ImportDossier) -> c.DossierImported:
        """See :func:`importing.import_dossier`."""
        return importing.import_dossier(self.resources.uow, self.resources.territory, caller, request)

    @serves(c.IMPORT_COMMENTS)
    def import_comments(self, caller: Caller, request: c.ImportComments) -> c.CommentsImported:
        """See :func:`importing.import_comments`."""
        return importing.import_comments(self.resources.uow, caller, request)

    @serves(c.READ_TRANSPARENCY)
    def read_transparency(self, _caller: Caller, _request: c.ReadTransparency) -> c.TransparencyView:
        """See :func:`figures.read_transparency`."""
        return figures.read_transparency(self.resources.uow)

    @serves(c.LIST_HEADS)
    def list_heads(self, _caller: Caller, request: c.ListHeads) -> c.HeadPage:
        """See :func:`publishing.list_heads`."""
        return publishing.list_heads(self.resources.uow, self.resources.signer, request)

    @serves(c.READ_HEAD)
    def read_head(self, _caller: Caller, request: c.ReadHead) -> c.HeadView:
        """See :func:`publishing.read_head`."""
        return publishing.read_head(self.resources.uow, request)

    @serves(c.LIST_DATA_FILES)
    def list_data_files(self, _caller: Caller, _request: c.ListDataFiles) -> c.DataFiles:
        """See :func:`publishing.list_data_files`."""
        return publishing.list_data_files(self.resources.uow)

    @serves(c.READ_DATA_PART)
    def read_data_part(self, _caller: Caller, request: c.ReadDataPart) -> c.DataPart:
        """See :func:`publishing.read_data_part`."""
        return publishing.read_data_part(self.resources.uow, request)
