"""Every question that ideas answers."""

from contracts.base import Empty
from contracts.ideas import (
    appeals,
    attachments,
    campaigns,
    debates,
    desk,
    discussion,
    dossiers,
    examination,
    finding,
    fraud,
    imports,
    many,
    merging,
    paper,
    projects,
    publishing,
    supports,
    together,
    works,
    writing,
)
from contracts.registry import Call

SAVE_DRAFT = Call("ideas", "save_draft", writing.SaveDraft, writing.DraftView, idempotent=True)
READ_DRAFT = Call("ideas", "read_draft", writing.ReadDraft, writing.DraftView, idempotent=True)
LIST_DRAFTS = Call("ideas", "list_drafts", writing.ListDrafts, writing.DraftPage, idempotent=True)
DISCARD_DRAFT = Call("ideas", "discard_draft", writing.DiscardDraft, Empty, idempotent=True)
DEPOSIT_IDEA = Call("ideas", "deposit_idea", writing.DepositIdea, dossiers.DossierView, idempotent=True)
EDIT_IDEA = Call("ideas", "edit_idea", writing.EditIdea, dossiers.DossierView, idempotent=False)
ADD_ADDENDUM = Call("ideas", "add_addendum", writing.AddAddendum, dossiers.DossierView, idempotent=True)
WITHDRAW_IDEA = Call("ideas", "withdraw_idea", writing.WithdrawIdea, dossiers.DossierView, idempotent=True)
READ_IDEA = Call("ideas", "read_idea", dossiers.ReadIdea, dossiers.DossierView, idempotent=True)
READ_RECORD = Call("ideas", "read_record", dossiers.ReadRecord, dossiers.RecordView, idempotent=True)
READ_WHOLE = Call("ideas", "read_whole", together.ReadWhole, together.WholeDossier, idempotent=True)
LIST_IDEAS = Call("ideas", "list_ideas", finding.ListIdeas, finding.DossierPage, idempotent=True)
BROWSE_IDEAS = Call("ideas", "browse_ideas", together.BrowseIdeas, together.IdeasFound, idempotent=True)
COUNT_IDEAS = Call("ideas", "count_ideas", finding.CountIdeas, finding.IdeaCounts, idempotent=True)
FIND_SIMILAR = Call("ideas", "find_similar", finding.FindSimilar, finding.SimilarIdeas, idempotent=True)
LIST_MY_IDEAS = Call("ideas", "list_my_ideas", finding.ListMyIdeas, finding.DossierPage, idempotent=True)
LIST_MY_SUPPORTS = Call("ideas", "list_my_supports", finding.ListMySupports, finding.DossierPage, idempotent=True)
EXPORT_MINE = Call("ideas", "export_mine", finding.ExportMine, finding.MineExport, idempotent=True)

SUPPORT_IDEA = Call("ideas", "support_idea", supports.SupportIdea, supports.SupportView, idempotent=True, batch=True)
WITHDRAW_SUPPORT = Call(
    "ideas", "withdraw_support", supports.WithdrawSupport, supports.SupportView, idempotent=True, batch=True
)

LIST_COMMENTS = Call("ideas", "list_comments", discussion.ListComments, discussion.ThreadPage, idempotent=True)
LIST_REPLIES = Call("ideas", "list_replies", discussion.ListReplies, discussion.ReplyPage, idempotent=True)
READ_COMMENT = Call("ideas", "read_comment", discussion.ReadComment, discussion.CommentView, idempotent=True)
POST_COMMENT = Call("ideas", "post_comment", discussion.PostComment, discussion.CommentView, idempotent=True)
EDIT_COMMENT = Call("ideas", "edit_comment", discussion.EditComment, discussion.CommentView, idempotent=True)
UPVOTE_COMMENT = Call("ideas", "upvote_comment", discussion.UpvoteComment, discussion.CommentView, idempotent=True)
DOWNVOTE_COMMENT = Call(
    "ideas", "downvote_comment", discussion.DownvoteComment, discussion.CommentView, idempotent=True
)
REMOVE_UPVOTE = Call("ideas", "remove_upvote", discussion.RemoveUpvote, discussion.CommentView, idempotent=True)
REPORT_COMMENT = Call("ideas", "report_comment", discussion.ReportComment, discussion.ReportReceived, idempotent=True)

