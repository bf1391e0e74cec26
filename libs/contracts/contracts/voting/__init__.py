"""What voting answers and tells: elections with published rules, open ballots, receipts, results anyone can recount."""

from contracts.registry import Call, Contract, Event
from contracts.voting import sealed, sealed_ballots, sealed_board, sealed_paper
from contracts.voting.ballots import (
    ApprovalBallot,
    Ballot,
    BallotReceipt,
    CastBallot,
    CheckReceipt,
    GetParticipation,
    JudgmentBallot,
    Participation,
    PointsBallot,
    ReceiptView,
)
from contracts.voting.decisions import DecideProject, Decision, DecisionKind
from contracts.voting.elections import (
    CancelElection,
    CloseElection,
    DraftElection,
    ElectionContent,
    ElectionList,
    ElectionRef,
    ElectionSummary,
    ElectionView,
    GetRules,
    ListElections,
    ListManagedElections,
    OpenElection,
    ReviseElection,
    RulesDocument,
    RulesVersion,
)
from contracts.voting.events import (
    ElectionAnnounced,
    ElectionCancelled,
    ElectionClosed,
    ElectionEvent,
    ElectionOpened,
    ElectionRulesChanged,
    ProjectDecided,
    ProjectOutcome,
    ResultPublished,
)
from contracts.voting.results import (
    BallotsFilePart,
    BallotsFormat,
    GetBallotsFile,
    GradeCount,
    Judgment,
    RankedProject,
    ResultView,
    Tie,
)
from contracts.voting.values import (
    MANAGER_ROLE,
    MAX_CANDIDATES,
    ApprovalRule,
    Blanks,
    Candidate,
    Completion,
    EqualShares,
    Fill,
    GoodOpinions,
    Grade,
    JudgmentRule,
    Method,
    MethodKind,
    Outcome,
    PointsRule,
    SealedSetup,
    Secrecy,
    SharesUse,
    State,
    TieBreak,
    Verdict,
)

DRAFT_ELECTION = Call("voting", "draft_election", DraftElection, ElectionView, idempotent=True)
REVISE_ELECTION = Call("voting", "revise_election", ReviseElection, ElectionView, idempotent=True)
OPEN_ELECTION = Call("voting", "open_election", OpenElection, ElectionView, idempotent=True)
CLOSE_ELECTION = Call("voting", "close_election", CloseElection, ElectionView, idempotent=True)
CANCEL_ELECTION = Call("voting", "cancel_election", CancelElection, ElectionView, idempotent=True)
GET_ELECTION = Call("voting", "get_election", ElectionRef, ElectionView, idempotent=True)
GET_RULES = Call("voting", "get_rules", GetRules, RulesDocument, idempotent=True)
LIST_ELECTIONS = Call("voting", "list_elections", ListElections, ElectionList, idempotent=True)
LIST_MANAGED_ELECTIONS = Call("voting", "list_managed_elections", ListManagedElections, ElectionList, idempotent=True)
CAST_BALLOT = Call("voting", "cast_ballot", CastBallot, BallotReceipt, idempotent=True, batch=True)
GET_PARTICIPATION = Call("voting", "get_participation", GetParticipation, Participation, idempotent=True, batch=True)
CHECK_RECEIPT = Call("voting", "check_receipt", CheckReceipt, ReceiptView, idempotent=True)
DECIDE_PROJECT = Call("voting", "decide_project", DecideProject, ResultView, idempotent=True)
GET_RESULT = Call("voting", "get_result", ElectionRef, ResultView, idempotent=True)
GET_BALLOTS_FILE = Call("voting", "get_ballots_file", GetBallotsFile, BallotsFilePart, idempotent=True)
ELECTION_ANNOUNCED = Event("voting", "election_announced", 1, ElectionAnnounced)
ELECTION_RULES_CHANGED = Event("voting", "election_rules_changed", 1, ElectionRulesChanged)
ELECTION_OPENED = Event("voting", "election_opened", 1, ElectionOpened)
ELECTION_CLOSED = Event("voting", "election_closed", 1, ElectionClosed)
ELECTION_CANCELLED = Event("voting", "election_cancelled", 1, ElectionCancelled)
RESULT_PUBLISHED = Event("voting", "result_published", 1, ResultPublished)
PROJECT_DECIDED = Event("voting", "project_decided", 1, ProjectDecided)
CONTRACT = Contract(
    "voting",
    calls=(
        DRAFT_ELECTION,
        REVISE_ELECTION,
        OPEN_ELECTION,
        CLOSE_ELECTION,
        CANCEL_ELECTION,
        GET_ELECTION,
        GET_RULES,
        LIST_ELECTIONS,
        LIST_MANAGED_ELECTIONS,
        CAST_BALLOT,
        GET_PARTICIPATION,
        CHECK_RECEIPT,
        GET_RESULT,
        GET_BALLOTS_FILE,
        DECIDE_PROJECT,
        *sealed.CALLS,
        *sealed_ballots.CALLS,
        *sealed_board.CALLS,
        *sealed_paper.CALLS,
    ),
    events=(
        ELECTION_ANNOUNCED,
        ELECTION_RULES_CHANGED,
        ELECTION_OPENED,
        ELECTION_CLOSED,
        ELECTION_CANCELLED,
        RESULT_PUBLISHED,
        PROJECT_DECIDED,
    ),
)

