"""The API of ideas: dossiers, supports, discussion, and the agents' desk."""

from contracts import ideas as calls

from gateway.api.routes import ApiRoute, Auth
from gateway.http.limits import Limit

IDEAS, MINE, TALK, DESK, RECORD = "ideas", "my ideas", "discussion", "desk", "record and open data"
CAMPAIGNS = "campaigns"
CITIZEN, AGENT = Auth.CITIZEN, Auth.AGENT
LONG = 20.0
"""Seconds for imports, which write many rows at once."""

READING = (
    ApiRoute("GET", "/ideas", calls.LIST_IDEAS, IDEAS, "Search dossiers", cache=5),
    ApiRoute("GET", "/idea-counts", calls.COUNT_IDEAS, IDEAS, "Count by state, kind, theme, district", cache=5),
    ApiRoute("POST", "/idea-similarities", calls.FIND_SIMILAR, IDEAS, "Dossiers alike"),
    ApiRoute("GET", "/ideas/{dossier}", calls.READ_IDEA, IDEAS, "A dossier", cache=2),
    ApiRoute("GET", "/ideas/{dossier}/record", calls.READ_RECORD, IDEAS, "Its record, chained by hash", cache=2),
    ApiRoute("GET", "/ideas/{dossier}/comments", calls.LIST_COMMENTS, TALK, "Its discussion", cache=2),
    ApiRoute("GET", "/comments/{comment_id}", calls.READ_COMMENT, TALK, "A message"),
    ApiRoute("GET", "/comments/{comment_id}/replies", calls.LIST_REPLIES, TALK, "The answers to a message"),
    ApiRoute("GET", "/record/heads", calls.LIST_HEADS, RECORD, "The signed heads of the days", cache=60),
    ApiRoute("GET", "/record/heads/{day}", calls.READ_HEAD, RECORD, "The head of a day, whole", cache=300),
    ApiRoute("GET", "/data-files", calls.LIST_DATA_FILES, RECORD, "Files of open data, at /donnees/{name}", cache=60),
    ApiRoute("GET", "/campaigns", calls.LIST_CAMPAIGNS, CAMPAIGNS, "Participatory budgets", cache=10),
    ApiRoute("GET", "/campaigns/{year}", calls.READ_CAMPAIGN, CAMPAIGNS, "A participatory budget", cache=10),
    ApiRoute("GET", "/transparency/ideas", calls.READ_TRANSPARENCY, IDEAS, "Delays and moderation", cache=60),
)
WRITING = (
    ApiRoute(
        "POST",
        "/ideas",
        calls.DEPOSIT_IDEA,
        IDEAS,
        "Deposit a dossier",
        auth=CITIZEN,
        status=201,
        new_id="idea_id",
        location="/ideas/{number}",
        limit=Limit.DEPOSIT,
    ),
    ApiRoute("PATCH", "/ideas/{idea_id}", calls.EDIT_IDEA, MINE, "Correct one's dossier", auth=CITIZEN),
    ApiRoute(
        "POST",
        "/ideas/{idea_id}/addenda",
        calls.ADD_ADDENDUM,
        MINE,
        "Add a note",
        auth=CITIZEN,
        status=201,
        new_id="addendum_id",
    ),
    ApiRoute("POST", "/ideas/{idea_id}/withdrawal", calls.WITHDRAW_IDEA, MINE, "Take it back", auth=CITIZEN),
    ApiRoute(
        "PUT", "/ideas/{idea_id}/support", calls.SUPPORT_IDEA, IDEAS, "Support", auth=CITIZEN, limit=Limit.SUPPORT
    ),
    ApiRoute("DELETE", "/ideas/{idea_id}/support", calls.WITHDRAW_SUPPORT, IDEAS, "Withdraw", auth=CITIZEN),
    ApiRoute("GET", "/me/drafts", calls.LIST_DRAFTS, MINE, "My drafts", auth=CITIZEN),
    ApiRoute("GET", "/me/drafts/{idea_id}", calls.READ_DRAFT, MINE, "A draft", auth=CITIZEN),
    ApiRoute("PUT", "/me/drafts/{idea_id}", calls.SAVE_DRAFT, MINE, "Keep a draft", auth=CITIZEN),
    ApiRoute("DELETE", "/me/drafts/{idea_id}", calls.DISCARD_DRAFT, MINE, "Throw a draft away", auth=CITIZEN),
    ApiRoute("GET", "/me/ideas", calls.LIST_MY_IDEAS, MINE, "My dossiers", auth=CITIZEN),
    ApiRoute("GET", "/me/supports", calls.LIST_MY_SUPPORTS, MINE, "What I support", auth=CITIZEN),
    ApiRoute("GET", "/me/ideas-export", calls.EXPORT_MINE, MINE, "All I did in ideas", auth=CITIZEN),
)
TALKING = (
    ApiRoute(
        "POST",
        "/ideas/{idea_id}/comments",
        calls.POST_COMMENT,
        TALK,
        "Write a message",
        auth=CITIZEN,
        status=201,
        new_id="comment_id",
        location="/comments/{id}",
        limit=Limit.COMMENT,
    ),
    ApiRoute("PATCH", "/comments/{comment_id}", calls.EDIT_COMMENT, TALK, "Correct one's message", auth=CITIZEN),
    ApiRoute(
        "PUT",
        "/comments/{comment_id}/upvote",
        calls.UPVOTE_COMMENT,
        TALK,
        "Find it useful",
        auth=CITIZEN,
        limit=Limit.USEFUL,
    ),
    ApiRoute(
        "PUT",
        "/comments/{comment_id}/downvote",
        calls.DOWNVOTE_COMMENT,
        TALK,
        "Find it not useful",
        auth=CITIZEN,
        limit=Limit.USEFUL,
    ),
    ApiRoute("DELETE", "/comments/{comment_id}/downvote", calls.REMOVE_UPVOTE, TALK, "No longer", auth=CITIZEN),
    ApiRoute("DELETE", "/comments/{comment_id}/upvote", calls.REMOVE_UPVOTE, TALK, "No longer", auth=CITIZEN),
    ApiRoute(
        "POST",
        "/comments/{comment_id}/reports",
        calls.REPORT_COMMENT,
        TALK,
        "Report",
        auth=CITIZEN,
        status=202,
        limit=Limit.REPORT,
    ),
)
AT_THE_DESK = (
    ApiRoute("PUT", "/desk/campaigns/{year}", calls.SAVE_CAMPAIGN, CAMPAIGNS, "Prepare or change one", auth=AGENT),
    ApiRoute("POST", "/desk/campaigns/{year}/publication", calls.PUBLISH_CAMPAIGN, CAMPAIGNS, "Publish", auth=AGENT),
    ApiRoute("POST", "/desk/admissibility", calls.DECIDE_ADMISSIBILITY, CAMPAIGNS, "Admit or refuse ideas", auth=AGENT),
    ApiRoute(
        "POST", "/desk/decisions", calls.DECIDE_MANY, DESK, "The same decision for several", auth=AGENT, deadline=LONG
    ),
    ApiRoute("POST", "/desk/in-hand", calls.TAKE_ITEMS, DESK, "Take things in hand, or put them back", auth=AGENT),
    ApiRoute("GET", "/desk/counts", calls.READ_DESK_COUNTS, DESK, "How much waits", auth=AGENT),
    ApiRoute("GET", "/desk/moderation", calls.LIST_MODERATION, DESK, "What waits for moderation", auth=AGENT),
    ApiRoute("POST", "/desk/ideas/{idea_id}/approval", calls.APPROVE_IDEA, DESK, "Publish", auth=AGENT),
    ApiRoute("POST", "/desk/ideas/{idea_id}/refusal", calls.REFUSE_IDEA, DESK, "Refuse", auth=AGENT),
    ApiRoute("POST", "/desk/ideas/{idea_id}/hiding", calls.HIDE_IDEA, DESK, "Hide", auth=AGENT),
    ApiRoute("POST", "/desk/ideas/{idea_id}/restoration", calls.RESTORE_IDEA, DESK, "Show again", auth=AGENT),
    ApiRoute("POST", "/desk/comments/{comment_id}/decision", calls.DECIDE_COMMENT, DESK, "Keep or hide", auth=AGENT),
    ApiRoute("GET", "/desk/examination", calls.LIST_EXAMINATION, DESK, "What services have to do", auth=AGENT),
    ApiRoute("POST", "/desk/ideas/{idea_id}/assignment", calls.ASSIGN_EXAMINATION, DESK, "Assign", auth=AGENT),
    ApiRoute("POST", "/desk/ideas/{idea_id}/opinions", calls.ASK_OPINIONS, DESK, "Ask for opinions", auth=AGENT),
    ApiRoute("POST", "/desk/ideas/{idea_id}/opinions/{service}", calls.GIVE_OPINION, DESK, "Give one", auth=AGENT),
    ApiRoute("POST", "/desk/ideas/{idea_id}/feasibility", calls.RECORD_FEASIBILITY, DESK, "Feasibility", auth=AGENT),
    ApiRoute(
        "POST",
        "/desk/ideas/{idea_id}/commitments",
        calls.MAKE_COMMITMENT,
        DESK,
        "Promise something",
        auth=AGENT,
        status=201,
        new_id="commitment_id",
    ),
    ApiRoute(
        "POST",
        "/desk/ideas/{idea_id}/commitments/{commitment_id}",
        calls.FOLLOW_COMMITMENT,
        DESK,
        "What became of a promise",
        auth=AGENT,
    ),
    ApiRoute(
        "POST",
        "/desk/ideas/{idea_id}/internal-notes",
        calls.ADD_INTERNAL_NOTE,
        DESK,
        "A note between agents",
        auth=AGENT,
        status=201,
        new_id="note_id",
    ),
    ApiRoute("GET", "/desk/ideas/{dossier}/internal-notes", calls.READ_INTERNAL_NOTES, DESK, "Notes", auth=AGENT),
    ApiRoute("POST", "/desk/ideas/{idea_id}/stages/{stage}", calls.ANSWER_STAGE, DESK, "Stage", auth=AGENT),
    ApiRoute("POST", "/desk/ideas/{idea_id}/answer", calls.PUBLISH_ANSWER, DESK, "Publish the answer", auth=AGENT),
    ApiRoute("POST", "/desk/ideas/{idea_id}/progress", calls.RECORD_PROGRESS, DESK, "What became of it", auth=AGENT),
    ApiRoute(
        "POST",
        "/desk/ideas/{idea_id}/invalid-supports",
        calls.INVALIDATE_SUPPORTS,
        DESK,
        "Take supports out",
        auth=AGENT,
    ),
    ApiRoute("POST", "/imports/ideas", calls.IMPORT_DOSSIER, DESK, "Take over a dossier", auth=AGENT, deadline=LONG),
    ApiRoute(
        "POST",
        "/imports/ideas/{idea_id}/comments",
        calls.IMPORT_COMMENTS,
        DESK,
        "Take over messages",
        auth=AGENT,
        deadline=LONG,
    ),
)
API = (*READING, *WRITING, *TALKING, *AT_THE_DESK)