LIST_MODERATION = Call("ideas", "list_moderation", desk.ListModeration, desk.ModerationPage, idempotent=True)
APPROVE_IDEA = Call("ideas", "approve_idea", desk.ApproveIdea, dossiers.DossierView, idempotent=True)
REFUSE_IDEA = Call("ideas", "refuse_idea", desk.RefuseIdea, dossiers.DossierView, idempotent=True)
HIDE_IDEA = Call("ideas", "hide_idea", desk.HideIdea, dossiers.DossierView, idempotent=True)
RESTORE_IDEA = Call("ideas", "restore_idea", desk.RestoreIdea, dossiers.DossierView, idempotent=False)
DECIDE_COMMENT = Call("ideas", "decide_comment", desk.DecideComment, discussion.CommentView, idempotent=True)
MAKE_APPEAL = Call("ideas", "make_appeal", appeals.MakeAppeal, appeals.AppealView, idempotent=True)
READ_APPEAL = Call("ideas", "read_appeal", appeals.ReadAppeal, appeals.AppealStanding, idempotent=True)
LIST_APPEALS = Call("ideas", "list_appeals", appeals.ListAppeals, appeals.AppealPage, idempotent=True)
DECIDE_APPEAL = Call("ideas", "decide_appeal", appeals.DecideAppeal, appeals.AppealView, idempotent=True)
DECIDE_MANY = Call("ideas", "decide_many", many.DecideMany, many.ManyResults, idempotent=True)
TAKE_ITEMS = Call("ideas", "take_items", many.TakeItems, many.ManyResults, idempotent=True)
READ_DESK_COUNTS = Call("ideas", "read_desk_counts", desk.ReadDeskCounts, desk.DeskCounts, idempotent=True)
LIST_EXAMINATION = Call("ideas", "list_examination", desk.ListExamination, desk.ExaminationPage, idempotent=True)
ASSIGN_EXAMINATION = Call("ideas", "assign_examination", desk.AssignExamination, dossiers.DossierView, idempotent=True)
ANSWER_STAGE = Call("ideas", "answer_stage", desk.AnswerStage, dossiers.DossierView, idempotent=False)
PUBLISH_ANSWER = Call("ideas", "publish_answer", desk.PublishAnswer, dossiers.DossierView, idempotent=False)
RECORD_PROGRESS = Call("ideas", "record_progress", desk.RecordProgress, dossiers.DossierView, idempotent=False)
ASK_OPINIONS = Call("ideas", "ask_opinions", examination.AskOpinions, dossiers.DossierView, idempotent=True)
GIVE_OPINION = Call("ideas", "give_opinion", examination.GiveOpinion, dossiers.DossierView, idempotent=False)
RECORD_FEASIBILITY = Call(
    "ideas", "record_feasibility", examination.RecordFeasibility, dossiers.DossierView, idempotent=False
)
MAKE_COMMITMENT = Call("ideas", "make_commitment", examination.MakeCommitment, dossiers.DossierView, idempotent=True)
FOLLOW_COMMITMENT = Call(
    "ideas", "follow_commitment", examination.FollowCommitment, dossiers.DossierView, idempotent=False
)
ADD_INTERNAL_NOTE = Call(
    "ideas", "add_internal_note", examination.AddInternalNote, examination.InternalNotes, idempotent=True
)
READ_INTERNAL_NOTES = Call(
    "ideas", "read_internal_notes", examination.ReadInternalNotes, examination.InternalNotes, idempotent=True
)
INVALIDATE_SUPPORTS = Call(
    "ideas", "invalidate_supports", desk.InvalidateSupports, dossiers.DossierView, idempotent=True
)
IMPORT_DOSSIER = Call("ideas", "import_dossier", imports.ImportDossier, imports.DossierImported, idempotent=True)
IMPORT_COMMENTS = Call(
    "ideas", "import_comments", discussion.ImportComments, discussion.CommentsImported, idempotent=True
)
READ_TRANSPARENCY = Call("ideas", "read_transparency", desk.ReadTransparency, desk.TransparencyView, idempotent=True)

PREVIEW_MERGE = Call("ideas", "preview_merge", merging.PreviewMerge, merging.MergeView, idempotent=True)
MERGE_IDEAS = Call("ideas", "merge_ideas", merging.MergeIdeas, merging.MergeView, idempotent=True)
LIST_MERGES = Call("ideas", "list_merges", merging.ListMerges, merging.MergeList, idempotent=True)
LIST_MY_MERGES = Call("ideas", "list_my_merges", merging.ListMyMerges, merging.MyMerges, idempotent=True)
CHOOSE_MERGE = Call("ideas", "choose_merge", merging.ChooseMerge, merging.MyMerges, idempotent=True)
LIST_MERGE_SUPPORTERS = Call(
    "ideas", "list_merge_supporters", merging.ListMergeSupporters, merging.MergeSupporters, idempotent=True
)
UNDO_MERGE = Call("ideas", "undo_merge", merging.UndoMerge, merging.MergeView, idempotent=True)

ENTER_PAPER = Call("ideas", "enter_paper", paper.EnterPaper, paper.PaperView, idempotent=True)
LIST_PAPER = Call("ideas", "list_paper", paper.ListPaper, paper.PaperPage, idempotent=True)
CONFIRM_PAPER = Call("ideas", "confirm_paper", paper.ConfirmPaper, paper.PaperView, idempotent=True)
WITHDRAW_PAPER = Call("ideas", "withdraw_paper", paper.WithdrawPaper, paper.PaperView, idempotent=True)