__all__ = [
    "CANCEL_ELECTION",
    "CAST_BALLOT",
    "CHECK_RECEIPT",
    "CLOSE_ELECTION",
    "CONTRACT",
    "DECIDE_PROJECT",
    "DRAFT_ELECTION",
    "ELECTION_ANNOUNCED",
    "ELECTION_CANCELLED",
    "ELECTION_CLOSED",
    "ELECTION_OPENED",
    "ELECTION_RULES_CHANGED",
    "GET_BALLOTS_FILE",
    "GET_ELECTION",
    "GET_PARTICIPATION",
    "GET_RESULT",
    "GET_RULES",
    "LIST_ELECTIONS",
    "LIST_MANAGED_ELECTIONS",
    "MANAGER_ROLE",
    "MAX_CANDIDATES",
    "OPEN_ELECTION",
    "PROJECT_DECIDED",
    "RESULT_PUBLISHED",
    "REVISE_ELECTION",
    "ApprovalBallot",
    "ApprovalRule",
    "Ballot",
    "BallotReceipt",
    "BallotsFilePart",
    "BallotsFormat",
    "Blanks",
    "CancelElection",
    "Candidate",
    "CastBallot",
    "CheckReceipt",
    "CloseElection",
    "Completion",
    "DecideProject",
    "Decision",
    "DecisionKind",
    "DraftElection",
    "ElectionAnnounced",
    "ElectionCancelled",
    "ElectionClosed",
    "ElectionContent",
    "ElectionEvent",
    "ElectionList",
    "ElectionOpened",
    "ElectionRef",
    "ElectionRulesChanged",
    "ElectionSummary",
    "ElectionView",
    "EqualShares",
    "Fill",
    "GetBallotsFile",
    "GetParticipation",
    "GetRules",
    "GoodOpinions",
    "Grade",
    "GradeCount",
    "Judgment",
    "JudgmentBallot",
    "JudgmentRule",
    "ListElections",
    "ListManagedElections",
    "Method",
    "MethodKind",
    "OpenElection",
    "Outcome",
    "Participation",
    "PointsBallot",
    "PointsRule",
    "ProjectDecided",
    "ProjectOutcome",
    "RankedProject",
    "ReceiptView",
    "ResultPublished",
    "ResultView",
    "ReviseElection",
    "RulesDocument",
    "RulesVersion",
    "SealedSetup",
    "Secrecy",
    "SharesUse",
    "State",
    "Tie",
    "TieBreak",
    "Verdict",
]
