"""The API of who supports what: merges of dossiers, signatures on paper, review."""

from contracts import ideas as calls

from gateway.api.routes import ApiRoute, Auth

MERGES, DESK = "merges", "desk"
CITIZEN, AGENT = Auth.CITIZEN, Auth.AGENT

API = (
    ApiRoute("GET", "/me/merges", calls.LIST_MY_MERGES, MERGES, "What I support and was joined", auth=CITIZEN),
    ApiRoute("PUT", "/me/merges/{merge_id}", calls.CHOOSE_MERGE, MERGES, "Stay, or step out", auth=CITIZEN),
    ApiRoute("POST", "/desk/merge-previews", calls.PREVIEW_MERGE, DESK, "What a merge would change", auth=AGENT),
    ApiRoute("PUT", "/desk/merges/{merge_id}", calls.MERGE_IDEAS, DESK, "Join dossiers to another", auth=AGENT),
    ApiRoute("GET", "/desk/ideas/{dossier}/merges", calls.LIST_MERGES, DESK, "What was joined to it", auth=AGENT),
    ApiRoute("POST", "/desk/merges/{merge_id}/undoing", calls.UNDO_MERGE, DESK, "Give all of it back", auth=AGENT),
    ApiRoute("GET", "/desk/support-groups", calls.LIST_FRAUD, DESK, "Supports to look at", auth=AGENT),
    ApiRoute("GET", "/desk/support-groups/{group_id}", calls.READ_FRAUD_GROUP, DESK, "A group", auth=AGENT),
    ApiRoute("POST", "/desk/support-groups/{group_id}/dismissal", calls.DISMISS_FRAUD, DESK, "Real", auth=AGENT),
    ApiRoute(
        "POST", "/desk/support-groups/{group_id}/proposal", calls.PROPOSE_INVALIDATION, DESK, "Propose", auth=AGENT
    ),
    ApiRoute(
        "POST", "/desk/support-groups/{group_id}/invalidation", calls.CONFIRM_INVALIDATION, DESK, "Confirm", auth=AGENT
    ),
    ApiRoute("POST", "/desk/support-groups/{group_id}/undoing", calls.UNDO_INVALIDATION, DESK, "Give back", auth=AGENT),
    ApiRoute("GET", "/desk/support-log", calls.LIST_FRAUD_LOG, DESK, "Who looked and decided", auth=AGENT),
    ApiRoute("GET", "/transparency/supports", calls.READ_FRAUD_REPORT, "ideas", "Supports reviewed", cache=60),
    ApiRoute("PUT", "/desk/paper/{batch_id}", calls.ENTER_PAPER, DESK, "Signatures on paper", auth=AGENT),
    ApiRoute("GET", "/desk/paper", calls.LIST_PAPER, DESK, "Batches of signatures", auth=AGENT),
    ApiRoute("POST", "/desk/paper/{batch_id}/confirmation", calls.CONFIRM_PAPER, DESK, "Confirm one", auth=AGENT),
    ApiRoute("POST", "/desk/paper/{batch_id}/withdrawal", calls.WITHDRAW_PAPER, DESK, "Take one back", auth=AGENT),
)
