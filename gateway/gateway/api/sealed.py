"""The API of sealed votes: what booths, trustees and verifiers ask. docs/sealed-api.md says what to send."""

from contracts.voting import sealed as calls
from contracts.voting import sealed_ballots as ballots
from contracts.voting import sealed_board as board
from contracts.voting import sealed_paper as paper
from contracts.voting import sealed_stuck as stuck

from gateway.api.routes import ApiRoute, Auth

SEALED = "sealed votes"
ONE = "/elections/{election}/sealed"
STUCK = "/elections/{election_id}/stuck-ballots"
TRUSTEE = "/elections/{election_id}/trustees/{place}"

API = (
    ApiRoute("GET", ONE, calls.GET_SEALED_ELECTION, SEALED, "A sealed vote: key, trustees, what is missing"),
    ApiRoute(
        "POST", f"{TRUSTEE}/code", calls.INVITE_TRUSTEE, SEALED, "Give a trustee a code", auth=Auth.AGENT, status=201
    ),
    ApiRoute(
        "POST",
        f"{TRUSTEE}/messages",
        calls.SEND_TRUSTEE_MESSAGE,
        SEALED,
        "A trustee's part, with their code",
        deadline=15.0,
        max_body=1_000_000,
    ),
    ApiRoute(
        "POST",
        "/elections/{election_id}/ceremony/restart",
        calls.RESTART_CEREMONY,
        SEALED,
        "Begin the ceremony again",
        auth=Auth.AGENT,
    ),
    ApiRoute(
        "POST",
        "/elections/{election_id}/sealed-ballots",
        ballots.CAST_SEALED_BALLOT,
        SEALED,
        "Cast a sealed ballot, with a token and without a session",
        anonymous=True,
        max_body=1_100_000,
        deadline=10.0,
    ),
    ApiRoute(
        "GET",
        "/elections/{election}/sealed-ballots/{tracker}",
        ballots.GET_SEALED_BALLOT,
        SEALED,
        "What became of a sealed ballot",
        anonymous=True,
    ),
    ApiRoute("GET", "/elections/{election}/board", board.GET_BOARD, SEALED, "The board's signed head", cache=5),
    ApiRoute(
        "GET",
        "/elections/{election}/board/batches",
        board.LIST_BOARD_BATCHES,
        SEALED,
        "The board: trackers in closed batches, chained by hash",
        cache=5,
    ),
    ApiRoute(
        "GET",
        "/elections/{election}/archive",
        board.GET_SEALED_ARCHIVE,
        SEALED,
        "The archive, in parts of one file",
        deadline=15.0,
    ),
    ApiRoute("GET", STUCK, stuck.LIST_STUCK_BALLOTS, SEALED, "Ballots that could not be checked", auth=Auth.AGENT),
    ApiRoute("POST", f"{STUCK}/retries", stuck.RETRY_STUCK_BALLOTS, SEALED, "Check them again", auth=Auth.AGENT),
    ApiRoute("POST", f"{STUCK}/leaving-out", stuck.LEAVE_OUT_BALLOT, SEALED, "Give one up in public", auth=Auth.AGENT),
    ApiRoute(
        "GET", "/elections/{election}/paper", paper.GET_PAPER_COUNTS, SEALED, "What was counted on paper", cache=5
    ),
    ApiRoute(
        "GET",
        "/elections/{election_id}/paper/{place}/entries",
        paper.READ_PAPER_ENTRIES,
        SEALED,
        "What agents entered for a place, and where they differ",
        auth=Auth.AGENT,
    ),
    ApiRoute(
        "PUT",
        "/elections/{election_id}/paper/{place}",
        paper.ENTER_PAPER_COUNT,
        SEALED,
        "Enter the paper count of a place",
        auth=Auth.AGENT,
    ),
)
