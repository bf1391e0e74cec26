"""The API of what looks after the community: appeals."""

from contracts import ideas as calls

from gateway.api.routes import ApiRoute, Auth

APPEALS, DESK = "appeals", "desk"
CITIZEN, AGENT = Auth.CITIZEN, Auth.AGENT

API = (
    ApiRoute("GET", "/me/appeals", calls.READ_APPEAL, APPEALS, "May I appeal, and what became of it", auth=CITIZEN),
    ApiRoute("PUT", "/me/appeals/{appeal_id}", calls.MAKE_APPEAL, APPEALS, "Appeal once", auth=CITIZEN),
    ApiRoute("GET", "/desk/appeals", calls.LIST_APPEALS, DESK, "Appeals to decide", auth=AGENT),
    ApiRoute("POST", "/desk/appeals/{appeal_id}/decision", calls.DECIDE_APPEAL, DESK, "Decide an appeal", auth=AGENT),
)