LIST_FRAUD = Call("ideas", "list_fraud", fraud.ListFraud, fraud.FraudPage, idempotent=True)
READ_FRAUD_GROUP = Call("ideas", "read_fraud_group", fraud.ReadFraudGroup, fraud.FraudView, idempotent=True)
DISMISS_FRAUD = Call("ideas", "dismiss_fraud", fraud.DismissFraud, fraud.FraudView, idempotent=True)
PROPOSE_INVALIDATION = Call(
    "ideas", "propose_invalidation", fraud.ProposeInvalidation, fraud.FraudView, idempotent=True
)
CONFIRM_INVALIDATION = Call(
    "ideas", "confirm_invalidation", fraud.ConfirmInvalidation, fraud.FraudView, idempotent=True
)
UNDO_INVALIDATION = Call("ideas", "undo_invalidation", fraud.UndoInvalidation, fraud.FraudView, idempotent=True)
READ_FRAUD_REPORT = Call("ideas", "read_fraud_report", fraud.ReadFraudReport, fraud.FraudReport, idempotent=True)
LIST_FRAUD_LOG = Call("ideas", "list_fraud_log", fraud.ListFraudLog, fraud.FraudLog, idempotent=True)

LIST_HEADS = Call("ideas", "list_heads", publishing.ListHeads, publishing.HeadPage, idempotent=True)
READ_HEAD = Call("ideas", "read_head", publishing.ReadHead, publishing.HeadView, idempotent=True)
LIST_DATA_FILES = Call("ideas", "list_data_files", publishing.ListDataFiles, publishing.DataFiles, idempotent=True)
READ_DATA_PART = Call("ideas", "read_data_part", publishing.ReadDataPart, publishing.DataPart, idempotent=True)

SAVE_CAMPAIGN = Call("ideas", "save_campaign", campaigns.SaveCampaign, campaigns.CampaignView, idempotent=False)
PUBLISH_CAMPAIGN = Call("ideas", "publish_campaign", campaigns.PublishCampaign, campaigns.CampaignView, idempotent=True)
READ_CAMPAIGN = Call("ideas", "read_campaign", campaigns.ReadCampaign, campaigns.CampaignView, idempotent=True)
DECIDE_ADMISSIBILITY = Call(
    "ideas", "decide_admissibility", campaigns.DecideAdmissibility, campaigns.AdmissibilityDecided, idempotent=True
)
LIST_CAMPAIGNS = Call("ideas", "list_campaigns", campaigns.ListCampaigns, campaigns.CampaignList, idempotent=True)

UPLOAD_PART = Call("ideas", "upload_part", attachments.UploadPart, Empty, idempotent=True)
ATTACH_FILE = Call("ideas", "attach_file", attachments.AttachFile, attachments.AttachmentView, idempotent=True)
REMOVE_ATTACHMENT = Call("ideas", "remove_attachment", attachments.RemoveAttachment, Empty, idempotent=True)
READ_ATTACHMENT = Call(
    "ideas", "read_attachment", attachments.ReadAttachment, attachments.AttachmentPart, idempotent=True
)
HIDE_ATTACHMENT = Call("ideas", "hide_attachment", attachments.HideAttachment, dossiers.DossierView, idempotent=True)
RESTORE_ATTACHMENT = Call(
    "ideas", "restore_attachment", attachments.RestoreAttachment, dossiers.DossierView, idempotent=True
)
SAVE_PROJECT = Call("ideas", "save_project", projects.SaveProject, projects.ProjectView, idempotent=False)
DISSOLVE_PROJECT = Call("ideas", "dissolve_project", projects.DissolveProject, Empty, idempotent=True)
SETTLE_PROJECT = Call("ideas", "settle_project", projects.SettleProject, projects.ProjectView, idempotent=True)
DECLARE_INCOMPATIBLE = Call(
    "ideas", "declare_incompatible", projects.DeclareIncompatible, projects.ProjectView, idempotent=True
)
FREEZE_BALLOT = Call("ideas", "freeze_ballot", projects.FreezeBallot, projects.BallotFrozen, idempotent=True)
ENTER_RESULT = Call("ideas", "enter_result", projects.EnterResult, projects.ProjectView, idempotent=True)
RECORD_WORKS = Call("ideas", "record_works", works.RecordWorks, projects.ProjectView, idempotent=False)
READ_WORKS = Call("ideas", "read_works", works.ReadWorks, works.WorksSummary, idempotent=True)
READ_PROJECT = Call("ideas", "read_project", projects.ReadProject, projects.ProjectView, idempotent=True)
LIST_PROJECTS = Call("ideas", "list_projects", projects.ListProjects, projects.ProjectPage, idempotent=True)
MAP_PROJECTS = Call("ideas", "map_projects", projects.MapProjects, projects.ProjectMap, idempotent=True)
LIST_UNGROUPED = Call("ideas", "list_ungrouped", projects.ListUngrouped, finding.DossierPage, idempotent=True)

OPEN_DEBATE = Call("ideas", "open_debate", debates.OpenDebate, debates.DebateView, idempotent=True)
READ_DEBATE = Call("ideas", "read_debate", debates.ReadDebate, debates.DebateView, idempotent=True)
LIST_DEBATES = Call("ideas", "list_debates", debates.ListDebates, debates.DebatePage, idempotent=True)
CONCLUDE_DEBATE = Call("ideas", "conclude_debate", debates.ConcludeDebate, debates.DebateView, idempotent=True)

CALLS = tuple(value for value in list(globals().values()) if isinstance(value, Call))
"""All of the above, in their order."""
