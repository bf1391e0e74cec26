"""The API of voting: elections and their rules, ballots, receipts, results, and the desk of campaign managers."""

from contracts import voting as calls

from gateway.api.routes import ApiRoute, Auth

VOTES, BALLOTS, RESULTS, DESK = "votes", "ballots", "results", "desk"

READING = (
    ApiRoute("GET", "/elections", calls.LIST_ELECTIONS, VOTES, "Public elections", cache=5),
    ApiRoute("GET", "/elections/{election}", calls.GET_ELECTION, VOTES, "An election, by id or slug", cache=5),
    ApiRoute("GET", "/elections/{election}/rules", calls.GET_RULES, VOTES, "Its rules, byte for byte", cache=60),
    ApiRoute("GET", "/elections/{election}/result", calls.GET_RESULT, RESULTS, "Its result", cache=60),
    ApiRoute(
        "GET",
        "/elections/{election}/ballots",
        calls.GET_BALLOTS_FILE,
        RESULTS,
        "The published ballots, as parts of one file",
        cache=60,
        deadline=15.0,
    ),
)
VOTING = (
    ApiRoute(
        "POST",
        "/elections/{election_id}/ballots",
        calls.CAST_BALLOT,
        BALLOTS,
        "Cast a ballot, or another in its place",
        auth=Auth.CITIZEN,
        new_id="cast_id",
    ),
    ApiRoute(
        "GET",
        "/elections/{election_id}/participation",
        calls.GET_PARTICIPATION,
        BALLOTS,
        "May I vote, and have I?",
        auth=Auth.CITIZEN,
    ),
    ApiRoute(
        "POST", "/elections/{election}/receipts", calls.CHECK_RECEIPT, BALLOTS, "Is the ballot of this receipt there?"
    ),
)
MANAGING = (
    ApiRoute("GET", "/desk/elections", calls.LIST_MANAGED_ELECTIONS, DESK, "Those I manage", auth=Auth.AGENT),
    ApiRoute(
        "POST",
        "/elections",
        calls.DRAFT_ELECTION,
        DESK,
        "Prepare an election",
        auth=Auth.AGENT,
        status=201,
        new_id="id",
        location="/elections/{id}",
    ),
    ApiRoute("PUT", "/elections/{id}", calls.REVISE_ELECTION, DESK, "Change it", auth=Auth.AGENT),
    ApiRoute("POST", "/elections/{id}/opening", calls.OPEN_ELECTION, DESK, "Freeze its rules", auth=Auth.AGENT),
    ApiRoute("POST", "/elections/{id}/closing", calls.CLOSE_ELECTION, DESK, "End it early", auth=Auth.AGENT),
    ApiRoute("POST", "/elections/{id}/cancellation", calls.CANCEL_ELECTION, DESK, "Call it off", auth=Auth.AGENT),
    ApiRoute(
        "POST",
        "/elections/{election_id}/decisions",
        calls.DECIDE_PROJECT,
        DESK,
        "Award or withdraw a project on top of the count",
        auth=Auth.AGENT,
        new_id="id",
    ),
)
API = (*READING, *VOTING, *MANAGING)
